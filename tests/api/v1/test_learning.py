from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lms.enrolment.models import Enrolment
from lms.flows import record_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from tests.api.problems import problem_of
from tests.factories import (
    answer_statement,
    complete_course,
    make_audience_rule,
    make_course,
    make_enrolment,
    make_tier,
    read_statement,
)

LEARNING = "/api/v1/learning/"


@pytest.fixture
def courses(employee: Employee) -> None:
    """One course of each kind; `other` is meant for another tier."""
    today = office_today()
    rules: dict[str, dict[str, Any]] = {
        "late": {"is_mandatory": True, "due_on": today - timedelta(days=1)},
        "soon": {"is_mandatory": True, "due_on": today + timedelta(days=7)},
        "begun": {},
        "open": {},
        "done": {},
        "other": {"tier": make_tier()},
    }
    made = {}
    for key, rule in rules.items():
        made[key] = make_course(key, minutes=45, summary=f"{key}の概要", lessons=2)
        make_audience_rule(made[key], **rule)
    make_enrolment(
        employee, made["late"], source=Enrolment.Source.ASSIGNED, due_on=today - timedelta(days=1)
    )
    make_enrolment(employee, made["begun"])
    record_statements(
        employee=employee, statements=read_statement(made["begun"].activities.get(key="L1"))
    )
    complete_course(employee, made["done"])


@pytest.mark.usefixtures("courses")
def test_my_courses_come_most_pressing_first(visitor: Client) -> None:
    body = visitor.get(LEARNING).json()
    assert [row["course"]["key"] for row in body["results"]] == [
        "late",
        "soon",
        "begun",
        "open",
        "done",
    ]
    assert (body["count"], body["page"], body["pages"]) == (5, 1, 1)


@pytest.mark.usefixtures("courses")
def test_a_row_says_where_i_stand(visitor: Client) -> None:
    rows = {row["course"]["key"]: row for row in visitor.get(LEARNING).json()["results"]}
    late, begun, done = rows["late"], rows["begun"], rows["done"]
    assert late["is_overdue"]
    assert late["is_mandatory"]
    assert late["source"] == "assigned"
    assert late["due_on"] == (office_today() - timedelta(days=1)).isoformat()
    assert late["course"]["minutes"] == 45
    assert begun["source"] == "chosen"
    assert begun["progress"] == {"done": 1, "total": 4, "fraction": 0.25}
    assert begun["next_lesson_key"] == "L1"
    assert begun["next_lesson"]["key"] == "L1"
    assert begun["last_at"] >= begun["started_at"]
    assert late["last_at"] is None
    assert begun["started_at"].endswith("Z")
    assert begun["completed_at"] is None
    assert rows["soon"]["source"] == "eligible"
    assert not rows["soon"]["is_overdue"]
    assert done["progress"]["fraction"] == 1.0
    assert done["completed_at"].endswith("Z")


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize(
    ("state", "keys"), [("to_do", {"late", "soon", "begun", "open"}), ("done", {"done"})]
)
def test_my_courses_can_be_narrowed(visitor: Client, state: str, keys: set[str]) -> None:
    rows = visitor.get(f"{LEARNING}?state={state}").json()["results"]
    assert {row["course"]["key"] for row in rows} == keys


@pytest.mark.usefixtures("courses")
def test_pages_hold_as_many_as_asked_for(visitor: Client) -> None:
    second = visitor.get(f"{LEARNING}?page=2&page_size=2").json()
    assert [row["course"]["key"] for row in second["results"]] == ["begun", "open"]
    assert (second["count"], second["page"], second["page_size"], second["pages"]) == (5, 2, 2, 3)
    assert visitor.get(f"{LEARNING}?page=9&page_size=2").json()["results"] == []


def test_the_number_of_queries_does_not_depend_on_the_number_of_courses(
    visitor: Client, queries_of: Callable[[Client, str], int]
) -> None:
    for _ in range(3):
        make_audience_rule(make_course(activities=1))
    few = queries_of(visitor, LEARNING)
    for _ in range(27):
        make_audience_rule(make_course(activities=1))
    assert visitor.get(LEARNING).json()["count"] == 30
    assert queries_of(visitor, LEARNING) == few


@pytest.fixture
def course_address(employee: Employee) -> str:
    make_audience_rule(make_course("C1", lessons=0), is_mandatory=True, due_on=office_today())
    return "/api/v1/courses/C1/enrolment/"


def test_enrolling_twice_is_enrolling_once(visitor: Client, course_address: str) -> None:
    problem_of(visitor.get(course_address), 404, "not_found")
    first = visitor.put(course_address)
    assert first.status_code == 201
    assert first.json()["source"] == "assigned"
    assert first.json()["due_on"] == office_today().isoformat()
    second = visitor.put(course_address)
    assert second.status_code == 200
    assert second.json() == first.json() == visitor.get(course_address).json()


def test_a_course_that_is_not_mine_takes_nobody(visitor: Client, employee: Employee) -> None:
    make_audience_rule(make_course("theirs"), tier=make_tier())
    for key in ("theirs", "nothing"):
        address = f"/api/v1/courses/{key}/enrolment/"
        problem_of(visitor.put(address), 404, "course_not_available")
        problem_of(visitor.get(address), 404, "course_not_available")
    assert not employee.enrolments.exists()


def test_an_unpublished_course_takes_nobody(visitor: Client) -> None:
    make_audience_rule(make_course("draft", is_published=False))
    problem_of(visitor.put("/api/v1/courses/draft/enrolment/"), 404, "course_not_available")


def test_a_failed_answer_moves_nothing_forward(visitor: Client, employee: Employee) -> None:
    course = make_course(lessons=1)
    make_enrolment(employee, course)
    answer = answer_statement(course.activities.get(key="L1-1"), score=0.5)
    record_statements(employee=employee, statements=answer)
    row = visitor.get(LEARNING).json()["results"][0]
    assert row["progress"]["done"] == 0
