"""Where the texts of a page stand: its fields, and the texts of the blocks of its body.

Blocks are walked by their type, so a block that a host adds is translated too.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField, StreamField

from courses.authoring.translation.segments import cut
from courses.catalogue.pages import CoursePageMixin, LessonPageMixin, ModulePageMixin

# What a page says to learners, by what it is.
PAGE_FIELDS: Mapping[type, tuple[str, ...]] = {
    CoursePageMixin: ("title", "summary", "introduction"),
    ModulePageMixin: ("title",),
    LessonPageMixin: ("title", "body"),
}
# What is not text and the same in every language.
SHARED_FIELDS: Mapping[type, tuple[str, ...]] = {CoursePageMixin: ("minutes", "measures")}

PLAIN, LINES, RICH = "plain", "lines", "rich"


@dataclass(frozen=True, slots=True)
class Part:
    """One text: a field, a text of a block, a text of an activity.

    Attributes:
        key: names it within its unit.
        labels: of what it stands in and its own, outermost first.
        kind: plain, lines (may have several) or rich (HTML).
        longest: in characters; None = no limit.
    """

    key: str
    labels: tuple[str, ...]
    kind: str
    text: str
    longest: int | None = None

    @property
    def segments(self) -> tuple[str, ...]:
        if self.kind == RICH:
            return cut(self.text).segments
        return (self.text,) if self.text.strip() else ()

    def with_segments(self, texts: Sequence[str | None]) -> str:
        """The text with other segments. None = what there is."""
        if self.kind == RICH:
            return cut(self.text).with_segments(texts)
        return next((text for text in texts if text is not None), self.text)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a translation is matched within: a field, or all texts of one kind of an activity.

    `place` names it within its course for ever: `p12:body.<block id>.text`, `a:Q1:title`.
    """

    place: str
    parts: tuple[Part, ...]

    @property
    def segments(self) -> tuple[str, ...]:
        return tuple(segment for part in self.parts for segment in part.segments)

    def with_segments(self, texts: Sequence[str | None]) -> dict[str, str]:
        """Key of each part -> its text with other segments. None = what there is."""
        waiting = iter(texts)
        return {
            part.key: part.with_segments([next(waiting) for _segment in part.segments])
            for part in self.parts
        }


def of_kind(table: Mapping[type, tuple[str, ...]], page: Any) -> tuple[str, ...]:
    """The entry of the page's mixin."""
    return next((names for mixin, names in table.items() if isinstance(page, mixin)), ())


# --- blocks ---------------------------------------------------------------------------------

# A text of a block: its path, labels, kind, text and limit; answers with the text to put there.
Visit = Callable[[Part], str]


def _label(block: Any, name: str = "") -> str:
    return capfirst(str(block.label or name))


def _longest(block: Any) -> int | None:
    limits = [v.limit_value for v in block.field.validators if isinstance(v, MaxLengthValidator)]
    return min(limits, default=None)


def _text(kind: str) -> Callable[..., Any]:
    def visited(block: Any, raw: Any, path: str, labels: tuple[str, ...], visit: Visit) -> Any:
        if not isinstance(raw, str) or not raw.strip():
            return raw
        longest = None if kind == RICH else _longest(block)
        return visit(Part(path, labels, kind, raw, longest))

    return visited


def _stream(block: Any, raw: Any, path: str, labels: tuple[str, ...], visit: Visit) -> Any:
    return [
        item
        | {
            "value": _walked(
                block.child_blocks[item["type"]],
                item["value"],
                f"{path}.{item['id']}",
                (*labels, _label(block.child_blocks[item["type"]], item["type"])),
                visit,
            )
        }
        for item in raw or []
        if item["type"] in block.child_blocks
    ]


def _list(block: Any, raw: Any, path: str, labels: tuple[str, ...], visit: Visit) -> Any:
    return [
        item
        | {
            "value": _walked(
                block.child_block,
                item["value"],
                f"{path}.{item['id']}",
                (*labels, str(number)),
                visit,
            )
        }
        for number, item in enumerate(raw or [], start=1)
    ]


def _struct(block: Any, raw: Any, path: str, labels: tuple[str, ...], visit: Visit) -> Any:
    if not isinstance(raw, dict):
        return raw
    return raw | {
        name: _walked(child, raw[name], f"{path}.{name}", (*labels, _label(child, name)), visit)
        for name, child in block.child_blocks.items()
        if name in raw
    }


# The nearest class of the block decides. Addresses and dates are char blocks to nobody.
WALKS: Mapping[type, Callable[..., Any]] = {
    blocks.StreamBlock: _stream,
    blocks.ListBlock: _list,
    blocks.StructBlock: _struct,
    blocks.RichTextBlock: _text(RICH),
    blocks.TextBlock: _text(LINES),
    blocks.CharBlock: _text(PLAIN),
}


def _walked(block: Any, raw: Any, path: str, labels: tuple[str, ...], visit: Visit) -> Any:
    walk = next((WALKS[cls] for cls in type(block).__mro__ if cls in WALKS), None)
    return raw if walk is None else walk(block, raw, path, labels, visit)


# --- pages ----------------------------------------------------------------------------------


def _field_parts(page: Any, name: str, visit: Visit) -> Any:
    """The field's value with what `visit` answers for each of its texts."""
    field = page._meta.get_field(name)
    label = capfirst(str(field.verbose_name))
    if isinstance(field, StreamField):
        stream = getattr(page, name)
        raw = stream.stream_block.get_prep_value(stream)
        walked = _walked(stream.stream_block, raw, name, (), visit)
        return StreamValue(stream.stream_block, walked, is_lazy=True)
    value = getattr(page, name)
    if not isinstance(value, str) or not value.strip():
        return value
    is_rich = isinstance(field, RichTextField)
    kind = RICH if is_rich else LINES if field.max_length is None else PLAIN
    return visit(Part(name, (label,), kind, value, field.max_length))


def page_units(page: Any, *, original: int) -> list[Unit]:
    """The texts of a page as drafted, in order.

    Args:
        original: id of the page in the course's own language; places are named after it.
    """
    found: list[Unit] = []

    def note(part: Part) -> str:
        found.append(Unit(f"p{original}:{part.key}", (part,)))
        return part.text

    for name in of_kind(PAGE_FIELDS, page):
        _field_parts(page, name, note)
    return found


def set_texts(page: Any, original: Any, texts: Mapping[str, str]) -> None:
    """Make a page say what its original says, in other words. Does not save.

    Args:
        texts: key of a part -> its text; what is missing is as in the original.
    """
    for name in of_kind(PAGE_FIELDS, original):
        setattr(page, name, _field_parts(original, name, lambda p: texts.get(p.key, p.text)))
    for name in of_kind(SHARED_FIELDS, original):
        setattr(page, name, getattr(original, name))


def block_ids(page: Any) -> dict[str, str]:
    """Id -> label of every block of a lesson's body, outermost ones only."""
    if not isinstance(page, LessonPageMixin):
        return {}
    return {block.id: _label(block.block, block.block_type) for block in page.body}


def pattern_of(path: str) -> str:
    """The path of a text of an activity without its numbers: `answers[*].text`."""
    return re.sub(r"\[\d+\]", "[*]", path)
