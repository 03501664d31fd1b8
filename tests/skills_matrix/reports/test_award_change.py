"""What the preview of awards says is what the matrix says once they are saved."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from courses.models import Course
from lms.people.models import Employee
from lms.starter.accounts import HR_PERMISSIONS
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Award, Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.competencies.services import set_awards
from skills_matrix.reports.award_change import award_changes
from tests.factories import (
    complete_course,
    make_assessment,
    make_award,
    make_competency,
    make_course,
    make_employee,
    make_user,
)

pytestmark = pytest.mark.django_db
APRIL = date(2020, 4, 1)


@pytest.fixture
def course() -> Course:
    return make_course("C1")


@pytest.fixture
def competency() -> Competency:
    return make_competency()


@pytest.fixture
def hr() -> Any:
    return make_user(permissions=[".".join(pair) for pair in HR_PERMISSIONS])


@pytest.fixture
def people(course: Course, competency: Competency) -> list[Employee]:
    """Two have finished, the second is assessed at level 3 besides; the third has nothing."""
    made = [make_employee() for _ in range(3)]
    for employee in made[:2]:
        complete_course(employee, course)
    make_assessment(made[1], competency, 3)
    return made


def levels(competency: Competency) -> dict[int, int]:
    cells = derive_chain(
        employees=Employee.objects.all(),
        competencies=competencies_held(date.today()),
        as_of=timezone.now(),
    ).levels
    return dict(zip(cells["employee_id"], cells["level"], strict=True))


def test_people_who_finished_rise_and_nobody_falls_below_better_evidence(
    course: Course, competency: Competency, people: list[Employee], hr: Any
) -> None:
    proposed = [Award(course=course, competency=competency, level=2, effective_from=APRIL)]
    (change,) = award_changes(course=course, awards=proposed, as_of=timezone.now(), viewer=hr)
    assert (change.competency, change.rising, change.falling) == (competency, 1, 0)
    before = levels(competency)
    set_awards(course=course, awards=proposed, by=hr)
    after = levels(competency)
    assert sum(after.get(pk, -1) > before.get(pk, -1) for pk in after) == change.rising


def test_an_award_taken_away_lets_them_fall(
    course: Course, competency: Competency, people: list[Employee], hr: Any
) -> None:
    make_award(course, competency, 2)
    (change,) = award_changes(course=course, awards=[], as_of=timezone.now(), viewer=hr)
    assert (change.rising, change.falling) == (0, 1)


def test_the_awards_of_other_courses_stay_in_the_picture(
    course: Course, competency: Competency, people: list[Employee], hr: Any
) -> None:
    other = make_course("C2")
    make_award(other, competency, 2)
    complete_course(people[0], other)
    proposed = [Award(course=course, competency=competency, level=2, effective_from=APRIL)]
    (change,) = award_changes(course=course, awards=proposed, as_of=timezone.now(), viewer=hr)
    assert (change.rising, change.falling) == (0, 0)


def test_who_may_not_see_the_matrix_is_told_nothing(course: Course) -> None:
    with pytest.raises(PermissionDenied):
        award_changes(course=course, awards=[], as_of=timezone.now(), viewer=make_user())
