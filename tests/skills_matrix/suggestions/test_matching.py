"""New and strong matches are told once, and no more of them than the person allows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from lms.notices.kinds import notice_path, notice_text
from lms.notices.models import Notice
from lms.notices.services import set_notice_preferences
from lms.people.models import Employee
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.suggestions.matching import MATCH, strong_matches, tell_of_matches
from skills_matrix.suggestions.services import (
    answer_suggestion,
    set_most_notices,
    withdraw_answer,
)
from tests.factories import make_assessment, make_competency, make_employee, make_project

pytestmark = pytest.mark.django_db
APPROVED = Project.Status.APPROVED
TODAY, NEXT_MONTH = date(2026, 4, 10), date(2026, 5, 1)


@pytest.fixture
def skill() -> Any:
    return make_competency("K1")


@pytest.fixture
def person(skill: Any) -> Employee:
    person = make_employee(kana="ア")
    make_assessment(person, skill, 3)
    return person


def tell(on: date = TODAY) -> int:
    return tell_of_matches(on=on, as_of=timezone.now())


def told(person: Employee) -> list[str]:
    return [row.path for row in Notice.objects.filter(recipient=person, kind=MATCH).order_by("pk")]


def test_a_match_from_the_threshold_on_is_told_once(
    person: Employee, skill: Any, settings: Any
) -> None:
    settings.LMS_SKILLS_STRONG_MATCH = 0.8
    other = make_employee()
    project = make_project("P1", title="窓口の改善", status=APPROVED, needs={skill: 3})
    make_project("P2", status=APPROVED, needs={skill: 4})
    make_project("P3", needs={skill: 1})
    assert [(row.employee_id, row.project_id) for row in strong_matches(as_of=timezone.now())] == [
        (person.pk, project.pk)
    ]
    assert (tell(), tell(), tell(NEXT_MONTH)) == (1, 0, 0)
    notice = Notice.objects.get(kind=MATCH)
    assert (notice.recipient, told(other)) == (person, [])
    assert "「窓口の改善」" in notice_text(notice)
    assert notice_path(notice) == "/projects/P1"
    settings.LMS_SKILLS_STRONG_MATCH = 0.81
    assert strong_matches(as_of=timezone.now()) == []


def test_in_a_month_no_more_are_told_than_the_person_allows_the_best_first(
    person: Employee, skill: Any, settings: Any
) -> None:
    settings.LMS_SKILLS_STRONG_MATCH = 0.5
    settings.LMS_SKILLS_MATCH_NOTICES = 2
    extra = [make_competency() for _ in range(3)]
    for number, lacking in enumerate(([], extra[:1], extra[:2]), start=1):
        project = make_project(f"P{number}", status=APPROVED, needs={skill: 1})
        for competency in lacking:
            project.needs.create(competency=competency, level=1)
        project.needs.filter(competency=skill).update(is_must=True)
    settings.LMS_SKILLS_STRONG_MATCH = 0.3
    assert tell() == 2
    assert told(person) == ["/projects/P1", "/projects/P2"]
    assert tell(date(2026, 4, 30)) == 0
    assert tell(NEXT_MONTH) == 1
    assert told(person)[-1] == "/projects/P3"


def test_who_wants_no_notices_gets_none(person: Employee, skill: Any) -> None:
    make_project(status=APPROVED, needs={skill: 1})
    set_most_notices(employee=person, most_a_month=0)
    assert tell() == 0
    set_most_notices(employee=person, most_a_month=1)
    assert tell() == 1


@pytest.mark.parametrize(
    "said",
    [{"choice": "interested"}, {"choice": "not_for_me", "reason": "timing"}, {"choice": "hidden"}],
)
def test_who_answered_is_told_no_more(person: Employee, skill: Any, said: dict[str, str]) -> None:
    project = make_project(status=APPROVED, needs={skill: 1})
    answer_suggestion(employee=person, project=project, **said)
    assert tell() == 0
    withdraw_answer(employee=person, project=project)
    assert tell() == 1


def test_who_is_in_the_project_is_not_told_of_it(person: Employee, skill: Any) -> None:
    project = make_project(status=APPROVED, needs={skill: 1})
    ProjectMember.objects.create(project=project, employee=person, joined_on=date(2026, 4, 1))
    assert tell() == 0


def test_the_letter_comes_as_the_person_chose_for_this_kind(
    person: Employee, skill: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    Employee.objects.filter(pk=person.pk).update(email="a@sakura.example")
    make_project("P1", title="窓口の改善", status=APPROVED, needs={skill: 1})
    set_notice_preferences(employee=person, when={MATCH: "at_once"})
    with django_capture_on_commit_callbacks(execute=True):
        tell()
    (letter,) = mail.outbox
    assert "あなたに合うプロジェクト" in letter.subject
    make_project("P2", status=APPROVED, needs={skill: 1})
    set_notice_preferences(employee=person, when={MATCH: "never"})
    with django_capture_on_commit_callbacks(execute=True):
        assert tell() == 1
    assert len(mail.outbox) == 1
