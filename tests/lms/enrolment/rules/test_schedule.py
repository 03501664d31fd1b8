from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enrolment.rules.schedule import (
    DAY,
    DAYS,
    EVERY_MONTHS,
    NEVER,
    YEAR_END,
    YEARLY,
    Schedule,
    fiscal_year_start,
    months_after,
    office_midnight,
    periods_since,
)

DAYS_OF_LIFE = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("schedule", "starts_on", "due_on"),
    [
        (Schedule(NEVER), date(2026, 4, 1), None),
        (Schedule(DAYS, due_days=30), date(2026, 4, 1), date(2026, 5, 1)),
        (Schedule(DAY, due_on=date(2026, 9, 30)), date(2026, 4, 1), date(2026, 9, 30)),
        (Schedule(YEAR_END), date(2026, 4, 1), date(2027, 3, 31)),
        (Schedule(YEAR_END), date(2027, 3, 31), date(2027, 3, 31)),
    ],
)
def test_when_a_duty_is_due(schedule: Schedule, starts_on: date, due_on: date | None) -> None:
    assert schedule.due_of(starts_on) == due_on


@pytest.mark.parametrize(
    ("schedule", "since"),
    [
        (Schedule(), None),
        (Schedule(credit_months=12), date(2025, 4, 1)),
        (Schedule(repeats=YEARLY), date(2026, 4, 1)),
        (Schedule(repeats=EVERY_MONTHS, repeat_months=24, credit_months=3), date(2026, 1, 1)),
    ],
)
def test_since_when_a_completion_counts(schedule: Schedule, since: date | None) -> None:
    expected = None if since is None else office_midnight(since)
    assert schedule.counts_from(date(2026, 4, 1)) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(3, 1, 1), -600, date.min),
    ],
)
def test_the_same_day_of_another_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@given(DAYS_OF_LIFE, st.integers(1, 60), st.integers(0, 9_000))
def test_the_running_period_has_begun_and_the_next_has_not(
    start: date, months: int, later: int
) -> None:
    on = date.fromordinal(start.toordinal() + later)
    gone, begins_on = periods_since(start, months, on)
    assert begins_on <= on < months_after(start, (gone + 1) * months)
    assert begins_on == months_after(start, gone * months)


def test_a_fiscal_year_begins_in_april() -> None:
    assert fiscal_year_start(date(2027, 3, 31)) == date(2026, 4, 1)
    assert fiscal_year_start(date(2027, 4, 1)) == date(2027, 4, 1)
