"""Who plans the sessions of which courses, and who sees the people that come."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from courses.authoring.policy import courses_for
from courses.models import Activity, Course
from lms.people.models import Employee
from lms.people.selectors import postings_on
from lms.workshops.models import Registration, WorkshopSession

# Django's own permission: HR has it, for every course.
MANAGE_SESSIONS = "lms_core.change_workshopsession"


def courses_planned_by(user: Any) -> QuerySet[Course]:
    """Courses with a workshop whose sessions the user plans: for HR all, else one's own."""
    workshops = Activity.objects.filter(kind=Activity.Kind.WORKSHOP)
    return _courses(user, "edit").filter(pk__in=workshops.values("course_id"))


def may_keep_sheets(user: Any, course: Course) -> bool:
    """Whether the user sees who comes to the course's sessions, and notes who was there.

    HR, and those who answer for the course's publication. Outside authors plan sessions and see
    how many people come; names are not theirs to see.
    """
    return _courses(user, "publish").filter(pk=course.pk).exists()


def seats_visible_to(viewer: Any, session: WorkshopSession, on: date) -> QuerySet[Registration]:
    """Who has a seat and who waits, in that order; nobody for whoever keeps no sheet.

    Each employee has the main posting of the day as `employee.main_postings`.
    """
    if not may_keep_sheets(viewer, session.activity.course):
        return Registration.objects.none()
    postings = postings_on(on).filter(is_main=True).select_related("department")
    people = Employee.objects.prefetch_related(
        Prefetch("postings", queryset=postings, to_attr="main_postings")
    )
    return (
        Registration.objects.filter(session=session)
        .exclude(state=Registration.State.CANCELLED)
        .prefetch_related(Prefetch("employee", queryset=people))
        .select_related("attendance_by")
        .order_by("state", "asked_at", "pk")
    )


def _courses(user: Any, action: str) -> QuerySet[Course]:
    if user.is_active and user.has_perm(MANAGE_SESSIONS):
        return Course.objects.all()
    return courses_for(user, action)
