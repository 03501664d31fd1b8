"""Projects approved or running ask for people by the same cells as the work of the office."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from skills_matrix.projects.models import Project, ProjectStep
from skills_matrix.projects.selectors import projects_asking
from skills_matrix.reports.coverage import coverage_report, unit_coverage
from tests.factories import make_assessment, make_competency, make_employee, make_need
from tests.skills_matrix.projects.conftest import RunningProject, running  # noqa: F401 - fixture

Status = Project.Status
TODAY = timezone.localdate()


@pytest.fixture
def hr(db: None) -> Any:
    return make_employee(
        permissions=["lms_skills.view_skills_matrix", "lms_core.view_all_employees"]
    ).user


def demand(viewer: Any) -> dict[tuple[str, int], tuple[int, int, int]]:
    """Competency and level -> needed, holders, short; of the project RPA."""
    report = coverage_report(viewer=viewer, days=0)
    return {
        (need.competency.key, need.level): (need.needed, need.holders, need.shortage)
        for need in report.needs
        if (need.unit.kind, need.unit.key) == ("project", "RPA")
    }


@pytest.fixture
def asking(running: RunningProject) -> RunningProject:  # noqa: F811 - the fixture
    """Two people at level 3 of one skill; a second skill would be nice to have."""
    running.project.needs.update(headcount=2)
    make_need(running.project, make_competency("NICE"), 1, is_must=False)
    make_assessment(running.person, running.skill, 3)
    make_assessment(running.head, running.skill, 4)
    return running


def test_a_project_asks_for_people_and_its_members_count(asking: RunningProject, hr: Any) -> None:
    assert demand(hr) == {("BX-P3", 3): (2, 1, 1), ("NICE", 1): (0, 0, 0)}
    make_assessment(asking.lead_person, asking.skill, 3)
    assert demand(hr)["BX-P3", 3] == (2, 2, 0)


def test_what_is_short_is_a_risk(asking: RunningProject, hr: Any) -> None:
    risks = coverage_report(viewer=hr, days=0).risks
    assert [(row.unit.kind, row.unit.key, row.reason, row.missing) for row in risks][:1] == [
        ("project", "RPA", "short_now", 1)
    ]


def test_who_has_left_and_who_leaves_are_told_apart(asking: RunningProject, hr: Any) -> None:
    asking.member.left_on = TODAY + timedelta(days=10)
    asking.member.save()
    held = unit_coverage(viewer=hr, kind="project", key="RPA", days=30)
    need = next(row.need for row in held.needs if row.need.competency == asking.skill)
    assert (need.holders, need.leaving, need.secure) == (1, 1, 0)
    asking.member.left_on = TODAY
    asking.member.save()
    assert demand(hr)["BX-P3", 3] == (2, 0, 2)


@pytest.mark.parametrize(
    ("status", "asks"),
    [
        (Status.TEMPLATE, False),
        (Status.PROPOSED, False),
        (Status.ASSESSED, False),
        (Status.APPROVED, True),
        (Status.RUNNING, True),
        (Status.MEASURED, False),
        (Status.CLOSED, False),
    ],
)
def test_only_what_is_agreed_and_not_finished_asks(
    asking: RunningProject, hr: Any, status: str, asks: bool
) -> None:
    asking.become(status)
    assert bool(demand(hr)) is asks


def test_a_past_day_is_told_by_the_log(asking: RunningProject) -> None:
    for day, source, target in (
        (date(2026, 4, 10), Status.ASSESSED, Status.APPROVED),
        (date(2026, 6, 1), Status.RUNNING, Status.MEASURED),
    ):
        ProjectStep.objects.create(
            project=asking.project,
            step="approve",
            source=source,
            target=target,
            made_at=timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9)),
        )
    found = {
        day: projects_asking(day).exists()
        for day in (date(2026, 4, 9), date(2026, 4, 10), date(2026, 5, 31), date(2026, 6, 1))
    }
    assert list(found.values()) == [False, True, True, False]


def test_a_head_sees_the_projects_of_the_section_and_no_number_of_a_small_team(
    asking: RunningProject, hr: Any
) -> None:
    report = coverage_report(viewer=asking.head.user, days=0)
    (row,) = [row for row in report.units if row.unit.kind == "project"]
    assert row.is_suppressed
    assert demand(asking.head.user) == {}
    asking.project.department = None
    asking.project.save()
    report = coverage_report(viewer=asking.head.user, days=0)
    assert not [row for row in report.units if row.unit.kind == "project"]
    assert demand(hr)
