"""semantics.json, understood: one `Field` per field, in the words of a language.

Semantics come with uploaded libraries, so nothing in them is believed: what is odd becomes
absent, what is not known becomes a field of kind "unknown", and nothing here raises.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import nh3

from courses.h5p.library import LibraryName, parse_label
from courses.h5p.media import extensions_of
from courses.h5p.semantics.fields import (
    ABSENT,
    MEDIA,
    TEXTS,
    Field,
    Option,
    Rule,
    ShowWhen,
    is_number,
    stored_kind,
)
from courses.h5p.semantics.html import allowed_html

# Fields nested deeper than this are left to be edited as JSON.
DEEPEST = 40
NOTHING: Mapping[str, Any] = {}


# --- small things ---------------------------------------------------------------------------


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else NOTHING


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    return value if is_number(value) else None


def _count(value: Any) -> int | None:
    return int(value) if is_number(value) and value >= 0 else None


def plain(text: str) -> str:
    """Text a form can show: descriptions of official types contain links and line breaks."""
    if "<" not in text and "&" not in text:
        return text
    spaced = text.replace("<br", " <br")
    return " ".join(unescape(nh3.clean(spaced, tags=set())).split())


def _name(value: Any) -> str:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


# --- words ----------------------------------------------------------------------------------

WORDS = ("label", "description", "placeholder", "entity")


def _in_words(raw: Mapping[str, Any], words: Mapping[str, Any]) -> Mapping[str, Any]:
    """The field with its words translated; its structure is never changed."""
    merged = dict(raw)
    merged |= {key: words[key] for key in WORDS if isinstance(words.get(key), str)}
    if isinstance(raw.get("default"), str) and isinstance(words.get("default"), str):
        merged["default"] = words["default"]
    return merged


def _at(words: Any, number: int) -> Mapping[str, Any]:
    """Entries of a language file go by position; shorter, partial and absent are all fine."""
    entries = _list(words)
    return _object(entries[number]) if number < len(entries) else NOTHING


def _options(raw: Any, words: Any) -> tuple[Option, ...]:
    """The choices of a select; those of groups of choices stand among the others."""
    found: list[Option] = []
    for number, given in enumerate(_list(raw)):
        option, said = _object(given), _at(words, number)
        if option.get("type") == "optgroup":
            found += _options(option.get("options"), said.get("options"))
        elif isinstance(option.get("value"), (str, int, float)):
            label = said.get("label") or option.get("label")
            found.append(Option(option["value"], plain(_string(label)) or str(option["value"])))
    return tuple(found)


# --- kinds ----------------------------------------------------------------------------------

DEFAULT_TYPES: Mapping[str, tuple[type[Any], ...]] = {
    "text": (str,),
    "textarea": (str,),
    "html": (str,),
    "color": (str,),
    "number": (int, float),
    "boolean": (bool,),
    "select": (str, int, float, list),
    "list": (list,),
    "group": (dict,),
    "library": (dict,),
    "image": (dict,),
    "file": (dict,),
    "audio": (list,),
    "video": (list,),
}
CONTAINERS_AND_CHOICES = frozenset({"number", "boolean", "select", "list", "group", "library"})
TEXT_WIDGETS = {"html": "html", "textarea": "textarea", "colorSelector": "color"}


def _widget(raw: Mapping[str, Any]) -> str:
    """The widget that draws the value; showWhen wraps another one."""
    widget = _string(raw.get("widget"))
    return _string(_object(raw.get("showWhen")).get("widget")) if widget == "showWhen" else widget


def _kind(raw: Mapping[str, Any]) -> str:
    """Widgets only change how a value is entered; one that is not known falls back to the type."""
    stored = _string(raw.get("type"))
    if stored == "text":
        kind = TEXT_WIDGETS.get(_widget(raw), "text")
        return "html" if isinstance(raw.get("tags"), list) else kind
    return stored if stored in MEDIA | CONTAINERS_AND_CHOICES else "unknown"


def _as_number(text: str) -> Any:
    """Numbers are written as text in some semantics."""
    try:
        return int(text) if text.isascii() and text.isdigit() else float(text)
    except ValueError:
        return ABSENT


def _default(raw: Mapping[str, Any], kind: str) -> Any:
    default = raw.get("default", ABSENT)
    if kind == "library" and isinstance(default, str):
        default = {"library": default}
    elif kind == "number" and isinstance(default, str):
        default = _as_number(default)
    elif kind in TEXTS and is_number(default):
        default = str(default)
    if kind == "unknown" or default is ABSENT:
        return default
    is_boolean = isinstance(default, bool)
    fits = isinstance(default, DEFAULT_TYPES[kind]) and is_boolean == (kind == "boolean")
    fits = fits and (kind != "number" or is_number(default))
    return default if fits else ABSENT


def _show_when(raw: Any) -> ShowWhen | None:
    condition = _object(raw)
    if not condition:
        return None
    rules = []
    for given in _list(condition.get("rules")):
        rule = _object(given)
        wanted = rule.get("equals", [])
        equals = tuple(wanted if isinstance(wanted, list) else [wanted])
        rules.append(Rule(_string(rule.get("field")), equals))
    return ShowWhen(condition.get("type") == "and", tuple(rules))


def _regexp(raw: Any) -> tuple[str, str] | None:
    pattern = _object(raw).get("pattern")
    return (pattern, _string(raw.get("modifiers"))) if isinstance(pattern, str) else None


def _libraries(raw: Any) -> tuple[LibraryName, ...]:
    names = [
        parse_label(option if isinstance(option, str) else _object(option).get("name"))
        for option in _list(raw)
    ]
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _common(raw: Mapping[str, Any], kind: str) -> dict[str, Any]:
    default = _default(raw, kind)
    importance = raw.get("importance")
    optional = raw.get("optional") is True
    return {
        "label": plain(_string(raw.get("label"))),
        "description": plain(_string(raw.get("description"))),
        "placeholder": plain(_string(raw.get("placeholder"))),
        "importance": importance if importance in ("low", "medium", "high") else "low",
        "common": raw.get("common") is True,
        "optional": optional,
        # A value that is needed must be enterable somewhere: DragQuestion's coordinates have no
        # widget because they are dragged.
        "hidden": raw.get("widget") == "none" and (optional or default is not ABSENT),
        "default": default,
        "show_when": _show_when(raw.get("showWhen")),
    }


def _text(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"max_length": _count(raw.get("maxLength")), "regexp": _regexp(raw.get("regexp"))}


def _html(raw: Mapping[str, Any]) -> dict[str, Any]:
    mode = raw.get("enterMode")
    return {
        "html": allowed_html(_list(raw.get("tags")), _object(raw.get("font"))),
        "enter_mode": mode if mode in ("p", "div") else "p",
    }


def _numeric(raw: Mapping[str, Any]) -> dict[str, Any]:
    step = _number(raw.get("step", raw.get("steps")))
    return {
        "minimum": _number(raw.get("min")),
        "maximum": _number(raw.get("max")),
        "step": step if step is not None and step > 0 else None,
        "decimals": _count(raw.get("decimals")),
    }


def _bounds(raw: Mapping[str, Any]) -> dict[str, Any]:
    least = _count(raw.get("min"))
    usual = least if least is not None else int(raw.get("optional") is not True)
    number = _count(raw.get("defaultNum"))
    return {
        "minimum": least,
        "maximum": _count(raw.get("max")),
        "entity": plain(_string(raw.get("entity"))),
        "default_number": usual if number is None else number,
    }


def _media(raw: Mapping[str, Any]) -> dict[str, Any]:
    mimes = [mime for mime in _list(raw.get("mimes")) if isinstance(mime, str)]
    return {"extensions": extensions_of(str(raw["type"]), mimes)}


# What a kind of field has beside the common attributes.
ATTRIBUTES: Mapping[str, Any] = {
    "text": _text,
    "textarea": _text,
    "color": _text,
    "html": _html,
    "number": _numeric,
    "list": _bounds,
    "library": lambda raw: {"libraries": _libraries(raw.get("options"))},
    **dict.fromkeys(MEDIA, _media),
}


def _select(field: Field, raw: Mapping[str, Any], words: Mapping[str, Any]) -> Field:
    """A select whose choices only its own widget knows is edited as what it stores: text."""
    options, multiple = (
        _options(raw.get("options"), words.get("options")),
        bool(raw.get("multiple")),
    )
    if options:
        return replace(field, options=options, multiple=multiple)
    if multiple:
        return replace(field, kind="list", item=Field("", "text"), default=_default(raw, "list"))
    return replace(field, kind="text", default=_default(raw, "text"))


def _group(field: Field, raw: Mapping[str, Any], words: Mapping[str, Any], depth: int) -> Field:
    """Groups of one field are stored without an object around it (the core's validateGroup)."""
    is_sub_content = raw.get("isSubContent") is True
    given = _list(raw.get("fields"))
    inside: tuple[Field, ...]
    is_single = len(given) == 1 and isinstance(given[0], dict) and not is_sub_content
    if is_single:
        only = _field(given[0], _at(words.get("fields"), 0), depth + 1)
        inside, stored = (only,), stored_kind(only)
    else:
        inside, stored = _named(given, words.get("fields"), depth + 1), "group"
    return replace(
        field,
        fields=inside,
        is_single=is_single,
        is_sub_content=is_sub_content,
        default=_default(raw, stored),
    )


def _field(raw: Mapping[str, Any], words: Mapping[str, Any], depth: int) -> Field:
    said = _in_words(raw, words)
    kind = _kind(said) if depth < DEEPEST else "unknown"
    attributes = ATTRIBUTES[kind](said) if kind in ATTRIBUTES else {}
    field = Field(_name(raw.get("name")), kind, **(_common(said, kind) | attributes))
    if kind == "select":
        return _select(field, raw, words)
    if kind == "group":
        return _group(field, raw, words, depth)
    if kind == "list":
        item = _field(_object(raw.get("field")), _object(words.get("field")), depth + 1)
        return replace(field, item=item)
    return field


def _named(raw: Iterable[Any], words: Any, depth: int) -> tuple[Field, ...]:
    """Fields that can be stored: those with a name, the first of each."""
    found: dict[str, Field] = {}
    for number, given in enumerate(raw):
        if isinstance(given, dict):
            field = _field(given, _at(words, number), depth)
            if field.name and field.name not in found:
                found[field.name] = field
    return tuple(found.values())


def read_fields(semantics: Any, words: Any = None) -> tuple[Field, ...]:
    """The fields of a content type.

    Args:
        semantics: semantics.json.
        words: the `semantics` of a language file; None = the type's own words.
    """
    return _named(_list(semantics), words, 0)


def with_defaults(fields: Iterable[Field], defaults: Mapping[str, Any]) -> tuple[Field, ...]:
    """Fields with other default texts, given by name: words a language file leaves out."""
    changed = []
    for field in fields:
        given = defaults.get(field.name)
        if isinstance(given, dict):
            field = replace(field, fields=with_defaults(field.fields, given))
        elif isinstance(given, str) and field.kind in TEXTS:
            field = replace(field, default=given)
        changed.append(field)
    return tuple(changed)
