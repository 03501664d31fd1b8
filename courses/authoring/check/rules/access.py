"""Rules about who is shut out: WCAG 2.2 AA as far as an author decides it."""

import re
from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.authoring.check.colours import (
    OTHER_CONTRAST,
    TEXT_CONTRAST,
    WHITE,
    Colour,
    contrast,
    parse_colour,
)
from courses.authoring.check.findings import Fault, Spot
from courses.authoring.check.material import CourseMaterial
from courses.h5p.accessibility import Status, accessibility_of

# The page shows the lesson's title as the first heading.
TITLE_LEVEL = 1
# About three minutes of reading.
LONG_TEXT = 1500
FILE_NAME = re.compile(
    r"\S+\.(jpe?g|png|gif|svg|webp|bmp|avif)\Z|(img|dsc|image|screenshot)[_\- ]?\d+\Z",
    re.IGNORECASE,
)
QUOTED = 40


def quoted(text: str) -> str:
    """The beginning of a text, long enough to find it by."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def image_without_text(course: CourseMaterial) -> Iterator[Fault]:
    detail = _(
        "“%(picture)s”: who does not see it learns nothing of it. Write what it shows, or mark "
        "it as decoration. (WCAG 1.1.1)"
    )
    for picture in course.pictures:
        if not picture.text.strip() and not picture.is_decoration:
            yield Fault(picture.spot, detail % {"picture": picture.name})
    for passage in course.passages:
        for name in passage.markup.pictures_without_text:
            yield Fault(passage.spot, detail % {"picture": name})


def image_text_is_file_name(course: CourseMaterial) -> Iterator[Fault]:
    for picture in course.pictures:
        if not picture.is_decoration and FILE_NAME.match(picture.text.strip()):
            yield Fault(
                picture.spot,
                _("A screen reader says “%(text)s”. Write what the picture shows.")
                % {"text": picture.text.strip()},
            )


def video_without_captions(course: CourseMaterial) -> Iterator[Fault]:
    for film in course.films:
        if not film.has_captions and not film.has_transcript:
            yield Fault(
                film.spot,
                _(
                    "“%(film)s” has neither captions nor a transcript: whoever cannot hear, or has "
                    "no loudspeaker at the desk, misses what is said. Add captions (vtt), or "
                    "a transcript if nobody speaks. (WCAG 1.2.2)"
                )
                % {"film": film.title},
            )


def low_contrast(course: CourseMaterial) -> Iterator[Fault]:
    for passage in course.passages:
        for painted in passage.markup.painted:
            yield from _contrast(
                passage.spot, painted.text, painted.colour, painted.behind, TEXT_CONTRAST
            )
    for activity in course.activities:
        for paint in activity.paints:
            colour = parse_colour(paint.colour)
            if colour is not None:
                behind = parse_colour(paint.behind) or WHITE
                needed = TEXT_CONTRAST if paint.is_text else OTHER_CONTRAST
                yield from _contrast(paint.spot, paint.name, colour, behind, needed)


def _contrast(
    spot: Spot, what: str, colour: Colour, behind: Colour, needed: float
) -> Iterator[Fault]:
    ratio = contrast(colour, behind)
    if ratio < needed:
        yield Fault(
            spot,
            _(
                "“%(what)s”: %(colour)s on %(behind)s has a contrast of %(ratio).1f to 1; at least "
                "%(needed).1f to 1 is needed. Choose another colour. (WCAG 1.4.3, 1.4.11)"
            )
            % {
                "what": quoted(what),
                "colour": colour.css,
                "behind": behind.css,
                # Rounded down: 4.49 must not look like enough.
                "ratio": int(ratio * 10) / 10,
                "needed": needed,
            },
        )


def heading_skipped(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in course.lessons:
        level = TITLE_LEVEL
        for passage in lesson.passages:
            if not passage.is_body:
                continue
            for heading in passage.markup.headings:
                if heading.level > level + 1:
                    yield Fault(
                        passage.spot,
                        _(
                            "“%(heading)s” is a heading of level %(level)d, but the one above it "
                            "is of level %(above)d. Use level %(right)d, so that the outline can "
                            "be followed by ear. (WCAG 1.3.1)"
                        )
                        % {
                            "heading": quoted(heading.text),
                            "level": heading.level,
                            "above": level,
                            "right": level + 1,
                        },
                    )
                level = heading.level


def heading_empty(course: CourseMaterial) -> Iterator[Fault]:
    for passage in course.passages:
        if any(not heading.text for heading in passage.markup.headings):
            yield Fault(passage.spot, _("A screen reader stops at it and says nothing. Delete it."))


def heading_faked(course: CourseMaterial) -> Iterator[Fault]:
    for passage in course.passages:
        for text in passage.markup.fake_headings:
            yield Fault(
                passage.spot,
                _(
                    "“%(text)s” is a whole paragraph in bold. If it is a heading, make it one: "
                    "only then can people jump to it."
                )
                % {"text": text},
            )


def heading_missing(course: CourseMaterial) -> Iterator[Fault]:
    for lesson in course.lessons:
        body = [passage.markup for passage in lesson.passages if passage.is_body]
        characters = sum(len(markup.text) for markup in body)
        if characters > LONG_TEXT and not any(markup.headings for markup in body):
            yield Fault(
                lesson.spot,
                _(
                    "%(number)d characters without a heading. Divide the text, so that parts of it "
                    "can be found again."
                )
                % {"number": characters},
            )


def h5p_type_inaccessible(course: CourseMaterial) -> Iterator[Fault]:
    is_japanese = (get_language() or "ja").startswith("ja")
    for activity in course.activities:
        for name in activity.types:
            known = accessibility_of(name)
            if known.status == Status.INACCESSIBLE:
                yield Fault(
                    activity.spot,
                    (_confirmed() if known.verified else _unconfirmed())
                    % {
                        "type": name,
                        "reason": known.reason_ja if is_japanese else known.reason_en,
                        "source": known.source,
                    },
                )


def _confirmed() -> str:
    return _(
        "%(type)s: %(reason)s Use another type, or offer the same task in another form beside it. "
        "(%(source)s)"
    )


def _unconfirmed() -> str:
    return _(
        "%(type)s: %(reason)s This is not confirmed: ask the H5P librarian to compare it with "
        "“%(source)s”. If it is so, use another type, or offer the same task in another form "
        "beside it."
    )
