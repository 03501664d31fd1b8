"""Where versions hang into Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from courses.authoring.page_buttons import register_course_buttons
from courses.authoring.policy import may
from courses.authoring.versions import views
from courses.catalogue.models import Activity
from courses.catalogue.pages import CoursePageMixin


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path(
            "activities/<int:activity_id>/compare/",
            views.compare_versions_of_activity,
            name="compare_activity",
        ),
        path("<int:page_id>/", views.index, name="index"),
        path("<int:page_id>/compare/", views.compare, name="compare"),
        path("<int:page_id>/restore/<int:version_id>/", views.restore, name="restore"),
    ]
    return [path("course-versions/", include((patterns, "lms_courses_versions")))]


@hooks.register("register_snippet_listing_buttons")
def activity_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Activity) and may(user, "view", snippet.course):
        yield Button(
            _("Compare versions"),
            reverse("lms_courses_versions:compare_activity", args=[snippet.pk]),
            icon_name="history",
            priority=65,
        )


@register_course_buttons
def course_buttons(page: Any, user: Any) -> Iterator[Button]:
    if not isinstance(page, CoursePageMixin) or page.course_id is None:
        return
    if may(user, "view", page.course):
        yield Button(
            _("Versions of the course"),
            reverse("lms_courses_versions:index", args=[page.pk]),
            icon_name="history",
            priority=65,
        )
