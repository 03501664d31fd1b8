"""HR's place in the Wagtail admin for who must take what, and by when."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from lms.duties.access import may_manage_duties
from lms.duties.admin import base, exemptions, listing, namings, orders
from lms.enrolment.orders import exempting, extension


class DutiesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_manage_duties(request.user)


class DutiesViewSet(ViewSet):
    name = base.NAMESPACE
    url_prefix = "duties"
    icon = base.ICON
    menu_label = base.TITLE
    menu_order = 500
    menu_item_class = DutiesMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(listing.DutyList), name="index"),
            path("file/duties.<str:ending>", view(listing.DutyFile), name="file"),
            path("extend/", view(orders.ExtendDuties), name="extend"),
            path("nudge/", view(orders.NudgeDuties), name="nudge"),
            path("extensions/", view(orders.Extensions), name="extensions"),
            path("extensions/<uuid:uuid>/", view(orders.TakeBackExtension), name="take_back"),
            path("exemptions/", view(exemptions.Exemptions), name="exemptions"),
            path("exemptions/new/", view(exemptions.NewExemptions), name="exempt"),
            path("exemptions/<int:pk>/", view(exemptions.ChangeExemption), name="exemption"),
            path("exemptions/<int:pk>/end/", view(exemptions.EndExemption), name="end"),
            path("named/", view(namings.Namings), name="namings"),
            path("named/new/", view(namings.NamePeople), name="name_people"),
            path("named/<int:pk>/", view(namings.Naming), name="naming"),
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
