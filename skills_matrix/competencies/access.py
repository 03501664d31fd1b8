"""Who may say what a course awards."""

from typing import Any

from django.db.models import QuerySet

from courses.authoring.policy import courses_for
from courses.models import Course

# Django's own permission; HR has it.
MANAGE_AWARDS = "lms_skills.change_award"


def awards_editable_by(user: Any) -> QuerySet[Course]:
    """Courses whose awards the user may set; for HR all of them."""
    if user.is_active and user.has_perm(MANAGE_AWARDS):
        return Course.objects.all()
    return courses_for(user, "set terms")


def awards_visible_to(user: Any) -> QuerySet[Course]:
    if user.is_active and user.has_perm(MANAGE_AWARDS):
        return Course.objects.all()
    return courses_for(user, "view")
