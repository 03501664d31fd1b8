from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.transcript.rules import LONGEST, Moment, time_spent

START = datetime(2026, 6, 1, 9, tzinfo=UTC)


def at(minute: float, took: float = 0) -> Moment:
    return Moment(START + timedelta(minutes=minute), timedelta(minutes=took))


@pytest.mark.parametrize(
    ("moments", "minutes"),
    [
        ([], 0),
        ([at(0)], 0),
        ([at(0, 4)], 4),
        ([at(0), at(10)], 10),
        ([at(0), at(15)], 15),
        ([at(0), at(16)], 0),
        ([at(0), at(16, 5)], 16),
        ([at(0), at(10), at(60), at(65)], 15),
        ([at(10, 10), at(10, 10)], 10),
        ([at(600, 600)], LONGEST / timedelta(minutes=1)),
        ([at(0, -5)], 0),
    ],
)
def test_a_sitting_lasts_from_its_first_to_its_last_sign(
    moments: list[Moment], minutes: float
) -> None:
    assert time_spent(moments) == timedelta(minutes=minutes)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 60)), max_size=10),
    st.randoms(use_true_random=False),
)
def test_order_and_repetition_change_nothing(pairs: list[tuple[int, int]], random: Random) -> None:
    moments = [at(*pair) for pair in pairs]
    shuffled = moments + moments[:3]
    random.shuffle(shuffled)
    assert time_spent(shuffled) == time_spent(moments)
