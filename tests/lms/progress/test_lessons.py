"""What lessons get from their parts, from time, and from the test-out of their course."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.progress.lessons import fold_person
from lms.progress.rules import (
    ActivityRule,
    ActivityTotals,
    Completion,
    CourseTotals,
    Event,
    fold_course,
)
from lms.records.statement import ADL, ANSWERED, COMPLETED, EXPERIENCED

START = datetime(2026, 4, 1, tzinfo=UTC)
PAUSE = timedelta(days=30)

# Lesson 1 is read; 2 is done with its graded parts 21 and 22 (23 is practice); 3 must be read for
# two minutes. 4 is the test-out: 41 and 42 are about lesson 2, 43 about 1 and 3.
READ, PASSED, TIMED, TEST = 1, 2, 3, 4


def part(lesson: int, *, pass_mark: float | None = 0.8, **rest: object) -> ActivityRule:
    return ActivityRule(is_lesson=False, lesson=lesson, pass_mark=pass_mark, **rest)  # type: ignore[arg-type]


def question(*covers: int) -> ActivityRule:
    return part(TEST, in_test_out=True, covers=frozenset(covers), pause=PAUSE)


def lesson(completion: Completion = Completion.VIEWED, minutes: int = 0) -> ActivityRule:
    return ActivityRule(
        is_lesson=True,
        completion=completion,
        minimum=timedelta(minutes=minutes),
        in_test_out=completion is Completion.TEST_OUT,
    )


RULES = {
    READ: lesson(),
    PASSED: lesson(Completion.GRADED_PASSED),
    21: part(PASSED),
    22: part(PASSED),
    23: part(PASSED, pass_mark=None),
    TIMED: lesson(Completion.MINIMUM_TIME, 2),
    TEST: lesson(Completion.TEST_OUT),
    41: question(PASSED),
    42: question(PASSED),
    43: question(READ, TIMED),
}


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def read(day: float, took: timedelta = timedelta(0)) -> Event:
    return Event(verb=EXPERIENCED, is_root=True, score=None, timestamp=at(day), took=took)


def answered(day: float, score: float = 1.0, *, graded: bool = True) -> Event:
    return Event(
        verb=ANSWERED,
        is_root=True,
        score=score,
        timestamp=at(day),
        graded=score if graded else None,
    )


def fold(
    happened: dict[int, list[Event]], rules: dict[int, ActivityRule] = RULES
) -> tuple[dict[int, ActivityTotals], CourseTotals]:
    totals = fold_person(happened, rules)
    course = fold_course(rules, totals)
    assert course is not None
    return totals, course


def done(totals: dict[int, ActivityTotals]) -> dict[int, datetime]:
    return {key: item.done_at for key, item in totals.items() if item.done_at is not None}


def test_a_lesson_of_graded_parts_is_done_with_the_last_of_them() -> None:
    totals, _course = fold({PASSED: [read(0)], 21: [answered(1)], 22: [answered(3, 0.5)]})
    assert PASSED not in done(totals)
    totals, _course = fold({21: [answered(1)], 22: [answered(3, 0.5), answered(5)]})
    assert done(totals)[PASSED] == at(5)


def test_a_lesson_of_graded_parts_without_any_is_never_done() -> None:
    rules = {PASSED: RULES[PASSED], 23: RULES[23]}
    totals, course = fold({PASSED: [read(0)], 23: [answered(1)]}, rules)
    assert PASSED not in done(totals)
    assert course.completed_at is None


def test_a_part_that_is_no_longer_live_is_not_waited_for() -> None:
    rules = RULES | {22: replace(RULES[22], is_live=False)}
    totals, _course = fold({21: [answered(1)]}, rules)
    assert done(totals)[PASSED] == at(1)


def test_a_lesson_with_a_minimum_is_done_when_it_was_read_for_so_long() -> None:
    minute = timedelta(minutes=1)
    totals, _course = fold({TIMED: [read(1, minute), read(2)]})
    assert (totals[TIMED].time_read, totals[TIMED].done_at) == (minute, None)
    totals, _course = fold({TIMED: [read(1, minute), read(2), read(3, minute)]})
    assert (totals[TIMED].time_read, totals[TIMED].done_at) == (2 * minute, at(3))


def test_a_passed_question_grants_its_lessons_and_their_required_parts() -> None:
    totals, course = fold({41: [answered(1)], 42: [answered(2)]})
    assert done(totals) == {41: at(1), 42: at(2), PASSED: at(2), 21: at(2), 22: at(2)}
    granted = totals[21]
    assert (granted.attempts, granted.best_score) == (0, None)
    assert granted.granted_at == granted.assured_at == at(2)
    # The test itself is required of nobody.
    assert (course.done_count, course.total_count) == (3, 5)


def test_a_lesson_is_granted_when_all_questions_about_it_are_passed() -> None:
    totals, _course = fold({41: [answered(1)], 42: [answered(1, 0.5)]})
    assert totals.keys() == {41, 42}


@pytest.mark.parametrize(
    "tries",
    [
        [answered(1, 0.5)],
        # Only the first counts within the pause, however often one guesses.
        [answered(1, 0.5), answered(2)],
        [answered(1, graded=False)],
        [replace(answered(1), graded=0.5)],
        [replace(answered(1), is_root=False)],
        [replace(answered(1), verb=ADL + "attempted")],
    ],
)
def test_what_grants_nothing(tries: list[Event]) -> None:
    totals, _course = fold({43: tries})
    assert totals.keys() == {43}
    assert totals[43].granted_at is None


def test_after_the_pause_another_try_counts() -> None:
    totals, _course = fold({43: [answered(0, 0.5), answered(29), answered(30)]})
    assert totals[READ].granted_at == totals[43].granted_at == at(30)
    assert totals[43].counted_at == at(30)


def test_answers_to_a_version_that_is_void_are_no_tries() -> None:
    rules = RULES | {43: replace(RULES[43], refused_contents=frozenset({7}))}
    old = replace(answered(1, 0.5), content=7)
    totals, _course = fold({43: [old, answered(2)]}, rules)
    assert totals[READ].granted_at == at(2)
    totals, _course = fold({43: [replace(old, score=1.0, graded=1.0)]}, rules)
    assert totals.keys() == {43}


def test_what_was_learned_first_stays_learned() -> None:
    totals, _course = fold({READ: [read(1)], 43: [answered(3)]})
    assert (totals[READ].done_at, totals[READ].granted_at) == (at(1), at(3))
    assert totals[READ].last_done_at == at(3)


def test_a_course_that_is_wholly_granted_is_complete_and_assured() -> None:
    happened = {41: [answered(1)], 42: [answered(2)], 43: [answered(4)]}
    _totals, course = fold(happened)
    assert course.completed_at == course.assured_at == at(4)
    # Passing it again after the pause renews it.
    _totals, course = fold({key: [*tries, answered(50)] for key, tries in happened.items()})
    assert (course.completed_at, course.renewed_at) == (at(4), at(50))
    assert course.assured_renewed_at == at(50)


def test_a_course_without_graded_activities_is_assured_only_if_all_of_it_was_granted() -> None:
    rules = {READ: RULES[READ], 5: lesson(), TEST: RULES[TEST], 43: question(READ)}
    _totals, course = fold({43: [answered(1)], 5: [read(2)]}, rules)
    assert (course.completed_at, course.assured_at) == (at(2), None)
    _totals, course = fold({43: [answered(1)]}, rules | {43: question(READ, 5)})
    assert course.assured_at == course.completed_at == at(1)


def test_a_question_that_is_gone_is_not_asked_but_a_test_that_is_gone_has_granted() -> None:
    gone = {key: replace(RULES[key], is_live=False) for key in (TEST, 41, 42, 43)}
    totals, _course = fold({41: [answered(1)]}, RULES | {42: gone[42]})
    assert done(totals)[PASSED] == at(1)
    totals, _course = fold({41: [answered(1)], 42: [answered(2)]}, RULES | gone)
    assert done(totals)[PASSED] == at(2)


def test_a_lesson_that_is_no_test_any_more_grants_nothing() -> None:
    plain = {
        TEST: lesson(),
        **{key: replace(RULES[key], in_test_out=False) for key in (41, 42, 43)},
    }
    totals, course = fold({43: [answered(1)]}, RULES | plain)
    assert totals.keys() == {43}
    assert course.total_count == 9


events = st.builds(
    Event,
    verb=st.sampled_from([ANSWERED, COMPLETED, EXPERIENCED, ADL + "attempted"]),
    is_root=st.booleans(),
    score=st.none() | st.sampled_from([0.0, 0.8, 1.0]),
    timestamp=st.integers(0, 80).map(at),
    graded=st.none() | st.sampled_from([0.0, 0.8, 1.0]),
    took=st.sampled_from([0, 30, 60, 3600]).map(lambda seconds: timedelta(seconds=seconds)),
)


@given(st.dictionaries(st.sampled_from(sorted(RULES)), st.lists(events, max_size=6)), st.data())
def test_any_order_gives_the_same_and_granting_never_takes_away(
    happened: dict[int, list[Event]], data: st.DataObject
) -> None:
    whole = fold_person(happened, RULES)
    shuffled = {key: data.draw(st.permutations(items)) for key, items in happened.items()}
    assert fold_person(shuffled, RULES) == whole
    without = fold_person({k: v for k, v in happened.items() if k not in (41, 42, 43)}, RULES)
    for key, moment in done(without).items():
        assert done(whole)[key] <= moment
    for key, totals in whole.items():
        if totals.granted_at is not None and key not in (41, 42, 43):
            assert totals.done_at is not None
            assert totals.done_at <= totals.granted_at
