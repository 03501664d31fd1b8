"""Reminding people of the workshop they have tomorrow."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import ngettext

from lms.notices.models import Notice
from lms.people.calendar import OFFICE_ZONE
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.services import tell


def remind_of_tomorrow(on: date) -> str:
    """Who has a seat on the day after `on` is told; twice tells nobody anew."""
    day = datetime.combine(on + timedelta(days=1), time.min, OFFICE_ZONE)
    sessions = WorkshopSession.objects.filter(
        starts_at__gte=day, starts_at__lt=day + timedelta(days=1), cancelled_at=None
    ).select_related("activity__course")
    told = 0
    for session in sessions:
        seats = session.registrations.filter(state=Registration.State.REGISTERED)
        told += tell(Notice.Kind.SESSION_SOON, session, seats.values_list("employee_id", flat=True))
    return ngettext(
        "%(number)d person was reminded of a workshop",
        "%(number)d people were reminded of a workshop",
        told,
    ) % {"number": told}
