import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from lms.flows import record_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from tests.factories import (
    answer_statement,
    complete_course,
    make_audience_rule,
    make_course,
    make_enrolment,
    read_statement,
)

RECORD = "/api/v1/learning/record/"
LINK = "/api/v1/learning/calendar-link/"


def test_my_record_has_dates_score_time_attempts_and_certificates(
    employee: Employee, visitor: Client
) -> None:
    course = make_course("basics", lessons=1, activities=1)
    make_enrolment(employee, course)
    lesson, exercise = course.activities.get(key="L1"), course.activities.get(key="L1-1")
    start = timezone.now() - timedelta(hours=3)
    ten = timedelta(minutes=10)
    record_statements(
        employee=employee,
        statements=[
            read_statement(lesson, timestamp=start),
            answer_statement(exercise, score=0.5, timestamp=start + ten),
            answer_statement(exercise, score=0.9, timestamp=start + 2 * ten),
            answer_statement(exercise, score=0.7, timestamp=start + 12 * ten),
        ],
    )
    (row,) = visitor.get(RECORD).json()["results"]
    assert (row["score"], row["attempts"], row["minutes_spent"]) == (0.9, 3, 20)
    assert row["completed_at"] is not None
    assert [item["state"] for item in row["certificates"]] == ["valid"]


def test_the_queries_do_not_grow_with_the_record(
    employee: Employee, visitor: Client, queries_of: Callable[[Client, str], int]
) -> None:
    complete_course(employee, make_course())
    one = queries_of(visitor, RECORD)
    for _n in range(4):
        complete_course(employee, make_course())
    assert queries_of(visitor, RECORD) == one


def test_the_record_as_csv_runs_nothing_in_a_spreadsheet(
    employee: Employee, visitor: Client
) -> None:
    complete_course(employee, make_course("basics", title_en="=1+1"))
    answer = visitor.get(RECORD, {"format": "csv"})
    text = answer.content.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    assert head[0] == "Course title"
    assert (row[0], row[5]) == ("'=1+1", "100")


@pytest.fixture
def due(employee: Employee) -> None:
    day = office_today() + timedelta(days=7)
    course = make_course("due", title_en="Due course")
    make_audience_rule(course, is_mandatory=True, due_on=day)
    make_enrolment(employee, course, due_on=day)
    complete_course(employee, make_course("done"))
    cache.clear()


@pytest.mark.usefixtures("due")
def test_the_calendar_has_what_is_due(visitor: Client) -> None:
    answer = visitor.get("/api/v1/learning/calendar.ics", headers={"accept": "text/calendar"})
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == "Due: Due course"
    assert event["DTSTART"].dt == office_today() + timedelta(days=7)


@pytest.mark.usefixtures("due")
def test_a_calendar_address_works_until_it_is_taken_back(visitor: Client) -> None:
    assert visitor.get(LINK).json() == {"created_at": None}
    first = visitor.post(LINK).json()["address"].removeprefix("http://localhost:8000")
    program = Client()
    assert program.get(first, headers={"accept": "text/calendar"}).status_code == 200
    second = visitor.post(LINK).json()["address"].removeprefix("http://localhost:8000")
    assert program.get(first).status_code == 404
    assert len(Calendar.from_ical(program.get(second).content).walk("VEVENT")) == 1
    assert visitor.get(LINK).json()["created_at"] is not None
    assert visitor.delete(LINK).status_code == 204
    assert program.get(second).status_code == 404


@pytest.mark.usefixtures("due")
def test_the_calendar_of_a_closed_account_is_closed(visitor: Client, employee: Employee) -> None:
    address = visitor.post(LINK).json()["address"].removeprefix("http://localhost:8000")
    assert employee.user is not None
    employee.user.is_active = False
    employee.user.save()
    assert Client().get(address).status_code == 404
