"""From the question to the answer: greedy at once, then the best teams, or why there are none."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from skills_matrix.engine.arrays import Ints
from skills_matrix.engine.teams.appraise import Appraisal, appraise
from skills_matrix.engine.teams.greedy import greedy_teams
from skills_matrix.engine.teams.model import TIE_TOTAL, build_model
from skills_matrix.engine.teams.problem import TeamProblem, conceded
from skills_matrix.engine.teams.pruning import Candidates, candidates
from skills_matrix.engine.teams.relax import Impossible, explain
from skills_matrix.engine.teams.rules import TeamRules
from skills_matrix.engine.teams.solver import FEASIBLE, INFEASIBLE, PROVEN, Solution, solve

# `optimal`: proven among the people looked at; `within`: at most `gap` below the bound; `greedy`:
# the first answer, of which nothing is proven; `impossible`: no teams keep the rules.
OPTIMAL, WITHIN, GREEDY, IMPOSSIBLE = STATUSES = ("optimal", "within", "greedy", "impossible")
# How many times the usual number of candidates is looked at, before a composition is called
# impossible.
_WIDTHS: Final = (1, 8, None)
# Pairs of a question that is solved before another process would have started.
_SOLVED_AT_ONCE: Final = 200
# Of the solver's sums.
_TOLERANCE: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Answer:
    """Teams and what is known of them.

    Attributes:
        status: one of ``STATUSES``; of the projects that have a team.
        appraisal: the teams; a project that cannot have one under the rules is not in it.
        bound: no teams have more points; None = not known.
        gap: how far below the bound the points are, 0..1; None = not known.
        looked_at: pairs of a person and a project that were looked at.
        is_whole: whether nobody eligible was left out of these.
        impossible: what makes it impossible, for one project each or for all together.
        seconds: from the start to this answer.
    """

    status: str
    appraisal: Appraisal
    bound: int | None
    gap: float | None
    looked_at: int
    is_whole: bool
    impossible: tuple[Impossible, ...]
    seconds: float


def compose_teams(
    problem: TeamProblem,
    rules: TeamRules,
    *,
    seconds: float = 60.0,
    on_answer: Callable[[Answer], None] | None = None,
    in_child: bool = True,
) -> Answer:
    """The teams with the most points that keep every rule.

    Args:
        seconds: for the solver, all together.
        on_answer: is told the greedy answer at once, and each better one that may yet be bettered.
        in_child: see ``solver.solve``; a question of few pairs is solved here anyhow.
    """
    starts = time.monotonic()
    problem = conceded(problem, rules)
    course = _Course(problem, rules, starts, starts + seconds, on_answer or _nobody, in_child)
    pairs = candidates(problem, rules)
    first = course.answer(GREEDY, greedy_teams(problem, rules, pairs), None, pairs)
    course.on_answer(first)
    everything = range(problem.projects.size)
    answer = course.best(problem, list(everything), pairs, first)
    if answer.status != IMPOSSIBLE:
        return answer
    return course.with_reasons(list(everything), first)


def points_of(bound: float) -> int:
    """The most points of any answer, by the solver's bound on the cost.

    Points are whole, so what the tie-breaks add to the cost is rounded away.
    """
    return int(np.floor(-bound + TIE_TOTAL + _TOLERANCE))


def gap_of(score: int, bound: int | None) -> float | None:
    """How far below the bound the points are, 0..1; None = not known."""
    return None if bound is None else max(bound - score, 0) / max(bound, 1)


def _nobody(answer: Answer) -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Course:
    problem: TeamProblem
    rules: TeamRules
    starts: float
    ends: float
    on_answer: Callable[[Answer], None]
    in_child: bool

    def left(self) -> float:
        return max(self.ends - time.monotonic(), 0.0)

    def answer(
        self,
        status: str,
        teams: dict[int, list[int]],
        bound: float | None,
        pairs: Candidates,
        impossible: tuple[Impossible, ...] = (),
    ) -> Answer:
        found = appraise(self.problem, self.rules, teams)
        most = None if bound is None else points_of(bound)
        if status == WITHIN and most is not None and found.score >= most:
            # Nothing but ties was left to be settled.
            status = OPTIMAL
        return Answer(
            status=status,
            appraisal=found,
            bound=most,
            gap=gap_of(found.score, most),
            looked_at=pairs.person.size,
            is_whole=pairs.is_whole,
            impossible=impossible,
            seconds=time.monotonic() - self.starts,
        )

    def best(
        self, part: TeamProblem, projects: list[int], pairs: Candidates, fallback: Answer
    ) -> Answer:
        """The best teams of some of the projects; ``fallback`` where none was found in time."""
        for width in _WIDTHS:
            if width != 1:
                if pairs.is_whole:
                    break
                pairs = candidates(part, self.rules, width=width)

            def tell(found: Solution, looked_at: Candidates = pairs) -> None:
                self.on_answer(self._of(found, projects, looked_at, fallback))

            solution = solve(
                build_model(part, self.rules, pairs),
                seconds=self.left(),
                on_answer=tell,
                in_child=self.in_child and pairs.person.size > _SOLVED_AT_ONCE,
            )
            if solution.state in (PROVEN, FEASIBLE):
                return self._of(solution, projects, pairs, fallback)
            if solution.state != INFEASIBLE:
                bound = None if solution.bound is None else points_of(solution.bound)
                return replace(
                    fallback,
                    bound=bound,
                    gap=gap_of(fallback.appraisal.score, bound),
                    looked_at=pairs.person.size,
                    is_whole=pairs.is_whole,
                    seconds=time.monotonic() - self.starts,
                )
        return replace(fallback, status=IMPOSSIBLE)

    def _of(
        self, solution: Solution, projects: list[int], pairs: Candidates, earlier: Answer
    ) -> Answer:
        """What the solver found; or the greedy answer where that is better, and now measured."""
        status = OPTIMAL if solution.state == PROVEN else WITHIN
        teams = teams_of(solution.chosen, projects, pairs)
        found = self.answer(status, teams, solution.bound, pairs)
        first = earlier.appraisal
        if first.breaches or first.score <= found.appraisal.score or found.bound is None:
            return found
        return replace(found, appraisal=first, gap=gap_of(first.score, found.bound))

    def with_reasons(self, projects: list[int], first: Answer) -> Answer:
        """Sort out the projects that are impossible by themselves; the best teams of the others."""
        alone = [project for project in projects if not self._is_possible(project)]
        reasons = tuple(
            explain(self.problem.part([project]), self.rules, self.left(), self.in_child)
            for project in alone
        )
        others = [project for project in projects if project not in alone]
        none = candidates(self.problem.part([]), self.rules)
        if not others:
            return self.answer(IMPOSSIBLE, {}, None, none, reasons)
        part = self.problem.part(others)
        pairs = candidates(part, self.rules)
        greedy = greedy_teams(part, self.rules, pairs)
        fallback = self.answer(
            GREEDY, {others[place]: team for place, team in greedy.items()}, None, pairs
        )
        answer = self.best(part, others, pairs, fallback)
        if answer.status == IMPOSSIBLE:
            together = explain(part, self.rules, self.left(), self.in_child)
            return self.answer(IMPOSSIBLE, {}, None, none, (*reasons, together))
        return replace(answer, impossible=reasons)

    def _is_possible(self, project: int) -> bool:
        part = self.problem.part([project])
        model = build_model(part, self.rules, candidates(part, self.rules, width=None))
        # One project is small; a process of its own would cost more than the solving.
        found = solve(model, seconds=self.left(), gaps=(1.0,), in_child=False)
        return found.state != INFEASIBLE


def teams_of(chosen: Ints, projects: list[int], pairs: Candidates) -> dict[int, list[int]]:
    """Members by project, both as positions in the whole problem."""
    teams: dict[int, list[int]] = {project: [] for project in projects}
    for person, project in zip(
        pairs.person[chosen].tolist(), pairs.project[chosen].tolist(), strict=True
    ):
        teams[projects[project]].append(person)
    return teams
