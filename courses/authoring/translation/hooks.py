"""Where translating hangs into Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from courses.authoring.policy import may
from courses.authoring.translation import views
from courses.authoring.translation.selectors import original_page, target_languages
from courses.catalogue.pages import CoursePageMixin, course_of


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("<int:page_id>/", views.choose, name="choose"),
        path("<int:page_id>/<slug:language>/", views.table, name="table"),
        path("<int:page_id>/<slug:language>/start/", views.start, name="start"),
        path("<int:page_id>/<slug:language>/save/", views.save, name="save"),
    ]
    return [path("course-translation/", include((patterns, "lms_courses_translation")))]


@hooks.register("register_page_header_buttons")
def header_buttons(page: Any, user: Any, next_url: str | None = None, view_name: str = "") -> Any:
    yield from _buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Any:
    if issubclass(page.specific_class or type(page), CoursePageMixin):
        yield from _buttons(page.specific, user)


def _buttons(page: Any, user: Any) -> Iterator[Button]:
    course = course_of(page) if page.pk else None
    if course is None or not may(user, "view", course):
        return
    if target_languages(original_page(course)):
        yield Button(
            _("Side by side in two languages"),
            reverse("lms_courses_translation:choose", args=[page.pk]),
            icon_name="globe",
            priority=64,
        )
