from datetime import UTC, date, datetime, timedelta

import pytest

from lms.certificates.rules import moment_to_certify, months_later

JUNE = datetime(2026, 6, 1, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("completed", "renewed", "certified", "due"),
    [
        (None, None, None, None),
        (JUNE, None, None, JUNE),
        (JUNE, None, JUNE, None),
        (JUNE, JUNE + 9 * DAY, None, JUNE + 9 * DAY),
        (JUNE, JUNE + 9 * DAY, JUNE, JUNE + 9 * DAY),
        (JUNE, JUNE + HOUR, JUNE, None),
        (JUNE - 5 * DAY, None, JUNE, None),
        (JUNE + 5 * DAY, None, JUNE, JUNE + 5 * DAY),
        (None, None, JUNE, None),
    ],
)
def test_a_completion_or_renewal_on_a_later_day_is_certified(
    completed: datetime | None,
    renewed: datetime | None,
    certified: datetime | None,
    due: datetime | None,
) -> None:
    assert moment_to_certify(completed, renewed, certified) == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 6, 1), 12, date(2027, 6, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
