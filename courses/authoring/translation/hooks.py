"""Where translating hangs into Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from courses.authoring.page_buttons import register_course_buttons
from courses.authoring.policy import may
from courses.authoring.translation import views
from courses.authoring.translation.selectors import original_page, target_languages
from courses.catalogue.pages import course_of


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("<int:page_id>/", views.choose, name="choose"),
        path("<int:page_id>/<slug:language>/", views.table, name="table"),
        path("<int:page_id>/<slug:language>/start/", views.start, name="start"),
        path("<int:page_id>/<slug:language>/save/", views.save, name="save"),
    ]
    return [path("course-translation/", include((patterns, "lms_courses_translation")))]


@register_course_buttons
def course_buttons(page: Any, user: Any) -> Iterator[Button]:
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
