"""One project as this viewer may see it."""

from typing import Any

from rest_framework.exceptions import NotFound

from skills_matrix.projects.access import (
    may_edit,
    may_lead,
    may_see_team,
    parts_of,
    projects_visible_to,
)
from skills_matrix.projects.board import ways_on
from skills_matrix.projects.ledger import benefits_of, measurements_ahead
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.projects.selectors import (
    history_of,
    members_of,
    needs_listed,
    projects_listed,
    steps_available,
    undoable_step,
)


def project_seen_by(viewer: Any, key: str) -> Project:
    """Raises NotFound: there is no such project, or not for this viewer."""
    visible = projects_visible_to(viewer).order_by().values("pk")
    project = projects_listed().filter(key=key, pk__in=visible).first()
    if project is None:
        raise NotFound
    return project


def shown(viewer: Any, project: Project) -> dict[str, Any]:
    """For `ProjectOut`."""
    parts = parts_of(viewer, project)
    return {
        "head": project,
        "needs": needs_listed(project),
        "benefit": benefits_of([project])[project.pk],
        "proposed_by": project.proposed_by if parts else None,
        "history": history_of(project) if parts else [],
        "next_steps": steps_available(viewer, project),
        "ways": ways_on(project, names_people=may_see_team(viewer, parts, project)),
        "may_undo": undoable_step(viewer, project) is not None,
        "may_edit": may_edit(parts, project),
        "may_lead": may_lead(parts),
        "due": measurements_ahead(project),
        "team": team(viewer, project),
    }


def team(viewer: Any, project: Project) -> dict[str, Any]:
    """For `TeamOut`."""
    parts = parts_of(viewer, project)
    present = project.members.filter(left_on=None).exclude(part=ProjectMember.Part.MENTOR)
    return {
        "places": project.places,
        "taken": present.count(),
        "may_change": may_lead(parts),
        "members": members_of(project) if may_see_team(viewer, parts, project) else None,
    }
