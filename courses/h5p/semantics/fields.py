"""One field of a content type, understood. `reading` makes them from semantics.json."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from courses.h5p.library import LibraryName
from courses.h5p.semantics.html import NO_HTML, AllowedHtml

# Kinds of field that hold files: audio and video a list of them, one film in several formats.
MEDIA = frozenset({"image", "audio", "video", "file"})
TEXTS = frozenset({"text", "textarea", "html", "color"})


class Absent(Enum):
    """There is no value, which is another thing than null."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Rule:
    """`path` leads to another field, from the group the field stands in: "a/b", "../c"."""

    path: str
    equals: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ShowWhen:
    """The field is shown when all of the rules, or one of them, hold."""

    all_needed: bool
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    value: Any
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a content type.

    Attributes:
        name: key in the group it stands in; empty for the items of a list.
        kind: text, textarea, html, color, number, boolean, select, list, group, library, image,
            audio, video, file; unknown = none of them, any value may stay.
        hidden: the editor shows no input for it.
        minimum, maximum: of a number, or of how many items a list has.
        html: what of HTML may stand in it; only for kind html.
        libraries: what a field of kind library offers, in order.
        is_single: a group of one field, stored as that field's value without an object around.
        is_sub_content: a group with a `subContentId` of its own.
    """

    name: str
    kind: str
    label: str = ""
    description: str = ""
    placeholder: str = ""
    entity: str = ""
    importance: str = "low"
    common: bool = False
    optional: bool = False
    hidden: bool = False
    default: Any = ABSENT
    show_when: ShowWhen | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    decimals: int | None = None
    max_length: int | None = None
    regexp: tuple[str, str] | None = None
    html: AllowedHtml = NO_HTML
    enter_mode: str = "p"
    options: tuple[Option, ...] = ()
    multiple: bool = False
    libraries: tuple[LibraryName, ...] = ()
    extensions: tuple[str, ...] = ()
    default_number: int = 0
    item: "Field | None" = None
    fields: tuple["Field", ...] = ()
    is_single: bool = False
    is_sub_content: bool = False


def is_number(value: Any) -> bool:
    """A finite number; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def stored_kind(field: Field) -> str:
    """The kind of the value that is stored for the field."""
    while field.is_single:
        field = field.fields[0]
    return field.kind
