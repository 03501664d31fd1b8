"""Sessions of workshops, and seats in them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from courses.models import Activity
from lms.people.models import Employee
from lms.workshops.models import Registration, WorkshopSession

WEEK = timedelta(days=7)


def make_session(
    workshop: Activity,
    *,
    starts_at: datetime | None = None,
    hours: float = 2,
    capacity: int = 20,
    place: str = "本庁舎 第1研修室",
    **fields: Any,
) -> WorkshopSession:
    """A session in a week, in a room; registration closes as it begins."""
    starts_at = starts_at or timezone.now() + WEEK
    plan = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
        "closes_at": starts_at,
        "capacity": capacity,
        "place": place,
    }
    return WorkshopSession.objects.create(activity=workshop, **(plan | fields))


def make_seat(
    session: WorkshopSession,
    employee: Employee,
    *,
    state: str = Registration.State.REGISTERED,
    **fields: Any,
) -> Registration:
    """A seat, or with `state` a place on the waiting list."""
    return Registration.objects.create(
        session=session,
        employee=employee,
        state=state,
        **({"asked_at": timezone.now()} | fields),
    )


def hold(session: WorkshopSession, *, ago: timedelta = timedelta(hours=3)) -> WorkshopSession:
    """The session as it is once it has begun so long ago: its time passes without waiting."""
    took = session.ends_at - session.starts_at
    session.starts_at = session.closes_at = timezone.now() - ago
    session.ends_at = session.starts_at + took
    session.save()
    return session
