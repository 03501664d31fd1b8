"""Whom to look at for each project: the best by fit, and the best holders of each need."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from skills_matrix.engine.arrays import Bools, Floats, Ints
from skills_matrix.engine.teams.problem import TeamProblem
from skills_matrix.engine.teams.rules import HOURS, TeamRules

# With fewer pairs of a person and a project, everybody is looked at.
PRUNED_FROM: Final = 20_000
BEST_BY_FIT, BEST_BY_NEED, BEST_LEARNERS = 40, 8, 8
# Steps of the tie-break: few enough that one step is well above the solver's tolerance.
_STEPS: Final = 1024


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of a person and a project that may become a place, by project and person.

    Attributes:
        person: position of each pair's person.
        project: position of each pair's project.
        fit: points of each pair.
        tie: 0..1, made of the two ids, without regard to anything else.
        is_whole: whether nobody eligible was left out.
    """

    person: Ints
    project: Ints
    fit: Ints
    tie: Floats
    is_whole: bool

    def of(self, project: int) -> slice:
        """Where the pairs of a project stand."""
        start, stop = np.searchsorted(self.project, [project, project + 1])
        return slice(int(start), int(stop))


def tie_break(person_id: Ints, project_id: Ints) -> Floats:
    """A number 0..1 for each pair of ids: the same for the same ids, always and everywhere."""
    mixed = person_id.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = _stirred(mixed ^ _stirred(project_id.astype(np.uint64) + np.uint64(0xD1B54A32D192ED03)))
    steps: Floats = (mixed >> np.uint64(54)).astype(np.float64) / _STEPS
    return steps


def _stirred(value: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finaliser of splitmix64; overflow is meant."""
    with np.errstate(over="ignore"):
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def hours_allowed(problem: TeamProblem, rules: TeamRules) -> Ints:
    """Hours a week that everybody may give to projects, all together."""
    allowed = np.full(problem.people.size, rules.hours_per_person, dtype=np.int64)
    for (rule, _project, employee, _subject), hours in rules.concessions.items():
        if rule == HOURS:
            allowed[problem.people == employee] = hours
    return allowed


def eligible(problem: TeamProblem, rules: TeamRules, project: int) -> Bools:
    """Who may join a project: has the hours, is not forbidden and did not refuse; or is pinned."""
    may: Bools = problem.taken + problem.hours[project] <= hours_allowed(problem, rules)
    barred = problem.forbidden | (problem.refused if rules.heed_refusals else frozenset())
    for person, of in barred:
        if of == project:
            may[person] = False
    for person, of in problem.pinned:
        if of == project:
            may[person] = True
    return may


def candidates(
    problem: TeamProblem, rules: TeamRules, *, width: int | None = 1, anybody: bool = False
) -> Candidates:
    """The pairs to choose from.

    Args:
        width: how many times the usual number to look at; None = everybody. Small offices look at
            everybody anyhow.
        anybody: also those who have no hours left, refused or are forbidden.
    """
    count = problem.people.size * problem.projects.size
    if count < PRUNED_FROM:
        width = None
    persons, projects, fits, ties = [], [], [], []
    is_whole = True
    for project in range(problem.projects.size):
        fit = problem.fit(project)
        same = np.full(problem.people.size, problem.projects[project], dtype=np.int64)
        tie = tie_break(problem.people, same)
        may = eligible(problem, rules, project) if not anybody else np.ones(fit.size, dtype=bool)
        chosen = np.flatnonzero(may)
        if width is not None:
            ranked = chosen[np.lexsort((tie[chosen], -fit[chosen]))]
            kept = _best_of(problem, project, ranked, width)
            is_whole = is_whole and kept.size == chosen.size
            chosen = kept
        persons.append(chosen)
        projects.append(np.full(chosen.size, project, dtype=np.int64))
        fits.append(fit[chosen])
        ties.append(tie[chosen])
    none = np.empty(0, dtype=np.int64)
    return Candidates(
        person=np.concatenate([none, *persons]),
        project=np.concatenate([none, *projects]),
        fit=np.concatenate([none, *fits]),
        tie=np.concatenate([none.astype(np.float64), *ties]),
        is_whole=is_whole,
    )


def _best_of(problem: TeamProblem, project: int, ranked: Ints, width: int) -> Ints:
    """Of people best first: the first ones, and the first who hold or could learn each need."""
    kept = np.zeros(problem.people.size, dtype=np.bool_)
    kept[ranked[: BEST_BY_FIT * width]] = True
    for need in problem.needs_of(project):
        kept[ranked[problem.holds(need)[ranked]][: BEST_BY_NEED * width]] = True
    kept[ranked[problem.learnable(project)[ranked]][: BEST_LEARNERS * width]] = True
    pinned = [person for person, of in problem.pinned if of == project]
    kept[pinned] = True
    return np.flatnonzero(kept)
