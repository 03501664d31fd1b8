"""Who may do what with a project: the one place that decides."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from lms.oversight.heads import departments_headed_by
from lms.people.calendar import office_today
from lms.people.selectors import VIEW_ALL_EMPLOYEES, employee_of
from skills_matrix.projects.models import Project, ProjectMember

RUN_PROJECTS = "lms_skills.run_projects"

Status = Project.Status
# What the office has not agreed to is its proposer's, their head's and the DX office's matter.
NOT_AGREED = (Status.PROPOSED, Status.ASSESSED)


class Who(StrEnum):
    """What somebody is to a project."""

    OFFICE = "office"
    HEAD = "head"
    PROPOSER = "proposer"
    LEAD = "lead"


def may_run_projects(user: Any) -> bool:
    """The DX office."""
    return bool(user.is_active and user.has_perm(RUN_PROJECTS))


def require_run_projects(user: Any) -> None:
    """Raises PermissionDenied unless the user is of the DX office."""
    if not may_run_projects(user):
        raise PermissionDenied


def parts_of(user: Any, project: Project) -> frozenset[Who]:
    """What the user is to the project today."""
    return parts_by_project(user, [project])[project.pk]


def parts_by_project(user: Any, projects: Iterable[Project]) -> dict[int, frozenset[Who]]:
    """Project id -> what the user is to it today. The number of queries depends on nothing."""
    rows = list(projects)
    own = employee_of(user)
    everywhere = {Who.OFFICE} if may_run_projects(user) else set()
    if own is None:
        return {row.pk: frozenset(everywhere) for row in rows}
    led = set(
        ProjectMember.objects.filter(
            project__in=rows, employee=own, part=ProjectMember.Part.LEAD, left_on=None
        ).values_list("project_id", flat=True)
    )
    headed = departments_headed_by(user, office_today())
    found = {}
    for row in rows:
        parts = {
            Who.PROPOSER: row.proposed_by_id == own.pk,
            Who.LEAD: row.pk in led,
            Who.HEAD: row.department_id in headed,
        }
        found[row.pk] = frozenset(everywhere | {who for who, holds in parts.items() if holds})
    return found


def projects_visible_to(user: Any) -> QuerySet[Project]:
    """Everything agreed on is everybody's to see; proposals and what came of them are not.

    Proposals, and what was closed without ever being approved, are seen by the DX office, by
    the proposer and by the head of the section whose work it is.
    """
    rows = Project.objects.all()
    if may_run_projects(user):
        return rows
    # Without a log it was entered as it is; one begun from a template has a log and no proposer.
    was_approved = Q(steps__target=Status.APPROVED) | Q(steps=None)
    agreed = rows.filter(
        ~Q(status__in=[*NOT_AGREED, Status.CLOSED]) | (Q(status=Status.CLOSED) & was_approved)
    )
    mine = Q(pk__in=agreed.order_by().values("pk"))
    own = employee_of(user)
    if own is not None:
        mine |= Q(proposed_by=own) | Q(department__in=departments_headed_by(user, office_today()))
    return rows.filter(mine)


def may_edit(parts: Collection[Who], project: Project) -> bool:
    """The DX office always; the proposer as long as nobody has assessed the proposal."""
    if Who.OFFICE in parts:
        return True
    return Who.PROPOSER in parts and project.status == Status.PROPOSED


def may_lead(parts: Collection[Who]) -> bool:
    """Who is in the team, what was measured, and what each member did."""
    return bool({Who.OFFICE, Who.LEAD} & set(parts))


def may_see_team(user: Any, parts: Collection[Who], project: Project) -> bool:
    """Who is in a project: known to the team, to those who look after it, and to HR."""
    if parts or user.has_perm(VIEW_ALL_EMPLOYEES):
        return True
    own = employee_of(user)
    return own is not None and project.members.filter(employee=own).exists()
