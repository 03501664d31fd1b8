"""HR's place in the Wagtail admin for frameworks and judgements from files."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from skills_matrix.exchange.access import NEEDED, may_hand_in
from skills_matrix.exchange.admin import views
from skills_matrix.exchange.frameworks import FRAMEWORK_IMPORTED
from skills_matrix.exchange.models import ExchangeFile
from skills_matrix.exchange.services import JUDGEMENTS_IMPORTED

FRAMEWORK, JUDGEMENTS = ExchangeFile.Kind.FRAMEWORK, ExchangeFile.Kind.JUDGEMENTS


class FrameworkMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_hand_in(request.user, FRAMEWORK)


class JudgementMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_hand_in(request.user, JUDGEMENTS)


class ExchangeViewSet(ViewSet):
    name = views.NAMESPACE
    url_prefix = "skills-files"

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        patterns = [
            path(
                "framework/<slug:key>/<str:form>/",
                view(views.FrameworkExport, kind=FRAMEWORK),
                name="framework_export",
            ),
            path(
                "standards/",
                view(views.StandardFrameworks, kind=FRAMEWORK),
                name="standards",
            ),
            path(
                "judgements/template/",
                view(views.JudgementTemplate, kind=JUDGEMENTS),
                name="judgement_template",
            ),
        ]
        for kind in (FRAMEWORK, JUDGEMENTS):
            patterns += [
                path(f"{kind}/", view(views.Files, kind=kind), name=str(kind)),
                path(
                    f"{kind}/<uuid:uuid>/", view(views.FileDetail, kind=kind), name=f"{kind}_detail"
                ),
            ]
        return patterns


@hooks.register("register_admin_viewset")
def register_exchange() -> ExchangeViewSet:
    return ExchangeViewSet()


@hooks.register("register_admin_menu_item")
def framework_item() -> MenuItem:
    return FrameworkMenuItem(
        views.TITLES[FRAMEWORK],
        reverse(f"{views.NAMESPACE}:{FRAMEWORK}"),
        icon_name=views.ICONS[FRAMEWORK],
        order=520,
    )


@hooks.register("register_admin_menu_item")
def judgement_item() -> MenuItem:
    return JudgementMenuItem(
        views.TITLES[JUDGEMENTS],
        reverse(f"{views.NAMESPACE}:{JUDGEMENTS}"),
        icon_name=views.ICONS[JUDGEMENTS],
        order=521,
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """So that an administrator can give them to a group."""
    wanted = Q()
    for name in NEEDED.values():
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return Permission.objects.filter(wanted)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, label, message in (
        (FRAMEWORK_IMPORTED, _("Take in the framework"), _("Framework taken in")),
        (JUDGEMENTS_IMPORTED, _("Take in the judgements"), _("Judgements taken in")),
    ):
        actions.register_action(action, label, message)
