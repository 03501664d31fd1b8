"""When a certificate is due. Pure."""

import calendar
from datetime import date, datetime

from lms.people.calendar import office_today


def moment_to_certify(
    completed_at: datetime | None, renewed_at: datetime | None, certified_at: datetime | None
) -> datetime | None:
    """The completion or renewal that has no certificate yet. None = there is none.

    One certificate a day at most: late statements move a completion to an earlier moment, and
    passing again and again on one day renews a course each time. Neither is new learning.

    Args:
        certified_at: what the latest certificate certifies; None = there is no certificate.
    """
    if completed_at is None:
        return None
    latest = max(completed_at, renewed_at or completed_at)
    if certified_at is None or office_today(latest) > office_today(certified_at):
        return latest
    return None


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
