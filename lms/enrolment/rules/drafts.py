"""A rule as somebody would have it, before it is a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.enrolment.refusals import refused
from lms.enrolment.rules.condition import everybody
from lms.enrolment.rules.schedule import (
    DAY,
    DAYS,
    EVERY_MONTHS,
    NEVER,
    ONCE,
    YEAR_END,
    YEARLY,
    Schedule,
)

WITHOUT_DUTY = Schedule()


@dataclass(frozen=True)
class NewRule:
    """One row per rule wanted. `pk` = the row it changes; None = that with its condition, or new.

    `equal_courses` are keys of courses whose completion counts as this one's.
    """

    condition: Mapping[str, Any] = field(default_factory=everybody)
    is_mandatory: bool = False
    schedule: Schedule = WITHOUT_DUTY
    equal_courses: tuple[str, ...] = ()
    pk: int | None = None


def check_schedule(rule: NewRule, *, place: str = "") -> None:
    """
    Raises:
        AudienceRefused: see `lms.enrolment.services.set_audience`.
    """
    plan = rule.schedule
    if not rule.is_mandatory and plan != WITHOUT_DUTY:
        raise refused("due_without_order", place=place)
    if (
        plan.due not in (NEVER, DAYS, DAY, YEAR_END)
        or (plan.due == DAYS) != (plan.due_days is not None)
        or (plan.due == DAY) != (plan.due_on is not None)
    ):
        raise refused("due_incomplete", place=place)
    months = plan.repeat_months
    if (
        plan.repeats not in (ONCE, YEARLY, EVERY_MONTHS)
        or (plan.repeats == EVERY_MONTHS) != (months is not None)
        or (months is not None and months < 1)
    ):
        raise refused("repeat_incomplete", place=place)
    if plan.due == DAY and plan.repeats != ONCE:
        raise refused("date_repeats", place=place)
