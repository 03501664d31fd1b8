"""Who says which work the office has and what it takes."""

from typing import Any

# Django's own permission; HR has it.
MANAGE_PROCESSES = "lms_skills.change_businessprocess"


def may_manage_processes(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(MANAGE_PROCESSES))
