"""Who hands in changes of personnel, and sees whom they are about."""

from typing import Any

from django.db.models import QuerySet

from lms.people.selectors import VIEW_ALL_EMPLOYEES
from lms.personnel.models import PersonnelChange

# Django's own permission: HR has it.
MANAGE_PERSONNEL = "lms_core.add_personnelchange"


def may_manage_personnel(user: Any) -> bool:
    """Both permissions, because a change is a list of names."""
    return bool(user.is_active and user.has_perms((MANAGE_PERSONNEL, VIEW_ALL_EMPLOYEES)))


def changes_visible_to(user: Any) -> QuerySet[PersonnelChange]:
    """All, or none."""
    rows = PersonnelChange.objects.select_related("run", "uploaded_by", "applied_by", "undone_by")
    return rows if may_manage_personnel(user) else rows.none()
