"""Buttons that lead from a page of a course to what is about the course."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail import hooks
from wagtail.admin.widgets import Button

from courses.catalogue.pages import CoursePageMixin

MakeButtons = Callable[[Any, Any], Iterable[Button]]


def register_course_buttons(make: MakeButtons) -> MakeButtons:
    """Show the buttons of `make(page, user)` over every page, and beside course pages in lists.

    Whether a page gets any is for `make` to say: it is asked about every page of the site.
    """

    @hooks.register("register_page_header_buttons")
    def header_buttons(
        page: Any, user: Any, next_url: str | None = None, view_name: str = ""
    ) -> Iterable[Button]:
        return make(page, user)

    @hooks.register("register_page_listing_more_buttons")
    def listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterable[Button]:
        is_course = issubclass(page.specific_class or type(page), CoursePageMixin)
        return make(page.specific, user) if is_course else ()

    return make
