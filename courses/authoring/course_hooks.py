"""The tabs of `courses`, and the ways to them: the menu and the buttons of a course's pages."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from courses.authoring.check.course import CHECK
from courses.authoring.check.views import CourseCheckView
from courses.authoring.course_tabs import REGISTER_TAB, CourseTab, course_tabs, tab_links
from courses.authoring.course_views import COURSE_LIST, CourseListView
from courses.authoring.grading.services import (
    COVERAGE_CHANGED,
    GRADING,
    MARK_CHANGED,
    RULE_CHANGED,
)
from courses.authoring.grading.views import CourseGradingView
from courses.authoring.lessons.services import REORDERED
from courses.authoring.lessons.views import LESSONS, CourseLessonsView
from courses.authoring.policy import courses_for
from courses.catalogue.pages import course_of

FIRST_BUTTON = 70


@hooks.register("register_admin_urls")
def course_urls() -> list[URLPattern]:
    return [
        path("courses/", CourseListView.as_view(), name=COURSE_LIST),
        path("courses/<int:course_id>/check/", CourseCheckView.as_view(), name=CHECK),
        path("courses/<int:course_id>/grading/", CourseGradingView.as_view(), name=GRADING),
        path("courses/<int:course_id>/lessons/", CourseLessonsView.as_view(), name=LESSONS),
    ]


@hooks.register(REGISTER_TAB)
def lessons_tab() -> CourseTab:
    return CourseTab(
        LESSONS,
        _("Order of lessons"),
        "list-ol",
        lambda user: courses_for(user, "edit"),
        order=5,
    )


@hooks.register(REGISTER_TAB)
def grading_tab() -> CourseTab:
    return CourseTab(
        GRADING,
        _("Grading"),
        "circle-check",
        lambda user: courses_for(user, "see grading"),
        order=20,
    )


@hooks.register(REGISTER_TAB)
def check_tab() -> CourseTab:
    return CourseTab(
        CHECK, _("Course check"), "glasses", lambda user: courses_for(user, "view"), order=40
    )


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    course = course_of(page.specific)
    if course is not None:
        for number, link in enumerate(tab_links(user, course)):
            yield Button(link.label, link.url, icon_name=link.icon, priority=FIRST_BUTTON + number)


class CourseSettingsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(tab.courses(request.user).exists() for tab in course_tabs())


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return CourseSettingsItem(
        _("Course settings"), reverse(COURSE_LIST), icon_name="clipboard-list", order=210
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(MARK_CHANGED, _("Set a pass mark"), _("Pass mark set"))
    actions.register_action(
        RULE_CHANGED, _("Set when a lesson is done"), _("When the lesson is done was set")
    )
    actions.register_action(
        COVERAGE_CHANGED, _("Set what the test-out grants"), _("What the test-out grants was set")
    )
    actions.register_action(REORDERED, _("Reorder lessons"), _reordering_message)


def _reordering_message(data: Any) -> str:
    return str(gettext("“%(title)s” moved to place %(place)d") % data)
