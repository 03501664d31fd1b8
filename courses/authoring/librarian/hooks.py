"""The librarian's place in the Wagtail admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from courses.authoring.librarian import install_views, upgrade_views, views
from courses.authoring.librarian.services import CONTENT_UPGRADED
from courses.h5p.library_services import INSTALLED, REMOVED, UPGRADED


class LibrarianMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.PERMISSION)


class LibrarianViewSet(ViewSet):
    name = views.NAMESPACE
    url_prefix = "h5p-libraries"
    icon = views.ICON
    menu_label = views.TITLE
    menu_order = 510
    menu_item_class = LibrarianMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(views.LibraryList), name="index"),
            path("results/", view(views.LibraryList, results_only=True), name="index_results"),
            path("install/", view(install_views.Install), name="install"),
            path("install/preview/", view(install_views.InstallPreview), name="install_preview"),
            path("hub/", view(install_views.HubList), name="hub"),
            path("remove/", view(views.RemoveUnused), name="remove"),
            path("contents/<uuid:uuid>/", view(upgrade_views.UpgradeParams), name="upgrade_params"),
            path(
                "contents/<uuid:uuid>/to/<int:pk>/",
                view(upgrade_views.UpgradeCheck),
                name="upgrade_check",
            ),
            path("<int:pk>/", view(views.LibraryDetail), name="detail"),
            path("<int:pk>/upgrade/", view(upgrade_views.Upgrade), name="upgrade"),
            path("<int:pk>/upgrade/adopt/", view(upgrade_views.UpgradeAdopt), name="upgrade_adopt"),
        ]


@hooks.register("register_admin_viewset")
def register_librarian() -> LibrarianViewSet:
    return LibrarianViewSet()


@hooks.register("register_permissions")
def register_permission() -> QuerySet[Permission]:
    """So that an administrator can give it to any group."""
    return Permission.objects.filter(
        content_type__app_label="lms_courses", codename="manage_h5p_libraries"
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(
        INSTALLED, gettext_lazy("Install H5P library"), gettext_lazy("H5P library installed")
    )
    actions.register_action(
        UPGRADED, gettext_lazy("Upgrade H5P library"), gettext_lazy("H5P library upgraded")
    )
    actions.register_action(
        REMOVED, gettext_lazy("Remove H5P library"), gettext_lazy("H5P library removed")
    )
    actions.register_action(
        CONTENT_UPGRADED,
        gettext_lazy("Upgrade H5P content"),
        gettext_lazy("Draft upgraded to a newer H5P version"),
    )
