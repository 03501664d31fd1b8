"""Why a course is late, from what the person did. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    FAILED = "failed"
    STOPPED = "stopped"
    JOINED_LATE = "joined_late"
    NOT_STARTED = "not_started"


@dataclass(frozen=True)
class Touched:
    """What one person did with one activity. `last_on` = the office's day they last had it.

    `is_failing`: graded, required, tried and not passed yet.
    """

    activity_id: int
    lesson_id: int
    attempts: int
    is_failing: bool
    last_on: date


@dataclass(frozen=True)
class LateReason:
    """`day`: last worked on, or for JOINED_LATE since when the course was theirs.

    `activity_id`: what was failed, or the lesson they stopped at; None = neither.
    """

    why: Why
    day: date | None = None
    activity_id: int | None = None
    attempts: int = 0


def late_reason(
    *,
    due_on: date | None,
    is_completed: bool,
    on: date,
    since: date,
    touched: Sequence[Touched],
) -> LateReason | None:
    """Why the course is late on that day; None = it is not.

    What somebody did says more than dates: a test that is failed again and again first, then
    where they stopped, then that it came to them after the due date, then that they never began.

    Args:
        since: the day the course became theirs, or they joined the office, whichever is later.
        touched: every activity of the course the person had, in course order.
    """
    if due_on is None or is_completed or due_on >= on:
        return None
    failing = [item for item in touched if item.is_failing]
    if failing:
        worst = max(failing, key=lambda item: (item.attempts, item.last_on))
        return LateReason(Why.FAILED, worst.last_on, worst.activity_id, worst.attempts)
    if touched:
        latest = max(touched, key=lambda item: item.last_on)
        day = latest.last_on
        # Of several on the same day the one furthest into the course.
        last = [item for item in touched if item.last_on == day][-1]
        return LateReason(Why.STOPPED, day, last.lesson_id)
    if since > due_on:
        return LateReason(Why.JOINED_LATE, since)
    return LateReason(Why.NOT_STARTED)
