"""Who holds the sessions of which courses, and sees who comes."""

from typing import Any

from django.db.models import QuerySet

from courses.authoring.policy import courses_for
from courses.models import Activity, Course
from lms.workshops.models import Registration, WorkshopSession

# Django's own permission: HR has it, for every course.
MANAGE_SESSIONS = "lms_core.change_workshopsession"


def courses_held_by(user: Any) -> QuerySet[Course]:
    """Courses with a workshop whose sessions the user plans: HR's all, and one's own.

    Whoever holds a session must see who comes; nobody else does by this.
    """
    with_workshops = Activity.objects.filter(kind=Activity.Kind.WORKSHOP).values("course_id")
    if user.is_active and user.has_perm(MANAGE_SESSIONS):
        return Course.objects.filter(pk__in=with_workshops)
    return courses_for(user, "edit").filter(pk__in=with_workshops)


def sessions_held_by(user: Any) -> QuerySet[WorkshopSession]:
    """Sessions that the user plans and takes attendance of."""
    rows = WorkshopSession.objects.filter(activity__course__in=courses_held_by(user))
    return rows.select_related("activity__course")


def seats_visible_to(viewer: Any, session: WorkshopSession) -> QuerySet[Registration]:
    """Who has a seat and who waits, in that order; nobody, for those who do not hold it."""
    if not sessions_held_by(viewer).filter(pk=session.pk).exists():
        return Registration.objects.none()
    return (
        Registration.objects.filter(session=session)
        .exclude(state=Registration.State.CANCELLED)
        .select_related("employee", "attendance_by")
        .order_by("state", "asked_at", "pk")
    )
