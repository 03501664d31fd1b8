"""On which days the courses of a plan are done, at an even pace of so many hours a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from skills_matrix.engine.exceptions import InvalidPlan

WEEK: Final = 7
_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """Seven days from `starts_on` on; `parts` are courses with their minutes in that week."""

    starts_on: date
    ends_on: date
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """`days`: first and last of each course. The rest as in ``LearningPlan``."""

    days: tuple[tuple[date, date], ...]
    weeks: tuple[PlannedWeek, ...]
    ends_on: date | None
    is_in_time: bool
    hours_needed: int | None


def calendar_of(
    courses: Sequence[tuple[str, int]],
    *,
    hours_per_week: int,
    starts_on: date,
    before: date | None,
) -> Calendar:
    """One course after the other. The week's hours are spread evenly over its seven days, so that
    a part of a week before the deadline counts for its share.

    Args:
        courses: keys and minutes, in order.

    Raises:
        InvalidPlan: the courses go on beyond the last day there is.
    """
    pace = hours_per_week * _HOUR
    days, done = [], 0
    try:
        for _, minutes in courses:
            first = starts_on + timedelta(days=WEEK * done // pace)
            done += minutes
            # A course of no minutes ends on the day on which it begins.
            days.append((first, max(first, _day_of(done, pace, starts_on))))
        weeks = _weeks(courses, pace, starts_on)
    except OverflowError as error:
        raise InvalidPlan("the plan has no end") from error
    ends_on = days[-1][1] if days else None
    return Calendar(
        days=tuple(days),
        weeks=weeks,
        ends_on=ends_on,
        is_in_time=ends_on is None or before is None or ends_on <= before,
        hours_needed=_hours_needed(done, starts_on, before) if days else None,
    )


def _day_of(minutes: int, pace: int, starts_on: date) -> date:
    """The day on which so many minutes are done."""
    return starts_on + timedelta(days=-(-WEEK * minutes // pace) - 1)


def _hours_needed(minutes: int, starts_on: date, before: date | None) -> int | None:
    if before is None or before < starts_on:
        return None
    days = (before - starts_on).days + 1
    return max(-(-WEEK * minutes // (_HOUR * days)), 1)


def _weeks(
    courses: Sequence[tuple[str, int]], pace: int, starts_on: date
) -> tuple[PlannedWeek, ...]:
    parts: list[list[tuple[str, int]]] = []
    room = 0
    for key, minutes in courses:
        left = minutes
        while left or not minutes:
            if not room:
                parts.append([])
                room = pace
            now = min(left, room)
            parts[-1].append((key, now))
            left, room = left - now, room - now
            if not minutes:
                break
    first = (starts_on + timedelta(days=WEEK * number) for number in range(len(parts)))
    return tuple(
        PlannedWeek(day, day + timedelta(days=WEEK - 1), tuple(part))
        for day, part in zip(first, parts, strict=True)
    )
