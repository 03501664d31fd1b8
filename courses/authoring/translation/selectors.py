"""A course and its translation side by side, as drafted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.coreutils import get_content_languages, get_supported_content_language_variant
from wagtail.models import Locale

from courses.authoring.drafts import CourseDraft, course_draft
from courses.authoring.translation import segments
from courses.authoring.translation.activity_texts import original_units, translated_units
from courses.authoring.translation.models import TranslatedText
from courses.authoring.translation.segments import Made, Pair, State
from courses.authoring.translation.units import RICH, Unit, block_ids, page_units
from courses.catalogue.models import Activity, Course
from courses.catalogue.pages import CoursePageMixin, LessonPageMixin, ModulePageMixin
from courses.catalogue.selectors import course_pages
from courses.catalogue.translations import ActivityTranslation

# A row that is one whole text, whose paragraphs are no longer those of the original.
RESTRUCTURED = "restructured"
WHOLE = "all"


@dataclass(frozen=True)
class Row:
    """One text side by side. `target` empty = not translated; `id` names this very source."""

    id: str
    label: str
    kind: str
    source: str
    target: str
    state: State
    longest: int | None


@dataclass(frozen=True)
class UnitPair:
    """A unit of the original with the same one of the translation. `target` None = none yet.

    `made` None = the translation was not made here; what differs is taken for translated.
    """

    source: Unit
    target: Unit | None
    made: tuple[Made, ...] | None

    @cached_property
    def _targets(self) -> tuple[str, ...]:
        return self.target.segments if self.target is not None else ()

    @cached_property
    def is_restructured(self) -> bool:
        """Whether somebody gave the text other paragraphs, in the editor of its page."""
        expected = len(self.source.segments) if self.made is None else len(self.made)
        is_rich = len(self.source.parts) == 1 and self.source.parts[0].kind == RICH
        return is_rich and bool(self._targets) and len(self._targets) != expected

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """One per segment of the original, or one for all of it where it is restructured."""
        sources = self.source.segments
        if self.is_restructured:
            assert self.target is not None  # noqa: S101 - or it would have no paragraphs
            is_current = self.made is None or [made.source for made in self.made] == [
                segments.digest(source) for source in sources
            ]
            state = segments.TRANSLATED if is_current else segments.OUTDATED
            html, other = self.source.parts[0].text, self.target.parts[0].text
            return (Pair(html, other, state, Made(segments.digest(html), True)),)
        made = self.made
        if made is None:
            made = tuple(segments.taken_over(sources, self._targets))
        return tuple(segments.aligned(sources, self._targets, made))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Those that need a translator."""
        parts = [part for part in self.source.parts for _segment in part.segments]
        if self.is_restructured:
            parts = list(self.source.parts)
        return tuple(
            Row(
                id=self.row_id(number),
                label=" › ".join(part.labels),
                kind=RESTRUCTURED if self.is_restructured else part.kind,
                source=pair.source,
                target=pair.target,
                state=pair.state,
                longest=part.longest,
            )
            for number, (part, pair) in enumerate(zip(parts, self.pairs, strict=True))
            if segments.has_words(pair.source)
        )

    def row_id(self, number: int) -> str:
        """Names the row and its source: a text for another source is for no row."""
        where = WHOLE if self.is_restructured else str(number)
        return f"{self.source.place}#{where}~{segments.digest(self.pairs[number].source)}"


@dataclass(frozen=True)
class Subject:
    """A page or an activity of the course, with its translation. None = there is none yet."""

    original: Any
    translation: Any | None
    units: tuple[UnitPair, ...]

    @property
    def kind(self) -> str:
        kinds = {
            CoursePageMixin: "course",
            ModulePageMixin: "module",
            LessonPageMixin: "lesson",
            Activity: "activity",
        }
        return next(kind for cls, kind in kinds.items() if isinstance(self.original, cls))

    @property
    def key(self) -> str:
        """Names it on the screen."""
        if isinstance(self.original, Activity):
            return f"activity-{self.original.key}"
        return f"{self.kind}-{self.original.pk}"

    @property
    def title(self) -> str:
        if isinstance(self.original, Activity):
            return self.original.title_ja
        title: str = self.original.title
        return title

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for unit in self.units for row in unit.rows)


@dataclass(frozen=True)
class Leftover:
    """Something that only the translation has. `block` empty = the whole page."""

    page: Any
    block: str


@dataclass(frozen=True)
class CourseTranslation:
    """A course side by side in two languages, as drafted.

    Attributes:
        original: the course page in the course's own language.
        page: the course page in the other one; None = the translation was not started.
        is_in_line: False = pages or blocks are missing in the translation, or stand elsewhere.
    """

    original: Any
    page: Any | None
    language: str
    subjects: tuple[Subject, ...]
    leftovers: tuple[Leftover, ...]
    is_in_line: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for subject in self.subjects for row in subject.rows)

    @property
    def counts(self) -> Mapping[State, int]:
        return segments.count_states(row.state for row in self.rows)


def original_page(course: Course) -> Any:
    """The course's page in its own language: the site's first, where it has one there."""
    return course_pages(course)[0]


def translation_of(page: Any, language: str) -> Any | None:
    """The page in another language; None = there is none."""
    locale = Locale.objects.filter(language_code=language).first()
    return None if locale is None else page.get_translation_or_none(locale)


def target_languages(original: Any) -> list[str]:
    """What a course may be translated to: the site's other languages."""
    own = get_supported_content_language_variant(original.locale.language_code)
    return [code for code in get_content_languages() if code != own]


def course_translation(course: Course, language: str) -> CourseTranslation:
    """Everything of the course that is to be translated, with what there is of it."""
    original = course_draft(original_page(course))
    page = translation_of(original.page, language)
    translated = course_draft(page) if page is not None else None
    pages = {item.translation_key: item for item in translated.pages} if translated else {}
    subjects = tuple(_subjects(original, pages, language))
    return CourseTranslation(
        original=original.page,
        page=translated.page if translated else None,
        language=language,
        subjects=subjects,
        leftovers=tuple(_leftovers(original, pages)),
        is_in_line=_is_in_line(original, translated, pages),
    )


def untranslated(course: Course, language: str) -> list[Row]:
    """What is still to be translated, in course order."""
    return [
        row
        for row in course_translation(course, language).rows
        if row.state == segments.UNTRANSLATED
    ]


def _subjects(original: CourseDraft, pages: Mapping[Any, Any], language: str) -> Iterable[Subject]:
    memory = {
        row.place: tuple(Made(**item) for item in row.made)
        for row in TranslatedText.objects.filter(course=original.course, language=language)
    }
    translations = {
        row.activity_id: row
        for row in ActivityTranslation.objects.filter(
            activity__in=[item.pk for item in original.activities], language=language
        ).select_related("content__main_library", "made_from__main_library")
    }
    activities = {lesson.page.pk: lesson.activities for lesson in original.lessons}
    shown: set[int] = set()
    for page in original.pages:
        other = pages.get(page.translation_key)
        targets = page_units(other, original=page.pk) if other is not None else []
        yield Subject(page, other, _paired(page_units(page, original=page.pk), targets, memory))
        for activity in activities.get(page.pk, ()):
            if activity.pk not in shown:
                shown.add(activity.pk)
                translation = translations.get(activity.pk)
                units = original_units(activity, language)
                targets = translated_units(activity, translation, language)
                yield Subject(activity, translation, _paired(units, targets, memory))


def _paired(
    sources: Sequence[Unit], targets: Sequence[Unit], memory: Mapping[str, tuple[Made, ...]]
) -> tuple[UnitPair, ...]:
    there = {unit.place: unit for unit in targets}
    return tuple(UnitPair(unit, there.get(unit.place), memory.get(unit.place)) for unit in sources)


def _leftovers(original: CourseDraft, pages: Mapping[Any, Any]) -> Iterable[Leftover]:
    sources = {page.translation_key: page for page in original.pages}
    for key, page in pages.items():
        if key not in sources:
            yield Leftover(page, "")
            continue
        own = block_ids(sources[key])
        for block, label in block_ids(page).items():
            if block not in own:
                yield Leftover(page, label)


def _is_in_line(
    original: CourseDraft, translated: CourseDraft | None, pages: Mapping[Any, Any]
) -> bool:
    """Whether the translation has the pages and blocks of the original, in the same order."""
    if translated is None:
        return False
    wanted = [page.translation_key for page in original.pages]
    keys = set(wanted)
    if [
        page.translation_key for page in translated.pages if page.translation_key in keys
    ] != wanted:
        return False
    return all(
        list(block_ids(page)) == list(block_ids(pages[page.translation_key]))
        for page in original.pages
    )
