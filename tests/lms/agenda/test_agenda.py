"""The calendar file as a calendar program reads it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from courses.models import Course
from lms.agenda.selectors import agenda_of, employee_of_link
from lms.agenda.services import make_agenda_link, revoke_agenda_link
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.services import cancel_session
from tests.factories import (
    complete_course,
    hold,
    make_audience_rule,
    make_course,
    make_enrolment,
    make_seat,
    make_session,
    make_workshop,
)

pytestmark = pytest.mark.django_db

DUE = date(2030, 3, 31)
STARTS = datetime(2030, 1, 15, 13, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


def events(learner: Employee) -> list[Any]:
    calendar: Any = Calendar.from_ical(agenda_of(learner, office_today()))
    return list(calendar.walk("VEVENT"))


def said(found: Iterable[Any], name: str) -> list[str]:
    return [str(event[name]) for event in found]


@pytest.fixture
def course(learner: Employee) -> Course:
    made = make_course("C1", title="データの整え方", activities=0)
    make_enrolment(learner, made)
    return made


@pytest.fixture
def session(course: Course) -> WorkshopSession:
    return make_session(
        make_workshop(course.activities.get()),
        starts_at=STARTS,
        hours=3.5,
        is_online=True,
        online_url="https://meet.example.jp/w1",
        instructor="外部講師 林",
        note="端末をお持ちください。",
    )


def test_a_due_date_is_a_whole_day(learner: Employee, course: Course, settings: Any) -> None:
    settings.LMS_SITE_ORIGIN = "https://lms.example.jp"
    learner.enrolments.update(due_on=DUE)
    (event,) = events(learner)
    assert (event["dtstart"].dt, event["dtend"].dt) == (DUE, DUE + timedelta(days=1))
    assert str(event["summary"]) == "受講期限：データの整え方"
    assert str(event["url"]) == "https://lms.example.jp/courses/C1"
    assert str(event["transp"]) == "TRANSPARENT"


def test_a_date_that_moves_keeps_its_entry(learner: Employee, course: Course) -> None:
    learner.enrolments.update(due_on=DUE)
    before = said(events(learner), "uid")
    learner.enrolments.update(due_on=DUE + timedelta(days=30))
    assert said(events(learner), "uid") == before


def test_nothing_is_due_without_a_date_or_once_it_is_finished(
    learner: Employee, course: Course
) -> None:
    assert events(learner) == []
    learner.enrolments.update(due_on=DUE)
    complete_course(learner, course)
    assert events(learner) == []


def test_a_course_that_is_not_mine_is_in_nobody_elses_calendar(learner: Employee) -> None:
    other = make_course("C2")
    make_audience_rule(other)
    assert events(learner) == []


def test_a_seat_is_an_hour_in_tokyo(learner: Employee, session: WorkshopSession) -> None:
    make_seat(session, learner)
    (event,) = events(learner)
    assert event["dtstart"].dt == STARTS
    assert event["dtstart"].dt.utcoffset() == timedelta(hours=9)
    assert event["dtend"].dt == STARTS + timedelta(hours=3.5)
    assert str(event["location"]) == "https://meet.example.jp/w1"
    assert (str(event["status"]), str(event["transp"])) == ("CONFIRMED", "OPAQUE")
    assert "外部講師 林" in event["description"]
    assert "端末をお持ちください。" in event["description"]


def test_the_file_says_what_tokyo_is(learner: Employee, session: WorkshopSession) -> None:
    make_seat(session, learner)
    file = agenda_of(learner, office_today()).decode()
    assert "DTSTART;TZID=Asia/Tokyo:20300115T133000" in file
    assert "BEGIN:VTIMEZONE" in file


def test_who_waits_is_told_no_online_address(learner: Employee, session: WorkshopSession) -> None:
    make_seat(session, learner, state=Registration.State.WAITING)
    (event,) = events(learner)
    assert (str(event["status"]), str(event["transp"])) == ("TENTATIVE", "TRANSPARENT")
    assert "meet.example.jp" not in agenda_of(learner, office_today()).decode()
    assert "本庁舎" in event["location"]


def test_a_cancelled_session_stays_as_cancelled(
    learner: Employee, session: WorkshopSession
) -> None:
    make_seat(session, learner)
    before = said(events(learner), "uid")
    cancel_session(session=session, reason="台風のため", by=None)
    (event,) = events(learner)
    assert [str(event["uid"])] == before
    assert str(event["status"]) == "CANCELLED"
    assert str(event["summary"]).startswith("中止")
    assert "台風のため" in event["description"]


def test_what_i_gave_up_and_what_is_long_over_is_gone(
    learner: Employee, session: WorkshopSession
) -> None:
    seat = make_seat(session, learner, state=Registration.State.CANCELLED)
    assert events(learner) == []
    Registration.objects.filter(pk=seat.pk).update(state=Registration.State.REGISTERED)
    hold(session, ago=timedelta(days=10))
    assert len(events(learner)) == 1
    hold(session, ago=timedelta(days=100))
    assert events(learner) == []


def test_an_address_opens_one_calendar_until_it_is_revoked(learner: Employee) -> None:
    first = make_agenda_link(employee=learner)
    assert employee_of_link(first) == learner
    second = make_agenda_link(employee=learner)
    assert (employee_of_link(first), employee_of_link(second)) == (None, learner)
    revoke_agenda_link(employee=learner)
    assert employee_of_link(second) is None


def test_the_address_of_a_closed_account_opens_nothing(learner: Employee) -> None:
    secret = make_agenda_link(employee=learner)
    assert learner.user is not None
    learner.user.is_active = False
    learner.user.save()
    assert employee_of_link(secret) is None


def test_entries_are_stamped_now(learner: Employee, session: WorkshopSession) -> None:
    make_seat(session, learner)
    (event,) = events(learner)
    assert timezone.now() - event["dtstamp"].dt < timedelta(minutes=5)
