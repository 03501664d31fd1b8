"""HR's place in the Wagtail admin for requests to correct skills."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from skills_matrix.access import may_see_matrix
from skills_matrix.corrections.admin import views


class CorrectionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_matrix(request.user)


class CorrectionViewSet(ViewSet):
    name = views.NAMESPACE
    url_prefix = "skills-corrections"

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(views.Corrections), name="index"),
            path("<uuid:uuid>/", view(views.CorrectionAnswer), name="answer"),
        ]


@hooks.register("register_admin_viewset")
def register_corrections() -> CorrectionViewSet:
    return CorrectionViewSet()


@hooks.register("register_admin_menu_item")
def correction_item() -> MenuItem:
    return CorrectionMenuItem(
        views.HrOnly.page_title,
        reverse(f"{views.NAMESPACE}:index"),
        icon_name=views.ICON,
        order=524,
    )
