"""A course as the rules look at it: what it shows, each piece with its spot. No Django.

Rules never meet a page, a row or a block; `reading` makes this from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from courses.authoring.check.findings import Spot
from courses.authoring.check.markup import Markup


@dataclass(frozen=True)
class Passage:
    """Running text. `is_body` = part of a lesson's text, in which headings and length count."""

    spot: Spot
    markup: Markup
    is_body: bool = False


@dataclass(frozen=True)
class Picture:
    """`text` empty = no alternative text, and it is not said to be decoration."""

    spot: Spot
    name: str
    text: str
    is_decoration: bool = False


@dataclass(frozen=True)
class Film:
    spot: Spot
    title: str
    has_captions: bool
    has_transcript: bool


@dataclass(frozen=True)
class Address:
    """A link that is not part of running text. `host` empty = it stays on the site."""

    spot: Spot
    host: str
    address: str


@dataclass(frozen=True)
class Paint:
    """A colour an author chose. `behind` = what it stands on; it is text or a mere shape."""

    spot: Spot
    name: str
    colour: str
    behind: str
    is_text: bool


@dataclass(frozen=True)
class ActivityMaterial:
    """An activity. `texts` are its words, `common` those of its type: buttons and messages.

    `kind` = as of the catalogue. `is_checked` = more than the learner's word makes it done.
    `has_content` false = there is nothing to do in it yet. `missing` = what its content lacks, in
    words, field by field. `types` = machine names, its own first. `covers` = keys of the lessons
    that it grants as a question of the test-out.
    """

    spot: Spot
    title_ja: str
    is_checked: bool
    has_content: bool
    kind: str = "h5p"
    is_graded_by_server: bool = True
    covers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    texts: tuple[Passage, ...] = ()
    common: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    films: tuple[Film, ...] = ()
    addresses: tuple[Address, ...] = ()
    paints: tuple[Paint, ...] = ()


@dataclass(frozen=True)
class LessonMaterial:
    """A lesson. `gaps` = blocks whose value is gone, e.g. of a deleted image.

    Attributes:
        completion: `Activity.Completion`, when it is done; `minutes` belong to it.
        rule_spot: where that is set; None = as `spot`.
    """

    spot: Spot
    title: str
    key: str = ""
    completion: str = "viewed"
    minutes: int | None = None
    rule_spot: Spot | None = None
    passages: tuple[Passage, ...] = ()
    pictures: tuple[Picture, ...] = ()
    films: tuple[Film, ...] = ()
    addresses: tuple[Address, ...] = ()
    activities: tuple[ActivityMaterial, ...] = ()
    gaps: tuple[Spot, ...] = ()

    @property
    def is_test_out(self) -> bool:
        return self.completion == "test_out"

    @property
    def graded(self) -> list[ActivityMaterial]:
        return [row for row in self.activities if row.is_checked and row.kind != "workshop"]

    @property
    def is_empty(self) -> bool:
        has_text = any(passage.is_body and passage.markup.text for passage in self.passages)
        return not (has_text or self.pictures or self.films or self.addresses or self.activities)


@dataclass(frozen=True)
class CourseMaterial:
    """A course in one language.

    Attributes:
        minutes: planned learning time; None = the author did not say.
        introduction: all the words of the course page itself.
        promises: what finishing it gives, in words; empty = nothing.
        allowed_hosts: hosts that learners reach.
        minutes_spot: where the planned time is written.
    """

    spot: Spot
    language: str
    title: str
    minutes: int | None
    minutes_spot: Spot
    introduction: tuple[Passage, ...] = ()
    lessons: tuple[LessonMaterial, ...] = ()
    promises: tuple[str, ...] = ()
    allowed_hosts: frozenset[str] = frozenset()

    @property
    def is_in_japanese(self) -> bool:
        return self.language.startswith("ja")

    @property
    def activities(self) -> Iterator[ActivityMaterial]:
        for lesson in self.lessons:
            yield from lesson.activities

    @property
    def passages(self) -> Iterator[Passage]:
        """Every running text that an author wrote."""
        yield from self.introduction
        for lesson in self.lessons:
            yield from lesson.passages
            for activity in lesson.activities:
                yield from activity.texts

    @property
    def pictures(self) -> Iterator[Picture]:
        for lesson in self.lessons:
            yield from lesson.pictures
            for activity in lesson.activities:
                yield from activity.pictures

    @property
    def films(self) -> Iterator[Film]:
        for lesson in self.lessons:
            yield from lesson.films
            for activity in lesson.activities:
                yield from activity.films

    @property
    def addresses(self) -> Iterator[Address]:
        for lesson in self.lessons:
            yield from lesson.addresses
            for activity in lesson.activities:
                yield from activity.addresses
