"""Who may say whom a course is meant for, and who sees those people."""

from typing import Any

from django.db.models import QuerySet

from courses.authoring.policy import courses_for
from courses.models import Course
from lms.people.selectors import VIEW_ALL_EMPLOYEES

# Django's own permission: HR has it. Also what it takes to make a course mandatory, which is an
# order to people that only their employer gives.
MANAGE_AUDIENCE = "lms_core.change_audiencerule"


def audience_editable_by(user: Any) -> QuerySet[Course]:
    """Courses whose audience the user may set; for HR all of them."""
    if user.is_active and user.has_perm(MANAGE_AUDIENCE):
        return Course.objects.all()
    return courses_for(user, "set terms")


def audience_visible_to(user: Any) -> QuerySet[Course]:
    """Courses whose audience the user may look at."""
    if user.is_active and user.has_perm(MANAGE_AUDIENCE):
        return Course.objects.all()
    return courses_for(user, "view")


def may_order(user: Any) -> bool:
    """Whether the user may make a course mandatory, or no longer so."""
    return bool(user.has_perm(MANAGE_AUDIENCE))


def may_see_people(user: Any) -> bool:
    """Whether the user sees who they are, and who has finished; others see rounded numbers."""
    return bool(user.has_perm(VIEW_ALL_EMPLOYEES))
