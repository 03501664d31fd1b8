"""The frame that the pages about one course have in common, and the list of courses with them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.authoring.course_tabs import course_tabs, courses_with_tabs, tab_links
from courses.authoring.policy import courses_for, must_ask_others
from courses.catalogue.models import Course
from courses.catalogue.selectors import course_pages

COURSE_LIST = "lms_courses_admin_list"


class CourseTabView(WagtailAdminTemplateMixin, View):
    """One tab of one course. Subclasses name their `url_name`, title and template."""

    url_name = ""
    header_icon = "doc-full"
    course: Course

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.course = get_object_or_404(Course, pk=kwargs["course_id"])
        tab = next(tab for tab in course_tabs() if tab.url_name == self.url_name)
        if not tab.courses(request.user).filter(pk=self.course.pk).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return f"{self.course.key} {self.course.title}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(COURSE_LIST), "label": _("Course settings")},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.request.user
        pages = [page for page in course_pages(self.course) if _may_open(page, user)]
        context["course"] = self.course
        context["must_ask_others"] = must_ask_others(user, self.course)
        context["course_pages"] = pages
        context["tabs"] = tab_links(user, self.course, current=self.url_name)
        return context

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())  # type: ignore[no-any-return]


def _may_open(page: Any, user: Any) -> bool:
    return bool(page.permissions_for_user(user).can_edit())


class CourseListView(WagtailAdminTemplateMixin, View):
    """The courses a user may look at, each with its tabs."""

    page_title = _("Course settings")
    header_icon = "doc-full"
    template_name = "lms_courses/authoring/course_list.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        courses = courses_with_tabs(request.user)
        if not courses and not courses_for(request.user, "view").exists():
            raise PermissionDenied
        return self.render_to_response(  # type: ignore[no-any-return]
            self.get_context_data(courses=courses)
        )
