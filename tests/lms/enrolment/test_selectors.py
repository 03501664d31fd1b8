"""Whose courses are whose, and in which order they press."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.enrolment.rules.services import evaluate_rules
from lms.enrolment.selectors import courses_open_to, learning_of
from lms.flows import record_statements
from lms.people.calendar import office_today
from tests.factories import (
    answer_statement,
    complete_course,
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_enrolment,
    make_posting,
    make_role,
    make_tier,
    publish_course,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "matches"),
    [
        ({}, True),
        ({"tier": "mine"}, True),
        ({"tier": "other"}, False),
        ({"role": "mine"}, True),
        ({"role": "other"}, False),
        ({"department": "mine"}, True),
        ({"department": "parent"}, True),
        ({"department": "other"}, False),
        ({"tier": "mine", "role": "mine", "department": "parent"}, True),
        ({"tier": "mine", "role": "other"}, False),
        ({"tier": "mine", "department": "other"}, False),
    ],
)
def test_every_value_of_a_rule_must_match(wanted: dict[str, str], matches: bool) -> None:
    parent = make_department()
    rows = {
        ("department", "parent"): parent,
        ("department", "mine"): make_department(parent=parent),
        ("department", "other"): make_department(),
        ("tier", "mine"): make_tier(),
        ("tier", "other"): make_tier(),
        ("role", "mine"): make_role(),
        ("role", "other"): make_role(),
    }
    person = make_employee(
        department=rows["department", "mine"],
        tier=rows["tier", "mine"],
        roles=[rows["role", "mine"]],
    )
    course = make_course()
    make_audience_rule(course, **{key: rows[key, value] for key, value in wanted.items()})
    assert courses_open_to(person, office_today()).filter(pk=course.pk).exists() is matches


def test_a_course_without_a_rule_is_nobodys() -> None:
    make_course()
    assert list(courses_open_to(make_employee(), office_today())) == []


def test_an_unpublished_course_is_nobodys() -> None:
    course = make_course(is_published=False)
    make_audience_rule(course)
    person = make_employee()
    assert list(courses_open_to(person, office_today())) == []
    publish_course(course)
    assert list(courses_open_to(person, office_today())) == [course]


def test_a_concurrent_posting_counts_too() -> None:
    second = make_department()
    person = make_employee()
    make_posting(person, department=second, is_main=False)
    course = make_course()
    make_audience_rule(course, department=second)
    assert list(courses_open_to(person, office_today())) == [course]


def test_a_past_posting_no_longer_counts() -> None:
    old = make_department()
    person = make_employee(department=old, ends_on=date(2021, 4, 1))
    course = make_course()
    make_audience_rule(course, department=old)
    assert list(courses_open_to(person, office_today())) == []
    assert list(courses_open_to(person, date(2021, 3, 31))) == [course]


def test_the_most_pressing_course_comes_first() -> None:
    today = office_today()
    person = make_employee()
    keys = ["later", "overdue", "done", "soon", "begun", "free"]
    courses = {key: make_course(key, activities=1) for key in keys}
    for key, due_on in {
        "later": today + timedelta(days=60),
        "overdue": today - timedelta(days=1),
        "soon": today,
        "done": today - timedelta(days=9),
    }.items():
        make_enrolment(person, courses[key], due_on=due_on)
    complete_course(person, courses["done"])
    make_enrolment(person, courses["begun"])
    question = courses["begun"].activities.get(kind="h5p")
    record_statements(employee=person, statements=answer_statement(question))
    make_audience_rule(courses["free"])
    items = learning_of(person, today)
    assert [item.course.key for item in items] == [
        "overdue",
        "soon",
        "later",
        "begun",
        "free",
        "done",
    ]
    by_key = {item.course.key: item for item in items}
    assert by_key["overdue"].is_overdue
    assert not by_key["soon"].is_overdue
    assert not by_key["done"].is_overdue
    assert (by_key["begun"].done, by_key["begun"].total) == (1, 2)
    assert by_key["begun"].next_lesson is not None
    assert by_key["begun"].next_lesson.key == "L1"
    assert by_key["free"].enrolment is None


def test_the_number_of_queries_does_not_depend_on_the_courses() -> None:
    person = make_employee()

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            learning_of(person, office_today())
        return len(caught)

    for _ in range(2):
        make_enrolment(person, make_course())
    few = queries()
    for _ in range(8):
        make_enrolment(person, make_course())
    assert queries() == few


def test_what_was_done_before_a_new_period_is_to_be_done_again() -> None:
    person, course = make_employee(), make_course("C1")
    make_audience_rule(course, is_mandatory=True, repeats="fiscal_year", due="fiscal_year_end")
    today = office_today()
    evaluate_rules(on=today)
    complete_course(person, course)
    evaluate_rules(on=today)
    (item,) = learning_of(person, today)
    assert item.completed_at is not None
    next_april = date(today.year + 1, 4, 2)
    evaluate_rules(on=next_april)
    (item,) = learning_of(person, next_april)
    assert (item.completed_at, item.done, item.total) == (None, 0, 2)
    assert item.next_lesson is not None
    assert item.next_lesson.key == "L1"
    assert item.due_on == date(next_april.year + 1, 3, 31)
