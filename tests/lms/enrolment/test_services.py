"""Enrolling by rule and by choice."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.enrolment.models import Enrolment
from lms.enrolment.rules.services import evaluate_rules
from lms.enrolment.services import enrol
from lms.exceptions import CourseNotAvailable
from lms.people.calendar import office_today
from tests.factories import (
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_enrolment,
    make_tier,
)

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 31)


def test_everybody_a_mandatory_rule_means_is_enrolled() -> None:
    section = make_department()
    insiders = [make_employee(department=section) for _ in range(2)]
    make_employee()
    course = make_course()
    make_audience_rule(course, department=section, is_mandatory=True, due_on=DUE)
    assert evaluate_rules(on=office_today()).enrolled == 2
    rows = Enrolment.objects.order_by("employee")
    assert [row.employee for row in rows] == insiders
    assert {(row.source, row.due_on) for row in rows} == {("assigned", DUE)}


def test_assigning_twice_changes_nothing() -> None:
    make_employee()
    make_audience_rule(make_course(), is_mandatory=True, due_on=DUE)
    assert evaluate_rules(on=office_today()).enrolled == 1
    before = list(Enrolment.objects.values())
    assert evaluate_rules(on=office_today()).enrolled == 0
    assert list(Enrolment.objects.values()) == before


def test_a_rule_that_is_not_mandatory_enrols_nobody() -> None:
    make_employee()
    make_audience_rule(make_course())
    assert evaluate_rules(on=office_today()).enrolled == 0


def test_of_several_rules_the_earliest_due_date_holds() -> None:
    tier = make_tier()
    make_employee(tier=tier)
    course = make_course()
    make_audience_rule(course, is_mandatory=True, due_on=DUE)
    make_audience_rule(course, tier=tier, is_mandatory=True, due_on=DUE - timedelta(days=30))
    evaluate_rules(on=office_today())
    assert Enrolment.objects.get().due_on == DUE - timedelta(days=30)


def test_what_somebody_chose_becomes_assigned() -> None:
    person, course = make_employee(), make_course()
    make_enrolment(person, course)
    make_audience_rule(course, is_mandatory=True, due_on=DUE)
    assert evaluate_rules(on=office_today()).enrolled == 1
    row = Enrolment.objects.get()
    assert (row.source, row.due_on) == ("assigned", DUE)


def test_the_number_of_queries_does_not_depend_on_the_people() -> None:
    make_audience_rule(make_course(), is_mandatory=True)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            evaluate_rules(on=office_today())
        return len(caught)

    make_employee()
    queries()
    make_employee()
    few = queries()
    for _ in range(20):
        make_employee()
    assert queries() == few


def test_opening_a_course_of_mine_enrols_me_once() -> None:
    person, course = make_employee(), make_course()
    make_audience_rule(course)
    row, is_new = enrol(employee=person, course=course, on=office_today())
    assert (row.source, is_new) == ("chosen", True)
    again, is_new = enrol(employee=person, course=course, on=office_today())
    assert (again, is_new) == (row, False)


def test_opening_a_mandatory_course_takes_its_due_date() -> None:
    person, course = make_employee(), make_course()
    make_audience_rule(course, is_mandatory=True, due_on=DUE)
    row, _ = enrol(employee=person, course=course, on=office_today())
    assert (row.source, row.due_on) == ("assigned", DUE)


@pytest.mark.parametrize("is_published", [True, False])
def test_a_course_that_is_not_mine_cannot_be_opened(is_published: bool) -> None:
    course = make_course(is_published=is_published)
    if not is_published:
        make_audience_rule(course)
    with pytest.raises(CourseNotAvailable):
        enrol(employee=make_employee(), course=course, on=office_today())
    assert Enrolment.objects.count() == 0
