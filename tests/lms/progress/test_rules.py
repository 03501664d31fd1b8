"""The folds: what "done" means, and that the order of statements never matters."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.progress.rules import (
    ActivityRule,
    ActivityTotals,
    Event,
    fold_activity,
    fold_course,
    is_done_by,
)
from lms.records.statement import ADL, ANSWERED, ATTENDED, COMPLETED, EXPERIENCED

START = datetime(2026, 4, 1, tzinfo=UTC)
LESSON = ActivityRule(is_lesson=True)
GRADED = ActivityRule(is_lesson=False, pass_mark=0.8)
PRACTICE = ActivityRule(is_lesson=False)
WORKSHOP = ActivityRule(is_lesson=False, is_workshop=True)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def event(verb: str, score: float | None = None, *, root: bool = True, day: int = 0) -> Event:
    return Event(verb=verb, is_root=root, score=score, timestamp=at(day))


@pytest.mark.parametrize(
    ("rule", "happened", "done"),
    [
        (LESSON, event(EXPERIENCED), True),
        (LESSON, event(COMPLETED), True),
        (LESSON, event(ANSWERED), False),
        (LESSON, event(COMPLETED, root=False), False),
        (GRADED, event(ANSWERED, 0.8), True),
        (GRADED, event(COMPLETED, 1.0), True),
        (GRADED, event(ANSWERED, 0.79), False),
        (GRADED, event(ANSWERED, 0.0), False),
        (GRADED, event(ANSWERED), False),
        (GRADED, event(ANSWERED, 1.0, root=False), False),
        (GRADED, event(ADL + "interacted", 1.0), False),
        (GRADED, event(ADL + "attempted"), False),
        (WORKSHOP, event(ATTENDED), True),
        (WORKSHOP, event(COMPLETED), False),
        (WORKSHOP, event(EXPERIENCED), False),
        (LESSON, event(ATTENDED), False),
        (GRADED, event(ATTENDED, 1.0), False),
        (PRACTICE, event(ATTENDED), False),
        (PRACTICE, event(ANSWERED), True),
        (PRACTICE, event(ADL + "attempted"), False),
        (ActivityRule(is_lesson=False, pass_mark=0.0), event(ANSWERED, 0.0), True),
    ],
)
def test_what_makes_an_activity_done(rule: ActivityRule, happened: Event, done: bool) -> None:
    assert is_done_by(happened, rule) is done


def test_the_best_score_stays_and_attempts_are_counted() -> None:
    totals = fold_activity(
        [
            event(ADL + "attempted", day=0),
            event(ANSWERED, 0.5, day=1),
            event(ANSWERED, 1.0, day=2),
            event(ANSWERED, 0.0, day=3),
        ],
        GRADED,
    )
    assert totals == ActivityTotals(
        first_at=at(0), last_at=at(3), attempts=3, best_score=1.0, done_at=at(2), last_done_at=at(2)
    )


def test_no_statement_is_no_progress() -> None:
    assert fold_activity([], GRADED) is None


RULES = {1: LESSON, 2: GRADED, 3: PRACTICE}


def done(first: int, last: int | None = None) -> ActivityTotals:
    moment = at(first)
    return ActivityTotals(
        first_at=moment,
        last_at=at(last or first),
        done_at=moment,
        last_done_at=at(last or first),
    )


def test_a_course_is_complete_when_lessons_are_read_and_graded_activities_passed() -> None:
    totals = fold_course(RULES, {1: done(1), 2: done(4)})
    assert totals is not None
    assert (totals.done_count, totals.total_count, totals.completed_at) == (2, 2, at(4))
    assert totals.renewed_at is None


def test_practice_alone_completes_nothing() -> None:
    totals = fold_course(RULES, {3: done(1)})
    assert totals is not None
    assert (totals.done_count, totals.completed_at) == (0, None)


def test_a_course_without_any_requirement_is_never_complete() -> None:
    totals = fold_course({3: PRACTICE}, {3: done(1)})
    assert totals is not None
    assert totals.completed_at is None


def test_passing_every_graded_activity_again_renews_the_course() -> None:
    rules = RULES | {4: GRADED}
    again = fold_course(rules, {1: done(1), 2: done(2, 50), 4: done(3, 40)})
    assert again is not None
    assert (again.completed_at, again.renewed_at) == (at(3), at(40))
    once = fold_course(rules, {1: done(1), 2: done(2, 50), 4: done(3)})
    assert once is not None
    assert once.renewed_at is None


events = st.builds(
    Event,
    verb=st.sampled_from([ANSWERED, COMPLETED, EXPERIENCED, ADL + "attempted", ADL + "progressed"]),
    is_root=st.booleans(),
    score=st.none() | st.sampled_from([0.0, 0.3, 0.8, 1.0]),
    timestamp=st.integers(0, 400).map(at),
)
rules = st.sampled_from([LESSON, GRADED, PRACTICE])


@given(st.lists(events, min_size=1, max_size=12), rules, st.data())
def test_any_order_and_any_batches_give_the_same_totals(
    happened: list[Event], rule: ActivityRule, data: st.DataObject
) -> None:
    whole = fold_activity(happened, rule)
    shuffled = data.draw(st.permutations(happened))
    cut = data.draw(st.integers(0, len(shuffled)))
    before = fold_activity(shuffled[:cut], rule)
    assert fold_activity(shuffled[cut:], rule, before) == whole
