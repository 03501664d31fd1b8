"""What the activities add to the Wagtail admin besides their snippet views."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from courses.authoring.activities import endpoints
from courses.authoring.activities.widgets import NAMESPACE
from courses.catalogue.models import Activity

# Activities are published with their course.
OF_PUBLISHING = frozenset({"action-publish", "action-unpublish"})


@hooks.register("register_admin_urls")
def editor_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("describe/", endpoints.describe, name="describe"),
        path("media/", endpoints.media, name="media"),
        path("file/", endpoints.shown_file, name="file"),
        path("package/", endpoints.package, name="package"),
        path("<int:pk>/download/", endpoints.download, name="download"),
    ]
    return [path("h5p/", include((patterns, NAMESPACE), namespace=NAMESPACE))]


@hooks.register("construct_snippet_action_menu")
def leave_publishing_to_the_course(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    if context["model"] is Activity:
        menu_items[:] = [item for item in menu_items if item.name not in OF_PUBLISHING]
