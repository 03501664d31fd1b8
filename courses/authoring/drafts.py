"""The course as its authors have it: the latest draft of every page and activity, in order.

Reviewing, checking, comparing, translating and publishing all start from here, so what a
reviewer sees, what is checked and what is published cannot differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from courses.catalogue.models import Activity, Course
from courses.catalogue.pages import LessonPageMixin, ModulePageMixin
from courses.catalogue.selectors import course_pages
from courses.catalogue.translations import ActivityTranslation, content_in, title_column

# Blocks of a lesson's body whose value is an activity.
ACTIVITY_BLOCKS = frozenset({"h5p", "exercise", "workshop"})


@dataclass(frozen=True)
class LessonDraft:
    """One row per lesson page. `module` None = the lesson stands straight below the course.

    `page` is the draft; `lesson` and `activities` are drafts too, these in the order of their
    blocks.
    """

    page: Any
    module: Any | None
    lesson: Activity
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class CourseDraft:
    """A course in one language. `page` and `modules` are drafts."""

    page: Any
    modules: tuple[Any, ...]
    lessons: tuple[LessonDraft, ...]

    @property
    def course(self) -> Course:
        row: Course = self.page.course
        return row

    @property
    def language(self) -> str:
        """`ja` or `en`: which columns of the catalogue the pages' texts belong to."""
        return "ja" if self.page.locale.language_code.startswith("ja") else "en"

    @property
    def pages(self) -> tuple[Any, ...]:
        """Every page in tree order, the course page first."""
        below = [*self.modules, *(lesson.page for lesson in self.lessons)]
        return (self.page, *sorted(below, key=lambda page: page.path))

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Every activity once, in the order a learner meets it."""
        found = {item.pk: item for lesson in self.lessons for item in lesson.activities}
        return tuple(found.values())

    @property
    def rules(self) -> tuple[Activity, ...]:
        """The lessons whose author has said when they are done."""
        return tuple(item.lesson for item in self.lessons if item.lesson.latest_revision_id)


def is_translation(page: Any) -> bool:
    """Whether a course page shows its course in another language than its own."""
    return bool(course_pages(page.course)[0].locale_id != page.locale_id)


def is_test_out(lesson: Activity) -> bool:
    return lesson.completion == Activity.Completion.TEST_OUT


def as_drafted(row: Any) -> Any:
    """The latest draft of a page or an activity; the row itself where there is none."""
    return row.get_latest_revision_as_object()


def activities_of(page: Any) -> list[Activity]:
    """The activities that a lesson page's body shows, as rows, in order."""
    return [
        block.value
        for block in page.body
        if block.block_type in ACTIVITY_BLOCKS and block.value is not None
    ]


def course_draft(course_page: Any) -> CourseDraft:
    """The course below a course page as drafted. Pages that were never published are in it.

    In a translated course, activities are as its publication would leave them: what is drafted of
    an activity itself is published with the original.

    Args:
        course_page: a page of a model with `CoursePageMixin`.
    """
    below = [as_drafted(page) for page in _pages_below(course_page)]
    modules = {page.path: page for page in _of(ModulePageMixin, below)}
    lessons = _of(LessonPageMixin, below)
    shown = [item for page in lessons for item in activities_of(page)]
    rows = [page.lesson for page in lessons]
    if is_translation(course_page):
        drafts = _translated(shown, course_page.locale.language_code)
        drafts |= {row.pk: row for row in rows}
    else:
        drafts = _drafted([*shown, *rows])
        for row in rows:
            # A lesson is called as its pages are, whatever it was called at the last draft.
            drafts[row.pk].title_ja, drafts[row.pk].title_en = row.title_ja, row.title_en
    return CourseDraft(
        page=as_drafted(course_page),
        modules=tuple(modules.values()),
        lessons=tuple(
            LessonDraft(
                page=page,
                module=modules.get(page.path[: -page.steplen]),
                lesson=drafts[page.lesson_id],
                activities=tuple(drafts[item.pk] for item in activities_of(page)),
            )
            for page in lessons
        ),
    )


def has_checked_activity(course_page: Any) -> bool:
    """Whether the course as drafted has an activity that must be passed or attended."""
    return any(
        row.is_checked
        for lesson in course_draft(course_page).lessons
        if not is_test_out(lesson.lesson)
        for row in lesson.activities
    )


def _pages_below(course_page: Any) -> list[Any]:
    return list(course_page.get_descendants().order_by("path").specific())


def _of(mixin: type, pages: Iterable[Any]) -> list[Any]:
    return [page for page in pages if isinstance(page, mixin)]


def _drafted(rows: Iterable[Activity]) -> dict[int, Activity]:
    wanted = {row.pk for row in rows}
    found = Activity.objects.filter(pk__in=wanted).select_related("latest_revision")
    return {row.pk: as_drafted(row) for row in found}


def _translated(rows: Iterable[Activity], language: str) -> dict[int, Activity]:
    """The activities learners have, with the drafted translations of just these versions."""
    found: dict[int, Activity] = Activity.objects.in_bulk({row.pk for row in rows})
    drafts = {
        draft.activity_id: draft
        for draft in ActivityTranslation.objects.filter(
            activity__in=found, language=language
        ).select_related("content__main_library")
    }
    for row in found.values():
        draft = drafts.get(row.pk)
        column = title_column(language)
        if draft is not None and draft.title and column is not None:
            setattr(row, column, draft.title)
        if draft is not None and draft.content and draft.made_from_id == row.content_id:
            row.content = draft.content
        else:
            row.content = content_in(row, language)
    return found
