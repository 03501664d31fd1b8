"""H5P content as the rules look at it, read by its types' own semantics."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.html import escape

from courses.authoring.check.findings import Spot
from courses.authoring.check.markup import Markup, host_of
from courses.authoring.check.material import Address, Film, Paint, Passage, Picture
from courses.exceptions import CoursesError
from courses.h5p.content_types import content_types_in, library_fields
from courses.h5p.library import parse_label
from courses.h5p.models import H5PContent
from courses.h5p.semantics.texts import texts
from courses.h5p.semantics.walk import Keys, Node, library_label, walk

# Names that types give to the alternative text of the picture beside it.
ALTERNATIVE = re.compile("alt(text)?$|^alt", re.IGNORECASE)
GROUND = re.compile("back|^bg|fill", re.IGNORECASE)
TEXT = re.compile("text|font|fore|^color$|label", re.IGNORECASE)
CAPTIONS = (".vtt", ".webvtt", ".srt")
WEB_ADDRESS = re.compile(r"(https?:)?//\S+\Z", re.IGNORECASE)


def read_content(content: H5PContent, spot: Spot) -> dict[str, Any]:
    """The fields of `ActivityMaterial` that come from its content.

    A type whose semantics cannot be read has no texts, pictures, films or colours to look at.
    """
    types = (content.main_library.machine_name,)
    try:
        fields = library_fields(library=content.main_library, language=content.language)
        find = content_types_in(content.language)
        nodes = [node for node in walk(fields, content.params, find) if node.shown]
        words = texts(fields, content.params, find)
    except CoursesError:
        return {"types": types}
    return {
        "types": tuple(dict.fromkeys((*types, *_nested(nodes)))),
        "texts": tuple(
            Passage(spot, Markup(word.value if word.kind == "html" else escape(word.value)))
            for word in words
            if not word.common
        ),
        "common": tuple(Markup(word.value).text for word in words if word.common),
        "pictures": tuple(_pictures(nodes, spot)),
        "films": tuple(_films(nodes, spot)),
        "addresses": tuple(_addresses(nodes, spot)),
        "paints": tuple(_paints(nodes, spot)),
    }


def _nested(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        name = parse_label(library_label(node.value)) if node.field.kind == "library" else None
        if name is not None:
            yield name.machine_name


def _beside(node: Node, nodes: Sequence[Node]) -> list[Node]:
    """The fields of the same group."""
    return [other for other in nodes if other.keys[:-1] == node.keys[:-1] and other is not node]


def _name(node: Node) -> str:
    return str(node.keys[-1]) if node.keys else ""


def _path(value: Any) -> str:
    path = value.get("path") if isinstance(value, dict) else None
    return path if isinstance(path, str) else ""


def _pictures(nodes: Sequence[Node], spot: Spot) -> Iterator[Picture]:
    """Pictures whose type lets an author say what they show; others are mere background."""
    for node in nodes:
        if node.field.kind != "image" or not _path(node.value):
            continue
        beside = _beside(node, nodes)
        fields = [other for other in beside if ALTERNATIVE.search(_name(other))]
        own = [other for other in fields if _name(other).startswith(_name(node))]
        for other in (own or fields)[:1]:
            text = other.value if isinstance(other.value, str) else ""
            is_decoration = any(_name(row) == "decorative" and row.value is True for row in beside)
            label = node.labels[-1] if node.labels else _path(node.value)
            yield Picture(spot, label, text, is_decoration)


def _films(nodes: Sequence[Node], spot: Spot) -> Iterator[Film]:
    for node in nodes:
        if node.field.kind != "video" or not isinstance(node.value, list) or not node.value:
            continue
        around: Keys = node.keys[:-1]
        has_captions = any(
            _path(other.value).lower().endswith(CAPTIONS)
            for other in nodes
            if other.field.kind == "file" and other.keys[: len(around)] == around
        )
        label = node.labels[-1] if node.labels else ""
        yield Film(spot, label, has_captions, has_transcript=False)


def _addresses(nodes: Iterable[Node], spot: Spot) -> Iterator[Address]:
    """Links and media by address. HTML has its own links."""
    for node in nodes:
        for address in _addresses_in(node):
            if WEB_ADDRESS.match(address):
                yield Address(spot, host_of(address), address)


def _addresses_in(node: Node) -> list[str]:
    value = node.value
    if node.field.kind in ("audio", "video") and isinstance(value, list):
        return [_path(item) for item in value]
    if node.field.kind in ("image", "file"):
        return [_path(value)]
    if node.field.kind == "text" and isinstance(value, str):
        return [value.strip()]
    if node.field.kind == "group" and isinstance(value, dict):
        # H5P.Link keeps the two halves of its address apart.
        protocol, rest = value.get("protocol"), value.get("url")
        return [f"{protocol}{rest}"] if isinstance(protocol, str) and isinstance(rest, str) else []
    return []


def _paints(nodes: Sequence[Node], spot: Spot) -> Iterator[Paint]:
    """Colours that the author chose, each with the ground beside it where it has one."""
    colours = [node for node in nodes if node.field.kind == "color" and isinstance(node.value, str)]
    for node in colours:
        if GROUND.search(_name(node)) or node.value == node.field.default:
            continue
        grounds = [other.value for other in _beside(node, colours) if GROUND.search(_name(other))]
        yield Paint(
            spot,
            node.labels[-1] if node.labels else _name(node),
            node.value,
            grounds[0] if len(grounds) == 1 else "",
            is_text=bool(TEXT.search(_name(node))),
        )
