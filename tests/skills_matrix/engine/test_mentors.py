"""Mentor pairs: by hand, against brute force, and whatever the order of the rows."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_matrix.engine.exceptions import InvalidTeamRules
from skills_matrix.engine.mentors import MentorPair, MentorRules, Wish, mentor_pairs
from skills_matrix.engine.schema import frame_from_rows
from tests.skills_matrix.engine.office import rows

PEOPLE = {1: 10, 2: 20, 3: 10, 4: 20}
WISHES = [Wish(1, 7, 2), Wish(2, 7, 3)]
LEVELS = {(1, 7): 1, (3, 7): 4, (4, 7): 2}


def pairs(**changed: Any) -> tuple[MentorPair, ...]:
    asked: dict[str, Any] = {
        "people": PEOPLE,
        "levels": LEVELS,
        "wishes": WISHES,
        "mentors": {3: 1, 4: 1},
    }
    asked |= changed
    return mentor_pairs(
        people=frame_from_rows("people", [(one, at, None) for one, at in asked["people"].items()]),
        levels=rows(
            "levels",
            *(
                {"employee_id": who, "competency_id": what, "level": level}
                for (who, what), level in asked["levels"].items()
            ),
        ),
        **{name: asked[name] for name in asked if name not in ("people", "levels")},
    )


def test_points_by_hand() -> None:
    """3 (level 4) would suit both, 4 (level 2) only learner 1: so 1–4 and 2–3."""
    assert pairs() == (
        MentorPair(1, 4, 100, (7,), is_same_section=False),
        MentorPair(2, 3, 100 + 20, (7,), is_same_section=False),
    )


def test_a_mentor_with_room_takes_both() -> None:
    first, second = pairs(mentors={3: 2, 4: 1})
    # Two levels above what 1 wants, and the same section.
    assert first == MentorPair(1, 3, 100 + 2 * 20 + 10, (7,), is_same_section=True)
    assert second.mentor_id == 3


def test_a_mentor_teaches_what_they_offer() -> None:
    assert [pair.mentor_id for pair in pairs(teaches={4: [8]})] == [3]


@pytest.mark.parametrize(
    "changed",
    [
        {"wishes": [Wish(1, 7, 1)]},  # has it already
        {"mentors": {}},
        {"free_hours": {1: 0, 2: 0}},
        {"free_hours": {3: 1, 4: 1}},  # a pair takes two a month
        {"teaches": {3: [8], 4: []}},
        {"barred": [(1, 3), (1, 4), (2, 3)]},
        {"levels": {(3, 7): 1}},
        {"wishes": [Wish(3, 7, 4)], "mentors": {3: 1}, "levels": {(3, 7): 4}},
    ],
)
def test_who_does_not_suit_is_no_pair(changed: dict[str, Any]) -> None:
    assert pairs(**changed) == ()


def test_rules_that_would_count_nothing_are_refused() -> None:
    with pytest.raises(InvalidTeamRules):
        MentorRules(skill_points=0)
    with pytest.raises(InvalidTeamRules):
        MentorRules(same_section_points=-100)


@st.composite
def offices(draw: st.DrawFn) -> dict[str, Any]:
    people = {one: draw(st.sampled_from([10, 20])) for one in range(1, 9)}
    return {
        "people": people,
        "levels": {
            (one, what): draw(st.integers(0, 4))
            for one in people
            for what in (7, 8)
            if draw(st.booleans())
        },
        "wishes": [
            Wish(one, what, draw(st.integers(1, 4)))
            for one in (1, 2, 3, 4)
            for what in (7, 8)
            if draw(st.booleans())
        ],
        "mentors": dict.fromkeys((4, 5, 6, 7), 1),
        "barred": draw(st.lists(st.tuples(st.integers(1, 4), st.integers(4, 7)), max_size=3)),
    }


def _points(office: dict[str, Any], learner: int, mentor: int) -> int:
    rules, level = MentorRules(), office["levels"]
    if learner == mentor or (learner, mentor) in office["barred"]:
        return 0
    above = [
        level.get((mentor, wish.competency_id), -1) - wish.level
        for wish in office["wishes"]
        if wish.employee_id == learner and level.get((learner, wish.competency_id), -1) < wish.level
    ]
    taught = [extra for extra in above if extra >= 0]
    if not taught:
        return 0
    near = office["people"][learner] == office["people"][mentor]
    return 100 * len(taught) + 20 * max(taught) + rules.same_section_points * near


@settings(deadline=None, max_examples=60)
@given(offices())
def test_the_pairs_have_the_most_points_there_are(office: dict[str, Any]) -> None:
    found = pairs(**office)
    best = max(
        sum(
            _points(office, learner, mentor)
            for learner, mentor in zip((1, 2, 3, 4), order, strict=True)
        )
        for order in permutations((4, 5, 6, 7))
    )
    assert sum(pair.points for pair in found) == best
    assert all(
        pair.points == _points(office, pair.learner_id, pair.mentor_id) > 0 for pair in found
    )


@settings(deadline=None, max_examples=60)
@given(offices(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(office: dict[str, Any], dice: Any) -> None:
    shuffled = {
        name: (dict if isinstance(rows_, dict) else list)(
            dice.sample(list(rows_.items() if isinstance(rows_, dict) else rows_), len(rows_))
        )
        for name, rows_ in office.items()
    }
    assert pairs(**office) == pairs(**shuffled)
