"""A course as a version published it, or as it is drafted now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from wagtail.models import Page, Revision

from courses.authoring.drafts import as_drafted, course_draft, is_translation
from courses.catalogue.models import Activity, ActivityVersion, Course, CourseVersion
from courses.catalogue.translations import ActivityTranslation, TranslatedVersion
from courses.exercises.models import ExerciseContent
from courses.h5p.models import H5PContent

# Why a page of a version cannot be shown: somebody deleted it, or its revision was tidied away.
Missing = Literal["", "deleted", "purged"]


@dataclass(frozen=True)
class PageState:
    """A page in a version. `page` None = nothing is left but its title; `missing` says why.

    `parent` is the id of the page above; None = not known.
    """

    pk: int
    title: str
    page: Any | None
    parent: int | None
    revision: Revision | None = None
    missing: Missing = ""


@dataclass(frozen=True)
class ActivityState:
    """An activity in a version, or a lesson for its rule.

    Attributes:
        number: of its version; None = the draft.
        counts_earlier: whether completions of earlier versions count since.
        content: what plays, in the language of the course version; None = no H5P.
        exercise: the data exercise; None = it is none.
        instructions: its task, in the language of the course version.
        version: None = the draft.
    """

    activity: Activity
    number: int | None
    title: str
    pass_mark: float | None
    counts_earlier: bool
    content: H5PContent | None
    exercise: ExerciseContent | None = None
    instructions: str = ""
    version: ActivityVersion | None = None
    translation: TranslatedVersion | None = None

    @property
    def rule(self) -> ActivityVersion | Activity:
        """What says when it is done and what it grants."""
        return self.version or self.activity


@dataclass(frozen=True)
class CourseState:
    """`version` None = the draft. Pages and activities are in course order."""

    version: CourseVersion | None
    pages: tuple[PageState, ...]
    activities: tuple[ActivityState, ...]


def course_versions(course: Course, language: str) -> QuerySet[CourseVersion]:
    """The newest first."""
    return (
        CourseVersion.objects.filter(course=course, language=language)
        .select_related("published_by")
        .order_by("-number")
    )


def version_state(version: CourseVersion) -> CourseState:
    """A version as it was published, as far as it is kept."""
    entries = version.contents["pages"]
    pages = Page.objects.in_bulk([entry["page"] for entry in entries])
    revisions = Revision.objects.in_bulk([entry["revision"] for entry in entries])
    return CourseState(
        version=version,
        pages=tuple(
            _page_state(entry, pages, revisions.get(entry["revision"])) for entry in entries
        ),
        activities=tuple(_activity_states(version)),
    )


def _page_state(
    entry: Mapping[str, Any], pages: Mapping[int, Page], revision: Revision | None
) -> PageState:
    missing: Missing = ""
    if entry["page"] not in pages:
        missing = "deleted"
    elif revision is None:
        missing = "purged"
    return PageState(
        pk=entry["page"],
        title=entry["title"],
        page=revision.as_object() if revision is not None and not missing else None,
        parent=entry.get("parent"),
        revision=revision if not missing else None,
        missing=missing,
    )


def _activity_states(version: CourseVersion) -> Iterable[ActivityState]:
    numbers: Mapping[str, int] = version.contents["activities"]
    versions = {
        (row.activity.key, row.number): row
        for row in ActivityVersion.objects.filter(
            activity__course=version.course, activity__key__in=numbers
        ).select_related("activity", "content__main_library", "exercise")
    }
    translated_numbers: Mapping[str, int] = version.contents.get("translations", {})
    translations = {
        (row.activity.key, row.number): row
        for row in TranslatedVersion.objects.filter(
            activity__course=version.course,
            activity__key__in=translated_numbers,
            language=version.language,
        ).select_related("activity", "content__main_library")
    }
    for key, number in numbers.items():
        row = versions.get((key, number))
        if row is None:
            continue
        yield _published(row, translations.get((key, translated_numbers.get(key, 0))))


def _published(row: ActivityVersion, translation: TranslatedVersion | None) -> ActivityState:
    content = translation.content if translation is not None else None
    title = translation.title if translation is not None else ""
    return ActivityState(
        activity=row.activity,
        number=row.number,
        title=title or row.title_ja,
        pass_mark=row.pass_mark,
        counts_earlier=row.counts_earlier,
        content=content or row.content,
        exercise=row.exercise,
        instructions=_task(row.exercise, translation),
        version=row,
        translation=translation,
    )


def activity_states(activity: Activity) -> list[ActivityState]:
    """The draft of an activity in its own language, then what was published of it, newest first."""
    versions = activity.versions.select_related("activity", "content__main_library", "exercise")
    return [
        _drafted(as_drafted(activity), None),
        *(_published(row, None) for row in versions.order_by("-number")),
    ]


def draft_state(page: Any) -> CourseState:
    """The course of a course page as drafted, in its language."""
    draft = course_draft(page)
    above = {item.path: item.pk for item in draft.pages}
    translations = {}
    if is_translation(page):
        translations = {
            row.activity_id: row
            for row in ActivityTranslation.objects.filter(
                activity__in=[item.pk for item in draft.activities],
                language=page.locale.language_code,
            ).select_related("content__main_library")
        }
    return CourseState(
        version=None,
        pages=tuple(
            PageState(item.pk, item.title, item, above.get(item.path[: -item.steplen]))
            for item in draft.pages
        ),
        activities=tuple(
            _drafted(activity, translations.get(activity.pk))
            for activity in (*(() if is_translation(page) else draft.rules), *draft.activities)
        ),
    )


def _drafted(activity: Activity, translation: ActivityTranslation | None) -> ActivityState:
    title = translation.title if translation is not None else ""
    return ActivityState(
        activity=activity,
        number=None,
        title=title or activity.title_ja,
        pass_mark=activity.pass_mark,
        counts_earlier=activity.earlier_count,
        content=activity.content,
        exercise=activity.exercise,
        instructions=_task(activity.exercise, translation),
    )


def _task(
    exercise: ExerciseContent | None, translation: ActivityTranslation | TranslatedVersion | None
) -> str:
    if exercise is None:
        return ""
    return (translation.instructions if translation else "") or exercise.instructions_ja


@dataclass(frozen=True)
class Summary:
    """How a version differs from the one before, in numbers. `is_first` = there is none before."""

    is_first: bool
    pages_added: int = 0
    pages_removed: int = 0
    pages_changed: int = 0
    activities_added: int = 0
    activities_removed: int = 0
    activities_changed: int = 0

    @property
    def is_same(self) -> bool:
        return not self.is_first and self == Summary(is_first=False)


def summary(version: CourseVersion, before: CourseVersion | None) -> Summary:
    """What changed, read from the two versions' own contents."""
    if before is None:
        return Summary(is_first=True)
    old_pages, new_pages = (_revisions(row) for row in (before, version))
    old, new = (_numbers(row) for row in (before, version))
    return Summary(
        is_first=False,
        pages_added=len(new_pages.keys() - old_pages.keys()),
        pages_removed=len(old_pages.keys() - new_pages.keys()),
        pages_changed=_changed(old_pages, new_pages),
        activities_added=len(new.keys() - old.keys()),
        activities_removed=len(old.keys() - new.keys()),
        activities_changed=_changed(old, new),
    )


def _revisions(version: CourseVersion) -> dict[int, int]:
    return {entry["page"]: entry["revision"] for entry in version.contents["pages"]}


def _numbers(version: CourseVersion) -> dict[str, tuple[int, int | None]]:
    translated = version.contents.get("translations", {})
    return {
        key: (number, translated.get(key)) for key, number in version.contents["activities"].items()
    }


def _changed(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> int:
    return sum(old[key] != new[key] for key in old.keys() & new.keys())
