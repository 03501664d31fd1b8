"""What somebody says to a suggested project: who reads it, what follows, and taking it back."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from lms.people.models import Employee
from skills_matrix.exceptions import AnswerRefused
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.suggestions.models import SuggestionAnswer
from skills_matrix.suggestions.selectors import (
    answer_of,
    answers_of,
    interested_visible_to,
    pairs_that_said,
)
from skills_matrix.suggestions.services import answer_suggestion, withdraw_answer
from tests.factories import make_employee, make_project

pytestmark = pytest.mark.django_db
RUN = "lms_skills.run_projects"
Part = ProjectMember.Part


@pytest.fixture
def person() -> Employee:
    return make_employee()


@pytest.fixture
def project() -> Project:
    return make_project("P1", status=Project.Status.APPROVED)


def test_the_last_answer_holds_and_the_earlier_ones_stay_written(
    person: Employee, project: Project
) -> None:
    answer_suggestion(employee=person, project=project, choice="interested")
    answer_suggestion(employee=person, project=project, choice="not_for_me", reason="no_time")
    held = answer_of(person, project)
    assert held is not None
    assert (held.choice, held.reason) == ("not_for_me", "no_time")
    answer_suggestion(employee=person, project=project, choice="hidden", reason="no_time", note="x")
    (held,) = answers_of(person)
    assert (held.choice, held.reason, held.note) == ("hidden", "", "")
    assert SuggestionAnswer.objects.count() == 3


def test_the_same_again_is_one_answer(person: Employee, project: Project) -> None:
    for _ in range(2):
        answer_suggestion(employee=person, project=project, choice="interested")
    assert SuggestionAnswer.objects.count() == 1


def test_taken_back_it_is_as_if_nothing_had_been_said(person: Employee, project: Project) -> None:
    answer_suggestion(employee=person, project=project, choice="not_for_me", reason="timing")
    withdraw_answer(employee=person, project=project)
    assert answer_of(person, project) is None
    assert pairs_that_said("not_for_me", [project.pk]) == set()
    withdraw_answer(employee=person, project=project)
    assert SuggestionAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"choice": "not_for_me"}, "no_reason"),
        ({"choice": "not_for_me", "reason": "other", "note": "  "}, "no_note"),
    ],
)
def test_a_no_needs_its_reason(
    person: Employee, project: Project, said: dict[str, Any], code: str
) -> None:
    with pytest.raises(AnswerRefused) as caught:
        answer_suggestion(employee=person, project=project, **said)
    assert caught.value.code == code
    assert not SuggestionAnswer.objects.exists()


def test_only_what_looks_for_people_is_answered(person: Employee, project: Project) -> None:
    running = make_project("P2", status=Project.Status.RUNNING)
    with pytest.raises(AnswerRefused) as caught:
        answer_suggestion(employee=person, project=running, choice="interested")
    assert caught.value.code == "not_suggested"
    member = ProjectMember.objects.create(
        project=project, employee=person, joined_on=date(2026, 4, 1)
    )
    with pytest.raises(AnswerRefused) as caught:
        answer_suggestion(employee=person, project=project, choice="interested")
    assert caught.value.code == "member"
    member.left_on = date(2026, 5, 1)
    member.save()
    answer_suggestion(employee=person, project=project, choice="interested")


def test_the_database_keeps_every_answer(person: Employee, project: Project) -> None:
    answer = answer_suggestion(employee=person, project=project, choice="interested")
    with pytest.raises(DatabaseError), transaction.atomic():
        SuggestionAnswer.objects.filter(pk=answer.pk).update(choice="hidden")
    with pytest.raises(DatabaseError), transaction.atomic():
        answer.delete()


def test_interest_is_seen_by_the_dx_office_and_the_lead_alone(
    person: Employee, project: Project
) -> None:
    shy, gone, declined = (make_employee() for _ in range(3))
    for who, said in ((person, "interested"), (shy, "hidden"), (gone, "interested")):
        answer_suggestion(employee=who, project=project, choice=said)
    answer_suggestion(employee=declined, project=project, choice="not_for_me", reason="unsure")
    withdraw_answer(employee=gone, project=project)
    office, lead, member = make_employee(permissions=[RUN]), make_employee(), make_employee()
    for who, part in ((lead, Part.LEAD), (member, Part.MEMBER)):
        ProjectMember.objects.create(
            project=project, employee=who, part=part, joined_on=date(2026, 4, 1)
        )
    seen = {
        name: [row.employee for row in interested_visible_to(viewer.user, project)]
        for name, viewer in {
            "office": office,
            "lead": lead,
            "member": member,
            "person": person,
        }.items()
    }
    assert seen == {"office": [person], "lead": [person], "member": [], "person": []}
    ProjectMember.objects.create(project=project, employee=person, joined_on=date(2026, 4, 1))
    assert not interested_visible_to(office.user, project).exists()
