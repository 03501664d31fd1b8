"""Two alternatives side by side: who differs, points, coverage, hours."""

from typing import NamedTuple

from skills_matrix.engine.teams.appraise import Appraisal, TeamView


class TeamDifference(NamedTuple):
    """One project in both alternatives; ids ascending. Numbers are of the first and the second.

    Attributes:
        covered: needs, must or nice, that the team has all asked-for holders of.
        lessons: what members learn of each other.
    """

    project_id: int
    only_first: tuple[int, ...]
    only_second: tuple[int, ...]
    both: tuple[int, ...]
    score: tuple[int, int]
    covered: tuple[int, int]
    needs: int
    lessons: tuple[int, int]
    hours: tuple[int, int]


def compare(first: Appraisal, second: Appraisal) -> tuple[TeamDifference, ...]:
    """By project_id; a project that one of them has no team for counts as nobody there."""
    mine = {team.project_id: team for team in first.teams}
    theirs = {team.project_id: team for team in second.teams}
    return tuple(
        _difference(project, mine.get(project), theirs.get(project))
        for project in sorted(mine.keys() | theirs.keys())
    )


def covered(team: TeamView) -> int:
    """Needs that have as many holders as asked for."""
    return sum(len(need.holder_ids) >= need.asked for need in team.needs)


def _difference(project: int, mine: TeamView | None, theirs: TeamView | None) -> TeamDifference:
    empty = TeamView(project, (), 0, 0, (), ())
    one, two = mine or empty, theirs or empty
    first, second = set(one.employee_ids), set(two.employee_ids)
    return TeamDifference(
        project_id=project,
        only_first=tuple(sorted(first - second)),
        only_second=tuple(sorted(second - first)),
        both=tuple(sorted(first & second)),
        score=(one.score, two.score),
        covered=(covered(one), covered(two)),
        needs=max(len(one.needs), len(two.needs)),
        lessons=(len(one.lessons), len(two.lessons)),
        hours=(one.hours, two.hours),
    )
