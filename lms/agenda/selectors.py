"""Due dates and workshops as a calendar file (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lms.access.selectors import token_digest
from lms.agenda.models import AgendaLink
from lms.conf import conf
from lms.enrolment.selectors import learning_of
from lms.people.calendar import OFFICE_ZONE
from lms.people.models import Employee
from lms.workshops.models import Registration
from lms.workshops.selectors import SessionItem, my_sessions, session_items
from lms.workshops.texts import session_place

# So long a session that is over stays in the calendar.
KEPT = timedelta(days=90)


def employee_of_link(secret: str) -> Employee | None:
    """Whose calendar it is; None = no such address, or the account is closed."""
    link = (
        AgendaLink.objects.filter(digest=token_digest(secret))
        .exclude(employee__user__is_active=False)
        .select_related("employee")
        .first()
    )
    return link.employee if link else None


def agenda_of(employee: Employee, on: date) -> bytes:
    """A whole-day event per course that is due and not finished, a timed one per workshop."""
    calendar = Calendar()
    calendar.add("prodid", "-//DX Academy//Learning//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Training: due dates and workshops"))
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    now = timezone.now()
    for event in (*_due(employee, on), *_workshops(employee, now)):
        event.add("dtstamp", now)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _due(employee: Employee, on: date) -> Iterator[Event]:
    for item in learning_of(employee, on):
        if item.due_on is None or item.completed_at is not None:
            continue
        event = Event()
        # The same for ever: a date that moves moves the entry instead of adding another.
        event.add("uid", f"{item.course.uuid}@{employee.uuid}")
        event.add("dtstart", item.due_on)
        event.add("dtend", item.due_on + timedelta(days=1))
        event.add("summary", _("Due: %(course)s") % {"course": item.course.title})
        event.add("url", f"{conf.SITE_ORIGIN}/courses/{item.course.key}")
        event.add("transp", "TRANSPARENT")
        yield event


def _workshops(employee: Employee, now: datetime) -> Iterator[Event]:
    """A seat is taken, a place on the waiting list tentative; a cancelled session says so."""
    sessions = my_sessions(employee).filter(ends_at__gt=now - KEPT)
    for item in session_items(employee, sessions, now):
        session, course = item.session, item.session.activity.course
        has_seat = item.mine is not None and item.mine.state == Registration.State.REGISTERED
        event = Event()
        event.add("uid", f"{session.uuid}@{employee.uuid}")
        event.add("dtstart", session.starts_at.astimezone(OFFICE_ZONE))
        event.add("dtend", session.ends_at.astimezone(OFFICE_ZONE))
        event.add("summary", _workshop_title(item, has_seat))
        event.add("location", item.online_url or session_place(session))
        event.add("description", _description(item))
        event.add("url", f"{conf.SITE_ORIGIN}/courses/{course.key}")
        is_off = session.cancelled_at is not None
        event.add("status", "CANCELLED" if is_off else "CONFIRMED" if has_seat else "TENTATIVE")
        event.add("transp", "OPAQUE" if has_seat and not is_off else "TRANSPARENT")
        yield event


def _workshop_title(item: SessionItem, has_seat: bool) -> str:
    words = {"course": item.session.activity.course.title}
    if item.session.cancelled_at is not None:
        return _("Cancelled: %(course)s") % words
    if not has_seat:
        return _("Waiting list: %(course)s") % words
    return _("Workshop: %(course)s") % words


def _description(item: SessionItem) -> str:
    session = item.session
    parts = [
        session.cancelled_reason,
        item.online_url and session_place(session),
        session.instructor and _("Instructor: %(name)s") % {"name": session.instructor},
        session.note,
    ]
    return "\n".join(filter(None, parts))
