from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.oversight.reasons import LateReason, Touched, Why, late_reason

DUE = date(2026, 11, 1)
ON = date(2026, 11, 20)
BEFORE = date(2026, 4, 1)


def did(
    pk: int, day: int, *, lesson: int = 1, attempts: int = 0, is_failing: bool = False
) -> Touched:
    return Touched(pk, lesson, attempts, is_failing, date(2026, 11, day))


@pytest.mark.parametrize(
    ("touched", "since", "expected"),
    [
        ([], BEFORE, LateReason(Why.NOT_STARTED)),
        ([], DUE, LateReason(Why.NOT_STARTED)),
        ([], date(2026, 11, 2), LateReason(Why.JOINED_LATE, date(2026, 11, 2))),
        ([did(1, 3)], BEFORE, LateReason(Why.STOPPED, date(2026, 11, 3), 1)),
        # Begun: what they did says more than when the course came.
        ([did(1, 3)], ON, LateReason(Why.STOPPED, date(2026, 11, 3), 1)),
        # The lesson of the activity they had last, and of one day's the furthest.
        (
            [did(1, 9), did(2, 3, lesson=2)],
            BEFORE,
            LateReason(Why.STOPPED, date(2026, 11, 9), 1),
        ),
        (
            [did(1, 9), did(5, 9, lesson=4)],
            BEFORE,
            LateReason(Why.STOPPED, date(2026, 11, 9), 4),
        ),
        # A test that is not passed comes first, of several the one tried most.
        (
            [did(1, 2), did(5, 3, attempts=2, is_failing=True), did(9, 8, lesson=4)],
            BEFORE,
            LateReason(Why.FAILED, date(2026, 11, 3), 5, 2),
        ),
        (
            [
                did(5, 3, attempts=4, is_failing=True),
                did(6, 8, attempts=1, is_failing=True),
            ],
            ON,
            LateReason(Why.FAILED, date(2026, 11, 3), 5, 4),
        ),
        # Passed in the end: no failure any more.
        ([did(5, 3, attempts=4)], BEFORE, LateReason(Why.STOPPED, date(2026, 11, 3), 1)),
    ],
)
def test_why_a_course_is_late(touched: list[Touched], since: date, expected: LateReason) -> None:
    found = late_reason(due_on=DUE, is_completed=False, on=ON, since=since, touched=touched)
    assert found == expected


@pytest.mark.parametrize(
    ("due_on", "is_completed"),
    [(None, False), (DUE, True), (ON, False), (ON + timedelta(1), False)],
)
def test_what_is_not_late_has_no_reason(due_on: date | None, is_completed: bool) -> None:
    failing = [did(5, 3, attempts=2, is_failing=True)]
    assert (
        late_reason(due_on=due_on, is_completed=is_completed, on=ON, since=BEFORE, touched=failing)
        is None
    )


@given(st.lists(st.builds(did, st.integers(1, 9), st.integers(1, 28)), min_size=1))
def test_whoever_began_is_never_called_not_begun(touched: list[Touched]) -> None:
    found = late_reason(due_on=DUE, is_completed=False, on=ON, since=ON, touched=touched)
    assert found is not None
    assert found.why == Why.STOPPED
    assert found.day == max(item.last_on for item in touched)
