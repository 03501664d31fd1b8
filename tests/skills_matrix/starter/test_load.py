"""The starter frameworks, targets, awards and projects: complete, faithful, loaded once."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Course
from lms.people.models import JobTier, Role
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import Award, Competency, LevelDescriptor, Target
from skills_matrix.exceptions import StarterIncomplete
from skills_matrix.projects.models import Project, ProjectNeed
from skills_matrix.projects.selectors import baseline_of
from skills_matrix.starter.files import rows
from skills_matrix.starter.history import LEARNER, load_history
from skills_matrix.starter.load import load_skills
from tests.factories import make_course, make_employee, make_role, make_tier

LOADED = [Competency, LevelDescriptor, Target, Award, Project, ProjectNeed]


def quiet(_line: str) -> None:
    pass


@pytest.fixture
def office(db: Any) -> None:
    """The courses, tiers and roles that the files name."""
    for key in sorted({row["course"] for row in rows("awards")}):
        make_course(key, is_published=False)
    for rank, key in enumerate(sorted({row["tier"] for row in rows("targets")} - {""})):
        make_tier(key, rank=rank)
    for key in sorted({row["role"] for row in rows("targets")} - {""}):
        make_role(key)


def counts() -> list[int]:
    return [model.objects.count() for model in LOADED]


def test_everything_is_there(office: None) -> None:
    load_skills(say=quiet)
    held = Competency.objects.filter(is_group=False)
    assert held.filter(framework__key="DSS-L").count() == 23
    assert held.filter(framework__key="DSS-P").count() == 49
    groups = Competency.objects.filter(is_group=True, framework__key="DSS-P")
    assert groups.filter(parent=None).count() == 5
    assert groups.exclude(parent=None).count() == 12
    assert not held.filter(parent=None).exists()
    assert Project.objects.count() == 20
    assert list(LevelDescriptor.objects.values_list("level", flat=True)) == [0, 1, 2, 3, 4]


def test_the_seeds_two_measured_cases_reproduce(office: None) -> None:
    load_skills(say=quiet)
    found = {}
    for key in ("P10", "P11"):
        baseline = baseline_of(Project.objects.get(key=key))
        assert baseline is not None
        assert baseline.saving_rate is not None
        found[key] = (baseline.before, baseline.after, round(baseline.saving_rate * 100, 1))
    assert found == {
        "P10": (Decimal(1450), Decimal(680), 53.1),
        "P11": (Decimal(1471), Decimal(441), 70.0),
    }


@pytest.mark.parametrize(
    ("competency", "tier", "role", "level"),
    [
        ("L-D3", None, None, 2),
        ("BX-S1", "G5", None, 3),
        ("BX-S1", "G3", None, 1),
        ("DA-S1", "G1", None, 2),
        ("SC-M4", None, "DAT", 4),
        ("TE-S10", None, "LDR", 3),
    ],
)
def test_a_target_is_as_the_example_matrix_says(
    office: None, competency: str, tier: str | None, role: str | None, level: int
) -> None:
    load_skills(say=quiet)
    found = Target.objects.get(competency__key=competency, tier__key=tier, role__key=role)
    assert found.level == level


def test_nothing_is_shown_as_official() -> None:
    for row in rows("frameworks"):
        assert "例" in row["title_ja"]
        assert "公式のものではありません" in row["source_note_ja"]
    words = str([rows(name) for name in ("projects", "frameworks", "competencies")])
    assert "練馬" not in words
    assert "年間" not in words
    assert "準拠" not in words


@pytest.mark.parametrize("name", ["frameworks", "competencies", "scale", "projects"])
def test_every_text_is_there_in_japanese_and_english(name: str) -> None:
    for row in rows(name):
        for column, text in row.items():
            if column.endswith(("_ja", "_en")):
                assert text, f"{name}: {row.get('key', row.get('level'))} has no {column}"


def test_a_second_run_writes_nothing_and_keeps_an_offices_edits(office: None) -> None:
    load_skills(say=quiet)
    Project.objects.filter(key="P01").update(title_ja="区の題名")
    Target.objects.filter(competency__key="L-D3").update(level=3)
    before = counts()
    with CaptureQueriesContext(connection) as caught:
        load_skills(say=quiet)
    written = [
        query["sql"]
        for query in caught.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert written == []
    assert counts() == before
    assert Project.objects.get(key="P01").title_ja == "区の題名"


def test_what_is_missing_is_listed_and_nothing_is_written(office: None) -> None:
    for key in ("C101", "C204"):
        course = Course.objects.get(key=key)
        course.key = f"other-{key}"
        course.save()
    with pytest.raises(StarterIncomplete) as caught:
        load_skills(say=quiet)
    assert "C101, C204" in caught.value.message
    assert counts() == [0] * len(LOADED)


def test_the_past_is_made_once_and_the_same_each_time(office: None) -> None:
    load_skills(say=quiet)
    tier, role = JobTier.objects.get(key="G2"), Role.objects.get(key="BPR")
    make_employee(LEARNER, tier=tier)
    people = [make_employee(tier=tier, roles=[role]) for _ in range(5)]
    load_history(say=quiet)
    made = list(Assessment.objects.order_by("employee", "competency", "pk").values())
    assert {row["employee_id"] for row in made} >= {person.pk for person in people}
    load_history(say=quiet)
    assert Assessment.objects.count() == len(made)
    Assessment.objects.all().delete()
    load_history(say=quiet)
    again = Assessment.objects.order_by("employee", "competency", "pk").values()
    assert [row | {"id": 0} for row in again] == [row | {"id": 0} for row in made]
