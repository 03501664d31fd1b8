"""Who teaches whom: pairs of a learner and a mentor, all at once, by skills, hours and distance.

Each learner gets at most one mentor and each mentor at most as many learners as there is room
for; the pairs together have the most points, found by ``scipy.optimize.linear_sum_assignment``.
Ids are put in order first and equal pairs are told apart by a number made of their ids, so the
answer does not depend on the order of the rows.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from skills_matrix.engine.arrays import ABSENT, Array, Floats, Ints, arrays_of
from skills_matrix.engine.exceptions import InvalidTeamRules
from skills_matrix.engine.keys import positions_in, unique_ids
from skills_matrix.engine.teams.pruning import tie_break

# Points are whole, and the ties of all pairs together stay below one.
_TIES: Final = 0.9
_IMPOSSIBLE: Final = 0.0


@dataclass(frozen=True, slots=True)
class MentorRules:
    """What makes a pair, and what it counts.

    Attributes:
        skill_points: for each skill that the learner wants and the mentor has at the level.
        above_points: for each level above it, of the best of these skills: experience.
        same_section_points: mentor and learner sit in one section: short ways. May be negative,
            where experience is to travel between sections.
        hours: a month that a pair takes of each.

    Raises:
        InvalidTeamRules: a number is below what makes sense.
    """

    skill_points: int = 100
    above_points: int = 20
    same_section_points: int = 10
    hours: int = 2

    def __post_init__(self) -> None:
        if min(self.skill_points, self.hours) < 1 or self.above_points < 0:
            raise InvalidTeamRules("a skill and a pair count at least 1, a level at least 0")
        if self.skill_points + self.same_section_points < 1:
            raise InvalidTeamRules("a pair of one section would count nothing")


class Wish(NamedTuple):
    """A skill somebody wants to learn, to a level."""

    employee_id: int
    competency_id: int
    level: int


class MentorPair(NamedTuple):
    """A pair, its points, and the skills of the learner's wishes that the mentor has, ascending."""

    learner_id: int
    mentor_id: int
    points: int
    competency_ids: tuple[int, ...]
    is_same_section: bool


def mentor_pairs(
    *,
    people: pd.DataFrame,
    levels: pd.DataFrame,
    wishes: Iterable[Wish],
    mentors: dict[int, int],
    barred: Iterable[tuple[int, int]] = (),
    free_hours: dict[int, int] | None = None,
    teaches: Mapping[int, Collection[int]] | None = None,
    rules: MentorRules | None = None,
) -> tuple[MentorPair, ...]:
    """The pairs with the most points together, by learner_id.

    Args:
        people: frame ``people``; others are nobody's mentor or learner.
        levels: frame ``levels``.
        wishes: a skill wanted twice counts at the higher level; one whose level the learner has
            already counts nothing.
        mentors: how many learners each employee_id would take.
        barred: (learner, mentor) who said no to each other, or are a pair already.
        free_hours: a month, by employee_id; who is not there has enough.
        teaches: competency_ids that a mentor offers, by employee_id; who is not there offers
            whatever they hold.
        rules: None = the defaults of ``MentorRules``.

    Raises:
        FrameError: a frame is not as its schema says.
    """
    rules = rules or MentorRules()
    who, held = arrays_of("people", people), arrays_of("levels", levels)
    order = np.argsort(who["employee_id"], kind="stable")
    ids, section = who["employee_id"][order], who["department_id"][order]
    hours = free_hours or {}

    def room(employee: int, most: int) -> int:
        return min(most, hours[employee] // rules.hours) if employee in hours else most

    wanted = _wanted(wishes)
    known = set(ids.tolist())
    learners = sorted({who for who, _ in wanted if who in known and room(who, 1) > 0})
    seats = [
        one for one, most in sorted(mentors.items()) if one in known for _ in range(room(one, most))
    ]
    if not learners or not seats:
        return ()
    competencies = unique_ids(np.array([what for _, what in wanted], dtype=np.int64))
    level = _levels(ids, competencies, held["employee_id"], held["competency_id"], held["level"])

    able = np.array(sorted(set(seats)), dtype=np.int64)
    taught = np.zeros((len(learners), able.size), dtype=np.int64)
    above = np.zeros_like(taught)
    skills: dict[tuple[int, int], list[int]] = {}
    offered = teaches or {}
    offers = {
        competency: np.array(
            [one not in offered or competency in offered[one] for one in able.tolist()]
        )
        for competency in competencies.tolist()
    }
    at_mentor = positions_in(ids, able)
    for row, learner in enumerate(learners):
        own = level[int(np.searchsorted(ids, learner))]
        for column, competency in enumerate(competencies.tolist()):
            needed = wanted.get((learner, competency))
            if needed is None or own[column] >= needed:
                continue
            theirs = level[at_mentor, column].astype(np.int64)
            can = (theirs >= needed) & offers[competency]
            taught[row] += can
            above[row] = np.maximum(above[row], np.where(can, theirs - needed, 0))
            for place in np.flatnonzero(can):
                skills.setdefault((row, int(place)), []).append(competency)
    near = section[positions_in(ids, np.array(learners))][:, None] == section[at_mentor][None, :]
    points = (
        rules.skill_points * taught + rules.above_points * above + rules.same_section_points * near
    )
    points[taught == 0] = 0
    at_learner = {learner: number for number, learner in enumerate(learners)}
    at_able = {mentor: number for number, mentor in enumerate(able.tolist())}
    for learner, mentor in {*barred, *((one, one) for one in learners)}:
        if learner in at_learner and mentor in at_able:
            points[at_learner[learner], at_able[mentor]] = 0
    chosen = _assigned(np.array(learners, dtype=np.int64), able, np.array(seats), points)
    return tuple(
        MentorPair(
            learner_id=learners[row],
            mentor_id=int(able[place]),
            points=int(points[row, place]),
            competency_ids=tuple(skills[row, place]),
            is_same_section=bool(near[row, place]),
        )
        for row, place in chosen
    )


def _assigned(learners: Ints, able: Ints, seats: Ints, points: Ints) -> list[tuple[int, int]]:
    """(row, position of the mentor) of the pairs that count anything."""
    pairs = np.broadcast_arrays(learners[:, None], able[None, :])
    ties = tie_break(np.ascontiguousarray(pairs[0]), np.ascontiguousarray(pairs[1]))
    worth: Floats = np.where(points > 0, points + ties * (_TIES / learners.size), _IMPOSSIBLE)
    column = np.searchsorted(able, seats)
    rows, places = linear_sum_assignment(worth[:, column], maximize=True)
    return [
        (int(row), int(column[place]))
        for row, place in zip(rows, places, strict=True)
        if points[row, column[place]] > 0
    ]


def _wanted(wishes: Iterable[Wish]) -> dict[tuple[int, int], int]:
    wanted: dict[tuple[int, int], int] = {}
    for employee, competency, level in wishes:
        key = employee, competency
        wanted[key] = max(wanted.get(key, 0), level)
    return wanted


def _levels(ids: Ints, competencies: Ints, person: Ints, competency: Ints, held: Array) -> Array:
    level = np.full((ids.size, competencies.size), ABSENT, dtype=np.int8)
    row, column = positions_in(ids, person), positions_in(competencies, competency)
    kept = (row != ABSENT) & (column != ABSENT)
    level[row[kept], column[kept]] = held[kept]
    return level
