from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_matrix.engine.benefits import (
    BEFORE,
    FORECAST,
    MEASURED,
    PHASES,
    Saving,
    Work,
    benefit,
    due_measurements,
    months_later,
    saving_at,
    totals,
)

WORKS = st.builds(
    Work,
    cases=st.decimals(0, 100_000, places=2),
    minutes=st.decimals(0, 10_000, places=2),
    yen_per_hour=st.none() | st.integers(0, 10_000),
)
FIGURES = st.dictionaries(st.sampled_from(PHASES), WORKS)


def work(cases: int, minutes: int, yen: int | None = None) -> Work:
    return Work(Decimal(cases), Decimal(minutes), date(2026, 4, 1), yen)


# The two cases of the source: it states hours and neither cases nor minutes, so the work of the
# period is one case of so many minutes.
@pytest.mark.parametrize(
    ("before", "after", "saved", "rate"),
    [(1471, 441, 1030, "70.0"), (1450, 680, 770, "53.1")],
)
def test_the_two_measured_cases_come_out(before: int, after: int, saved: int, rate: str) -> None:
    figures = {BEFORE: work(1, before * 60), "measured": work(1, after * 60)}
    found = benefit(figures)
    assert found.forecast is None
    assert found.measured is not None
    assert (found.measured.before, found.measured.after) == (before, after)
    assert found.measured.saved == saved
    assert found.measured.rate is not None
    assert f"{found.measured.rate * 100:.1f}" == rate


def test_hours_are_cases_times_minutes_by_sixty() -> None:
    assert work(1200, 15).hours == 300


def test_the_latest_measurement_counts_and_the_forecast_stands_beside_it() -> None:
    figures = {
        BEFORE: work(600, 10),
        FORECAST: work(600, 1),
        "measured": work(600, 5),
        "measured_12m": work(600, 4),
    }
    found = benefit(figures)
    assert found.forecast is not None
    assert found.measured is not None
    assert (found.forecast.saved, found.measured.saved) == (90, 60)
    assert found.measured.phase == "measured_12m"


def test_without_a_rate_there_is_no_amount() -> None:
    figures = {BEFORE: work(600, 10), "measured": work(600, 5)}
    found = saving_at(figures, "measured")
    assert found is not None
    assert found.yen is None
    priced = saving_at(figures | {"measured": work(600, 5, 2000)}, "measured")
    assert priced is not None
    assert priced.yen == 50 * 2000


def test_totals_say_how_much_has_no_rate() -> None:
    def saving(hours: int, yen: int | None) -> Saving:
        amount = None if yen is None else Decimal(yen)
        return Saving("measured", Decimal(hours), Decimal(0), None, amount)

    found = totals([("M08", saving(10, 100)), ("M07", saving(5, None)), ("M08", saving(7, None))])
    assert list(found) == ["M08", "M07"]
    assert (found["M08"].saved, found["M08"].yen, found["M08"].unpriced) == (17, 100, 1)
    assert (found["M07"].yen, found["M07"].projects) == (None, 1)


@given(FIGURES)
def test_a_forecast_never_reaches_a_measurement(figures: dict[str, Work]) -> None:
    without = {phase: row for phase, row in figures.items() if phase != FORECAST}
    assert benefit(figures).measured == benefit(without).measured
    unmeasured = {phase: row for phase, row in figures.items() if phase not in MEASURED}
    assert benefit(figures).forecast == benefit(unmeasured).forecast


@given(WORKS, WORKS)
def test_forecasts_and_measurements_are_not_added_up(before: Work, after: Work) -> None:
    figures = {BEFORE: before, FORECAST: after, "measured": after}
    both = [saving_at(figures, phase) for phase in (FORECAST, "measured")]
    with pytest.raises(ValueError, match="not added up"):
        totals([("", row) for row in both if row])


@given(st.lists(st.tuples(st.sampled_from("abc"), WORKS, WORKS)))
def test_groups_add_up_to_the_whole(rows: list[tuple[str, Work, Work]]) -> None:
    savings = [
        (group, saving_at({BEFORE: before, "measured": after}, "measured"))
        for group, before, after in rows
    ]
    known = [(group, row) for group, row in savings if row]
    by_group = totals(known)
    whole = totals([("", row) for _group, row in known])
    parts = sum(row.saved for row in by_group.values())
    assert float(parts) == pytest.approx(float(sum(row.saved for row in whole.values())))
    assert sum(row.projects for row in by_group.values()) == len(rows)


@given(WORKS, WORKS, st.decimals(0, 1000, places=2))
def test_longer_work_never_saves_more(before: Work, after: Work, more: Decimal) -> None:
    longer = Work(after.cases, after.minutes + more)
    found = [saving_at({BEFORE: before, "measured": row}, "measured") for row in (after, longer)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].saved >= found[1].saved


def test_what_is_due_after_three_and_twelve_months() -> None:
    assert due_measurements(["measured"], date(2026, 11, 30)) == {
        "measured_3m": date(2027, 2, 28),
        "measured_12m": date(2027, 11, 30),
    }
    assert due_measurements(["measured", "measured_3m"], date(2026, 4, 1)) == {
        "measured_12m": date(2027, 4, 1)
    }
    assert due_measurements([BEFORE], None) == {}


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_later_months_come_in_order(day: date, months: int) -> None:
    days = [months_later(day, number) for number in range(months + 1)]
    assert all(one < other for one, other in pairwise(days))
    assert all(found.day <= day.day for found in days)
