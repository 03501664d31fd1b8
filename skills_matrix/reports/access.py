"""Who may see whose skills: the one place that decides."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from lms.oversight.heads import departments_overseen_by, staff_overseen_by
from lms.people.models import Department, Employee
from lms.people.selectors import employee_of, employees_visible_to

MATRIX_PERMISSION = "lms_skills.view_skills_matrix"


def may_see_matrix(viewer: Any) -> bool:
    """HR, and whoever else the office gave the permission."""
    return bool(viewer.has_perm(MATRIX_PERMISSION))


def employees_with_skills_visible_to(viewer: Any) -> QuerySet[Employee]:
    """People whose skills the viewer may see: with the permission those visible, else oneself."""
    if may_see_matrix(viewer):
        return employees_visible_to(viewer)
    own = employee_of(viewer)
    return Employee.objects.filter(pk=own.pk) if own else Employee.objects.none()


def departments_covered_by(viewer: Any, on: date) -> set[int]:
    """Ids of the departments whose coverage the viewer may see: all with the permission, else
    those that the viewer heads and those below them."""
    if may_see_matrix(viewer):
        return set(Department.objects.values_list("pk", flat=True))
    return departments_overseen_by(viewer, on)


def staff_with_skills_visible_to(viewer: Any, on: date) -> QuerySet[Employee]:
    """Whose name may stand beside a skill of a section: as `employees_with_skills_visible_to`,
    and for a head everybody of the own section."""
    visible = employees_with_skills_visible_to(viewer)
    if may_see_matrix(viewer):
        return visible
    overseen = staff_overseen_by(viewer, on)
    return Employee.objects.filter(Q(pk__in=visible.values("pk")) | Q(pk__in=overseen.values("pk")))


def require_matrix(viewer: Any) -> None:
    """Raises PermissionDenied unless the viewer may see the matrix."""
    if not may_see_matrix(viewer):
        raise PermissionDenied
