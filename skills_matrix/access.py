"""Who may see whose skills: the one place that decides."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from lms.conf import conf as lms_conf
from lms.oversight.heads import departments_headed_by, staff_headed_by
from lms.people.calendar import office_today
from lms.people.models import Department, Employee
from lms.people.selectors import employee_of, employees_visible_to
from skills_matrix.engine.small_groups import Group, withheld_groups

MATRIX_PERMISSION = "lms_skills.view_skills_matrix"
CAMPAIGN_PERMISSION = "lms_skills.change_campaign"
JUDGE_PERMISSION = "lms_skills.add_assessment"


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


def may_judge_anybody(viewer: Any) -> bool:
    """Who sees everybody's skills and may also write down a judgement of them."""
    return may_see_matrix(viewer) and bool(viewer.has_perm(JUDGE_PERMISSION))


def may_manage_campaigns(viewer: Any) -> bool:
    """Who opens rounds of assessments, sees how far sections are and reminds them."""
    return bool(viewer.has_perm(CAMPAIGN_PERMISSION))


def employees_who_may_see_matrix() -> QuerySet[Employee]:
    """Of the accounts that have the permission, by themselves or by a group, those of people."""
    app_label, codename = MATRIX_PERMISSION.split(".")
    permissions = Permission.objects.filter(
        content_type__app_label=app_label, codename=codename
    ).values("pk")
    may = Q(is_superuser=True) | Q(user_permissions__in=permissions)
    users = get_user_model().objects.filter(
        may | Q(groups__permissions__in=permissions), is_active=True
    )
    return Employee.objects.filter(user__in=users.order_by().values("pk"))


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


def smallest_group_for(viewer: Any) -> int:
    """Of how many people sums are shown to the viewer; 0 = whoever sees everybody sees all."""
    return 0 if may_see_matrix(viewer) else lms_conf.SMALLEST_GROUP


def groups_withheld_from(viewer: Any, members: Mapping[Group, frozenset[int]]) -> frozenset[Group]:
    """The groups whose sums the viewer must not see: too small, or such that subtraction makes a
    small one known. The one rule for every page, report and file that adds people up."""
    if may_see_matrix(viewer):
        return frozenset()
    return withheld_groups(members, smallest=smallest_group_for(viewer))
