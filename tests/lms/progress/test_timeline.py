"""Time read by the clock, and the tries that count: functions of a set, whatever its order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.progress.timeline import (
    LONGEST_PORTION,
    Portion,
    Try,
    counted_tries,
    read_portions,
)

START = datetime(2026, 4, 1, 9, tzinfo=UTC)


def minute(number: float) -> datetime:
    return START + timedelta(minutes=number)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def read(*portions: tuple[float, float]) -> list[Portion]:
    return [Portion(minute(at), minutes(took)) for at, took in portions]


@pytest.mark.parametrize(
    ("portions", "time"),
    [
        ([], 0),
        ([(1, 1), (2, 1), (3, 0.5)], 2.5),
        # Another day, another sitting.
        ([(1, 1), (2000, 1)], 2),
        # Two windows side by side.
        ([(1, 1), (1, 1), (2, 1), (2, 1)], 2),
        # What one browser says is too long to be a portion.
        ([(600, 600)], 5),
        # A hundred claims of the same moment.
        ([(10, 1)] * 100, 1),
    ],
)
def test_time_is_counted_by_the_clock(portions: list[tuple[float, float]], time: float) -> None:
    assert read_portions(read(*portions), minutes(60)).time == minutes(time)


def test_the_minimum_is_reached_with_the_portion_that_fills_it_and_then_anew() -> None:
    portions = read((1, 1), (2, 1), (3, 1), (100, 1), (101, 1), (102, 1))
    assert read_portions(portions, minutes(2)).reached == [minute(2), minute(100), minute(102)]
    assert read_portions(portions, minutes(7)).reached == []


def test_a_try_counts_after_a_pause_and_not_before() -> None:
    tries = [Try(minute(0), False), Try(minute(9), True), Try(minute(10), True)]
    assert counted_tries(tries, minutes(10)) == [tries[0], tries[2]]
    assert counted_tries(tries, minutes(60)) == [tries[0]]
    assert counted_tries(tries, minutes(0)) == tries


def test_of_two_tries_at_one_moment_the_failed_one_counts() -> None:
    tries = [Try(minute(0), True), Try(minute(0), False)]
    assert counted_tries(tries, minutes(10)) == [tries[1]]


portions = st.builds(
    Portion,
    at=st.integers(0, 600).map(minute),
    took=st.integers(0, 600).map(minutes),
)
tries = st.builds(Try, at=st.integers(0, 60).map(minute), passed=st.booleans())


@given(st.lists(portions, max_size=12), st.integers(1, 20), st.data())
def test_the_order_of_portions_says_nothing(
    read: list[Portion], minimum: int, data: st.DataObject
) -> None:
    found = read_portions(read, minutes(minimum))
    assert read_portions(data.draw(st.permutations(read)), minutes(minimum)) == found
    assert found.time <= len(read) * LONGEST_PORTION
    assert bool(found.reached) == (found.time >= minutes(minimum))


@given(st.lists(tries, max_size=12), st.integers(0, 30), st.data())
def test_the_order_of_tries_says_nothing_and_none_follows_within_a_pause(
    tried: list[Try], pause: int, data: st.DataObject
) -> None:
    counted = counted_tries(tried, minutes(pause))
    assert counted_tries(data.draw(st.permutations(tried)), minutes(pause)) == counted
    gaps = [after.at - before.at for before, after in pairwise(counted)]
    assert all(gap >= minutes(pause) for gap in gaps)
