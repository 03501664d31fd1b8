from datetime import date, timedelta

import pytest

from courses.models import Course
from lms.enrolment.models import AudienceRule
from lms.people.models import JobTier, Posting
from lms.starter.audience import DUE_ON, load_audience, load_path_audience
from lms.starter.generator import read_starter
from lms.starter.office import load_office
from tests.factories import make_path

LOADED_ON = date(2026, 11, 24)
COURSE_KEYS = sorted({row["course_key"] for row in read_starter("audience.csv")})


def silent(line: str) -> None:
    """Nobody listens."""


@pytest.fixture
def office(db: None) -> None:
    load_office(say=silent, as_of=LOADED_ON)


@pytest.fixture
def courses(office: None) -> None:
    for key in COURSE_KEYS:
        Course.objects.create(key=key, title_ja=key, duration=timedelta(minutes=30))


def tiers_of(key: str) -> list[str]:
    conditions = AudienceRule.objects.filter(course__key=key).values_list("condition", flat=True)
    return sorted(key for condition in conditions for key in condition.get("tier", ()))


def test_courses_are_meant_for_the_tiers_of_the_catalogue(courses: None) -> None:
    report = load_audience(say=silent, on=LOADED_ON)
    assert report.missing == ()
    assert report.added == AudienceRule.objects.count() == len(read_starter("audience.csv"))
    assert tiers_of("C101") == ["G0", "G1", "G2", "G3", "G4", "G5", "G6"]
    assert tiers_of("C209") == ["G1", "G2", "G3", "G4", "G5"]
    assert tiers_of("C401") == ["G5", "G6"]
    assert tiers_of("C403") == ["G3", "G4", "G5", "G6"]
    assert AudienceRule.objects.filter(course__key="C403", condition={"role": ["LDR"]}).exists()


def test_mandatory_courses_have_a_due_date_counted_from_the_day_of_loading(
    courses: None,
) -> None:
    load_audience(say=silent, on=LOADED_ON)
    due = dict(AudienceRule.objects.filter(is_mandatory=True).values_list("course__key", "due_on"))
    assert due == {
        "C101": date(2027, 3, 31),
        "C102": date(2026, 12, 24),
        "C103": date(2027, 3, 31),
        "C106": date(2027, 3, 31),
        "C401": date(2027, 3, 31),
    }
    assert not AudienceRule.objects.filter(is_mandatory=False, due_on__isnull=False).exists()


def test_loading_again_later_moves_no_due_date_and_keeps_what_hr_changed(courses: None) -> None:
    load_audience(say=silent, on=LOADED_ON)
    AudienceRule.objects.filter(course__key="C101", condition={"tier": ["G0"]}).delete()
    before = list(AudienceRule.objects.order_by("pk").values_list())
    assert load_audience(say=silent, on=LOADED_ON + timedelta(days=365)).added == 0
    assert list(AudienceRule.objects.order_by("pk").values_list()) == before


def test_a_course_that_comes_later_gets_its_rules_then(courses: None) -> None:
    Course.objects.filter(key="C204").delete()
    said: list[str] = []
    first = load_audience(say=said.append, on=LOADED_ON)
    assert first.missing == ("course C204",)
    assert any("C204" in line for line in said)
    Course.objects.create(key="C204", title_ja="RPA実践", duration=timedelta(minutes=30))
    assert load_audience(say=silent, on=LOADED_ON).added == 4
    assert tiers_of("C204") == ["G1", "G2", "G3", "G4"]


def test_a_tier_that_the_office_does_not_have_is_reported_once(courses: None) -> None:
    Posting.objects.filter(tier__key="G0").delete()
    JobTier.objects.filter(key="G0").delete()
    report = load_audience(say=silent, on=LOADED_ON)
    assert report.missing == ("tier G0",)
    assert tiers_of("C101") == ["G1", "G2", "G3", "G4", "G5", "G6"]


def test_every_row_of_the_file_can_be_taken() -> None:
    rows = read_starter("audience.csv")
    keys = [
        tuple(row[name] for name in ("course_key", "tier", "role", "department")) for row in rows
    ]
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert row["due_on"] in DUE_ON
        assert row["is_mandatory"] in ("yes", "no")
        assert row["is_mandatory"] == "yes" or not row["due_on"]


def test_paths_are_offered_with_all_their_courses_to_who_holds_a_role(courses: None) -> None:
    paths = {key: make_path(key, Course.objects.all()[:3]) for key in ("P-LEADER", "P-DATA")}
    for _ in range(2):
        load_path_audience(say=silent, on=LOADED_ON)
    assert paths["P-LEADER"].audience.get().condition == {"role": ["LDR"]}
    copies = AudienceRule.objects.filter(of_path__path=paths["P-DATA"])
    assert {row.course_id for row in copies} == {row.pk for row in Course.objects.all()[:3]}
    assert not copies.filter(is_mandatory=True).exists()
