"""Finished work becomes evidence, and stops being it when the confirmation is taken back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import Assurance
from skills_matrix.exceptions import ProjectRefused
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.projects.services import undo_step
from skills_matrix.projects.team_services import (
    add_member,
    confirm_member,
    end_membership,
    withdraw_confirmation,
)
from skills_matrix.reports import my_skills
from tests.factories import make_ageing_rule, make_assessment, make_competency, make_employee
from tests.skills_matrix.projects.conftest import RunningProject

Part = ProjectMember.Part
Status = Project.Status


def level_of(running: RunningProject) -> int | None:
    rows = my_skills(employee=running.person, as_of=timezone.now()).rows
    return next((row.level for row in rows if row.competency == running.skill), None)


def confirm(running: RunningProject, **changed: Any) -> ProjectMember:
    values: dict[str, Any] = {
        "member": running.member,
        "part": Part.MEMBER,
        "levels": {"BX-P3": 3},
        "by": running.lead_person.user,
    }
    return confirm_member(**values | changed)


def test_confirmed_work_shows_a_level_as_surely_as_a_projects_outcome(
    running: RunningProject,
) -> None:
    running.become(Status.MEASURED)
    assert level_of(running) is None
    confirm(running)
    assert level_of(running) == 3
    row = Assessment.objects.get(employee=running.person)
    assert (row.kind, row.assurance, row.assessor) == (
        Assessment.Kind.PROJECT,
        Assurance.PROJECT_OUTCOME,
        running.lead_person.user,
    )


def test_it_renews_a_skill_that_has_aged(running: RunningProject) -> None:
    make_ageing_rule(running.skill, 365)
    make_assessment(
        running.person, running.skill, 3, assessed_at=timezone.now() - timedelta(days=500)
    )
    running.become(Status.CLOSED)
    assert level_of(running) is None
    confirm(running)
    assert level_of(running) == 3


def test_taken_back_it_is_as_if_it_had_never_been(running: RunningProject) -> None:
    running.become(Status.MEASURED)
    member = confirm(running)
    with pytest.raises(ProjectRefused, match="理由"):
        withdraw_confirmation(member=member, by=running.lead_person.user, reason=" ")
    withdraw_confirmation(member=member, by=running.lead_person.user, reason="人違い")
    assert level_of(running) is None
    assert not Assessment.objects.exists()
    assert confirm(running).confirmed_at is not None


@pytest.mark.parametrize(
    ("status", "by", "changed", "code"),
    [
        (Status.RUNNING, "lead_person", {}, "not_measured"),
        (Status.MEASURED, "person", {}, "not_allowed"),
        (Status.MEASURED, "head", {}, "not_allowed"),
        (Status.MEASURED, "lead_person", {"levels": {"XX": 2}}, "level"),
        (Status.MEASURED, "lead_person", {"levels": {"BX-P3": 5}}, "level"),
        (Status.MEASURED, "lead_person", {"levels": {"BX-P3": 0}}, "level"),
    ],
)
def test_what_cannot_be_confirmed(
    running: RunningProject, status: str, by: str, changed: dict[str, Any], code: str
) -> None:
    running.become(status)
    make_competency("XX")
    with pytest.raises(ProjectRefused) as caught:
        confirm(running, by=getattr(running, by).user, **changed)
    assert caught.value.code == code
    assert not Assessment.objects.exists()


def test_the_lead_does_not_confirm_the_own_work_and_nobody_twice(running: RunningProject) -> None:
    running.become(Status.MEASURED)
    with pytest.raises(ProjectRefused) as caught:
        confirm(running, member=running.lead)
    assert caught.value.code == "own_work"
    confirm(running, member=running.lead, part=Part.LEAD, by=running.office.user)
    confirm(running)
    with pytest.raises(ProjectRefused) as caught:
        confirm(running)
    assert caught.value.code == "confirmed"


def test_a_measured_project_with_confirmed_work_does_not_go_back(running: RunningProject) -> None:
    from skills_matrix.projects.models import ProjectStep

    running.become(Status.MEASURED)
    ProjectStep.objects.create(
        project=running.project,
        step="measure",
        source=Status.RUNNING,
        target=Status.MEASURED,
        made_by=running.lead_person.user,
        made_at=timezone.now(),
    )
    confirm(running)
    with pytest.raises(ProjectRefused) as caught:
        undo_step(project=running.project, by=running.lead_person.user)
    assert caught.value.code == "built_on"


def test_people_join_as_long_as_there_are_places_and_mentors_take_none(
    running: RunningProject,
) -> None:
    running.project.places = 3
    running.project.save()

    def join(part: str = Part.LEARNER) -> ProjectMember:
        return add_member(
            project=running.project,
            employee=make_employee(),
            part=part,
            joined_on=date(2026, 5, 1),
            by=running.lead_person.user,
        )

    join()
    with pytest.raises(ProjectRefused) as caught:
        join()
    assert caught.value.code == "full"
    join(Part.MENTOR)
    end_membership(member=running.member, left_on=date(2026, 5, 1), by=running.lead_person.user)
    join()


def test_there_is_one_lead_and_nobody_joins_twice(running: RunningProject) -> None:
    for employee, part, code in (
        (make_employee(), Part.LEAD, "two_leads"),
        (running.person, Part.LEARNER, "already_member"),
    ):
        with pytest.raises(ProjectRefused) as caught:
            add_member(
                project=running.project,
                employee=employee,
                part=part,
                joined_on=date(2026, 5, 1),
                by=running.office.user,
            )
        assert caught.value.code == code
