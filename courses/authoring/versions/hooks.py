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
from courses.catalogue.pages import CoursePageMixin


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("<int:page_id>/", views.index, name="index"),
        path("<int:page_id>/compare/", views.compare, name="compare"),
        path("<int:page_id>/restore/<int:version_id>/", views.restore, name="restore"),
    ]
    return [path("course-versions/", include((patterns, "lms_courses_versions")))]


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
