"""The order of a course's lessons as a page of the Wagtail admin."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.authoring.course_views import CourseTabView
from courses.authoring.lessons.selectors import Place, course_outline
from courses.authoring.lessons.services import Direction, may_reorder, move_page
from courses.authoring.policy import lock_on
from courses.exceptions import CoursesError

LESSONS = "lms_courses_lessons"


class CourseLessonsView(CourseTabView):
    """Every module and lesson with a button up and one down.

    A button posts its direction with the page's id. The answer leads back with `?moved=<id>` and
    `direction=`, so that the keyboard is again on the button that was pressed.
    """

    url_name = LESSONS
    page_title = gettext_lazy("Order of lessons")
    header_icon = "list-ol"
    template_name = "lms_courses/authoring/lessons.html"

    @cached_property
    def outline(self) -> tuple[Place, ...]:
        return course_outline(self.course)

    def place(self, page_id: str) -> Place | None:
        """Where the page with the id stands; None = the course has no such page."""
        return next((row for row in _flat(self.outline) if str(row.page.pk) == page_id), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        moved = self.place(self.request.GET.get("moved", ""))
        may_move = may_reorder(user, self.course)
        is_locked = lock_on(self.course, user)
        return super().get_context_data(
            outline=self.outline,
            moved=moved,
            focused=moved and _focused(moved, self.request.GET.get("direction", "")),
            is_locked=is_locked,
            needs_publisher=not may_move,
            may_move=may_move and not is_locked,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not may_reorder(request.user, self.course):
            raise PermissionDenied
        direction = next((item for item in Direction if item in request.POST), Direction.UP)
        place = self.place(request.POST.get(direction, ""))
        if place is None:
            raise Http404(_("The course has no such page."))
        try:
            move_page(course=self.course, page=place.page, direction=direction, by=request.user)
        except CoursesError as refusal:
            messages.error(request, refusal.message)
            return redirect(LESSONS, self.course.pk)
        query = f"?moved={place.page.pk}&direction={direction}"
        return redirect(reverse(LESSONS, args=[self.course.pk]) + query)


def _flat(places: Iterable[Place]) -> Iterable[Place]:
    for place in places:
        yield place
        yield from _flat(place.below)


def _focused(place: Place, direction: str) -> Direction | None:
    """The button that has the keyboard: the pressed one, or the other one at the end of the list.

    None = neither can be pressed.
    """
    open_ones = [
        *([Direction.UP] if not place.is_first else []),
        *([Direction.DOWN] if not place.is_last else []),
    ]
    return next((item for item in open_ones if item == direction), next(iter(open_ones), None))
