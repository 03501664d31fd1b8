"""The office's days and fiscal years. A day begins at midnight in Japan, wherever the server is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Tokyo")
FIRST_MONTH = 4


def office_today(now: datetime | None = None) -> date:
    """The office's date at `now`; absent = the clock.

    Raises:
        ValueError: `now` has no time zone and could mean two days.
    """
    moment = datetime.now(UTC) if now is None else now
    if moment.tzinfo is None:
        raise ValueError("The moment has no time zone.")
    return moment.astimezone(OFFICE_ZONE).date()


def fiscal_year(day: date) -> int:
    """The 年度 a day is in: April to March, named by the year it begins in."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def fiscal_year_end(day: date) -> date:
    """The last day, 31 March, of the fiscal year that `day` is in."""
    return date(fiscal_year(day) + 1, FIRST_MONTH - 1, 31)
