"""Who may see whose skills: the one place that decides."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from lms.people.models import Employee
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


def require_matrix(viewer: Any) -> None:
    """Raises PermissionDenied unless the viewer may see the matrix."""
    if not may_see_matrix(viewer):
        raise PermissionDenied
