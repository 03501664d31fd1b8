"""What of the HTML in content may stay. Cleaning what is clean changes nothing."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from html.entities import html5
from typing import Any

from courses.h5p.semantics.fields import Field
from courses.h5p.semantics.html import clean_html
from courses.h5p.semantics.walk import Node, SemanticsOf, changed, walk

# A character reference, or a character that HTML would take for something.
SPECIAL = re.compile(
    r"""&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[&<>"']""", re.ASCII
)
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})
PLAIN = frozenset({"text", "textarea"})


def _escaped_once(found: re.Match[str]) -> str:
    text = found[0]
    is_known = text[1:] in html5 or text[1:2] == "#"
    return (unescape(text) if is_known else text).translate(ESCAPES)


def escaped(text: str) -> str:
    """Plain text as content holds it: types put it into their pages as HTML.

    A character reference stands for its character, as in the core (htmlspecialchars without
    double_encode), so that saving again does not escape again. One text has one form.
    """
    return SPECIAL.sub(_escaped_once, text)


def _cleaned(node: Node) -> Any:
    if not isinstance(node.value, str):
        return node.value
    if node.field.kind == "html":
        return clean_html(node.value, node.field.html)
    return escaped(node.value)


def clean(
    fields: Iterable[Field], params: Mapping[str, Any], semantics_of: SemanticsOf
) -> dict[str, Any]:
    """The content with only the HTML that its semantics allow, also where a field is hidden."""
    return changed(
        params,
        {
            node.keys: _cleaned(node)
            for node in walk(fields, params, semantics_of)
            if node.field.kind in PLAIN | {"html"} and isinstance(node.value, str)
        },
    )


def _as_typed(text: str) -> str:
    """References resolved, unless cleaning would then resolve a second one: `&amp;lt;`."""
    typed = unescape(text)
    return typed if escaped(typed) == escaped(text) else text


def editable(
    fields: Iterable[Field], params: Mapping[str, Any], semantics_of: SemanticsOf
) -> dict[str, Any]:
    """The content as an author types it: plain text with < and & instead of references."""
    return changed(
        params,
        {
            node.keys: _as_typed(node.value)
            for node in walk(fields, params, semantics_of)
            if node.field.kind in PLAIN and isinstance(node.value, str)
        },
    )
