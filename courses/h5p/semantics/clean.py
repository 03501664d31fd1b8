"""What of the HTML in content may stay. Cleaning what is clean changes nothing."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from courses.h5p.semantics.fields import Field
from courses.h5p.semantics.html import clean_html
from courses.h5p.semantics.walk import Node, SemanticsOf, changed, walk

# An ampersand that does not begin a character reference.
BARE_AMPERSAND = re.compile(
    r"&(?!(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)", re.ASCII
)
ESCAPES = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})
PLAIN = frozenset({"text", "textarea"})


def escaped(text: str) -> str:
    """Plain text as content holds it: types put it into their pages as HTML.

    Character references stay as they are, as in the core (htmlspecialchars without
    double_encode), so that saving again does not escape again.
    """
    return BARE_AMPERSAND.sub("&amp;", text).translate(ESCAPES)


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
    return typed if unescape(escaped(typed)) == typed else text


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
