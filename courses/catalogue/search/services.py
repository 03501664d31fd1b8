"""Writing down what can be found in a course, when it is published and when it goes offline."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction

from courses.catalogue.models import Activity, Course
from courses.catalogue.search.folding import fold
from courses.catalogue.search.models import SearchText
from courses.catalogue.search.texts import lesson_text, lines_of
from courses.catalogue.selectors import (
    course_pages,
    live_lesson_pages_in_all_languages,
    published_courses,
)
from courses.catalogue.translations import title_column


@transaction.atomic
def index_course(*, course: Course) -> int:
    """Replace what can be found in the course by what its live pages say now.

    Returns:
        The number of rows; 0 = the course is not published.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    SearchText.objects.filter(course=course).delete()
    fresh = published_courses().filter(pk=course.pk).first()
    if fresh is None:
        return 0
    rows = [*_course_rows(fresh), *_lesson_rows(fresh)]
    return len(SearchText.objects.bulk_create(rows))


def index_courses() -> int:
    """Write down every course anew. Doing it again changes nothing.

    Returns:
        The number of courses that can be found.
    """
    courses = Course.objects.order_by("pk")
    return sum(index_course(course=course) > 0 for course in courses.iterator())


def _course_rows(course: Course) -> Iterator[SearchText]:
    """A row for each language the course has a title in, whether or not it has a page in it."""
    pages = {_base(page.locale.language_code): page for page in course_pages(course) if page.live}
    for language in dict.fromkeys([*_titled(course), *pages]):
        page: Any = pages.get(language)
        row = _row(
            course,
            None,
            language,
            title=_title(course, language) or page.title,
            summary=getattr(course, f"summary_{language}", "") or (page.summary if page else ""),
            body=lines_of(page.introduction) if page else "",
        )
        row.folded_title += f"\n{fold(course.key)}"
        yield row


def _lesson_rows(course: Course) -> Iterator[SearchText]:
    """As for courses: an untranslated lesson can have a title in English."""
    pages = {
        (page.lesson_id, _base(page.locale.language_code)): page
        for page in live_lesson_pages_in_all_languages(course)
    }
    lessons = {page.lesson_id: page.lesson for page in pages.values()}
    for lesson in lessons.values():
        own = [language for pk, language in pages if pk == lesson.pk]
        for language in dict.fromkeys([*_titled(lesson), *own]):
            page: Any = pages.get((lesson.pk, language))
            yield _row(
                course,
                lesson,
                language,
                title=_title(lesson, language) or page.title,
                body=lesson_text(page, language=language) if page else "",
            )


def _row(
    course: Course,
    lesson: Activity | None,
    language: str,
    *,
    title: str,
    summary: str = "",
    body: str,
) -> SearchText:
    # Shown on one line each.
    title, summary = " ".join(title.split()), " ".join(summary.split())
    return SearchText(
        course=course,
        lesson=lesson,
        language=language,
        title=title,
        summary=summary,
        body=body,
        folded_title=fold(title),
        folded_summary=fold(summary),
        folded_body=fold(body),
    )


def _base(language: str) -> str:
    return language.split("-")[0]


def _title(row: Course | Activity, language: str) -> str:
    column = title_column(language)
    title: str = getattr(row, column) if column else ""
    return title


def _titled(row: Course | Activity) -> list[str]:
    languages = (_base(code) for code, _name in settings.LANGUAGES)
    return [language for language in languages if _title(row, language)]
