"""What enrolment adds to the Wagtail admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from courses.authoring.course_tabs import REGISTER_TAB, CourseTab
from courses.authoring.paths.tabs import REGISTER_PATH_TAB, PathTab
from lms.enrolment.access import (
    MANAGE_AUDIENCE,
    audience_visible_to,
    path_audience_visible_to,
)
from lms.enrolment.admin.views import (
    AUDIENCE,
    PATH_AUDIENCE,
    CourseAudienceView,
    PathAudienceView,
)
from lms.enrolment.paths.services import PATH_AUDIENCE_SET
from lms.enrolment.services import AUDIENCE_SET


@hooks.register("register_admin_urls")
def audience_urls() -> list[URLPattern]:
    return [
        path("courses/<int:course_id>/audience/", CourseAudienceView.as_view(), name=AUDIENCE),
        path("paths/<int:path_id>/audience/", PathAudienceView.as_view(), name=PATH_AUDIENCE),
    ]


@hooks.register(REGISTER_TAB)
def audience_tab() -> CourseTab:
    return CourseTab(AUDIENCE, _("Audience"), "group", audience_visible_to, order=10)


@hooks.register(REGISTER_PATH_TAB)
def path_audience_tab() -> PathTab:
    return PathTab(PATH_AUDIENCE, _("Audience"), "group", path_audience_visible_to, order=20)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """So that an administrator can give it to a group."""
    app_label, codename = MANAGE_AUDIENCE.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(AUDIENCE_SET, _("Set the audience"), _("Audience set"))
    actions.register_action(PATH_AUDIENCE_SET, _("Set the audience"), _("Audience set"))
