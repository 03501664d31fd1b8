"""The pages about one course in the Wagtail admin, side by side as tabs.

Every package adds its own through the hook `register_course_tab`: `courses` knows no learner and
no competency.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from wagtail import hooks

from courses.catalogue.models import Course

# A Wagtail hook without arguments; gives a `CourseTab`.
REGISTER_TAB = "register_course_tab"


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
    mine = Course.objects.filter(pk__in=set().union(*(courses for _tab, courses in tabs)))
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
