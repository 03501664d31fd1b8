"""Who said no to a project: whatever part of the site asks people hangs its answer in here."""

from collections.abc import Callable, Collection, Iterable

from wagtail import hooks

# A callable that takes ids of projects and gives (employee_id, project_id) of whoever said no.
TEAM_REFUSALS = "lms_skills_team_refusals"

Refusals = Callable[[Collection[int]], Iterable[tuple[int, int]]]


def refusals(project_ids: Collection[int]) -> set[tuple[int, int]]:
    """(employee_id, project_id) of everybody who said no to one of these projects."""
    told: list[Refusals] = hooks.get_hooks(TEAM_REFUSALS)
    return {pair for ask in told for pair in ask(project_ids)}
