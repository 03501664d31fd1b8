"""What a course page, a lesson page and an activity say, as plain lines."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

import nh3

from courses.catalogue.models import Activity
from courses.catalogue.translations import content_in, instructions_in
from courses.exceptions import CoursesError
from courses.h5p.content_types import content_types_in, library_fields
from courses.h5p.models import H5PContent
from courses.h5p.semantics.texts import texts
from courses.h5p.semantics.walk import walk

END_OF_LINE = re.compile(r"<br\b|</(?:p|h[1-6]|li|div|td|th|blockquote)>", re.IGNORECASE)
# What a learner meets only after answering, and what is to be guessed: not to be found before.
AFTERWARDS = re.compile(r"feedback|solution|\btips?\b|\banswer\b|keyword|correct|wrong", re.I)
# Blanks, words to drag and words to mark stand between asterisks in the text around them.
TO_FILL_IN = re.compile(r"\*[^*\n]+\*")
BLANK = "＿＿"


def lines_of(html: str) -> str:
    """HTML as plain text, a line per paragraph, heading or item."""
    broken = END_OF_LINE.sub(lambda match: f"\n{match.group()}", html)
    return _tidy(unescape(nh3.clean(broken, tags=set())))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _video(value: Any) -> str:
    return f"{value['title']}\n{value['transcript']}"


def _callout(value: Any) -> str:
    return f"{value['title']}\n{lines_of(value['text'].source)}"


BLOCKS: Mapping[str, Callable[[Any], str]] = {
    "rich_text": lambda value: lines_of(value.source),
    "image": lambda value: value.contextual_alt_text or "",
    "video": _video,
    "document": lambda value: value.title,
    "callout": _callout,
}


def lesson_text(page: Any, *, language: str) -> str:
    """What the body of a live lesson page says, with what its published activities say.

    Args:
        language: of the reader: the activities are those that are played in it.
    """
    said: list[str] = []
    for block in page.body:
        if block.value is None:
            continue
        if isinstance(block.value, Activity):
            said += activity_texts(block.value, language=language)
        elif block.block_type in BLOCKS:
            said.append(BLOCKS[block.block_type](block.value))
    return _tidy("\n".join(said))


def activity_texts(activity: Activity, *, language: str) -> Iterator[str]:
    """The title and the texts of an activity that learners have; none of one they do not have."""
    if not activity.live or not activity.is_ready:
        return
    column = "title_ja" if language == "ja" else "title_en"
    yield getattr(activity, column) or activity.title_ja
    content = content_in(activity, language)
    if content is not None:
        yield from _content_texts(content)
    elif activity.exercise is not None:
        yield instructions_in(activity, language)


def _content_texts(content: H5PContent) -> Iterator[str]:
    """Texts that were written for this content, not those its type brings along.

    A type whose semantics cannot be read says nothing.
    """
    language = content.language
    types = content_types_in(language)
    try:
        fields = library_fields(library=content.main_library, language=language)
        own = {
            node.path: unescape(node.field.default)
            for node in walk(fields, content.params, types)
            if isinstance(node.field.default, str)
        }
        found = texts(fields, content.params, types)
    except CoursesError:
        return
    for text in found:
        if text.common or text.value == own.get(text.path) or AFTERWARDS.search(text.path):
            continue
        said = lines_of(text.value) if text.kind == "html" else text.value
        yield TO_FILL_IN.sub(BLANK, said)
