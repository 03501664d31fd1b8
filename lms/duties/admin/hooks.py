"""HR's place in the Wagtail admin for who must take what, and by when."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from lms.duties.access import may_manage_duties
from lms.duties.admin import (
    desk_views,
    exemption_views,
    list_views,
    naming_views,
    order_views,
)
from lms.enrolment.orders import exempting, extension


class DutiesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_manage_duties(request.user)


class DutiesViewSet(ViewSet):
    name = desk_views.NAMESPACE
    url_prefix = "duties"
    icon = desk_views.ICON
    menu_label = desk_views.TITLE
    menu_order = 500
    menu_item_class = DutiesMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(list_views.DutyList), name="index"),
            path("file/duties.<str:ending>", view(list_views.DutyFile), name="file"),
            path("extend/", view(order_views.ExtendDuties), name="extend"),
            path("nudge/", view(order_views.NudgeDuties), name="nudge"),
            path("extensions/", view(order_views.Extensions), name="extensions"),
            path("extensions/<uuid:uuid>/", view(order_views.TakeBackExtension), name="take_back"),
            path("exemptions/", view(exemption_views.Exemptions), name="exemptions"),
            path("exemptions/new/", view(exemption_views.NewExemptions), name="exempt"),
            path("exemptions/<int:pk>/", view(exemption_views.ChangeExemption), name="exemption"),
            path("exemptions/<int:pk>/end/", view(exemption_views.EndExemption), name="end"),
            path("named/", view(naming_views.Namings), name="namings"),
            path("named/new/", view(naming_views.NamePeople), name="name_people"),
            path("named/<int:pk>/", view(naming_views.Naming), name="naming"),
        ]


@hooks.register("register_admin_viewset")
def register_duties() -> DutiesViewSet:
    return DutiesViewSet()


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, label, message in (
        (extension.EXTENDED, _("Extend due dates"), _("Due dates extended")),
        (extension.TAKEN_BACK, _("Take back an extension"), _("Extension taken back")),
        (exempting.EXEMPTED, _("Exempt people"), _("Exempted")),
        (exempting.CHANGED, _("Change an exemption"), _("Exemption changed")),
        (exempting.ENDED, _("End an exemption"), _("Exemption ended")),
    ):
        actions.register_action(action, label, message)
