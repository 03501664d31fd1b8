"""Sessions as a learner meets them: what is offered, and what is mine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from courses.models import Activity, Course
from lms.enrolment.selectors import courses_open_to
from lms.people.models import Employee
from lms.workshops.models import Registration, WorkshopSession

State = Registration.State


@dataclass(frozen=True)
class SessionItem:
    """One row per session shown to a person.

    `mine` None = I never registered, or have cancelled. `place_in_line` from 1, 0 = I do not
    wait. `seats_left` 0 = full.
    """

    session: WorkshopSession
    mine: Registration | None
    seats_left: int
    waiting: int
    place_in_line: int
    is_open: bool

    @property
    def online_url(self) -> str:
        """Only those with a seat are told where it is held online."""
        has_seat = self.mine is not None and self.mine.state == State.REGISTERED
        return self.session.online_url if has_seat else ""


def workshop_in(course: Course, key: str) -> Activity | None:
    """The published workshop of a course; None = there is none of that key."""
    return Activity.objects.filter(
        course=course, key=key, kind=Activity.Kind.WORKSHOP, live=True
    ).first()


def sessions_open_to(employee: Employee, on: date) -> QuerySet[WorkshopSession]:
    """Sessions, past ones too, of published workshops in courses the person may take."""
    return WorkshopSession.objects.filter(
        activity__live=True, activity__course__in=courses_open_to(employee, on)
    ).select_related("activity__course")


def coming_sessions(workshop: Activity, now: datetime) -> QuerySet[WorkshopSession]:
    """Those not over yet, cancelled ones too, the next first."""
    return WorkshopSession.objects.filter(activity=workshop, ends_at__gt=now)


def with_counts(sessions: QuerySet[WorkshopSession]) -> QuerySet[WorkshopSession]:
    """Each with `seats`, `waiting` and `attended`: how many people."""
    registrations = "registrations"
    return (
        sessions.select_related("activity")
        .annotate(
            seats=Count(registrations, filter=Q(registrations__state=State.REGISTERED)),
            waiting=Count(registrations, filter=Q(registrations__state=State.WAITING)),
            attended=Count(
                registrations,
                filter=Q(registrations__attendance=Registration.Attendance.ATTENDED),
            ),
            # Counting drops the order that rows of the model have.
        )
        .order_by("starts_at", "pk")
    )


def sessions_offered(
    employee: Employee, workshop: Activity, now: datetime
) -> QuerySet[WorkshopSession]:
    """What is coming, and past sessions in which the person had a seat.

    A cancelled one is shown to those only who had asked for it.
    """
    asked_for = Registration.objects.filter(employee=employee).exclude(state=State.CANCELLED)
    mine = Q(pk__in=asked_for.values("session_id"))
    return WorkshopSession.objects.filter(
        mine | Q(ends_at__gt=now, cancelled_at=None), activity=workshop
    ).select_related("activity__course")


def my_sessions(employee: Employee) -> QuerySet[WorkshopSession]:
    """Sessions in which the person has a seat or waits for one."""
    held = Registration.objects.filter(employee=employee).exclude(state=State.CANCELLED)
    return WorkshopSession.objects.filter(pk__in=held.values("session_id")).select_related(
        "activity__course", "activity__lesson"
    )


def my_coming_sessions(employee: Employee, now: datetime) -> QuerySet[WorkshopSession]:
    """Of these, those not over yet."""
    return my_sessions(employee).filter(ends_at__gt=now)


def session_items(
    employee: Employee, sessions: Iterable[WorkshopSession], now: datetime
) -> list[SessionItem]:
    """The sessions as the person meets them. Two queries, however many there are."""
    shown = list(sessions)
    mine = {
        row.session_id: row
        for row in Registration.objects.filter(employee=employee, session__in=shown).exclude(
            state=State.CANCELLED
        )
    }
    ahead = Q()
    for seat in mine.values():
        if seat.state == State.WAITING:
            ahead |= Q(session=seat.session_id) & (
                Q(asked_at__lt=seat.asked_at) | Q(asked_at=seat.asked_at, pk__lt=seat.pk)
            )
    counts = {
        row["session"]: row
        for row in Registration.objects.filter(session__in=shown)
        .order_by()
        .values("session")
        .annotate(
            seats=Count("pk", filter=Q(state=State.REGISTERED)),
            waiting=Count("pk", filter=Q(state=State.WAITING)),
            ahead=Count("pk", filter=Q(state=State.WAITING) & ahead),
        )
    }
    none = {"seats": 0, "waiting": 0, "ahead": 0}
    items = []
    for session in shown:
        count, row = counts.get(session.pk, none), mine.get(session.pk)
        waits = row is not None and row.state == State.WAITING
        items.append(
            SessionItem(
                session=session,
                mine=row,
                seats_left=max(0, session.capacity - count["seats"]),
                waiting=count["waiting"],
                place_in_line=count["ahead"] + 1 if waits else 0,
                is_open=session.cancelled_at is None and now < session.closes_at,
            )
        )
    return items
