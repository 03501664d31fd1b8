"""Which rule makes it impossible, by how much, and which is the cheapest to give up."""

from typing import NamedTuple

from skills_matrix.engine.teams.appraise import Breach, appraise
from skills_matrix.engine.teams.model import build_model
from skills_matrix.engine.teams.problem import TeamProblem
from skills_matrix.engine.teams.pruning import PRUNED_FROM, candidates
from skills_matrix.engine.teams.rules import RULES, TeamRules
from skills_matrix.engine.teams.solver import FEASIBLE, PROVEN, solve


class Relaxation(NamedTuple):
    """Giving up these rules, as far as the breaches say, makes it possible; ``cost`` in penalties.

    Attributes:
        rules: names from ``rules.RULES``.
        breaches: where and by how much; no less will do.
        is_least: whether it is proven that no less will do.
    """

    rules: tuple[str, ...]
    cost: int
    breaches: tuple[Breach, ...]
    is_least: bool


class Impossible(NamedTuple):
    """No teams of these projects keep every rule.

    Attributes:
        project_ids: one, or those that are impossible only together.
        relaxations: the cheapest first, each by itself enough. Empty = none was found in time.
    """

    project_ids: tuple[int, ...]
    relaxations: tuple[Relaxation, ...]


def explain(
    problem: TeamProblem, rules: TeamRules, seconds: float, in_child: bool = True
) -> Impossible:
    """Solve again with each rule given up at its penalty, and where no single one does, with all.

    Args:
        seconds: for everything together; at least a second is taken for each rule.
    """
    is_small = problem.people.size * problem.projects.size < PRUNED_FROM
    pairs = candidates(problem, rules, width=8, anybody=True)
    share = max(seconds / (len(RULES) + 1), 1.0)

    def without(given_up: tuple[str, ...]) -> Relaxation | None:
        model = build_model(problem, rules, pairs, given_up=frozenset(given_up))
        found = solve(model, seconds=share, gaps=(0.0,), in_child=in_child and not is_small)
        if found.state not in (PROVEN, FEASIBLE):
            return None
        teams: dict[int, list[int]] = {project: [] for project in range(problem.projects.size)}
        for person, project in zip(
            pairs.person[found.chosen].tolist(), pairs.project[found.chosen].tolist(), strict=True
        ):
            teams[project].append(person)
        breaches = appraise(problem, rules, teams).breaches
        broken = {breach.rule for breach in breaches}
        return Relaxation(
            rules=tuple(rule for rule in RULES if rule in broken),
            cost=sum(breach.cost for breach in breaches),
            breaches=breaches,
            is_least=found.state == PROVEN and pairs.is_whole,
        )

    single = [found for rule in RULES if (found := without((rule,))) is not None]
    found = without(RULES)
    everything = [*single, *([found] if found else [])]
    # By cost, then by how few rules are touched; the same way found twice is told once.
    different = {(way.rules, way.cost): way for way in reversed(everything)}
    ordered = sorted(
        different.values(),
        key=lambda way: (way.cost, len(way.rules), [RULES.index(rule) for rule in way.rules]),
    )
    project_ids = tuple(int(project) for project in problem.projects)
    return Impossible(project_ids, tuple(ordered))
