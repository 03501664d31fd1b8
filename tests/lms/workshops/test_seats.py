"""Registering, waiting, cancelling: the capacity holds whoever comes when."""

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Activity, Course
from lms.enrolment.models import AudienceRule, Enrolment
from lms.exceptions import SessionNotAvailable, WorkshopRefused
from lms.notices.models import Notice
from lms.people.models import Employee
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.selectors import session_items
from lms.workshops.services import (
    cancel_registration,
    cancel_session,
    change_session,
    plan_session,
    register,
)
from tests.examples import examples
from tests.factories import make_employee, make_session, make_user, make_workshop

pytestmark = pytest.mark.django_db

State = Registration.State
HOUR = timedelta(hours=1)


def states(session: WorkshopSession) -> dict[int, str]:
    return dict(session.registrations.values_list("employee_id", "state"))


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def test_whoever_registers_has_a_seat_and_is_enrolled(
    workshop: Activity, people: list[Employee]
) -> None:
    session = make_session(workshop)
    assert register(employee=people[0], session=session).state == State.REGISTERED
    assert Enrolment.objects.filter(employee=people[0], course=workshop.course).exists()


def test_registering_twice_changes_nothing(workshop: Activity, people: list[Employee]) -> None:
    session = make_session(workshop)
    first = register(employee=people[0], session=session)
    again = register(employee=people[0], session=session)
    assert (again.pk, again.asked_at) == (first.pk, first.asked_at)


def test_the_waiting_list_moves_up_in_order(workshop: Activity, people: list[Employee]) -> None:
    session = make_session(workshop, capacity=1)
    for person in people:
        register(employee=person, session=session)
    in_line = [session_items(person, [session], timezone.now())[0] for person in people]
    assert [item.place_in_line for item in in_line] == [0, 1, 2, 3]
    cancel_registration(employee=people[2], session=session)
    assert told("moved_up") == set()
    cancel_registration(employee=people[0], session=session)
    assert states(session) == {
        people[0].pk: "cancelled",
        people[1].pk: "registered",
        people[2].pk: "cancelled",
        people[3].pk: "waiting",
    }
    assert told("moved_up") == {people[1].pk}


def test_who_comes_back_stands_at_the_end(workshop: Activity, people: list[Employee]) -> None:
    session = make_session(workshop, capacity=1)
    for person in people[:3]:
        register(employee=person, session=session)
    cancel_registration(employee=people[1], session=session)
    register(employee=people[1], session=session)
    cancel_registration(employee=people[0], session=session)
    assert states(session)[people[2].pk] == "registered"
    assert states(session)[people[1].pk] == "waiting"


def test_who_moves_up_is_told_by_mail(
    workshop: Activity,
    people: list[Employee],
    django_capture_on_commit_callbacks: Any,
) -> None:
    session = make_session(workshop, capacity=1)
    Employee.objects.filter(pk=people[1].pk).update(email="second@sakura.example")
    for person in people[:2]:
        register(employee=person, session=session)
    with django_capture_on_commit_callbacks(execute=True):
        cancel_registration(employee=people[0], session=session)
    (letter,) = mail.outbox
    assert letter.to == ["second@sakura.example"]
    assert "業務改善ワークショップ" in letter.body
    assert "本庁舎 第1研修室" in letter.body


def test_more_room_moves_people_up_and_less_than_taken_is_refused(
    workshop: Activity, people: list[Employee]
) -> None:
    session = make_session(workshop, capacity=1)
    for person in people:
        register(employee=person, session=session)
    change_session(session=session, plan={"capacity": 3}, by=None)
    assert list(states(session).values()).count("registered") == 3
    assert told("moved_up") == {people[1].pk, people[2].pk}
    with pytest.raises(WorkshopRefused) as refused:
        change_session(session=session, plan={"capacity": 2}, by=None)
    assert refused.value.code == "below_seats"


def refusal(act: Any, **arguments: Any) -> str:
    with pytest.raises(WorkshopRefused) as refused:
        act(**arguments)
    return refused.value.code


def test_another_workshop_at_the_same_hour_is_refused(
    course: Course, workshop: Activity, people: list[Employee]
) -> None:
    other = make_workshop(course.activities.get(kind="lesson"), "W2")
    starts_at = timezone.now() + timedelta(days=3)
    register(employee=people[0], session=make_session(workshop, starts_at=starts_at))
    overlapping = make_session(other, starts_at=starts_at + HOUR)
    after = make_session(other, starts_at=starts_at + 2 * HOUR)
    assert refusal(register, employee=people[0], session=overlapping) == "clash"
    assert register(employee=people[0], session=after).state == State.REGISTERED


def test_a_cancelled_session_clashes_with_nothing(
    course: Course, workshop: Activity, people: list[Employee]
) -> None:
    other = make_workshop(course.activities.get(kind="lesson"), "W2")
    starts_at = timezone.now() + timedelta(days=3)
    session = make_session(workshop, starts_at=starts_at)
    register(employee=people[0], session=session)
    cancel_session(session=session, reason="講師の都合", by=None)
    register(employee=people[0], session=make_session(other, starts_at=starts_at))


def test_two_sessions_of_one_workshop_are_not_for_one_person(
    workshop: Activity, people: list[Employee]
) -> None:
    first = make_session(workshop)
    second = make_session(workshop, starts_at=timezone.now() + timedelta(days=20))
    register(employee=people[0], session=first)
    assert refusal(register, employee=people[0], session=second) == "other_session"
    cancel_registration(employee=people[0], session=first)
    register(employee=people[0], session=second)


def test_after_the_deadline_nobody_comes_or_goes_by_themselves(
    workshop: Activity, people: list[Employee]
) -> None:
    session = make_session(workshop)
    register(employee=people[0], session=session)
    session.closes_at = timezone.now() - HOUR
    session.save()
    assert refusal(register, employee=people[1], session=session) == "closed"
    assert refusal(cancel_registration, employee=people[0], session=session) == "closed"


def test_cancelling_without_a_seat_is_refused(workshop: Activity, people: list[Employee]) -> None:
    session = make_session(workshop)
    assert refusal(cancel_registration, employee=people[0], session=session) == "not_registered"


@pytest.mark.parametrize("withdrawn", ["audience", "workshop"])
def test_a_session_of_a_course_that_is_not_mine_does_not_exist_for_me(
    workshop: Activity, people: list[Employee], withdrawn: str
) -> None:
    session = make_session(workshop)
    if withdrawn == "audience":
        AudienceRule.objects.all().delete()
    else:
        Activity.objects.filter(pk=workshop.pk).update(live=False)
    with pytest.raises(SessionNotAvailable):
        register(employee=people[0], session=session)
    assert not Registration.objects.exists()
    assert not Enrolment.objects.exists()


def test_everybody_is_told_when_a_session_is_cancelled(
    workshop: Activity, people: list[Employee]
) -> None:
    session = make_session(workshop, capacity=1)
    for person in people[:3]:
        register(employee=person, session=session)
    cancel_registration(employee=people[2], session=session)
    by = make_user()
    assert refusal(cancel_session, session=session, reason="  ", by=by) == "reason_missing"
    cancel_session(session=session, reason="講師の都合", by=by)
    assert told("session_off") == {people[0].pk, people[1].pk}
    assert refusal(register, employee=people[3], session=session) == "cancelled"
    assert refusal(cancel_session, session=session, reason="再度", by=by) == "cancelled"


def test_a_new_time_is_told_and_a_new_note_is_not(
    workshop: Activity, people: list[Employee]
) -> None:
    session = make_session(workshop)
    register(employee=people[0], session=session)
    change_session(session=session, plan={"note": "筆記用具をお持ちください。"}, by=None)
    assert told("session_changed") == set()
    for place in ("第2研修室", "第3研修室"):
        change_session(session=session, plan={"place": place}, by=None)
    assert Notice.objects.filter(kind="session_changed").count() == 2


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ({"hours": -1}, "ends_before_start"),
        ({"closes": 1}, "closes_after_start"),
        ({"place": ""}, "nowhere"),
        ({"online_url": "https://meet.example.jp/a"}, "address_offline"),
    ],
)
def test_an_impossible_session_is_refused(
    workshop: Activity, plan: dict[str, Any], code: str
) -> None:
    starts_at = timezone.now()
    whole = {
        "starts_at": starts_at,
        "ends_at": starts_at + plan.pop("hours", 1) * HOUR,
        "closes_at": starts_at + plan.pop("closes", 0) * HOUR,
        "capacity": 5,
        "is_online": False,
        "place": "会議室",
        **plan,
    }
    assert refusal(plan_session, workshop=workshop, plan=whole, by=None) == code
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkshopSession.objects.create(activity=workshop, **whole)


@settings(
    max_examples=examples(of=15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    capacity=st.integers(1, 3),
    moves=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12),
)
def test_no_seat_stays_empty_while_somebody_waits(
    workshop: Activity, people: list[Employee], capacity: int, moves: list[tuple[int, bool]]
) -> None:
    session = make_session(workshop, capacity=capacity)
    for number, comes in moves:
        # Who has no seat has none to give up.
        with suppress(WorkshopRefused):
            (register if comes else cancel_registration)(employee=people[number], session=session)
    now = list(states(session).values())
    assert now.count("registered") <= capacity
    assert now.count("waiting") == 0 or now.count("registered") == capacity
    cancel_session(session=session, reason="終わり", by=None)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_the_capacity_holds_when_all_come_at_once(workshop: Activity) -> None:
    session = make_session(workshop, capacity=2)
    crowd = [make_employee() for _n in range(8)]
    start = threading.Barrier(len(crowd))
    faults: list[BaseException] = []

    def come(person: Employee) -> None:
        try:
            start.wait()
            register(employee=person, session=session)
        except BaseException as error:
            faults.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=[person]) for person in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(states(session).values()) == ["registered"] * 2 + ["waiting"] * 6


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_coming_and_going_at_once_neither_loses_a_seat_nor_gives_one_twice(
    workshop: Activity,
) -> None:
    session = make_session(workshop, capacity=2)
    leaving, coming = ([make_employee() for _n in range(3)] for _group in range(2))
    for person in leaving:
        register(employee=person, session=session)
    start = threading.Barrier(6)
    faults: list[BaseException] = []

    def act(service: Any, person: Employee) -> None:
        try:
            start.wait()
            service(employee=person, session=session)
        except BaseException as error:
            faults.append(error)
            raise
        finally:
            connection.close()

    acts = [(cancel_registration, person) for person in leaving]
    acts += [(register, person) for person in coming]
    threads = [threading.Thread(target=act, args=pair) for pair in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    now = list(states(session).values())
    assert sorted(now) == ["cancelled"] * 3 + ["registered"] * 2 + ["waiting"]
