"""Who may make paths, and who may say what a course stands on."""

from typing import Any

from django.db.models import QuerySet

from courses.authoring.policy import courses_for
from courses.catalogue.models import Course
from courses.paths.models import LearningPath
from courses.paths.selectors import paths_with

# Django's own permission: HR has it. Paths lead through the courses of many authors.
MANAGE_PATHS = "lms_courses.change_learningpath"


def may_manage_paths(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(MANAGE_PATHS))


def paths_visible_to(user: Any) -> QuerySet[LearningPath]:
    """All for those who make paths; for authors those that lead through a course of theirs."""
    if may_manage_paths(user):
        return LearningPath.objects.all()
    return paths_with(courses_for(user, "view"))


def prerequisites_visible_to(user: Any) -> QuerySet[Course]:
    """Courses of which the user may see what they stand on."""
    return Course.objects.all() if may_manage_paths(user) else courses_for(user, "view")


def prerequisites_editable_by(user: Any) -> QuerySet[Course]:
    """Courses of which the user may say it: it counts for learners at once."""
    return Course.objects.all() if may_manage_paths(user) else courses_for(user, "set terms")
