"""Planning sessions, and giving out their seats.

Every change of seats holds the session's row locked: of two people who ask for the last seat one
waits, whoever was first. People are locked before sessions, and only by `register`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.models import Activity
from lms.enrolment.services import enrol
from lms.exceptions import SessionNotAvailable
from lms.notices.kinds import session_time
from lms.notices.models import Notice
from lms.notices.services import tell_of_session
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.refusals import refused
from lms.workshops.selectors import my_sessions, sessions_open_to
from lms.workshops.texts import session_place

State = Registration.State
SESSION_PLANNED = "lms_core.session_planned"
SESSION_CHANGED = "lms_core.session_changed"
SESSION_CANCELLED = "lms_core.session_cancelled"

# What an organiser says of a session.
PLANNED = (
    *("starts_at", "ends_at", "closes_at", "capacity", "is_online", "place", "online_url"),
    *("instructor", "note"),
)
# What of it people have put into their diaries.
TOLD = ("starts_at", "ends_at", "is_online", "place", "online_url")


# --- a learner's own seat --------------------------------------------------------------------


@transaction.atomic
def register(*, employee: Employee, session: WorkshopSession) -> Registration:
    """Take a seat, or a place on the waiting list where none is left; twice changes nothing.

    Whoever registers is enrolled in the course.

    Raises:
        SessionNotAvailable: it is no session of a course that is the person's.
        WorkshopRefused: `cancelled`; `closed`; `clash` another session of mine is at that time;
            `other_session` I have a coming one of the same workshop.
    """
    # So that one person cannot take two seats at the same hour by two requests. Weaker than an
    # update of the key: whoever holds a session may still tell the person something.
    Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)
    today = office_today()
    if not sessions_open_to(employee, today).filter(pk=session.pk).exists():
        raise SessionNotAvailable(_("No such session."))
    enrol(employee=employee, course=session.activity.course, on=today)
    held = _locked(session)
    now = timezone.now()
    mine = Registration.objects.filter(session=held, employee=employee).first()
    if mine is not None and mine.state != State.CANCELLED:
        return mine
    _refuse_unless_open(held, now)
    _refuse_clashes(employee, held, now)
    state = State.REGISTERED if _seats_left(held) > 0 else State.WAITING
    return Registration.objects.update_or_create(
        session=held, employee=employee, defaults={"state": state, "asked_at": now}
    )[0]


@transaction.atomic
def cancel_registration(*, employee: Employee, session: WorkshopSession) -> Registration:
    """Give up a seat or a place on the waiting list; the first who waits moves up.

    Raises:
        WorkshopRefused: `not_registered`; `cancelled`; `closed`.
    """
    held = _locked(session)
    mine = Registration.objects.filter(session=held, employee=employee).first()
    if mine is None or mine.state == State.CANCELLED:
        raise refused("not_registered")
    _refuse_unless_open(held, timezone.now())
    mine.state = State.CANCELLED
    mine.save(update_fields=["state"])
    _fill(held)
    return mine


def _locked(session: WorkshopSession) -> WorkshopSession:
    rows = WorkshopSession.objects.select_for_update(of=("self",))
    return rows.select_related("activity__course").get(pk=session.pk)


def _refuse_unless_open(session: WorkshopSession, now: datetime) -> None:
    if session.cancelled_at is not None:
        raise refused("cancelled")
    if now >= session.closes_at:
        raise refused("closed")


def _refuse_clashes(employee: Employee, session: WorkshopSession, now: datetime) -> None:
    """A place on a waiting list counts: it may become a seat at any moment."""
    others = my_sessions(employee).filter(cancelled_at=None).exclude(pk=session.pk)
    same = others.filter(activity=session.activity, ends_at__gt=now).first()
    if same is not None:
        raise refused("other_session", time=session_time(same.starts_at))
    clash = others.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at).first()
    if clash is not None:
        raise refused(
            "clash", title=clash.activity.course.title, time=session_time(clash.starts_at)
        )


def _seats_left(session: WorkshopSession) -> int:
    return session.capacity - session.registrations.filter(state=State.REGISTERED).count()


def _fill(session: WorkshopSession) -> None:
    """Whoever waits moves up in order while there are seats, and is told."""
    if session.cancelled_at is not None or timezone.now() >= session.starts_at:
        return
    free = max(0, _seats_left(session))
    waiting = session.registrations.filter(state=State.WAITING).order_by("asked_at", "pk")
    moved = list(waiting.values_list("pk", "employee_id")[:free])
    Registration.objects.filter(pk__in=[pk for pk, _employee_id in moved]).update(
        state=State.REGISTERED
    )
    tell(Notice.Kind.MOVED_UP, session, [employee_id for _pk, employee_id in moved])


def tell(kind: str, session: WorkshopSession, people: Iterable[int], *, detail: str = "") -> int:
    """Give people notice of the session; how many notices are new."""
    return tell_of_session(
        kind=kind,
        session=session.uuid,
        course=session.activity.course,
        starts_at=session.starts_at,
        detail=detail or session_place(session),
        recipients=people,
        on=office_today(),
    )


# --- planning --------------------------------------------------------------------------------


@transaction.atomic
def plan_session(*, workshop: Activity, plan: Mapping[str, Any], by: Any) -> WorkshopSession:
    """A new session.

    Args:
        plan: the fields `PLANNED`.

    Raises:
        WorkshopRefused: `ends_before_start`, `closes_after_start`, `nowhere`, `address_offline`.
    """
    session = WorkshopSession(activity=workshop, **plan)
    _refuse_impossible(session)
    session.save()
    _log(SESSION_PLANNED, session, by)
    return session


@transaction.atomic
def change_session(
    *, session: WorkshopSession, plan: Mapping[str, Any], by: Any
) -> WorkshopSession:
    """Another time, place or capacity. Whoever has a seat or waits is told of the first two.

    A larger capacity moves up who waits.

    Raises:
        WorkshopRefused: as of `plan_session`; `cancelled`; `below_seats`; `attended` its time
            changes after attendance was recorded.
    """
    held = _locked(session)
    if held.cancelled_at is not None:
        raise refused("cancelled")
    before = {name: getattr(held, name) for name in PLANNED}
    for name, value in plan.items():
        setattr(held, name, value)
    changed = [name for name in PLANNED if before[name] != getattr(held, name)]
    _refuse_impossible(held)
    seats = held.registrations.filter(state=State.REGISTERED).count()
    if held.capacity < seats:
        raise refused("below_seats", place="capacity", number=seats)
    if {"starts_at", "ends_at"} & set(changed) and _is_attended(held):
        raise refused("attended", place="starts_at")
    held.save(update_fields=changed)
    if changed:
        _log(SESSION_CHANGED, held, by, changed=changed)
    if set(TOLD) & set(changed) and held.ends_at > timezone.now():
        tell(Notice.Kind.SESSION_CHANGED, held, _people_of(held))
    _fill(held)
    return held


@transaction.atomic
def cancel_session(*, session: WorkshopSession, reason: str, by: Any) -> WorkshopSession:
    """It is not held. Whoever has a seat or waits is told why.

    Raises:
        WorkshopRefused: `reason_missing`; `cancelled` already; `attended` it was held.
    """
    if not reason.strip():
        raise refused("reason_missing", place="reason")
    held = _locked(session)
    if held.cancelled_at is not None:
        raise refused("cancelled")
    if _is_attended(held):
        raise refused("attended")
    held.cancelled_at, held.cancelled_reason = timezone.now(), reason.strip()
    held.save(update_fields=["cancelled_at", "cancelled_reason"])
    _log(SESSION_CANCELLED, held, by, reason=held.cancelled_reason)
    tell(Notice.Kind.SESSION_OFF, held, _people_of(held), detail=held.cancelled_reason)
    return held


def _refuse_impossible(session: WorkshopSession) -> None:
    if session.ends_at <= session.starts_at:
        raise refused("ends_before_start", place="ends_at")
    if session.closes_at > session.starts_at:
        raise refused("closes_after_start", place="closes_at")
    if not session.is_online and not session.place:
        raise refused("nowhere", place="place")
    if session.online_url and not session.is_online:
        raise refused("address_offline", place="online_url")


def _is_attended(session: WorkshopSession) -> bool:
    return session.registrations.filter(attendance=Registration.Attendance.ATTENDED).exists()


def _people_of(session: WorkshopSession) -> list[int]:
    held = session.registrations.exclude(state=State.CANCELLED)
    return list(held.values_list("employee_id", flat=True))


def _log(action: str, session: WorkshopSession, by: Any, **more: Any) -> None:
    """On the course, where its other orders stand."""
    log(
        instance=session.activity.course,
        action=action,
        user=by,
        data={"session": str(session.uuid), "starts_at": session.starts_at.isoformat(), **more},
    )
