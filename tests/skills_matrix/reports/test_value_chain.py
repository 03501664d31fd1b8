"""The chain from courses to hours, as each viewer may see it, counted again by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from lms.progress.models import CourseProgress
from skills_matrix.assessments.models import SkillsView
from skills_matrix.exceptions import NotVisible
from skills_matrix.projects.ledger_models import BenefitFigure
from skills_matrix.projects.models import Project
from skills_matrix.projects.team_services import confirm_member
from skills_matrix.reports.value_chain import value_chain, value_chain_by_year
from tests.factories import make_assessment, make_award, make_competency, make_course, make_employee
from tests.skills_matrix.projects.conftest import RunningProject, running  # noqa: F401 - fixture

NOW = timezone.now()


@pytest.fixture
def measured(running: RunningProject) -> RunningProject:  # noqa: F811 - the fixture
    """One member took a course, was assessed elsewhere, and had the work confirmed."""
    course = make_course("C1")
    make_award(course, running.skill, 2)
    CourseProgress.objects.create(
        employee=running.person,
        course=course,
        started_at=NOW - timedelta(days=91),
        last_at=NOW - timedelta(days=90),
        completed_at=NOW - timedelta(days=90),
        assured_at=NOW - timedelta(days=90),
    )
    make_assessment(running.person, make_competency("OTHER"), 3)
    for phase, hours in (("before", 1471), ("forecast", 300), ("measured", 441)):
        BenefitFigure.objects.create(
            project=running.project,
            phase=phase,
            cases_per_year=1,
            minutes_per_case=hours * 60,
            measured_on=None if phase == "forecast" else date(2026, 4, 30),
            how="記録簿",
            recorded_at=NOW,
        )
    running.become(Project.Status.MEASURED)
    confirm_member(
        member=running.member, part="member", levels={"BX-P3": 3}, by=running.lead_person.user
    )
    return running


def test_every_link_is_there_for_the_head(measured: RunningProject) -> None:
    chain = value_chain(viewer=measured.head.user, key="RPA")
    assert [row.member.employee for row in chain.members] == [
        measured.lead_person,
        measured.person,
    ]
    lead, member = chain.members
    assert lead.links == []
    assert [
        (link.competency.key, link.level, link.kind, link.course and link.course.key)
        for link in member.links
    ] == [("BX-P3", 2, "course", "C1"), ("BX-P3", 3, "project", None)]
    assert (chain.unnamed, chain.courses, chain.competencies) == (0, 1, 1)
    assert chain.benefit.measured is not None
    assert chain.benefit.measured.saved == Decimal(1030)
    assert chain.benefit.forecast is not None
    assert chain.benefit.forecast.saved == Decimal(1171)


def test_a_look_at_evidence_is_logged(measured: RunningProject) -> None:
    value_chain(viewer=measured.head.user, key="RPA")
    assert set(SkillsView.objects.values_list("subject_id", "what")) == {
        (measured.lead_person.pk, "value-chain:RPA"),
        (measured.person.pk, "value-chain:RPA"),
    }


@pytest.mark.parametrize(
    ("who", "named", "unnamed"), [("stranger", 0, 2), ("office", 0, 2), ("person", 1, 1)]
)
def test_others_see_the_hours_and_not_the_evidence(
    measured: RunningProject, who: str, named: int, unnamed: int
) -> None:
    viewer: Any = make_employee() if who == "stranger" else getattr(measured, who)
    chain = value_chain(viewer=viewer.user, key="RPA")
    assert (len(chain.members), chain.unnamed) == (named, unnamed)
    assert chain.benefit.measured is not None


def test_neither_a_template_nor_a_foreign_proposal_has_a_chain(measured: RunningProject) -> None:
    stranger = make_employee()
    for status in (Project.Status.TEMPLATE, Project.Status.PROPOSED):
        measured.become(status)
        with pytest.raises(NotVisible):
            value_chain(viewer=stranger.user, key="RPA")


def test_the_office_by_fiscal_year(measured: RunningProject) -> None:
    hr = make_employee(permissions=["lms_skills.view_skills_matrix"])
    (year,) = value_chain_by_year(viewer=hr.user)
    assert (year.fiscal_year, year.people, year.courses, year.competencies) == (2026, 2, 1, 1)
    assert (year.total.projects, year.total.saved, year.total.yen) == (1, 1030, None)


def test_the_dx_office_sees_no_count_that_tells_of_a_person(measured: RunningProject) -> None:
    (year,) = value_chain_by_year(viewer=measured.office.user)
    assert (year.people, year.courses, year.competencies) == (None, None, None)
    assert year.total.saved == 1030


def test_nobody_else_sees_the_office(measured: RunningProject) -> None:
    with pytest.raises(PermissionDenied):
        value_chain_by_year(viewer=measured.head.user)
