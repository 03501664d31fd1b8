"""The pages about one course in the Wagtail admin, side by side as tabs.

Every package adds its own through the hook `register_course_tab`: `courses` knows no learner and
no competency.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.authoring.policy import courses_for
from courses.catalogue.models import Course
from courses.catalogue.selectors import course_pages

# A Wagtail hook without arguments; gives a `CourseTab`.
REGISTER_TAB = "register_course_tab"
COURSE_LIST = "lms_courses_admin_list"


@dataclass(frozen=True)
class CourseTab:
    """A page about a course.

    Attributes:
        url_name: of an admin address whose one argument is the course's id.
        courses: the courses for which a user may open it.
        order: tabs stand in its order.
    """

    url_name: str
    label: str | Promise
    icon: str
    courses: Callable[[Any], QuerySet[Course]]
    order: int = 100

    def url(self, course_id: int) -> str:
        return reverse(self.url_name, args=[course_id])


@dataclass(frozen=True)
class TabLink:
    label: str
    icon: str
    url: str
    is_current: bool = False


def course_tabs() -> list[CourseTab]:
    tabs: list[CourseTab] = [make() for make in hooks.get_hooks(REGISTER_TAB)]
    return sorted(tabs, key=lambda tab: tab.order)


def tab_links(user: Any, course: Course, *, current: str = "") -> list[TabLink]:
    """The tabs of the course that the user may open."""
    return [
        TabLink(str(tab.label), tab.icon, tab.url(course.pk), tab.url_name == current)
        for tab in course_tabs()
        if tab.courses(user).filter(pk=course.pk).exists()
    ]


def courses_with_tabs(user: Any) -> list[tuple[Course, list[TabLink]]]:
    """Every course with a tab that the user may open. The number of queries is that of tabs."""
    tabs = [(tab, set(tab.courses(user).values_list("pk", flat=True))) for tab in course_tabs()]
    mine = Course.objects.filter(Q(pk__in=set().union(*(courses for _tab, courses in tabs))))
    return [
        (
            course,
            [
                TabLink(str(tab.label), tab.icon, tab.url(course.pk))
                for tab, courses in tabs
                if course.pk in courses
            ],
        )
        for course in mine
    ]


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
