"""Which projects fit a person, and why: the number and its reasons from one computation.

Nothing about a person is read but their levels, the courses open to them, their department and
their roles. A score never falls when a person gains a skill: ``Weights`` refuses any setting under
which it could. Sums are exact, since credits and weights are taken as whole numbers of their
last decimal, so a score does not depend on who else or what else is scored with it.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from skills_matrix.engine.arrays import (
    ABSENT,
    Array,
    Arrays,
    Bools,
    Floats,
    Ints,
    arrays_of,
    frame_of,
    take,
)
from skills_matrix.engine.columns import LEVEL_MAX, NEED_STATUSES
from skills_matrix.engine.keys import join, positions_in, runs, unique_ids
from skills_matrix.engine.weights import CREDIT_UNITS, Weights

MET: Final = NEED_STATUSES.index("met")
_WEIGHT_UNITS: Final = 1_000_000
# A score is held to twelve decimals, far below anything that counts and far above rounding.
_SCORE_UNITS: Final = 10**12
# People at a time.
_BLOCK: Final = 256


class Matches(NamedTuple):
    """Frames ``scores`` and ``reasons``, both of the same people and projects."""

    scores: pd.DataFrame
    reasons: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Asked:
    """The needs of the projects offered, by project and need_id, and the demands they come down to.

    Attributes:
        project_ids: the projects offered, ascending.
        rows: the needs.
        begin: by project, the first of its needs, and behind the last project the end.
        demand: position of each need's demand.
        weight: what each need counts, in millionths.
        whole: what a project's needs earn when all are met in full, in the units of credits and
            weights; 1 where there is none.
        counts: by project and demand, the weights.
        musts: by project and demand, how many musts.
        demand_keys: the different demands (competency and level), ascending.
    """

    project_ids: Ints
    rows: Arrays
    begin: Ints
    demand: Ints
    weight: Floats
    whole: Floats
    counts: sparse.csr_matrix
    musts: sparse.csr_matrix
    demand_keys: Ints

    def needs_of(self, project: Ints) -> tuple[Ints, Ints]:
        """Rows of ``project``, each with all the needs it has, and those needs."""
        begin = self.begin.take(project)
        return runs(begin, self.begin.take(project + 1) - begin)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Everybody against every demand: tables by demand and person.

    Attributes:
        level: the person's level of the competency; ``ABSENT`` = never assessed.
        closing: row of ``closing_courses``; ``ABSENT`` = no course closes it.
        place: the place of what is earned in the table of ``Weights.credits``: twice the status,
            and one more where a course closes it.
    """

    level: Array
    closing: Array
    place: Array


def match_projects(
    *,
    people: pd.DataFrame,
    person_roles: pd.DataFrame,
    levels: pd.DataFrame,
    projects: pd.DataFrame,
    needs: pd.DataFrame,
    relevance: pd.DataFrame,
    closing_courses: pd.DataFrame,
    weights: Weights | None = None,
    first_n: int | None = None,
) -> Matches:
    """Score every project for every person, with the reasons.

    ``score = (needs_share * needs_score + relevance_share * relevant) * factor``, where
    ``needs_score`` is the weighted mean credit of the project's needs and ``factor`` is
    ``unmet_must_factor`` when a must-need is not met. "One short" takes an assessed level: whoever
    was never assessed lacks it.

    Args:
        people: frame ``people``: those to score for.
        person_roles: frame ``person_roles``.
        levels: frame ``levels``.
        projects: frame ``projects``: those to score.
        needs: frame ``needs``; needs of other projects are passed over.
        relevance: frame ``relevance``.
        closing_courses: frame ``closing_courses`` for ``demands_of(needs)``.
        weights: None = the defaults of ``Weights``.
        first_n: keep each person's best n projects only; None = all.

    Returns:
        ``scores`` by employee_id and rank (ties by project_id); ``reasons`` by employee_id, rank
        and need_id. The contributions of a score's reasons and its relevance add up to it.

    Raises:
        FrameError: an input is not as its schema says.
    """
    weights = weights or Weights()
    who, offered = arrays_of("people", people), arrays_of("projects", projects)
    person_ids, project_ids = unique_ids(who["employee_id"]), unique_ids(offered["project_id"])
    asked = _asked(arrays_of("needs", needs), project_ids, weights)
    closes = arrays_of("closing_courses", closing_courses)
    standing = _standing(person_ids, asked, arrays_of("levels", levels), closes)

    relevant = _relevant(
        person_ids,
        project_ids,
        who,
        offered,
        arrays_of("person_roles", person_roles),
        arrays_of("relevance", relevance),
    )
    kept = project_ids.size if first_n is None else max(min(first_n, project_ids.size), 0)
    person, project, score, earned, unmet = _ranked(asked, standing, relevant, weights, kept)
    cell, whole = project * person_ids.size + person, asked.whole.take(project)
    employee_id, project_id = person_ids.take(person), project_ids.take(project)
    scores = frame_of(
        "scores",
        {
            "employee_id": employee_id,
            "project_id": project_id,
            "score": score,
            "rank": np.tile(np.arange(1, kept + 1), person_ids.size),
            "needs_score": earned / whole,
            "relevant": relevant.take(cell),
            "unmet_musts": unmet,
        },
    )
    worth = weights.needs_share * weights.factors().take(unmet > 0) / whole
    row, need = asked.needs_of(project)
    cell = asked.demand.take(need) * person_ids.size + person.take(row)
    rows, place = asked.rows.at(need), standing.place.take(cell)
    status = place // 2
    short = np.flatnonzero(status != MET)
    closing = np.full(cell.size, ABSENT)
    closing[short] = take(closes["course_id"], standing.closing.take(cell.take(short)))
    reasons = frame_of(
        "reasons",
        {
            "employee_id": employee_id.take(row),
            "project_id": project_id.take(row),
            "need_id": rows["need_id"],
            "competency_id": rows["competency_id"],
            "needed": rows["level"],
            "level": standing.level.take(cell),
            "must": rows["must"],
            "status": status,
            "closing_course_id": closing,
            "contribution": weights.credits().ravel().take(place)
            * asked.weight.take(need)
            * worth.take(row),
        },
    )
    return Matches(scores, reasons)


class _Ranked(NamedTuple):
    """The projects kept, by person and rank; ``person`` and ``project`` are positions."""

    person: Ints
    project: Ints
    score: Floats
    earned: Floats
    unmet: Array


def _ranked(
    asked: _Asked, standing: _Standing, relevant: Bools, weights: Weights, kept: int
) -> _Ranked:
    """Everybody's scores, so many people at a time that what is reckoned with stays near at hand.

    A project has few of all needs, so what it counts is held as a sparse matrix: a tenth of the
    work of the full product. Credits and weights are whole numbers, whose sums are exact.
    """
    credits, factors = weights.credits().ravel(), weights.factors() * _SCORE_UNITS
    needs_share = (weights.needs_share / asked.whole)[:, None]
    projects, people = relevant.shape
    # Highest first, and of equal ones the project that comes first.
    from_last = np.arange(projects - 1, -1, -1)[:, None]
    parts = []
    for start in range(0, max(people, 1), _BLOCK):
        block = slice(start, start + _BLOCK)
        place = standing.place[:, block]
        earned = asked.counts @ credits.take(place)
        unmet = asked.musts @ (place < 2 * MET).astype(np.float32)
        score = earned * needs_share
        score += weights.relevance_share * relevant[:, block]
        score *= factors.take((unmet > 0).view(np.int8))
        key = np.rint(score, out=score).astype(np.int64)
        key *= projects
        key += from_last
        # In a copy, since only what lies in one piece is put in order fast.
        best = np.sort(key.T.copy(), axis=1)[:, ::-1][:, :kept].ravel()
        units, last = np.divmod(best, max(projects, 1))
        person, project = np.repeat(np.arange(key.shape[1]), kept), projects - 1 - last
        cell = project * key.shape[1] + person
        parts.append(
            _Ranked(
                person + start, project, units / _SCORE_UNITS, earned.take(cell), unmet.take(cell)
            )
        )
    return _Ranked(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _asked(needs: Arrays, project_ids: Ints, weights: Weights) -> _Asked:
    project = positions_in(project_ids, needs["project_id"])
    offered = np.flatnonzero(project != ABSENT)
    rows = needs.at(offered)
    order = np.lexsort((rows["need_id"], project[offered]))
    rows, project = rows.at(order), project[offered][order]
    multiplier = np.where(rows["must"], weights.must_multiplier, 1.0)
    weight = np.rint(rows["weight"] * multiplier * _WEIGHT_UNITS)
    projects = project_ids.size
    whole = np.bincount(project, weights=weight, minlength=projects) * CREDIT_UNITS
    keys = _demand_key(rows)
    demand_keys = unique_ids(keys)
    demand = positions_in(demand_keys, keys)

    def matrix(values: Array) -> sparse.csr_matrix:
        return sparse.csr_matrix((values, (project, demand)), shape=(projects, demand_keys.size))

    return _Asked(
        project_ids=project_ids,
        rows=rows,
        begin=np.searchsorted(project, np.arange(projects + 1)),
        demand=demand,
        weight=weight,
        whole=np.maximum(whole, 1.0),
        counts=matrix(weight),
        # Numbers of needs are small: half the width holds them.
        musts=matrix(rows["must"].astype(np.float32)),
        demand_keys=demand_keys,
    )


def _demand_key(rows: Arrays) -> Ints:
    return rows["competency_id"] * (LEVEL_MAX + 1) + rows["level"]


def _standing(
    person_ids: Ints,
    asked: _Asked,
    held: Arrays,
    closes: Arrays,
) -> _Standing:
    competency, needed = np.divmod(asked.demand_keys, LEVEL_MAX + 1)
    competencies = unique_ids(competency)
    level = _table(
        (competencies.size, person_ids.size),
        positions_in(competencies, held["competency_id"]),
        positions_in(person_ids, held["employee_id"]),
        held["level"],
    )[positions_in(competencies, competency)]
    closing = _table(
        (asked.demand_keys.size, person_ids.size),
        positions_in(asked.demand_keys, _demand_key(closes)),
        positions_in(person_ids, closes["employee_id"]),
        np.arange(len(closes["course_id"]), dtype=np.int32),
    )
    # One step for the level demanded and one for the level below it. No level demanded is below 1,
    # and ABSENT is below 0: who was never assessed is never "one short".
    needed = needed.astype(np.int8)[:, None]
    status = (level >= needed).view(np.int8) + (level >= needed - 1).view(np.int8)
    place = np.int8(2) * status + (closing != ABSENT).view(np.int8)
    return _Standing(level, closing, place)


def _table(shape: tuple[int, int], row: Ints, column: Ints, values: Array) -> Array:
    """The values by row and column, ``ABSENT`` where there is none.

    A value whose row or column is ``ABSENT`` is passed over.
    """
    rows, columns = shape
    cell = row * columns + column
    # What has no place is written behind the last cell.
    cell[(row | column) < 0] = -1
    cells = np.full(rows * columns + 1, ABSENT, dtype=values.dtype)
    cells[cell] = values
    return cells[:-1].reshape(shape)


def _relevant(
    person_ids: Ints,
    project_ids: Ints,
    who: Arrays,
    offered: Arrays,
    held: Arrays,
    linked: Arrays,
) -> Bools:
    """By project and person: the measure concerns the department, or the role leads it."""
    cells = []
    for projects, theirs, people, mine in (
        (linked["project_id"], linked["department_id"], who["employee_id"], who["department_id"]),
        (offered["project_id"], offered["lead_role_id"], held["employee_id"], held["role_id"]),
    ):
        left, right = join(theirs, mine)
        of_project = positions_in(project_ids, projects)
        of_person = positions_in(person_ids, people)
        cells.append((of_project[left], of_person[right]))
    project, person = (np.concatenate(places) for places in zip(*cells, strict=True))
    one = np.ones(project.size, dtype=np.int8)
    return _table((project_ids.size, person_ids.size), project, person, one) > 0
