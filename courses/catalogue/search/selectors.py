"""Finding courses by what they say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from courses.catalogue.models import Activity, Course
from courses.catalogue.search.models import SearchText
from courses.catalogue.search.words import Part, excerpt, marked

# Lessons shown with a course; the rest are counted.
LESSONS = 5
COLUMNS = ("title", "summary", "body")


@dataclass(frozen=True)
class Found:
    """A title as it stands, and the line around what was found; no excerpt = not in the text.

    `language` is that of both; empty = not in the course's own texts, its title is the reader's.
    """

    language: str
    title: list[Part]
    excerpt: list[Part]


@dataclass(frozen=True)
class FoundLesson(Found):
    lesson: Activity


@dataclass(frozen=True)
class FoundCourse(Found):
    """`lessons`: those with the most of the words first, then in course order, so many at most.

    `more_lessons`: how many lessons more hold one of the words.
    """

    course: Course
    lessons: list[FoundLesson] = field(default_factory=list)
    more_lessons: int = 0


def courses_saying(courses: QuerySet[Course], words: Sequence[str]) -> QuerySet[Course]:
    """Those of the courses that say all the folded words, in whatever lesson or language.

    First those with the words in their title or key, then in a lesson's title or the summary,
    then in the texts. No words find nothing.
    """
    if not words:
        return courses.none()
    names = [f"place_{number}" for number in range(len(words))]
    for name, word in zip(names, words, strict=True):
        courses = courses.annotate(**{name: _best_place(word)}).filter(**{f"{name}__isnull": False})
    places = reduce(add, (F(name) for name in names))
    return courses.order_by(places, "position", "key")


def _holds(word: str, *columns: str) -> Q:
    return reduce(or_, (Q(**{f"folded_{column}__contains": word}) for column in columns))


def _best_place(word: str) -> Subquery:
    """0 = in the course's title or key, 1 = in a lesson's or the summary, 2 = in a text."""
    place = Case(
        When(_holds(word, "title") & Q(lesson__isnull=True), then=Value(0)),
        When(_holds(word, "title", "summary"), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = SearchText.objects.filter(_holds(word, *COLUMNS), course=OuterRef("pk"))
    return Subquery(rows.annotate(place=place).order_by("place").values("place")[:1])


def places_found(
    courses: Iterable[Course], words: Sequence[str], *, language: str
) -> list[FoundCourse]:
    """Where in the courses the folded words stand. One query, whatever the number of courses.

    A text that holds them in several languages is given in the one asked for.
    """
    courses = list(courses)
    if not courses:
        return []
    holding = reduce(or_, (_holds(word, *COLUMNS) for word in words))
    rows = SearchText.objects.filter(holding, course__in=courses).select_related("lesson")
    chosen: dict[int, dict[int | None, SearchText]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.language != language.split("-")[0]):
        chosen[row.course_id].setdefault(row.lesson_id, row)
    return [_found(course, chosen[course.pk], words) for course in courses]


def _found(course: Course, rows: dict[int | None, SearchText], words: Sequence[str]) -> FoundCourse:
    own = rows.pop(None, None)
    lessons = [(row.lesson, row) for row in rows.values() if row.lesson and row.lesson.live]
    lessons.sort(key=lambda found: (-_count(found[1], words), found[0].position, found[0].pk))
    # Only in its lessons: the course is called as the reader's lists call it.
    shown: dict[str, Any] = (
        {"language": "", "title": [Part(course.title, False)], "excerpt": []}
        if own is None
        else _shown(own, words)
    )
    return FoundCourse(
        course=course,
        lessons=[
            FoundLesson(lesson=lesson, **_shown(row, words)) for lesson, row in lessons[:LESSONS]
        ],
        more_lessons=max(0, len(lessons) - LESSONS),
        **shown,
    )


def _count(row: SearchText, words: Sequence[str]) -> int:
    texts = [row.folded_title, row.folded_summary, row.folded_body]
    return sum(any(word in text for text in texts) for word in words)


def _shown(row: SearchText, words: Sequence[str]) -> dict[str, Any]:
    return {
        "language": row.language,
        "title": marked(row.title, words),
        "excerpt": excerpt(row.summary, row.folded_summary, words)
        or excerpt(row.body, row.folded_body, words),
    }
