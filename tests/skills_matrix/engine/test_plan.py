"""Learning plans: by hand, and against every set of courses there is in small cases."""

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_matrix.engine.exceptions import InvalidPlan
from skills_matrix.engine.plan.plan import learning_plan
from skills_matrix.engine.plan.problem import (
    Gives,
    Goal,
    LearningPlan,
    Left,
    Offer,
    Raised,
    begun_some_day,
    reached,
    waits_for,
)
from tests.examples import examples

MONDAY = date(2026, 4, 6)
EXAMPLES = examples(of=80)


def plan(
    *,
    levels: dict[str, int] | None = None,
    goals: list[Goal],
    offers: list[Offer],
    gives: list[Gives],
    hours: int = 2,
    **more: Any,
) -> LearningPlan:
    return learning_plan(
        levels=levels or {},
        goals=goals,
        offers=offers,
        gives=gives,
        hours_per_week=hours,
        starts_on=MONDAY,
        **more,
    )


def courses_of(found: LearningPlan) -> list[str]:
    return [step.course for step in found.steps]


DATA, WEB = Goal("data", 2), Goal("web", 1)


def test_one_long_course_is_taken_when_it_is_shorter_than_two() -> None:
    offers = [Offer("a", 60), Offer("b", 60), Offer("both", 110)]
    gives = [Gives("a", "data", 2), Gives("b", "web", 1)]
    gives += [Gives("both", "data", 2), Gives("both", "web", 1)]
    found = plan(goals=[DATA, WEB], offers=offers, gives=gives)
    assert courses_of(found) == ["both"]
    assert found.steps[0].raises == (Raised("data", 0, 2), Raised("web", 0, 1))
    assert (found.minutes, found.is_proven, found.left) == (110, True, ())


def test_two_short_courses_are_taken_when_one_long_course_is_longer() -> None:
    offers = [Offer("a", 60), Offer("b", 40), Offer("both", 110)]
    gives = [Gives("a", "data", 2), Gives("b", "web", 1)]
    gives += [Gives("both", "data", 2), Gives("both", "web", 1)]
    # Nothing else presses: the shorter one comes first.
    assert courses_of(plan(goals=[DATA, WEB], offers=offers, gives=gives)) == ["b", "a"]


def test_prerequisites_are_counted_through_all_courses_before() -> None:
    """By itself `short` is shorter, but two courses come before it."""
    offers = [
        Offer("short", 30, frozenset({"middle"})),
        Offer("middle", 30, frozenset({"basics"})),
        Offer("basics", 30),
        Offer("long", 80),
    ]
    gives = [Gives("short", "data", 2), Gives("long", "data", 2)]
    assert courses_of(plan(goals=[DATA], offers=offers, gives=gives)) == ["long"]


def test_a_finished_course_holds_nothing_up_nor_what_was_before_it() -> None:
    offers = [
        Offer("short", 30, frozenset({"middle"})),
        Offer("middle", 30, frozenset({"basics"}), is_done=True),
        Offer("basics", 30),
        Offer("long", 80),
    ]
    gives = [Gives("short", "data", 2), Gives("long", "data", 2)]
    found = plan(goals=[DATA], offers=offers, gives=gives)
    assert courses_of(found) == ["short"]
    assert found.steps[0].after == ()


def test_the_order_is_by_prerequisites_first() -> None:
    offers = [
        Offer("first", 300),
        Offer("second", 10, frozenset({"first"})),
        Offer("other", 20),
    ]
    gives = [Gives("second", "data", 2), Gives("other", "web", 1)]
    found = plan(goals=[Goal("data", 2, is_must=True), WEB], offers=offers, gives=gives)
    # What cannot be done without makes what it waits for press, long as that is.
    assert courses_of(found) == ["first", "second", "other"]
    first, second, other = found.steps
    assert (first.why, first.opens, first.raises) == ("opens", ("second",), ())
    assert (second.why, second.after) == ("must", ("first",))
    assert other.why == "short"


def test_what_is_due_comes_first() -> None:
    offers = [Offer("a", 10), Offer("z", 90, is_assigned=True, due_on=MONDAY)]
    gives = [Gives("a", "data", 2), Gives("z", "web", 1)]
    found = plan(goals=[Goal("data", 2, is_must=True), WEB], offers=offers, gives=gives)
    assert courses_of(found) == ["z", "a"]
    assert [step.why for step in found.steps] == ["due", "must"]


def test_of_equal_minutes_fewer_courses_then_the_assigned_then_the_first_key() -> None:
    offers = [Offer("a", 30), Offer("b", 30), Offer("c", 60), Offer("d", 60), Offer("e", 60)]
    gives = [Gives(key, "data", 2) for key in "cde"] + [Gives(key, "web", 1) for key in "cde"]
    gives += [Gives("a", "data", 2), Gives("b", "web", 1)]
    assert courses_of(plan(goals=[DATA, WEB], offers=offers, gives=gives)) == ["c"]
    offers[4] = Offer("e", 60, is_assigned=True)
    assert courses_of(plan(goals=[DATA, WEB], offers=offers, gives=gives)) == ["e"]


def test_a_level_that_needs_a_lower_one_brings_the_course_of_that_along_and_before_it() -> None:
    offers = [Offer("advanced", 60), Offer("basics", 90), Offer("all", 200)]
    gives = [
        Gives("advanced", "data", 2, from_level=1),
        Gives("basics", "data", 1),
        Gives("all", "data", 2),
    ]
    found = plan(goals=[DATA], offers=offers, gives=gives)
    assert courses_of(found) == ["basics", "advanced"]
    assert [step.raises for step in found.steps] == [
        (Raised("data", 0, 1),),
        (Raised("data", 1, 2),),
    ]
    assert courses_of(plan(levels={"data": 1}, goals=[DATA], offers=offers, gives=gives)) == [
        "advanced"
    ]


def test_what_courses_do_not_reach_is_planned_for_as_far_as_they_lead() -> None:
    """Level 3 in data is beyond all courses, nothing teaches security, and web is held."""
    goals = [Goal("data", 3), Goal("security", 2), WEB]
    found = plan(
        levels={"web": 2},
        goals=goals,
        offers=[Offer("a", 60), Offer("b", 50)],
        gives=[Gives("a", "data", 2), Gives("b", "data", 1)],
    )
    assert courses_of(found) == ["a"]
    assert found.left == (Left(goals[0], reached=2), Left(goals[1], reached=0))
    assert found.met == (WEB,)


def test_courses_that_wait_for_each_other_can_never_be_begun() -> None:
    offers = [Offer("a", 10, frozenset({"b"})), Offer("b", 10, frozenset({"a"})), Offer("c", 90)]
    gives = [Gives("a", "data", 2), Gives("c", "data", 2)]
    assert courses_of(plan(goals=[DATA], offers=offers, gives=gives)) == ["c"]
    found = plan(goals=[DATA], offers=offers[:2], gives=gives)
    assert (found.steps, found.left) == ((), (Left(DATA, reached=0),))


def test_a_prerequisite_that_is_not_offered_is_only_advice() -> None:
    offers = [Offer("a", 10, frozenset({"elsewhere"}))]
    assert courses_of(plan(goals=[DATA], offers=offers, gives=[Gives("a", "data", 2)])) == ["a"]


def test_the_weeks_by_hand() -> None:
    """90 and 150 minutes at two hours a week: done by the end of the second week.

    90 of 120 minutes are three quarters of a week: on its sixth day, and the next begins then.
    """
    offers = [Offer("a", 90), Offer("b", 150, frozenset({"a"}))]
    found = plan(goals=[DATA], offers=offers, gives=[Gives("b", "data", 2)], before=MONDAY)
    days = [(step.starts_on, step.ends_on) for step in found.steps]
    saturday, second_sunday = MONDAY + timedelta(days=5), MONDAY + timedelta(days=13)
    assert days == [(MONDAY, saturday), (saturday, second_sunday)]
    assert [(week.starts_on, week.ends_on, week.parts) for week in found.weeks] == [
        (MONDAY, MONDAY + timedelta(days=6), (("a", 90), ("b", 30))),
        (MONDAY + timedelta(days=7), second_sunday, (("b", 120),)),
    ]
    # In one day of the seven: 7 × 240 minutes a week.
    assert (found.ends_on, found.is_in_time, found.hours_needed) == (second_sunday, False, 28)


@pytest.mark.parametrize(("days", "is_in_time", "needed"), [(13, False, 3), (14, True, 2)])
def test_the_last_day_counts(days: int, is_in_time: bool, needed: int) -> None:
    before = MONDAY + timedelta(days=days - 1)
    offers, gives = [Offer("a", 240)], [Gives("a", "data", 2)]
    found = plan(goals=[DATA], offers=offers, gives=gives, before=before)
    assert (found.is_in_time, found.hours_needed) == (is_in_time, needed)
    again = plan(goals=[DATA], offers=offers, gives=gives, before=before, hours=needed)
    assert again.is_in_time


def test_a_deadline_before_the_first_day_is_met_by_no_hours() -> None:
    before = MONDAY - timedelta(days=1)
    found = plan(goals=[DATA], offers=[Offer("a", 1)], gives=[Gives("a", "data", 2)], before=before)
    assert (found.is_in_time, found.hours_needed) == (False, None)


def test_nothing_to_close_is_a_plan_of_nothing() -> None:
    found = plan(levels={"data": 4}, goals=[DATA], offers=[Offer("a", 1)], gives=[], before=MONDAY)
    assert (found.steps, found.ends_on, found.is_in_time) == ((), None, True)


def test_when_the_time_is_over_the_courses_still_suffice() -> None:
    offers = [Offer(f"c{n}", 10 + n) for n in range(4)]
    gives = [Gives(f"c{n}", "data", 2) for n in range(4)]
    found = plan(goals=[DATA], offers=offers, gives=gives, seconds=0.0)
    assert found.left == ()
    assert courses_of(found) == ["c0"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": 0},
        {"offers": [Offer("a", -1)]},
        {"offers": [Offer("a", 1), Offer("a", 2)]},
        {"goals": [Goal("data", 1), Goal("data", 2)]},
        {"goals": [Goal("data", 0)]},
        {"gives": [Gives("a", "data", 0)]},
        {"offers": [Offer("a", 10**9)], "hours": 1},
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    usual: dict[str, Any] = {
        "goals": [DATA],
        "offers": [Offer("a", 1)],
        "gives": [Gives("a", "data", 2)],
    }
    with pytest.raises(InvalidPlan):
        plan(**usual | wrong)


COURSES = ["a", "b", "c", "d", "e", "f"]
COMPETENCIES = ["k", "l", "m"]


@st.composite
def cases(draw: Any) -> dict[str, Any]:
    """Courses that may wait for any others: circles happen."""
    keys = draw(st.lists(st.sampled_from(COURSES), unique=True))
    offers = [
        Offer(
            key,
            draw(st.integers(0, 4)) * 10,
            frozenset(draw(st.sets(st.sampled_from(COURSES), max_size=2))),
            is_done=draw(st.booleans()) and draw(st.booleans()),
            is_assigned=draw(st.booleans()),
        )
        for key in keys
    ]
    rule = st.builds(
        Gives,
        st.sampled_from(COURSES),
        st.sampled_from(COMPETENCIES),
        st.integers(1, 4),
        st.integers(0, 3),
    )
    goal = st.builds(Goal, st.sampled_from(COMPETENCIES), st.integers(1, 4), st.booleans())
    return {
        "levels": draw(st.dictionaries(st.sampled_from(COMPETENCIES), st.integers(0, 3))),
        "goals": draw(st.lists(goal, unique_by=lambda row: row.competency)),
        "offers": offers,
        "gives": draw(st.lists(rule, max_size=10)),
    }


def brute(case: dict[str, Any]) -> tuple[dict[str, int], tuple[int, int, int]]:
    """The best levels any courses reach, and of those the least minutes, courses and places."""
    offers = {row.course: row for row in case["offers"]}

    def can_be_taken(chosen: tuple[str, ...]) -> bool:
        done = {key for key, row in offers.items() if row.is_done}
        left = set(chosen)
        while ready := {key for key in left if set(waits_for(key, offers)) <= done}:
            done, left = done | ready, left - ready
        return not left

    wanted = {goal.competency: goal.level for goal in case["goals"]}

    def gained(chosen: tuple[str, ...]) -> dict[str, int]:
        held = reached(case["levels"], case["gives"], chosen)
        return {key: min(level, held.get(key, 0)) for key, level in wanted.items()}

    possible = [
        chosen
        for size in range(len(offers) + 1)
        for chosen in combinations(sorted(offers), size)
        if can_be_taken(chosen)
    ]
    best = {key: max(gained(chosen)[key] for chosen in possible) for key in wanted}
    return best, min(price(case, chosen) for chosen in possible if gained(chosen) == best)


def price(case: dict[str, Any], chosen: tuple[str, ...]) -> tuple[int, int, int]:
    """Minutes, courses, and places in the list in which the assigned stand first."""
    offers = begun_some_day({row.course: row for row in case["offers"]})
    listed = sorted(offers, key=lambda key: (not offers[key].is_assigned, key))
    minutes = sum(offers[key].minutes for key in chosen)
    return minutes, len(chosen), sum(listed.index(key) for key in chosen)


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases())
def test_no_other_courses_reach_as_much_in_fewer_minutes(case: dict[str, Any]) -> None:
    found = plan(**case)
    best, least = brute(case)
    assert found.is_proven
    assert price(case, tuple(courses_of(found))) == least
    held = reached(case["levels"], case["gives"], courses_of(found))
    assert {
        goal.competency: min(goal.level, held.get(goal.competency, 0)) for goal in case["goals"]
    } == best
    assert {left.goal.competency for left in found.left} == {
        goal.competency for goal in case["goals"] if best[goal.competency] < goal.level
    }


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_plan_keeps_its_promises_whatever_the_order_of_the_rows(
    case: dict[str, Any], random: Any, hours: int
) -> None:
    before = MONDAY + timedelta(days=9)
    found = plan(**case, hours=hours, before=before)
    order = courses_of(found)
    offers = {row.course: row for row in case["offers"]}
    for number, key in enumerate(order):
        open_before = [row for row in waits_for(key, offers) if not offers[row].is_done]
        assert set(open_before) <= set(order[:number])
    assert sum(minutes for week in found.weeks for _, minutes in week.parts) == found.minutes
    assert all(sum(m for _, m in week.parts) <= hours * 60 for week in found.weeks)
    if found.hours_needed is not None:
        assert plan(**case, hours=found.hours_needed, before=before).is_in_time
        if found.hours_needed > 1:
            assert not plan(**case, hours=found.hours_needed - 1, before=before).is_in_time
    shuffled = {
        name: random.sample(rows, len(rows)) if isinstance(rows, list) else rows
        for name, rows in case.items()
    }
    assert plan(**shuffled, hours=hours, before=before) == found
