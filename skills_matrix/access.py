"""Who may see whose skills: the one place that decides."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from lms.oversight.heads import departments_headed_by, staff_headed_by
from lms.people.calendar import office_today
from lms.people.models import Department, Employee
from lms.people.selectors import employee_of, employees_visible_to

MATRIX_PERMISSION = "lms_skills.view_skills_matrix"
# Whoever runs the DX projects composes their teams out of everybody, and so sees what each
# candidate it is shown can do; each look is logged.
RUN_PROJECTS = "lms_skills.run_projects"


def may_see_matrix(viewer: Any) -> bool:
    """HR, and whoever else the office gave the permission."""
    return bool(viewer.has_perm(MATRIX_PERMISSION))


def employees_with_skills_visible_to(viewer: Any) -> QuerySet[Employee]:
    """People whose skills the viewer may see.

    With the permission everybody visible; else oneself, and for a head the own section of today.
    """
    if may_see_matrix(viewer):
        return employees_visible_to(viewer)
    own = employee_of(viewer)
    if own is None:
        return Employee.objects.none()
    section = staff_headed_by(viewer, office_today()).values("pk")
    return Employee.objects.filter(Q(pk=own.pk) | Q(pk__in=section))


def may_run_projects(viewer: Any) -> bool:
    """The DX office."""
    return bool(viewer.is_active and viewer.has_perm(RUN_PROJECTS))


def require_run_projects(viewer: Any) -> None:
    """Raises PermissionDenied unless the viewer is of the DX office."""
    if not may_run_projects(viewer):
        raise PermissionDenied


def may_see_others(viewer: Any) -> bool:
    """Whoever may see the matrix, and heads, who see their section in it."""
    return may_see_matrix(viewer) or bool(departments_headed_by(viewer, office_today()))


def require_matrix(viewer: Any) -> None:
    """Raises PermissionDenied unless the viewer may see the matrix, or a section of it."""
    if not may_see_others(viewer):
        raise PermissionDenied


def require_whole_matrix(viewer: Any) -> None:
    """Raises PermissionDenied unless the viewer may see everybody's skills."""
    if not may_see_matrix(viewer):
        raise PermissionDenied


def departments_covered_by(viewer: Any, on: date) -> set[int]:
    """Ids of the departments whose coverage the viewer may see: all with the permission, else
    those that the viewer heads and those below them."""
    if may_see_matrix(viewer):
        return set(Department.objects.values_list("pk", flat=True))
    return departments_headed_by(viewer, on)
