"""What a translator must translate in content, and content with the translations in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from courses.h5p.semantics.fields import Field
from courses.h5p.semantics.reading import plain
from courses.h5p.semantics.walk import Node, SemanticsOf, changed, keys_to, path_of, walk

TRANSLATED = frozenset({"text", "textarea", "html"})


@dataclass(frozen=True, slots=True)
class Text:
    """One text of content.

    Attributes:
        path: `answers[2].text`.
        label: of the field and what is around it, e.g. "Answers › Answer 3 › Text"; the path,
            where nothing has a label.
        value: HTML where `kind` is "html"; otherwise plain, references resolved.
        kind: text, textarea or html.
        common: words of the type itself, the same in all its contents: buttons, messages.
    """

    path: str
    label: str
    value: str
    kind: str
    common: bool


def _is_language(text: str) -> bool:
    """Numbers, times and the drop zones of a drag question are texts too, but nobody's words."""
    return any(character.isalpha() for character in text)


def _of(node: Node) -> Iterator[Text]:
    label = " › ".join(node.labels)
    if node.field.kind in TRANSLATED and isinstance(node.value, str):
        is_html = node.field.kind == "html"
        value = node.value if is_html else unescape(node.value)
        if _is_language(plain(value) if is_html else value):
            yield Text(node.path, label or node.path, value, node.field.kind, node.common)
    elif node.field.kind == "library" and isinstance(node.value, dict):
        # Chapters of a book and slides of a set are called by the title of what is in them.
        about = node.value.get("metadata")
        title = about.get("title") if isinstance(about, dict) else None
        if isinstance(title, str) and _is_language(title):
            path = path_of((*node.keys, "metadata", "title"))
            yield Text(path, label or path, unescape(title), "text", node.common)


def texts(
    fields: Iterable[Field], params: Mapping[str, Any], semantics_of: SemanticsOf
) -> list[Text]:
    """Every text that learners may see, in order of the form; hidden fields are left out."""
    return [text for node in walk(fields, params, semantics_of) if node.shown for text in _of(node)]


def with_texts(params: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The content with other texts, by path. Paths that lead nowhere are left out."""
    placed = {keys_to(path, params): value for path, value in values.items()}
    return changed(params, {keys: value for keys, value in placed.items() if keys})
