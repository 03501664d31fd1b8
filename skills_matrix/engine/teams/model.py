"""The integer programme of a composition: one 0/1 column for each pair that may become a place."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from skills_matrix.engine.arrays import ABSENT, Floats, Ints
from skills_matrix.engine.teams.appraise import asked_of, learners_asked, most_of
from skills_matrix.engine.teams.problem import NICE_POINTS, TeamProblem
from skills_matrix.engine.teams.pruning import Candidates, hours_allowed
from skills_matrix.engine.teams.rules import (
    FORBID,
    HOURS,
    LEARNER,
    PENALTIES,
    PIN,
    PLACES,
    REFUSAL,
    SECTION,
    TIER,
    TeamRules,
)

# Points and penalties are whole: ties that stay below one together never outweigh one.
TIE_TOTAL: Final = 0.9
_UNBOUNDED: Final = np.inf


@dataclass(frozen=True, slots=True)
class Model:
    """Least ``cost @ x`` where ``low <= matrix @ x <= high`` and 0 <= x <= upper.

    The first ``pairs`` columns are the pairs, and whole; the others follow from them.
    """

    cost: Floats
    matrix: Any
    low: Floats
    high: Floats
    lower: Floats
    upper: Floats
    pairs: int


@dataclass(frozen=True, slots=True)
class _Row:
    rule: str
    columns: Ints
    values: Floats | float
    low: float
    high: float


def build_model(
    problem: TeamProblem,
    rules: TeamRules,
    pairs: Candidates,
    *,
    given_up: Set[str] = frozenset(),
) -> Model:
    """The programme under all rules, or with some of them given up at their penalties.

    Without ``given_up`` it asks for the most points; with it for the least penalty. Either way
    equal answers are settled by the tie-break, whose whole is below ``TIE_TOTAL``.
    """
    rows = list(_rows(problem, rules, pairs))
    nice = _nice_rows(problem, pairs)
    count, seats = pairs.person.size, max(int(problem.places.sum()), 1)
    ties = pairs.tie * (TIE_TOTAL / seats)
    cost = [*ties] if given_up else [*(ties - pairs.fit), *([-float(NICE_POINTS)] * len(nice))]
    upper = [1.0] * len(cost)
    lower = [0.0] * len(cost)
    if not given_up:
        rows += nice
    slack_columns: list[list[tuple[int, float]]] = []
    for row in rows:
        slacks = []
        if row.rule in given_up:
            for sign, is_bounded in ((1.0, row.low > -_UNBOUNDED), (-1.0, row.high < _UNBOUNDED)):
                if is_bounded:
                    slacks.append((len(cost), sign))
                    cost.append(float(PENALTIES[row.rule]))
                    lower.append(0.0)
                    upper.append(_UNBOUNDED)
        slack_columns.append(slacks)
    at_row, at_column, values = [], [], []
    for number, (row, slacks) in enumerate(zip(rows, slack_columns, strict=True)):
        at_row.append(np.full(row.columns.size + len(slacks), number))
        at_column.append(np.array([*row.columns, *(column for column, _ in slacks)], dtype=int))
        filled = np.broadcast_to(row.values, row.columns.shape)
        values.append(np.array([*filled, *(sign for _, sign in slacks)], dtype=float))
    matrix = sparse.csr_array(
        (
            np.concatenate([[], *values]),
            (
                np.concatenate([np.empty(0, int), *at_row]),
                np.concatenate([np.empty(0, int), *at_column]),
            ),
        ),
        shape=(len(rows), len(cost)),
    )
    return Model(
        cost=np.array(cost),
        matrix=matrix,
        low=np.array([row.low for row in rows], dtype=float),
        high=np.array([row.high for row in rows], dtype=float),
        lower=np.array(lower),
        upper=np.array(upper),
        pairs=count,
    )


def _rows(problem: TeamProblem, rules: TeamRules, pairs: Candidates) -> Iterator[_Row]:
    for project in range(problem.projects.size):
        columns = np.arange(pairs.person.size)[pairs.of(project)]
        people = pairs.person[columns]
        places = float(problem.places[project])
        yield _Row(PLACES, columns, 1.0, places, places)
        for need in problem.needs_of(project):
            holders = columns[problem.holds(need)[people]]
            for rule, asked in asked_of(problem, rules, need).items():
                yield _Row(rule, holders, 1.0, float(asked), _UNBOUNDED)
        if learners := learners_asked(problem, rules, project):
            able = columns[problem.learnable(project)[people]]
            yield _Row(LEARNER, able, 1.0, float(learners), _UNBOUNDED)
        project_id = int(problem.projects[project])
        for rule, groups in ((SECTION, problem.section[people]), (TIER, problem.tier[people])):
            for group in np.unique(groups[groups != ABSENT]).tolist():
                most = most_of(rules, rule, project_id, group)
                mine = columns[groups == group]
                if most is not None and mine.size > most:
                    yield _Row(rule, mine, 1.0, -_UNBOUNDED, float(most))
    yield from _hours(problem, rules, pairs)
    # Pairs ascend by project and person, so that one is found without a table of all.
    key = pairs.project * problem.people.size + pairs.person
    refused = problem.refused if rules.heed_refusals else frozenset()
    for rule, those, value in (
        (PIN, problem.pinned, 1.0),
        (REFUSAL, refused - problem.pinned, 0.0),
        (FORBID, problem.forbidden - problem.pinned, 0.0),
    ):
        for person, project in sorted(those):
            wanted = project * problem.people.size + person
            column = int(np.searchsorted(key, wanted))
            if column < key.size and key[column] == wanted:
                yield _Row(rule, np.array([column]), 1.0, value, value)


def _hours(problem: TeamProblem, rules: TeamRules, pairs: Candidates) -> Iterator[_Row]:
    hours, allowed = problem.hours[pairs.project].astype(float), hours_allowed(problem, rules)
    order = np.argsort(pairs.person, kind="stable")
    people, starts = np.unique(pairs.person[order], return_index=True)
    ends = [*starts[1:], order.size][: people.size]
    for person, start, end in zip(people, starts, ends, strict=True):
        columns = order[start:end]
        room = float(allowed[person] - problem.taken[person])
        if hours[columns].sum() > room:
            # Without a place, somebody already over the limit breaks no rule of these teams.
            yield _Row(HOURS, columns, hours[columns], -_UNBOUNDED, max(room, 0.0))


def _nice_rows(problem: TeamProblem, pairs: Candidates) -> list[_Row]:
    """A nice need is covered, 0..1, by no more than the holders in the team."""
    rows: list[_Row] = []
    for need in np.flatnonzero(~problem.need_must):
        columns = np.arange(pairs.person.size)[pairs.of(int(problem.need_project[need]))]
        holders = columns[problem.holds(int(need))[pairs.person[columns]]]
        mine = np.array([*holders, pairs.person.size + len(rows)], dtype=np.int64)
        values = np.array([1.0] * holders.size + [-1.0])
        rows.append(_Row("nice", mine, values, 0.0, _UNBOUNDED))
    return rows
