"""What workshops add to the Wagtail admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from courses.authoring.check.course import FURTHER_CHECKS
from courses.authoring.check.findings import Finding, Severity
from courses.authoring.course_tabs import REGISTER_TAB, CourseTab
from courses.authoring.drafts import CourseDraft
from courses.models import Activity
from lms.workshops.access import MANAGE_SESSIONS, courses_planned_by
from lms.workshops.admin import views
from lms.workshops.attendance import ATTENDANCE_RECORDED
from lms.workshops.selectors import coming_sessions
from lms.workshops.services import SESSION_CANCELLED, SESSION_CHANGED, SESSION_PLANNED

ACTIONS = {
    SESSION_PLANNED: (_("Plan a workshop session"), _("Workshop session planned")),
    SESSION_CHANGED: (_("Change a workshop session"), _("Workshop session changed")),
    SESSION_CANCELLED: (_("Cancel a workshop session"), _("Workshop session cancelled")),
    ATTENDANCE_RECORDED: (_("Record attendance"), _("Attendance recorded")),
}


@hooks.register("register_admin_urls")
def session_urls() -> list[URLPattern]:
    one = "courses/<int:course_id>/sessions/<uuid:uuid>/"
    return [
        path(
            "courses/<int:course_id>/sessions/", views.SessionsView.as_view(), name=views.SESSIONS
        ),
        path(
            "courses/<int:course_id>/sessions/new/",
            views.NewSessionView.as_view(),
            name=views.SESSION_NEW,
        ),
        path(one, views.SheetView.as_view(), name=views.SHEET),
        path(f"{one}edit/", views.EditSessionView.as_view(), name=views.SESSION_EDIT),
        path(f"{one}cancel/", views.CancelSessionView.as_view(), name=views.SESSION_CANCEL),
        path(f"{one}attendance.csv", views.SheetFileView.as_view(), name=views.SHEET_FILE),
    ]


@hooks.register(REGISTER_TAB)
def sessions_tab() -> CourseTab:
    return CourseTab(
        views.SESSIONS, gettext_lazy("Workshop sessions"), "calendar", courses_planned_by, order=15
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """So that an administrator can give it to a group."""
    app_label, codename = MANAGE_SESSIONS.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


@hooks.register(FURTHER_CHECKS)
def check_sessions(*, draft: CourseDraft) -> list[Finding]:
    """A workshop that nobody can go to keeps everybody from finishing the course."""
    now = timezone.now()
    return [
        Finding(
            code="workshop_without_session",
            severity=Severity.WARNING,
            title=gettext("Workshop without a coming session"),
            detail=gettext(
                "Whoever has not attended it cannot finish the course. Plan a session under"
                " “Workshop sessions”."
            ),
            place=gettext("Workshop “%(title)s”") % {"title": activity.title},
            url=views.sessions_url(draft.course.pk),
        )
        for activity in draft.activities
        if activity.kind == Activity.Kind.WORKSHOP
        and not coming_sessions(activity, now).filter(cancelled_at=None).exists()
    ]
