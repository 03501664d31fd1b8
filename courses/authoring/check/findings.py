"""What a check says. No Django."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR: some learner is shut out, or nothing is gained; the course cannot go out like this.

    WARNING: wrong for most courses, right for a few. ADVICE: better otherwise.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a course.

    Attributes:
        place: for people, e.g. レッスン「…」のブロック3（画像）.
        url: where it is edited; the admin's editor scrolls there.
        lesson: title of the lesson around it; empty = the course itself.
        order: places in course order have rising numbers.
    """

    place: str
    url: str
    lesson: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that one rule found: where, and what is wrong, why, and how to put it right."""

    spot: Spot
    detail: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One row per fault, as its author reads it. `code` is stable; texts are in their language.

    `lesson` empty = about the course itself.
    """

    code: str
    severity: Severity
    title: str
    detail: str
    place: str
    url: str
    lesson: str = ""
    order: int = 0
