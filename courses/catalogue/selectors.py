"""Reading the catalogue: which courses are published, and the pages that show them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Locale, get_page_models

from courses.catalogue.models import Activity, Course, CourseVersion
from courses.catalogue.pages import CoursePageMixin, LessonPageMixin, ModulePageMixin


def _models(mixin: type) -> list[Any]:
    return [model for model in get_page_models() if issubclass(model, mixin)]


def course_page_models() -> list[Any]:
    """The host's models of course pages."""
    return _models(CoursePageMixin)


def course_pages(course: Course) -> list[Any]:
    """The course's pages, one per language, the site's default language first."""
    pages = [
        page
        for model in course_page_models()
        for page in model.objects.filter(course=course).select_related("locale").order_by("path")
    ]
    default = Locale.get_default().pk
    return sorted(pages, key=lambda page: page.locale_id != default)


def published_courses() -> QuerySet[Course]:
    """Courses with a live page, whichever page model the host uses."""
    live = Q(pk__in=[])
    for model in course_page_models():
        live |= Q(pk__in=model.objects.live().values("course_id"))
    return Course.objects.filter(live)


def courses_with_records() -> QuerySet[Course]:
    """Courses that learners have or once had: what they did in them may count."""
    versions = CourseVersion.objects.values("course_id")
    return Course.objects.filter(Q(pk__in=published_courses().values("pk")) | Q(pk__in=versions))


def live_lesson_pages(courses: Iterable[Course]) -> list[Any]:
    """Live lesson pages of the courses in page order: one per lesson, in the reader's language.

    A lesson that is live in several languages is given in the active one, else in the first.
    """
    pages = _live_lesson_pages(list(courses))
    language = get_language() or "ja"
    chosen: dict[int, Any] = {}
    for page in pages:
        if page.lesson_id not in chosen or page.locale.language_code == language:
            chosen[page.lesson_id] = page
    return list(chosen.values())


def live_lesson_pages_in_all_languages(course: Course) -> list[Any]:
    """Every live lesson page of the course, those of the default language first, in page order."""
    default = Locale.get_default().pk
    return sorted(_live_lesson_pages([course]), key=lambda page: page.locale_id != default)


def _live_lesson_pages(courses: list[Course]) -> list[Any]:
    return [
        page
        for model in _models(LessonPageMixin)
        for page in model.objects.live()
        .filter(lesson__course__in=courses)
        .select_related("lesson", "locale")
        .order_by("path")
    ]


def module_titles(lesson_pages: Iterable[Any]) -> dict[int, str]:
    """Lesson page id -> title of the live module it stands in; absent = it stands in none."""
    above = {page.pk: page.path[: -page.steplen] for page in lesson_pages}
    titles: dict[str, str] = {}
    for model in _models(ModulePageMixin):
        rows = model.objects.live().filter(path__in=set(above.values()))
        titles.update(rows.values_list("path", "title"))
    return {pk: titles[path] for pk, path in above.items() if path in titles}


def activities_in(courses: Iterable[Course]) -> QuerySet[Activity]:
    """Every live activity of the courses in course order."""
    return Activity.objects.filter(course__in=list(courses), live=True).order_by(
        "course", "position", "pk"
    )
