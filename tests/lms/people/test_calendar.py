from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.calendar import fiscal_year, fiscal_year_end, office_today


@pytest.mark.parametrize(
    ("now", "today"),
    [
        (datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_office_day_begins_at_midnight_in_japan(now: datetime, today: date) -> None:
    assert office_today(now) == today


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        office_today(datetime(2026, 4, 1, 9, 0))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2022, 10, 19), 2022),
        (date(2023, 3, 31), 2022),
        (date(2023, 4, 1), 2023),
        (date(2023, 1, 1), 2022),
    ],
)
def test_the_fiscal_year_runs_from_april_to_march(day: date, year: int) -> None:
    assert fiscal_year(day) == year


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_fiscal_year_ends_on_31_march_within_a_year_and_in_itself(day: date) -> None:
    end = fiscal_year_end(day)
    assert (end.month, end.day) == (3, 31)
    assert fiscal_year(end) == fiscal_year(day)
    assert 0 <= (end - day).days <= 365
