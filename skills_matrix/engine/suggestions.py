"""Which projects fit a person, and why: the number and its reasons from one computation.

Nothing about a person is read but their levels, the courses open to them, their department and
their roles. A score never falls when a person gains a skill: ``Weights`` refuses any setting under
which it could. Sums are exact, since credits and weights are taken as whole numbers of their
last decimal, so a score does not depend on who else or what else is scored with it.
"""

from dataclasses import dataclass, fields
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import (
    ABSENT,
    Array,
    Arrays,
    Bools,
    Floats,
    Ints,
    arrays_of,
    frame_of,
)
from skills_matrix.engine.columns import LEVEL_MAX, NEED_STATUSES
from skills_matrix.engine.exceptions import InvalidWeights
from skills_matrix.engine.keys import join, positions_in, unique_ids

LACKING, ONE_SHORT, MET = range(len(NEED_STATUSES))
_CREDIT_UNITS: Final = 1_000
_WEIGHT_UNITS: Final = 1_000_000
_EXACT_IN_HALF: Final = 2**24
# People at a time.
_BLOCK: Final = 1024


@dataclass(frozen=True, slots=True)
class Weights:
    """How a score is put together. All are fractions 0..1 but ``must_multiplier``.

    Attributes:
        met: credit of a need whose level the person has. Credits are read to three decimals.
        one_short_closable: one level short, and a course open to the person closes it.
        one_short: one level short.
        lacking_closable: further away or never assessed, and one course closes it.
        lacking: further away or never assessed.
        must_multiplier: how many times its weight a must-need counts, 0..10.
        needs_share: share of the needs in the score; the rest is for relevance to the person's
            department or role.
        unmet_must_factor: what the score is multiplied by when any must-need is not met.

    Raises:
        InvalidWeights: a fraction leaves 0..1, or a better standing would earn less credit than
            a worse one.
    """

    met: float = 1.0
    one_short_closable: float = 0.6
    one_short: float = 0.5
    lacking_closable: float = 0.3
    lacking: float = 0.0
    must_multiplier: float = 2.0
    needs_share: float = 0.8
    unmet_must_factor: float = 0.7

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            top = 10.0 if field.name == "must_multiplier" else 1.0
            if not 0.0 <= value <= top:
                raise InvalidWeights(f"{field.name} is {value}, not within 0..{top:g}")
        rising = (
            (self.lacking, self.one_short, self.met),
            (self.lacking_closable, self.one_short_closable, self.met),
            (self.lacking, self.lacking_closable),
            (self.one_short, self.one_short_closable),
        )
        if any(list(credits) != sorted(credits) for credits in rising):
            raise InvalidWeights("a better standing earns less credit than a worse one")

    @property
    def relevance_share(self) -> float:
        return 1.0 - self.needs_share

    def credits(self) -> Floats:
        """Credit by status (lacking, one short, met) and closable (no, yes), in thousandths."""
        table = [
            [self.lacking, self.lacking_closable],
            [self.one_short, self.one_short_closable],
            [self.met, self.met],
        ]
        units: Floats = np.rint(np.array(table) * _CREDIT_UNITS)
        return units


class Matches(NamedTuple):
    """Frames ``scores`` and ``reasons``, both of the same people and projects."""

    scores: pd.DataFrame
    reasons: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Asked:
    """The needs of the projects offered, by project and need_id, and the demands they come down to.

    Attributes:
        rows: the needs.
        project: position of each need's project.
        demand: position of each need's demand.
        weight: what each need counts, in millionths.
        whole: what all needs of a project count together, in millionths; 1 where there is none.
        demand_keys: the different demands (competency and level), ascending.
        competencies: the different competencies, ascending.
    """

    rows: Arrays
    project: Ints
    demand: Ints
    weight: Floats
    whole: Floats
    demand_keys: Ints
    competencies: Ints


@dataclass(frozen=True, slots=True)
class _Standing:
    """Everybody against every demand.

    Attributes:
        level: the person's level by person and competency; ``ABSENT`` = never assessed.
        status: by person and demand.
        closing: course_id by person and demand; ``ABSENT`` = no course closes it.
        earns: by person and demand, the place of the credit in the table of ``credits``.
    """

    level: Array
    status: Array
    closing: Ints
    earns: Array


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
    standing = _standing(person_ids, asked, levels, closing_courses)

    relevant = _relevant(person_ids, project_ids, who, offered, person_roles, relevance)
    kept = project_ids.size if first_n is None else max(min(first_n, project_ids.size), 0)
    ranked = _ranked(asked, standing, relevant, weights, kept)
    person, project, unmet = ranked.person, ranked.project, ranked.unmet
    scores = frame_of(
        "scores",
        {
            "employee_id": person_ids[person],
            "project_id": project_ids[project],
            "score": ranked.score,
            "rank": np.tile(np.arange(1, kept + 1), person_ids.size),
            "needs_score": ranked.needs_score,
            "relevant": relevant[person, project],
            "unmet_musts": unmet,
        },
    )
    credits, factor = weights.credits().ravel(), _factors(weights).take(unmet > 0)

    of_pair, need = join(project, asked.project)
    person, project, factor = person[of_pair], project[of_pair], factor[of_pair]
    at = person, asked.demand[need]
    rows, status = asked.rows.at(need), standing.status[at]
    share = (
        credits.take(standing.earns[at])
        * asked.weight[need]
        / (asked.whole[project] * _CREDIT_UNITS)
    )
    reasons = frame_of(
        "reasons",
        {
            "employee_id": person_ids[person],
            "project_id": project_ids[project],
            "need_id": rows["need_id"],
            "competency_id": rows["competency_id"],
            "needed": rows["level"],
            "level": standing.level[
                person, positions_in(asked.competencies, rows["competency_id"])
            ],
            "must": rows["must"],
            "status": status,
            "closing_course_id": np.where(status == MET, ABSENT, standing.closing[at]),
            "contribution": share * weights.needs_share * factor,
        },
    )
    return Matches(scores, reasons)


class _Ranked(NamedTuple):
    """The projects kept, by person and rank; `person` and `project` are positions."""

    person: Ints
    project: Ints
    score: Floats
    needs_score: Floats
    unmet: Array


def _ranked(
    asked: _Asked, standing: _Standing, relevant: Bools, weights: Weights, kept: int
) -> _Ranked:
    """Everybody's scores, so many people at a time that what is reckoned with stays near at hand.

    Credits and weights are whole numbers, and small in their largest common units: then half the
    width holds every sum exactly too, and takes half the time.
    """
    credits, weight = weights.credits().ravel(), _by_demand(asked, asked.weight)
    units = [max(int(np.gcd.reduce(one.astype(np.int64))), 1) for one in (credits, asked.weight)]
    credits, weight = credits / units[0], weight / units[1]
    most = credits.max() * weight.sum(axis=0).max(initial=0.0)
    width = np.float32 if most < _EXACT_IN_HALF else np.float64
    credits, weight = credits.astype(width), weight.astype(width)
    # Counts of needs, far below 2**24.
    musts = _by_demand(asked, asked.rows["must"]).astype(np.float32)
    whole, factors = asked.whole * _CREDIT_UNITS, _factors(weights)
    parts = []
    for start in range(0, max(len(relevant), 1), _BLOCK):
        block = slice(start, start + _BLOCK)
        needs_score = (credits.take(standing.earns[block]) @ weight).astype(np.float64)
        needs_score *= units[0] * units[1]
        needs_score /= whole
        unmet = (standing.status[block] != MET).astype(np.float32) @ musts
        score = weights.needs_share * needs_score
        score += weights.relevance_share * relevant[block]
        # Looking numbers up costs half of what masks do.
        score *= factors.take((unmet > 0).view(np.int8))
        person, project = pair = _first(score, kept)
        parts.append(_Ranked(person + start, project, score[pair], needs_score[pair], unmet[pair]))
    return _Ranked(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _factors(weights: Weights) -> Floats:
    """By whether a must is not met."""
    return np.array([1.0, weights.unmet_must_factor])


def _first(score: Floats, kept: int) -> tuple[Ints, Ints]:
    """Rows and columns of the ``kept`` highest of each row, best first; ties by column."""
    people, width = score.shape
    if 0 < kept < width:
        # Only what is as high as the last one kept need be put in order.
        least = np.partition(score, width - kept, axis=1)[:, width - kept]
        cell = np.flatnonzero(score >= least[:, None])
        high = score.reshape(-1).take(cell)
        person = cell // width
        is_least = high == least[person]
        # Of those as high as the last, as many as there is room for, from the left.
        above = np.bincount(person[~is_least], minlength=people)
        nth = np.cumsum(is_least)
        before = np.concatenate([[0], nth[np.flatnonzero(np.diff(person))]])
        chosen = ~is_least | (nth - before[person] <= kept - above[person])
        cell, high = (values[chosen].reshape(people, kept) for values in (cell, high))
        order = np.argsort(-high, axis=1, kind="stable")
        cell = np.take_along_axis(cell, order, axis=1).ravel()
        return cell // width, cell % width
    column = np.argsort(-score, axis=1, kind="stable")[:, :kept].ravel()
    return np.repeat(np.arange(people), kept), column


def _asked(needs: Arrays, project_ids: Ints, weights: Weights) -> _Asked:
    project = positions_in(project_ids, needs["project_id"])
    offered = np.flatnonzero(project != ABSENT)
    rows = needs.at(offered)
    order = np.lexsort((rows["need_id"], project[offered]))
    rows, project = rows.at(order), project[offered][order]
    multiplier = np.where(rows["must"], weights.must_multiplier, 1.0)
    weight = np.rint(rows["weight"] * multiplier * _WEIGHT_UNITS)
    whole = np.bincount(project, weights=weight, minlength=project_ids.size)
    keys = _demand_key(rows)
    demand_keys = unique_ids(keys)
    return _Asked(
        rows=rows,
        project=project,
        demand=positions_in(demand_keys, keys),
        weight=weight,
        whole=np.maximum(whole, 1.0),
        demand_keys=demand_keys,
        competencies=unique_ids(rows["competency_id"]),
    )


def _by_demand(asked: _Asked, values: Array) -> Floats:
    """The needs' values added up by demand and project."""
    table = np.zeros((asked.demand_keys.size, asked.whole.size))
    np.add.at(table, (asked.demand, asked.project), values.astype(np.float64))
    return table


def _demand_key(rows: Arrays) -> Ints:
    return rows["competency_id"] * (LEVEL_MAX + 1) + rows["level"]


def _standing(
    person_ids: Ints,
    asked: _Asked,
    levels: pd.DataFrame,
    closing_courses: pd.DataFrame,
) -> _Standing:
    held, closes = arrays_of("levels", levels), arrays_of("closing_courses", closing_courses)
    level = np.full((person_ids.size, asked.competencies.size), ABSENT, dtype=np.int8)
    _fill(
        level,
        (person_ids, held["employee_id"]),
        (asked.competencies, held["competency_id"]),
        held["level"],
    )
    closing = np.full((person_ids.size, asked.demand_keys.size), ABSENT, dtype=np.int64)
    _fill(
        closing,
        (person_ids, closes["employee_id"]),
        (asked.demand_keys, _demand_key(closes)),
        closes["course_id"],
    )
    competency, needed = np.divmod(asked.demand_keys, LEVEL_MAX + 1)
    have, needed = level[:, positions_in(asked.competencies, competency)], needed.astype(np.int8)
    # ABSENT is one below 0, but no level needed is below 1: never assessed is never "one short".
    short = np.where(have == needed - 1, np.int8(ONE_SHORT), np.int8(LACKING))
    status = np.where(have >= needed, np.int8(MET), short)
    is_closable = (closing != ABSENT).view(np.int8)
    earns = status * np.int8(2) + is_closable
    return _Standing(level, status, closing, earns)


def _fill(table: Array, rows: tuple[Ints, Ints], columns: tuple[Ints, Ints], values: Array) -> None:
    """Write ``values`` into the table; rows and columns are each the ids it has, and the wanted."""
    at_row, at_column = positions_in(*rows), positions_in(*columns)
    known = (at_row != ABSENT) & (at_column != ABSENT)
    cell = at_row[known] * table.shape[1] + at_column[known]
    table.reshape(-1)[cell] = values[known]


def _relevant(
    person_ids: Ints,
    project_ids: Ints,
    who: Arrays,
    offered: Arrays,
    person_roles: pd.DataFrame,
    relevance: pd.DataFrame,
) -> Bools:
    """By person and project: the measure concerns the department, or the role leads it."""
    held, linked = arrays_of("person_roles", person_roles), arrays_of("relevance", relevance)
    found = np.zeros((person_ids.size, project_ids.size), dtype=np.bool_)
    for mine, theirs, person, project in (
        (who["department_id"], linked["department_id"], who["employee_id"], linked["project_id"]),
        (held["role_id"], offered["lead_role_id"], held["employee_id"], offered["project_id"]),
    ):
        left, right = join(mine, theirs)
        true = np.ones(left.size, dtype=np.bool_)
        _fill(found, (person_ids, person[left]), (project_ids, project[right]), true)
    return found
