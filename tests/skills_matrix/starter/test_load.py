"""The starter frameworks, targets, awards and projects: complete, faithful, loaded once."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from courses.models import Course
from courses.starter.load import CONTENT_DIR
from lms.people.models import JobTier, Role
from skills_matrix.competencies.models import (
    AgeingRule,
    Award,
    Competency,
    Framework,
    LevelDescriptor,
    Target,
)
from skills_matrix.exceptions import StarterIncomplete
from skills_matrix.processes.models import BusinessProcess, ProcessNeed
from skills_matrix.projects.ledger import benefits_of, sums_of
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import Project, ProjectNeed
from skills_matrix.projects.selectors import baseline_of
from skills_matrix.starter.files import rows
from skills_matrix.starter.load import load_skills
from tests.factories import make_course, make_department, make_role, make_tier

LOADED = {
    "frameworks": Framework,
    "competencies": Competency,
    "scale": LevelDescriptor,
    "targets": Target,
    "awards": Award,
    "projects": Project,
    "needs": ProjectNeed,
    "figures": BenefitFigure,
    "ageing": AgeingRule,
    "processes": BusinessProcess,
    "process_needs": ProcessNeed,
}


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
    for key in sorted({row["department"] for row in rows("processes")}):
        make_department(key)


def counts() -> list[int]:
    return [model._default_manager.count() for model in LOADED.values()]


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


def test_every_line_of_every_file_becomes_a_valid_row(office: None) -> None:
    load_skills(say=quiet)
    assert counts() == [len(rows(name)) for name in LOADED]
    for model in LOADED.values():
        for row in model._default_manager.all():
            row.full_clean(validate_unique=False, validate_constraints=False)


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
    ("project", "before", "after", "total"),
    [
        ("P01", None, 613, 3055),
        ("P02", None, 0, 2442),
        ("P03", None, 407, 3055),
        ("P05", None, None, 112),
        ("P06", None, 80, 112),
        ("P08", None, 171945, None),
        ("P09", None, 52, None),
    ],
)
def test_a_projects_figures_are_the_seeds(
    office: None, project: str, before: int | None, after: int | None, total: int | None
) -> None:
    load_skills(say=quiet)
    found = baseline_of(Project.objects.get(key=project))
    assert found is not None
    assert (found.before, found.after, found.total, found.saving) == (before, after, total, None)


def test_hours_without_a_period_in_the_source_say_so(office: None) -> None:
    load_skills(say=quiet)
    for project in Project.objects.exclude(baseline_before=None):
        assert project.baseline_note_ja == "元の資料に期間の記載なし"
    assert "35業務" in Project.objects.get(key="P11").summary_ja


def test_privacy_is_a_must_where_personal_data_is_joined(office: None) -> None:
    load_skills(say=quiet)
    gates = ProjectNeed.objects.filter(competency__key="SC-M4", is_must=True, level=3)
    assert set(gates.values_list("project__key", flat=True)) == {"P12", "P13", "P16"}
    assert not Project.objects.exclude(needs__is_must=True).exists()


def test_every_award_names_a_starter_course_and_every_starter_course_awards_something() -> None:
    assert {row["course"] for row in rows("awards")} == {
        path.stem for path in CONTENT_DIR.glob("*.toml")
    }


@pytest.mark.parametrize(
    ("course", "days"),
    [("C102", 365), ("C103", 365), ("C106", 365), ("C109", 365), ("C303", 365)]
    + [("C108", 730), ("C402", 730), ("C104", None), ("C204", None)],
)
def test_what_is_repeated_by_rule_expires(office: None, course: str, days: int | None) -> None:
    load_skills(say=quiet)
    validity = Award.objects.filter(course__key=course).values_list("valid_for_days", flat=True)
    assert set(validity) == {days}


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


@pytest.mark.parametrize("name", ["frameworks", "competencies", "scale", "projects", "processes"])
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
    assert len(caught) <= 30
    assert counts() == before
    assert Project.objects.get(key="P01").title_ja == "区の題名"


def test_what_an_office_deleted_from_the_starter_comes_back_alone(office: None) -> None:
    load_skills(say=quiet)
    before = counts()
    ProjectNeed.objects.filter(project__key="P05").delete()
    Competency.objects.filter(key="L-D3").update(parent=None, title_ja="区の名称")
    load_skills(say=quiet)
    assert counts() == before
    kept = Competency.objects.get(key="L-D3")
    assert (kept.parent, kept.title_ja) == (None, "区の名称")


def test_what_is_missing_is_listed_and_nothing_is_written(office: None) -> None:
    Course.objects.filter(key__in=["C101", "C204"]).update(key=Concat(Value("other-"), "key"))
    JobTier.objects.filter(key="G6").delete()
    Role.objects.filter(key="EXT").delete()
    with pytest.raises(StarterIncomplete) as caught:
        load_skills(say=quiet)
    assert caught.value.code == "starter_incomplete"
    for keys in ("C101, C204", "G6", "EXT"):
        assert f": {keys}" in caught.value.message
    assert counts() == [0] * len(LOADED)


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("targets", {"level": "5"}, "targets.csv, L-M1  , level"),
        ("awards", {"valid_for_days": "a year"}, "awards.csv, C101 L-M1, valid_for_days"),
        ("projects", {"effort": "XL", "title_ja": ""}, "projects.csv, P01, effort"),
        ("projects", {"effort": "XL", "title_ja": ""}, "projects.csv, P01, title_ja"),
        ("needs", {"competency": "BX-P33"}, ": BX-P33"),
        ("competencies", {"parent": "L-NOWHERE"}, ": L-NOWHERE"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(
    office: None,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    change: dict[str, str],
    fault: str,
) -> None:
    def changed(asked: str) -> list[dict[str, str]]:
        first, *others = rows(asked)
        return [first | change, *others] if asked == name else [first, *others]

    monkeypatch.setattr("skills_matrix.starter.load.rows", changed)
    with pytest.raises(StarterIncomplete) as caught:
        load_skills(say=quiet)
    assert fault in caught.value.message
    assert counts() == [0] * len(LOADED)


def test_the_sources_two_measured_cases_stand_in_the_ledger_and_in_no_total(office: None) -> None:
    load_skills(say=quiet)
    projects = {row.key: row for row in Project.objects.filter(key__in=["P10", "P11"])}
    found = benefits_of(projects.values())
    rates = {}
    for key, project in projects.items():
        measured = found[project.pk].measured
        assert measured is not None
        assert measured.rate is not None
        assert (measured.before, measured.after) == (
            project.baseline_before,
            project.baseline_after,
        )
        rates[key] = f"{measured.rate:.3f}"
    assert rates == {"P10": "0.531", "P11": "0.700"}
    assert sums_of(projects.values()).measured is None
