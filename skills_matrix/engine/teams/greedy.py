"""A first answer at once: project after project, the most useful person for each place."""

import numpy as np

from skills_matrix.engine.arrays import ABSENT, Ints
from skills_matrix.engine.teams.appraise import asked_of, learners_asked, most_of
from skills_matrix.engine.teams.problem import NICE_POINTS, TeamProblem
from skills_matrix.engine.teams.pruning import Candidates, hours_allowed
from skills_matrix.engine.teams.rules import SECTION, TIER, TeamRules

# What a step towards a rule counts in points: more than any fit can make up for.
_RULE_POINTS = 10_000


def greedy_teams(problem: TeamProblem, rules: TeamRules, pairs: Candidates) -> dict[int, list[int]]:
    """Teams that never exceed hours, sections or tiers, but may leave needs or places open.

    The project whose rarest must-need has the fewest candidates comes first.
    """
    spent = problem.taken.copy()
    for person, project in problem.pinned:
        spent[person] += problem.hours[project]
    teams: dict[int, list[int]] = {}
    for project in sorted(range(problem.projects.size), key=lambda of: _room(problem, pairs, of)):
        teams[project] = _team(problem, rules, pairs, project, spent)
    return teams


def _room(problem: TeamProblem, pairs: Candidates, project: int) -> tuple[int, int]:
    people = pairs.person[pairs.of(project)]
    spare = (
        int(problem.holds(need)[people].sum()) - int(problem.need_headcount[need])
        for need in problem.needs_of(project)
        if problem.need_must[need]
    )
    return min(spare, default=people.size), project


def _team(
    problem: TeamProblem, rules: TeamRules, pairs: Candidates, project: int, spent: Ints
) -> list[int]:
    where = pairs.of(project)
    people, fit, tie = pairs.person[where], pairs.fit[where], pairs.tie[where]
    needs = problem.needs_of(project)
    holds = np.array([problem.holds(need)[people] for need in needs]).reshape(
        len(needs), people.size
    )
    asked = np.array(
        [max(asked_of(problem, rules, need).values(), default=0) for need in needs], dtype=np.int64
    )
    nice = np.array([not problem.need_must[need] for need in needs], dtype=np.bool_)
    learns = problem.learnable(project)[people]
    hours = int(problem.hours[project])
    allowed = hours_allowed(problem, rules)[people]
    # What a group may have, by group; in a team without the rule, as many as there are.
    mosts = [
        (groups, _mosts(rules, rule, int(problem.projects[project]), groups))
        for rule, groups in ((SECTION, problem.section[people]), (TIER, problem.tier[people]))
    ]
    pinned = {person for person, of in problem.pinned if of == project}
    team = [place for place, person in enumerate(people.tolist()) if person in pinned]
    fixed = len(team)
    while len(team) < problem.places[project]:
        held = holds[:, team].sum(axis=1)
        free = spent[people] + hours <= allowed
        free[team] = False
        for groups, most in mosts:
            mine = groups[:, None] == groups[team][None, :]
            free &= (groups == ABSENT) | (mine.sum(axis=1) < most)
        if not free.any():
            break
        wants_learner = learns[team].sum() < learners_asked(problem, rules, project)
        gain = _RULE_POINTS * (
            holds[held < asked].sum(axis=0) + (learns if wants_learner else 0)
        ) + NICE_POINTS * holds[nice & (held == 0)].sum(axis=0)
        worth = np.where(free, gain + fit, -1)
        # Positions ascend with ids, so the position is the last tie-break.
        team.append(int(np.lexsort((tie, -worth))[0]))
    chosen = people[team]
    spent[chosen[fixed:]] += hours
    return sorted(int(person) for person in chosen)


def _mosts(rules: TeamRules, rule: str, project_id: int, groups: Ints) -> Ints:
    """Of each person's group: how many of it the team may have."""
    known = {group: most_of(rules, rule, project_id, group) for group in np.unique(groups).tolist()}
    return np.array(
        [groups.size if known[one] is None else known[one] for one in groups.tolist()],
        dtype=np.int64,
    )
