"""The texts of an activity: its title, and those of its H5P content."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.authoring.translation.units import LINES, PLAIN, RICH, Part, Unit, pattern_of
from courses.catalogue.models import Activity
from courses.catalogue.translations import ActivityTranslation, title_column
from courses.h5p.content_types import content_types_in, library_fields
from courses.h5p.making import make_content
from courses.h5p.models import H5PContent
from courses.h5p.semantics.texts import Text, texts, with_texts
from courses.h5p.semantics.walk import keys_to, walk

KINDS = {"text": PLAIN, "textarea": LINES, "html": RICH}
TITLE = "title"
INSTRUCTIONS = "instructions"
# A place has to fit into its column, however deep the content.
LONGEST_PATTERN = 150


def _texts_of(content: H5PContent) -> list[Text]:
    """Labelled in the reader's language."""
    language = get_language() or "ja"
    fields = library_fields(library=content.main_library, language=language)
    return texts(fields, content.params, content_types_in(language))


def _defaults(content: H5PContent, language: str) -> dict[str, str]:
    """Path -> what the type itself says there in that language."""
    fields = library_fields(library=content.main_library, language=language)
    return {
        node.path: node.field.default
        for node in walk(fields, content.params, content_types_in(language))
        if isinstance(node.field.default, str) and node.field.default.strip()
    }


def words_of_type(content: H5PContent, language: str) -> dict[str, str]:
    """Path -> text of what needs no translator: buttons and messages that the type brings along.

    That is what all contents of the type have in common, and what an author left as it was.
    """
    own, other = _defaults(content, content.language), _defaults(content, language)
    return {
        text.path: other[text.path]
        for text in _texts_of(content)
        if text.path in other
        and (text.common or text.value == unescape(own.get(text.path, "\x00")))
    }


def _pattern(path: str) -> str:
    pattern = pattern_of(path)
    if len(pattern) <= LONGEST_PATTERN:
        return pattern
    return f"{pattern[:LONGEST_PATTERN]}…{hashlib.sha256(pattern.encode()).hexdigest()[:16]}"


def _units(
    activity: Activity, title: str, found: Iterable[Text], instructions: str = ""
) -> list[Unit]:
    """Texts of a list's items are one unit: items come, go and move."""
    place = f"a:{activity.key}"
    longest = Activity._meta.get_field("title_ja").max_length
    units = {f"{place}:{TITLE}": [Part(TITLE, (_("Title"),), PLAIN, title, longest)]}
    if instructions:
        task = Part(INSTRUCTIONS, (_("What to do"),), LINES, instructions)
        units[f"{place}:{INSTRUCTIONS}"] = [task]
    for text in found:
        part = Part(text.path, tuple(text.label.split(" › ")), KINDS[text.kind], text.value)
        units.setdefault(f"{place}:h5p.{_pattern(text.path)}", []).append(part)
    return [Unit(name, tuple(parts)) for name, parts in units.items()]


def _texts_to_translate(content: H5PContent | None, language: str) -> list[Text]:
    if content is None:
        return []
    skipped = words_of_type(content, language)
    return [text for text in _texts_of(content) if text.path not in skipped]


def original_units(activity: Activity, language: str) -> list[Unit]:
    """The texts to translate; `activity` is the draft."""
    exercise = activity.exercise
    return _units(
        activity,
        # Where there is no Japanese title, it holds the one there is.
        activity.title_en if language.startswith("ja") and activity.title_en else activity.title_ja,
        _texts_to_translate(activity.content, language),
        exercise.instructions_ja if exercise is not None else "",
    )


def translated_units(
    activity: Activity, translation: ActivityTranslation | None, language: str
) -> list[Unit]:
    """The texts that a translator has so far; none = nothing was begun."""
    column = title_column(language)
    title = (translation.title if translation else "") or (
        getattr(activity, column) if column is not None else ""
    )
    exercise = activity.exercise
    task = (translation.instructions if translation else "") or (
        exercise.instructions_en if exercise is not None else ""
    )
    found: list[Text] = []
    if translation is not None and translation.content is not None:
        params = translation.content.params
        for text in _texts_to_translate(translation.made_from, language):
            value = _value_at(params, text.path)
            found.append(replace(text, value=value if text.kind == "html" else unescape(value)))
    return [unit for unit in _units(activity, title, found, task) if unit.segments]


def _value_at(params: Any, path: str) -> str:
    """Empty = there is no text any more."""
    value = params
    for key in keys_to(path, params) or ():
        value = value[key]
    return value if isinstance(value, str) else ""


def make_translated_content(
    content: H5PContent, values: Mapping[str, str], *, title: str, language: str, made_by: Any
) -> H5PContent:
    """The content with other texts, and with the type's own words in the language.

    Args:
        values: path -> text.

    Raises:
        ParamsRefused: a text does not fit its field.
    """
    words = words_of_type(content, language)
    return make_content(
        library=content.main_library,
        params=with_texts(content.params, words | dict(values)),
        title=title,
        language=language,
        based_on=content,
        made_by=made_by,
    )
