"""When a duty begins, is due and begins anew. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time

from lms.people.calendar import FIRST_MONTH, OFFICE_ZONE, fiscal_year, fiscal_year_end

ONCE, YEARLY, EVERY_MONTHS = "once", "fiscal_year", "months"
NEVER, DAYS, DAY, YEAR_END = "never", "days", "date", "fiscal_year_end"


@dataclass(frozen=True)
class Schedule:
    """How one rule counts time.

    Attributes:
        due: NEVER, DAYS (`due_days` after the duty began), DAY (`due_on`) or YEAR_END (31 March).
        repeats: ONCE, YEARLY (each fiscal year) or EVERY_MONTHS (`repeat_months` after it began).
        credit_months: how long before the duty began a completion still counts; None = however
            long ago for a duty of once, not at all for one that repeats.
    """

    due: str = NEVER
    due_days: int | None = None
    due_on: date | None = None
    repeats: str = ONCE
    repeat_months: int | None = None
    credit_months: int | None = None

    def due_of(self, starts_on: date) -> date | None:
        """The last day of a duty that began on a day; None = none."""
        match self.due:
            case "days":
                return date.fromordinal(starts_on.toordinal() + (self.due_days or 0))
            case "date":
                return self.due_on
            case "fiscal_year_end":
                return fiscal_year_end(starts_on)
            case _:
                return None

    def counts_from(self, starts_on: date) -> datetime | None:
        """Since when a completion counts; None = whenever it was."""
        if self.credit_months is None:
            return None if self.repeats == ONCE else office_midnight(starts_on)
        return office_midnight(months_after(starts_on, -self.credit_months))


def months_after(day: date, months: int) -> date:
    """The same day of another month; the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def fiscal_year_start(day: date) -> date:
    """1 April of the fiscal year that the day is in."""
    return date(fiscal_year(day), FIRST_MONTH, 1)


def periods_since(starts_on: date, months: int, on: date) -> tuple[int, date]:
    """How many whole periods of so many months have gone by, and when the running one began.

    Counted from `starts_on` itself, so that a 31st does not wander to the 28th.
    """
    gone = max(0, ((on.year - starts_on.year) * 12 + on.month - starts_on.month) // months)
    while gone and months_after(starts_on, gone * months) > on:
        gone -= 1
    return gone, months_after(starts_on, gone * months)


def office_midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, OFFICE_ZONE)
