"""Who may begin what: courses that come first, and who goes on regardless."""

from collections.abc import Callable
from typing import Any

import pytest

from courses.models import Course
from lms.enrolment.models import Enrolment
from lms.enrolment.rules.services import evaluate_rules
from lms.enrolment.selectors import learning_of
from lms.enrolment.services import enrol
from lms.exceptions import NotEnrolled, PrerequisitesMissing
from lms.flows import record_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from tests.factories import (
    complete_course,
    make_audience_rule,
    make_course,
    make_employee,
    make_enrolment,
    make_tier,
    read_statement,
    require,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(learner: Employee) -> Course:
    return offered("first")


@pytest.fixture
def second(first: Course) -> Course:
    course = offered("second")
    require(course, first)
    return course


def offered(key: str, **rule: Any) -> Course:
    course = make_course(key, title=f"講座{key}")
    make_audience_rule(course, **rule)
    return course


def locks(employee: Employee) -> dict[str, list[str]]:
    """What waits for what, of the person's courses."""
    items = learning_of(employee, office_today())
    return {row.course.key: [c.key for c in row.locked_by] for row in items if row.locked_by}


def begin(employee: Employee, course: Course) -> bool:
    return enrol(employee=employee, course=course, on=office_today())[1]


def read(employee: Employee, course: Course) -> None:
    record_statements(employee=employee, statements=read_statement(course.activities.get(key="L1")))


def test_a_course_waits_for_the_one_before_it(learner: Employee, second: Course) -> None:
    assert locks(learner) == {"second": ["first"]}
    with pytest.raises(PrerequisitesMissing) as refused:
        begin(learner, second)
    assert "講座first" in refused.value.message
    assert not Enrolment.objects.exists()


def test_it_opens_when_the_one_before_it_is_finished(
    learner: Employee, first: Course, second: Course
) -> None:
    complete_course(learner, first)
    assert locks(learner) == {}
    assert begin(learner, second)
    read(learner, second)


def test_having_begun_the_one_before_it_is_not_enough(
    learner: Employee, first: Course, second: Course
) -> None:
    begin(learner, first)
    read(learner, first)
    assert locks(learner) == {"second": ["first"]}


def test_only_what_is_missing_is_named(learner: Employee, first: Course, second: Course) -> None:
    third = offered("third")
    require(second, third)
    complete_course(learner, first)
    assert locks(learner) == {"second": ["third"]}


def test_a_course_that_is_not_open_to_the_person_is_only_advice(
    learner: Employee, second: Course
) -> None:
    other = offered("other", tier=make_tier())
    unpublished = make_course("unpublished", is_published=False)
    make_audience_rule(unpublished)
    complete_course(learner, Course.objects.get(key="first"))
    require(second, other, unpublished)
    assert locks(learner) == {}
    assert begin(learner, second)


def test_a_course_that_counts_as_the_one_before_opens_it_too(
    learner: Employee, first: Course, second: Course
) -> None:
    equal = offered("equal")
    first.audience.get().equal_courses.add(equal)
    complete_course(learner, equal)
    assert locks(learner) == {}
    assert begin(learner, second)


def test_who_has_begun_is_never_locked_out(learner: Employee, first: Course) -> None:
    begun = offered("begun")
    begin(learner, begun)
    read(learner, begun)
    require(begun, first)
    assert locks(learner) == {}
    assert not begin(learner, begun)
    read(learner, begun)


@pytest.fixture
def ordered(learner: Employee, first: Course) -> Course:
    """Assigned by an order, and waiting."""
    course = offered("ordered", is_mandatory=True)
    require(course, first)
    evaluate_rules(on=office_today())
    assert Enrolment.objects.filter(employee=learner, course=course).exists()
    return course


def test_an_order_alone_does_not_open_a_course(learner: Employee, ordered: Course) -> None:
    assert locks(learner) == {"ordered": ["first"]}
    with pytest.raises(PrerequisitesMissing):
        begin(learner, ordered)


def test_nothing_can_be_recorded_about_a_course_that_waits(
    learner: Employee, first: Course, ordered: Course
) -> None:
    with pytest.raises(PrerequisitesMissing):
        read(learner, ordered)
    complete_course(learner, first)
    read(learner, ordered)


def test_who_is_not_enrolled_is_told_that_first(learner: Employee, second: Course) -> None:
    with pytest.raises(NotEnrolled):
        read(learner, second)


def test_what_waits_comes_after_what_can_be_begun(learner: Employee, ordered: Course) -> None:
    keys = [row.course.key for row in learning_of(learner, office_today())]
    assert keys == ["first", "ordered"]


def test_a_course_that_waits_for_one_that_waits_names_the_nearest(
    learner: Employee, second: Course
) -> None:
    third = offered("third")
    require(third, second)
    assert locks(learner) == {"second": ["first"], "third": ["second"]}


def test_the_number_of_queries_does_not_grow_with_prerequisites(
    learner: Employee, second: Course, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(50) as few:
        learning_of(learner, office_today())
    for number in range(5):
        course = make_course(f"more{number}")
        make_audience_rule(course)
        require(course, second)
    with django_assert_max_num_queries(len(few)):
        learning_of(learner, office_today())


def test_an_enrolment_of_somebody_else_opens_nothing(learner: Employee, second: Course) -> None:
    other = make_employee()
    complete_course(other, Course.objects.get(key="first"))
    make_enrolment(other, second)
    assert locks(other) == {}
    assert locks(learner) == {"second": ["first"]}
