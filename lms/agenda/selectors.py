"""Due dates as a calendar file (RFC 5545)."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lms.access.selectors import token_digest
from lms.agenda.models import AgendaLink
from lms.conf import conf
from lms.enrolment.selectors import learning_of
from lms.people.models import Employee


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
    """A whole-day event per course that is due and not finished."""
    calendar = Calendar()
    calendar.add("prodid", "-//DX Academy//Learning//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Training due"))
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    now = timezone.now()
    for item in learning_of(employee, on):
        if item.due_on is None or item.completed_at is not None:
            continue
        event = Event()
        # The same for ever: a date that moves moves the entry instead of adding another.
        event.add("uid", f"{item.course.uuid}@{employee.uuid}")
        event.add("dtstamp", now)
        event.add("dtstart", item.due_on)
        event.add("dtend", item.due_on + timedelta(days=1))
        event.add("summary", _("Due: %(course)s") % {"course": item.course.title})
        event.add("url", f"{conf.SITE_ORIGIN}/courses/{item.course.key}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
