"""Who may say whom a course is meant for, and who sees those people."""

from typing import Any

from django.db.models import QuerySet

from courses.authoring.paths.access import may_manage_paths, paths_visible_to
from courses.authoring.policy import courses_for
from courses.models import Course, LearningPath
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


def path_audience_editable_by(user: Any) -> bool:
    """Whether the user may say whom paths are meant for: HR, and who makes paths."""
    return may_manage_paths(user) or bool(user.is_active and user.has_perm(MANAGE_AUDIENCE))


def path_audience_visible_to(user: Any) -> QuerySet[LearningPath]:
    """Paths whose audience the user may look at."""
    if path_audience_editable_by(user):
        return LearningPath.objects.all()
    return paths_visible_to(user)


def may_order(user: Any) -> bool:
    """Whether the user may make a course mandatory, or no longer so."""
    return bool(user.has_perm(MANAGE_AUDIENCE))


def may_see_people(user: Any) -> bool:
    """Whether the user sees who they are, and who has finished; others see rounded numbers."""
    return bool(user.has_perm(VIEW_ALL_EMPLOYEES))
