"""HR's place in the Wagtail admin for changes of personnel."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from lms.personnel.access import MANAGE_PERSONNEL, may_manage_personnel
from lms.personnel.admin import views
from lms.personnel.services import APPLIED, UNDONE


class PersonnelMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_manage_personnel(request.user)


class PersonnelViewSet(ViewSet):
    name = views.NAMESPACE
    url_prefix = "personnel"
    icon = views.ICON
    menu_label = views.TITLE
    menu_order = 505
    menu_item_class = PersonnelMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(views.Changes), name="index"),
            path("<uuid:uuid>/", view(views.ChangeDetail), name="detail"),
            path("<uuid:uuid>/export/", view(views.ChangeExport), name="export"),
            path("<uuid:uuid>/apply/", view(views.ChangeApply), name="apply"),
            path("<uuid:uuid>/undo/", view(views.ChangeUndo), name="undo"),
        ]


@hooks.register("register_admin_viewset")
def register_personnel() -> PersonnelViewSet:
    return PersonnelViewSet()


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """So that an administrator can give it to a group."""
    app_label, codename = MANAGE_PERSONNEL.split(".")
    return Permission.objects.filter(content_type__app_label=app_label, codename=codename)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, label, message in (
        (APPLIED, _("Apply the personnel change"), _("Personnel change applied")),
        (UNDONE, _("Undo the personnel change"), _("Personnel change undone")),
        (views.VIEWED, _("Look at the personnel change"), _("Personnel change looked at")),
        (views.EXPORTED, _("Export the personnel change"), _("Personnel change exported")),
    ):
        actions.register_action(action, label, message)
