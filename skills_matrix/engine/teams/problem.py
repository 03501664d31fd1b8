"""Who there is, what the projects need, and who stands fast: the question, sorted by ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import ABSENT, Array, Bools, Ints, arrays_of
from skills_matrix.engine.exceptions import InvalidTeamProblem
from skills_matrix.engine.keys import positions_in, unique_ids
from skills_matrix.engine.table import SkillTable
from skills_matrix.engine.teams.rules import FORBID, PIN, PLACES, REFUSAL, TeamRules

# How many times its share of the fit a must-need counts.
MUST_WEIGHT = 2
# Points of a member who meets every need, and of a nice need that anybody in the team meets.
FIT_POINTS = 100
NICE_POINTS = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """A project to staff.

    Attributes:
        project_id: stable id.
        places: members of the team.
        hours_per_week: of each member.
    """

    project_id: int
    places: int
    hours_per_week: int


@dataclass(frozen=True, slots=True)
class WantedSkill:
    """A need of a project: so many members at least at the level; headcount of a must only."""

    project_id: int
    competency_id: int
    level: int
    must: bool
    headcount: int = 1


@dataclass(frozen=True, slots=True)
class TeamProblem:
    """All of the question in arrays; positions below are into these.

    Attributes:
        people: ids, ascending.
        section: department_id of each person; ``ABSENT`` = none, which no rule limits.
        tier: tier_id of each person; ``ABSENT`` = none.
        taken: hours a week each person has promised elsewhere already.
        level: by person and competency; ``ABSENT`` = never assessed.
        competencies: ids, ascending.
        projects: ids, ascending.
        places: of each project.
        hours: a week, of each member of each project.
        need_project: position of the project of each need, ascending.
        need_competency: position of the competency of each need, ascending within the project.
        need_level: level of each need.
        need_must: whether the project cannot do without.
        need_headcount: members at the level that a must takes.
        pinned: (person, project): is in the team.
        forbidden: (person, project): is not, by the office's word.
        refused: (person, project): is not, since the person said no.
    """

    people: Ints
    section: Ints
    tier: Ints
    taken: Ints
    level: Array
    competencies: Ints
    projects: Ints
    places: Ints
    hours: Ints
    need_project: Ints
    need_competency: Ints
    need_level: Ints
    need_must: Bools
    need_headcount: Ints
    pinned: frozenset[tuple[int, int]]
    forbidden: frozenset[tuple[int, int]]
    refused: frozenset[tuple[int, int]]

    def needs_of(self, project: int) -> range:
        """Positions of the needs of a project."""
        start, stop = np.searchsorted(self.need_project, [project, project + 1])
        return range(int(start), int(stop))

    def holds(self, need: int) -> Bools:
        """Who has the level that a need asks for."""
        held: Bools = self.level[:, self.need_competency[need]] >= self.need_level[need]
        return held

    def one_short(self, need: int) -> Bools:
        """Who is assessed one level below what a need asks for."""
        level = self.level[:, self.need_competency[need]]
        short: Bools = (level == self.need_level[need] - 1) & (level != ABSENT)
        return short

    def fit(self, project: int) -> Ints:
        """Points 0..FIT_POINTS of everybody for a project: the weighted share of needs met.

        Half a need is met by whoever is one level short of it.
        """
        whole, got = 0, np.zeros(self.people.size, dtype=np.int64)
        for need in self.needs_of(project):
            weight = MUST_WEIGHT if self.need_must[need] else 1
            whole += 2 * weight
            got += weight * (2 * self.holds(need) + self.one_short(need))
        points: Ints = (got * FIT_POINTS + whole // 2) // max(whole, 1)
        return points

    def learnable(self, project: int) -> Bools:
        """Who is one level short of a must-need of the project."""
        short = np.zeros(self.people.size, dtype=np.bool_)
        for need in self.needs_of(project):
            if self.need_must[need]:
                short |= self.one_short(need)
        return short

    def has_musts(self, project: int) -> bool:
        return any(self.need_must[need] for need in self.needs_of(project))

    def part(self, projects: Iterable[int]) -> "TeamProblem":
        """The same office, and some of the projects (positions) only; hours of pins stay taken."""
        kept = np.array(sorted(projects), dtype=np.int64)
        needs = np.flatnonzero(np.isin(self.need_project, kept))
        place = {int(project): number for number, project in enumerate(kept)}
        taken = self.taken.copy()
        for person, project in self.pinned:
            if project not in place:
                taken[person] += self.hours[project]

        def moved(pairs: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
            return frozenset((who, place[what]) for who, what in pairs if what in place)

        return TeamProblem(
            people=self.people,
            section=self.section,
            tier=self.tier,
            taken=taken,
            level=self.level,
            competencies=self.competencies,
            projects=self.projects[kept],
            places=self.places[kept],
            hours=self.hours[kept],
            need_project=np.searchsorted(kept, self.need_project[needs]),
            need_competency=self.need_competency[needs],
            need_level=self.need_level[needs],
            need_must=self.need_must[needs],
            need_headcount=self.need_headcount[needs],
            pinned=moved(self.pinned),
            forbidden=moved(self.forbidden),
            refused=moved(self.refused),
        )


def conceded(problem: TeamProblem, rules: TeamRules) -> TeamProblem:
    """The question where places, pins, forbids and refusals give way as the rules allow.

    The other rules look up their concessions themselves.
    """
    person = {one: at for at, one in enumerate(problem.people.tolist())}
    project = {one: at for at, one in enumerate(problem.projects.tolist())}
    places = problem.places.copy()
    free: dict[str, set[tuple[int, int]]] = {PIN: set(), FORBID: set(), REFUSAL: set()}
    for (rule, project_id, employee_id, _subject), given in rules.concessions.items():
        if project_id not in project:
            continue
        if rule == PLACES:
            places[project[project_id]] = given
        elif rule in free and employee_id in person:
            free[rule].add((person[employee_id], project[project_id]))
    return replace(
        problem,
        places=places,
        pinned=problem.pinned - free[PIN],
        forbidden=problem.forbidden - free[FORBID],
        refused=problem.refused - free[REFUSAL],
    )


def team_problem(
    *,
    people: pd.DataFrame,
    levels: pd.DataFrame | SkillTable,
    projects: Iterable[Wanted],
    needs: Iterable[WantedSkill],
    taken: Mapping[int, int] | None = None,
    pinned: Iterable[tuple[int, int]] = (),
    forbidden: Iterable[tuple[int, int]] = (),
    refused: Iterable[tuple[int, int]] = (),
) -> TeamProblem:
    """The question, the same whatever the order of the rows.

    Args:
        people: frame ``people``: everybody who may be chosen.
        levels: frame ``levels``, or the matrix; of others, or of competencies nobody asks for, is
            passed over.
        projects: those to staff.
        needs: of these projects; others are passed over.
        taken: hours a week by employee_id, promised elsewhere. None = nobody has.
        pinned: (employee_id, project_id), likewise ``forbidden`` and ``refused``; those of
            unknown people or projects are passed over, but not a pin of an unknown person.

    Raises:
        FrameError: a frame is not as its schema says.
        InvalidTeamProblem: a project or need is there twice, asks for nothing sensible, or
            somebody is pinned who may not be chosen.
    """
    wanted = sorted(projects, key=lambda row: row.project_id)
    project_ids = np.array([row.project_id for row in wanted], dtype=np.int64)
    if np.unique(project_ids).size != project_ids.size:
        raise InvalidTeamProblem("a project is there twice")
    if any(row.places < 1 or row.hours_per_week < 0 for row in wanted):
        raise InvalidTeamProblem("a project has no places, or hours below zero")
    known = {int(project) for project in project_ids}
    asked = sorted(
        (row for row in needs if row.project_id in known),
        key=lambda row: (row.project_id, row.competency_id),
    )
    if len({(row.project_id, row.competency_id) for row in asked}) != len(asked):
        raise InvalidTeamProblem("a project asks for a competency twice")
    if any(row.level < 1 or row.headcount < 1 for row in asked):
        raise InvalidTeamProblem("a need asks for nothing")

    who = arrays_of("people", people)
    order = np.argsort(who["employee_id"], kind="stable")
    ids = who["employee_id"][order]
    need_competencies = np.array([row.competency_id for row in asked], dtype=np.int64)
    competencies = unique_ids(need_competencies)
    level = _level(levels, ids, competencies)

    def pairs(given: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        listed = np.array(sorted(given), dtype=np.int64).reshape(-1, 2)
        first, second = positions_in(ids, listed[:, 0]), positions_in(project_ids, listed[:, 1])
        found = (first != ABSENT) & (second != ABSENT)
        return frozenset(zip(first[found].tolist(), second[found].tolist(), strict=True))

    fast = {pair for pair in pinned if pair[1] in known}
    if missing := {employee for employee, _ in fast} - set(ids.tolist()):
        raise InvalidTeamProblem(f"pinned people may not be chosen: {sorted(missing)}")
    spent = taken or {}
    return TeamProblem(
        people=ids,
        section=who["department_id"][order].astype(np.int64),
        tier=who["tier_id"][order].astype(np.int64),
        taken=np.array([spent.get(int(one), 0) for one in ids], dtype=np.int64),
        level=level,
        competencies=competencies,
        projects=project_ids,
        places=np.array([row.places for row in wanted], dtype=np.int64),
        hours=np.array([row.hours_per_week for row in wanted], dtype=np.int64),
        need_project=np.searchsorted(
            project_ids, np.array([row.project_id for row in asked], dtype=np.int64)
        ),
        need_competency=positions_in(competencies, need_competencies),
        need_level=np.array([row.level for row in asked], dtype=np.int64),
        need_must=np.array([row.must for row in asked], dtype=np.bool_),
        need_headcount=np.array([row.headcount for row in asked], dtype=np.int64),
        pinned=pairs(fast),
        forbidden=pairs(forbidden),
        refused=pairs(refused),
    )


def _level(levels: pd.DataFrame | SkillTable, ids: Ints, competencies: Ints) -> Array:
    """By person and competency; ``ABSENT`` = never assessed."""
    level = np.full((ids.size, competencies.size), ABSENT, dtype=np.int8)
    if isinstance(levels, SkillTable):
        person = positions_in(levels.employee_id, ids)
        competency = positions_in(levels.competency_id, competencies)
        rows, columns = np.flatnonzero(person != ABSENT), np.flatnonzero(competency != ABSENT)
        level[np.ix_(rows, columns)] = levels.level[np.ix_(person[rows], competency[columns])]
        return level
    held = arrays_of("levels", levels)
    person = positions_in(ids, held["employee_id"])
    competency = positions_in(competencies, held["competency_id"])
    kept = (person != ABSENT) & (competency != ABSENT)
    level[person[kept], competency[kept]] = held["level"][kept]
    return level
