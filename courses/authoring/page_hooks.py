"""Pages that go online, offline or away by themselves, not with their course."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from courses.authoring.publishing import settle_course
from courses.catalogue.pages import (
    CoursePageMixin,
    LessonPageMixin,
    ModulePageMixin,
    course_of,
)


@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
@hooks.register("after_move_page")
def settle(request: HttpRequest, page: Any) -> None:
    course = course_of(page.specific)
    if course is not None:
        settle_course(course=course)


@hooks.register("before_copy_page")
def refuse_copy(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Records belong to one course: two pages of it in one language would share its learners."""
    if not isinstance(page.specific, CoursePageMixin | LessonPageMixin | ModulePageMixin):
        return None
    messages.error(
        request,
        _("Courses and lessons cannot be copied: what learners do is recorded per course."),
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)
