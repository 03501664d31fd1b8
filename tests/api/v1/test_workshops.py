"""Sessions and seats over HTTP: mine, and how many are left; of others nothing but numbers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Activity, Course
from lms.enrolment.models import AudienceRule
from lms.people.models import Employee
from lms.records.statement import ATTENDED
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.services import cancel_session, register
from tests.api.problems import problem_of
from tests.factories import (
    hold,
    make_audience_rule,
    make_course,
    make_employee,
    make_enrolment,
    make_seat,
    make_session,
    make_tier,
    make_user,
    make_workshop,
    publish_course,
    read_statement,
)

pytestmark = pytest.mark.django_db

SESSIONS = "/api/v1/courses/W/workshops/W1/sessions/"
MINE = "/api/v1/workshops/"


@pytest.fixture
def course(employee: Employee) -> Course:
    made = make_course("W", title="業務改善", lessons=1, activities=0, is_published=False)
    make_workshop(made.activities.get())
    publish_course(made)
    make_audience_rule(made)
    return made


@pytest.fixture
def workshop(course: Course) -> Activity:
    return course.activities.get(kind="workshop")


@pytest.fixture
def session(workshop: Activity) -> WorkshopSession:
    return make_session(
        workshop, capacity=1, is_online=True, online_url="https://meet.example.jp/w"
    )


@pytest.fixture
def colleague(course: Course) -> Employee:
    return make_employee()


def seat_of(session: WorkshopSession) -> str:
    return f"/api/v1/sessions/{session.uuid}/registration/"


def listed(client: Client, address: str = SESSIONS) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = client.get(address).json()["results"]
    return results


def test_without_sessions_the_list_is_empty(visitor: Client, course: Course) -> None:
    assert listed(visitor) == []


def test_a_session_says_when_where_and_how_many_seats_are_left(
    visitor: Client, session: WorkshopSession
) -> None:
    (row,) = listed(visitor)
    assert row["uuid"] == str(session.uuid)
    assert row["starts_at"].endswith("Z")
    assert (row["place"], row["is_online"], row["online_url"]) == ("本庁舎 第1研修室", True, "")
    assert (row["capacity"], row["seats_left"], row["waiting"]) == (1, 1, 0)
    assert (row["is_open"], row["mine"], row["cancelled_reason"]) == (True, None, "")


def test_a_seat_tells_the_online_address_and_a_place_in_line_does_not(
    visitor: Client, session: WorkshopSession, colleague: Employee
) -> None:
    register(employee=colleague, session=session)
    waiting = visitor.put(seat_of(session)).json()
    assert waiting["mine"] == {"state": "waiting", "place_in_line": 1, "attendance": None}
    assert (waiting["online_url"], waiting["seats_left"], waiting["waiting"]) == ("", 0, 1)
    Registration.objects.filter(employee=colleague).delete()
    Registration.objects.update(state="registered")
    (row,) = listed(visitor)
    assert row["mine"] == {"state": "registered", "place_in_line": 0, "attendance": None}
    assert row["online_url"] == "https://meet.example.jp/w"


def test_registering_enrols_and_cancelling_moves_the_next_up(
    visitor: Client,
    visitor_of: Callable[[Any], Client],
    session: WorkshopSession,
    colleague: Employee,
) -> None:
    assert visitor.put(seat_of(session)).status_code == 200
    assert visitor.get("/api/v1/courses/W/").json()["enrolment"] is not None
    other = visitor_of(colleague)
    assert other.put(seat_of(session)).json()["mine"]["state"] == "waiting"
    assert visitor.delete(seat_of(session)).json()["mine"] is None
    assert listed(other)[0]["mine"]["state"] == "registered"


def test_a_clash_says_with_what(visitor: Client, workshop: Activity, session: Any) -> None:
    visitor.put(seat_of(session))
    other = make_workshop(workshop.lesson, "W2")
    clashing = make_session(other, starts_at=session.starts_at)
    problem = problem_of(visitor.put(seat_of(clashing)), 409, "clash")
    assert "業務改善" in problem["detail"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"closes_at": timezone.now() - timedelta(hours=1)}, "closed"),
        ({"cancelled_at": timezone.now(), "cancelled_reason": "台風"}, "cancelled"),
    ],
)
def test_what_is_closed_or_cancelled_takes_nobody(
    visitor: Client, session: WorkshopSession, change: dict[str, Any], code: str
) -> None:
    WorkshopSession.objects.filter(pk=session.pk).update(**change)
    problem_of(visitor.put(seat_of(session)), 409, code)


def test_giving_up_what_i_do_not_have_is_refused(visitor: Client, session: WorkshopSession) -> None:
    problem_of(visitor.delete(seat_of(session)), 409, "not_registered")


def test_a_session_of_a_course_that_is_not_mine_does_not_exist(
    visitor: Client, session: WorkshopSession, course: Course
) -> None:
    AudienceRule.objects.all().delete()
    make_audience_rule(course, tier=make_tier())
    problem_of(visitor.get(SESSIONS), 404, "course_not_available")
    for method in (visitor.put, visitor.delete):
        problem_of(method(seat_of(session)), 404, "session_not_available")
    unknown = f"/api/v1/sessions/{uuid4()}/registration/"
    problem_of(visitor.put(unknown), 404, "session_not_available")


def test_what_is_no_workshop_has_no_sessions(visitor: Client, course: Course) -> None:
    problem_of(visitor.get(SESSIONS.replace("W1", "L1")), 404, "not_found")


def test_cancelled_and_past_sessions_are_shown_to_those_who_were_in(
    visitor: Client,
    visitor_of: Callable[[Any], Client],
    workshop: Activity,
    employee: Employee,
    colleague: Employee,
) -> None:
    past = make_session(workshop)
    make_seat(past, employee, attendance="attended")
    hold(past)
    off = make_session(workshop)
    make_seat(off, employee)
    cancel_session(session=off, reason="講師の都合", by=None)
    shown = listed(visitor)
    assert [row["mine"]["attendance"] for row in shown] == ["attended", None]
    assert [row["cancelled_reason"] for row in shown] == ["", "講師の都合"]
    assert listed(visitor_of(colleague)) == []


def test_my_workshops_are_those_to_come(
    visitor: Client, workshop: Activity, employee: Employee, colleague: Employee
) -> None:
    coming = make_session(workshop, starts_at=timezone.now() + timedelta(days=3))
    make_seat(coming, employee)
    make_seat(make_session(workshop), colleague)
    make_seat(make_session(workshop), employee, state=Registration.State.CANCELLED)
    over = make_session(workshop)
    make_seat(over, employee)
    hold(over)
    (row,) = listed(visitor, MINE)
    assert row["uuid"] == str(coming.uuid)
    assert row["course"] == {"key": "W", "title": "業務改善"}
    assert row["lesson_key"] == "L1"


def test_no_browser_says_that_it_attended(
    visitor: Client, session: WorkshopSession, workshop: Activity
) -> None:
    visitor.put(seat_of(session))
    said = read_statement(workshop) | {"verb": {"id": ATTENDED}}
    response = visitor.post("/api/v1/xapi/statements", said, content_type="application/json")
    problem_of(response, 400, "graded_by_server")
    assert visitor.get("/api/v1/courses/W/").json()["progress"]["done"] == 0


def test_the_lesson_shows_the_workshop(visitor: Client, workshop: Activity) -> None:
    (lesson,) = visitor.get("/api/v1/courses/W/").json()["lessons"]
    assert lesson["blocks"][-1] | {"id": ""} == {
        "id": "",
        "type": "workshop",
        "activity_key": "W1",
    }
    assert [row["key"] for row in lesson["activities"]] == ["W1"]


def test_lists_have_pages(visitor: Client, workshop: Activity) -> None:
    for days in range(1, 4):
        make_session(workshop, starts_at=timezone.now() + timedelta(days=days))
    page = visitor.get(SESSIONS, {"page_size": 2, "page": 2}).json()
    assert (page["count"], len(page["results"])) == (3, 1)


@pytest.mark.parametrize("address", [SESSIONS, MINE])
def test_the_number_of_queries_does_not_depend_on_the_number_of_sessions(
    visitor: Client,
    workshop: Activity,
    employee: Employee,
    queries_of: Callable[[Client, str], int],
    address: str,
) -> None:
    def add(days: int) -> None:
        session = make_session(workshop, starts_at=timezone.now() + timedelta(days=days))
        make_seat(session, make_employee())
        make_seat(session, employee, state=Registration.State.WAITING)

    add(1)
    few = queries_of(visitor, address)
    for days in range(2, 6):
        add(days)
    assert queries_of(visitor, address) == few


def test_an_account_that_is_no_employee_has_no_seats(
    visitor_of: Callable[[Any], Client], session: WorkshopSession
) -> None:
    outsider = visitor_of(make_user())
    problem_of(outsider.get(MINE), 403, "not_an_employee")
    problem_of(outsider.put(seat_of(session)), 403, "not_an_employee")


def test_a_token_registers_only_with_its_scope(
    machine_of: Callable[..., Client], employee: Employee, session: WorkshopSession, course: Course
) -> None:
    make_enrolment(employee, course)
    reader = machine_of(employee, "workshops:read")
    assert len(listed(reader)) == 1
    problem_of(reader.put(seat_of(session)), 403, "insufficient_scope")
    assert machine_of(employee, "workshops:write").put(seat_of(session)).status_code == 200
