"""What paths and prerequisites add to the Wagtail admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.authoring.course_tabs import REGISTER_TAB, CourseTab
from courses.authoring.paths import views
from courses.authoring.paths.access import (
    MANAGE_PATHS,
    may_manage_paths,
    paths_visible_to,
    prerequisites_visible_to,
)
from courses.authoring.paths.tabs import REGISTER_PATH_TAB, PathTab
from courses.paths.services import PATH_DELETED, PATH_SAVED, PREREQUISITES_SET


@hooks.register("register_admin_urls")
def path_urls() -> list[URLPattern]:
    return [
        path("paths/", views.PathListView.as_view(), name=views.PATHS),
        path("paths/add/", views.PathAddView.as_view(), name=views.PATH_ADD),
        path("paths/<int:path_id>/", views.PathEditView.as_view(), name=views.PATH_EDIT),
        path("paths/<int:path_id>/delete/", views.PathDeleteView.as_view(), name=views.PATH_DELETE),
        path(
            "courses/<int:course_id>/prerequisites/",
            views.PrerequisitesView.as_view(),
            name=views.PREREQUISITES,
        ),
    ]


@hooks.register(REGISTER_TAB)
def prerequisites_tab() -> CourseTab:
    return CourseTab(
        views.PREREQUISITES, _("Prerequisites"), views.ICON, prerequisites_visible_to, order=30
    )


@hooks.register(REGISTER_PATH_TAB)
def path_tab() -> PathTab:
    return PathTab(views.PATH_EDIT, _("Learning path"), views.ICON, paths_visible_to, order=10)


class PathsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_manage_paths(request.user) or paths_visible_to(request.user).exists()


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return PathsItem(views.TITLE, reverse(views.PATHS), icon_name=views.ICON, order=215)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """So that an administrator can give it to a group."""
    app_label, codename = MANAGE_PATHS.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, label, message in (
        (PREREQUISITES_SET, _("Set the prerequisites"), _("Prerequisites set")),
        (PATH_SAVED, _("Save the learning path"), _("Learning path saved")),
        (PATH_DELETED, _("Delete the learning path"), _("Learning path deleted")),
    ):
        actions.register_action(action, label, message)
