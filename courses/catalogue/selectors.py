"""Reading the catalogue: which courses are published, and the pages that show them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import get_page_models

from courses.catalogue.models import Activity, Course
from courses.catalogue.pages import CoursePageMixin, LessonPageMixin


def _models(mixin: type) -> list[Any]:
    return [model for model in get_page_models() if issubclass(model, mixin)]


def published_courses() -> QuerySet[Course]:
    """Courses with a live page, whichever page model the host uses."""
    live = Q(pk__in=[])
    for model in _models(CoursePageMixin):
        live |= Q(pk__in=model.objects.live().values("course_id"))
    return Course.objects.filter(live)


def live_lesson_pages(courses: Iterable[Course]) -> list[Any]:
    """Live lesson pages of the courses in page order: one per lesson, in the reader's language.

    A lesson that is live in several languages is given in the active one, else in the first.
    """
    wanted = list(courses)
    pages = [
        page
        for model in _models(LessonPageMixin)
        for page in model.objects.live()
        .filter(lesson__course__in=wanted)
        .select_related("lesson", "locale")
        .order_by("path")
    ]
    language = get_language() or "ja"
    chosen: dict[int, Any] = {}
    for page in pages:
        if page.lesson_id not in chosen or page.locale.language_code == language:
            chosen[page.lesson_id] = page
    return list(chosen.values())


def activities_in(courses: Iterable[Course]) -> QuerySet[Activity]:
    """Every activity of the courses in course order."""
    return Activity.objects.filter(course__in=list(courses)).order_by("course", "position", "pk")
