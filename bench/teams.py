"""Composing teams for many projects at once: how long, how good, and whom it draws on.

    python bench/teams.py [people] [projects] [seconds]

An office of so many people in 150 sections and seven tiers, 60 competencies of which a few are
rare, and projects of 3 to 5 places with four needs each, two of them musts, under the usual rules
(hours, two of a section, a learner with a mentor). Measured: the time to the greedy answer, to
one within 1 % of the bound, to the proof; the points of each beside the bound; how far places
spread over sections and tiers, beside what there is; and whether the time limit holds.

Everything is made up in memory from one seed; no database. Only ratios carry over.
"""

import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from skills_matrix.engine.arrays import frame_of
from skills_matrix.engine.schema import frame_from_rows, frame_schema
from skills_matrix.engine.teams.compose import Answer, compose_teams
from skills_matrix.engine.teams.problem import (
    TeamProblem,
    Wanted,
    WantedSkill,
    team_problem,
)
from skills_matrix.engine.teams.rules import TeamRules

COMPETENCIES, SECTIONS = 60, 150
TIER_SHARES = (0.30, 0.28, 0.20, 0.12, 0.06, 0.03, 0.01)


def make_office(people: int, projects: int, seed: int = 7) -> TeamProblem:
    """Levels fall off from competency to competency: of the last ones hardly anybody is able."""
    dice = np.random.default_rng(seed)
    section = dice.integers(1, SECTIONS + 1, people)
    tier = dice.choice(np.arange(1, len(TIER_SHARES) + 1), people, p=TIER_SHARES)
    rarity = np.linspace(0.15, 0.75, COMPETENCIES)
    drawn = dice.random((people, COMPETENCIES))
    level = np.select(
        [drawn < rarity, drawn < rarity + (1 - rarity) * 0.5, drawn < rarity + (1 - rarity) * 0.8],
        [0, 1, 2],
        default=3,
    )
    level[drawn > 0.985] = 4
    who, what = np.nonzero(dice.random((people, COMPETENCIES)) < 0.7)
    size = len(who)
    rows = {
        "employee_id": who + 1,
        "competency_id": what + 1,
        "level": level[who, what].astype(np.int8),
    }
    # The other columns of the frame are not read here.
    blank = {name: np.zeros(size, dtype=np.int64) for name in frame_schema("levels").columns}
    levels = frame_of("levels", blank | rows)
    needs = [
        WantedSkill(project, int(competency), int(dice.integers(2, 4)), must=number < 2)
        for project in range(1, projects + 1)
        for number, competency in enumerate(
            dice.choice(np.arange(1, COMPETENCIES + 1), 4, replace=False)
        )
    ]
    return team_problem(
        people=frame_from_rows(
            "people", [(n + 1, int(section[n]), int(tier[n])) for n in range(people)]
        ),
        levels=levels,
        projects=[
            Wanted(project, int(dice.integers(3, 6)), int(dice.choice([2, 4, 8])))
            for project in range(1, projects + 1)
        ],
        needs=needs,
    )


def spread(answer: Answer, groups: dict[int, int], shares: dict[int, float]) -> str:
    """Places of the groups: how many have any, and how far from their share of the office."""
    places = Counter(groups[one] for team in answer.appraisal.teams for one in team.employee_ids)
    total = sum(places.values()) or 1
    apart = sum(abs(places[group] / total - share) for group, share in shares.items()) / 2
    return f"{len(places)} of {len(shares)} have places, {apart:.0%} of the places are elsewhere"


def report(people: int, projects: int, seconds: float) -> None:
    print(f"\n{people:,} people x {projects} projects, {seconds:g} s at most")
    start = time.perf_counter()
    problem = make_office(people, projects)
    print(f"  question made in {time.perf_counter() - start:.1f} s (not counted)")
    answers: list[Answer] = []
    start = time.perf_counter()
    answers.append(compose_teams(problem, TeamRules(), seconds=seconds, on_answer=answers.append))
    took = time.perf_counter() - start
    last = answers[-1]
    for answer in answers:
        broken = len(answer.appraisal.breaches)
        of_best = answer.appraisal.score / (last.bound or answer.appraisal.score)
        gap = "?" if answer.gap is None else f"{answer.gap:.2%}"
        print(
            f"  {answer.seconds:7.2f} s  {answer.status:10} {answer.appraisal.score:7} points"
            f" = {of_best:.1%} of the bound, gap {gap}, {broken} rules broken,"
            f" {answer.looked_at:,} pairs looked at"
        )
    print(f"  whole {took:.1f} s; impossible: {len(last.impossible)}")
    ids = problem.people.tolist()
    for name, values in (("sections", problem.section), ("tiers", problem.tier)):
        groups = dict(zip(ids, values.tolist(), strict=True))
        counts = Counter(values.tolist())
        shares = {group: count / len(ids) for group, count in counts.items()}
        for label, answer in (("greedy", answers[0]), ("best", last)):
            print(f"  {name}, {label}: {spread(answer, groups, shares)}")


def main() -> None:
    given = [float(one) for one in sys.argv[1:]]
    if given:
        people, projects, seconds = (*given, *(5_000, 200, 120)[len(given) :])
        report(int(people), int(projects), seconds)
        return
    for people, projects in ((500, 50), (500, 120), (300, 120), (5_000, 200)):
        report(people, projects, 60)


if __name__ == "__main__":
    main()
