"""Default values of a content type: semantics.json, in the words of a language file.

Source: H5P specification, semantics; the one-field rule is the H5P core's (`validateGroup`).
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

Field = Mapping[str, Any]
NOTHING: Field = {}


def _fields(value: Any) -> list[Field]:
    return [field for field in value if isinstance(field, dict)] if isinstance(value, list) else []


def _translated(field: Field, translation: Any) -> Field:
    """The field with the translated default in place of its own; structure is never changed."""
    words: Field = translation if isinstance(translation, dict) else NOTHING
    merged = dict(field)
    default = words.get("default")
    if isinstance(default, str) and isinstance(field.get("default"), str):
        merged["default"] = default
    if isinstance(field.get("fields"), list):
        merged["fields"] = translate(field["fields"], words.get("fields"))
    if isinstance(field.get("field"), dict):
        merged["field"] = _translated(field["field"], words.get("field"))
    return merged


def translate(fields: Sequence[Any], translation: Any) -> list[Field]:
    """Semantics with the defaults of a language file, whose entries go by position.

    Args:
        translation: the language file's `semantics`; shorter, partial and absent are all fine.
    """
    words = translation if isinstance(translation, list) else []
    return [
        _translated(field, words[number] if number < len(words) else None)
        for number, field in enumerate(_fields(fields))
    ]


def _is_collapsed(field: Field) -> bool:
    """A group of one field is stored as that field's value, without an object around it."""
    return field.get("type") == "group" and len(_fields(field.get("fields"))) == 1


def _completed(field: Field, given: Any, *, is_given: bool) -> tuple[Any, bool]:
    """The value and whether there is one at all."""
    kind = field.get("type")
    if kind == "group":
        if _is_collapsed(field):
            return _completed(_fields(field["fields"])[0], given, is_given=is_given)
        if is_given and not isinstance(given, dict):
            return given, True
        return complete(_fields(field.get("fields")), given if is_given else {}), True
    if kind == "list" and is_given and isinstance(given, list):
        item = field.get("field")
        if not isinstance(item, dict):
            return given, True
        return [_completed(item, value, is_given=True)[0] for value in given], True
    if is_given:
        return given, True
    return deepcopy(field.get("default")), "default" in field


def overlaid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`above`, and from `below` what it does not say, object by object."""
    merged = dict(below)
    for key, value in above.items():
        under = below.get(key)
        if isinstance(under, dict) and isinstance(value, dict):
            merged[key] = overlaid(under, value)
        else:
            merged[key] = value
    return merged


def complete(fields: Sequence[Field], given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, and defaults for what was not.

    What the semantics do not mention stays as it is. Libraries inside the content keep the
    parameters they were given: their defaults are in their own semantics.
    """
    completed = dict(given)
    for field in fields:
        name = field.get("name")
        if not isinstance(name, str):
            continue
        value, exists = _completed(field, given.get(name), is_given=name in given)
        if exists:
            completed[name] = value
    return completed


def _may_be_absent(field: Field) -> bool:
    """Optional, or shown in the editor only when another field has a certain value."""
    return bool(field.get("optional")) or "showWhen" in field


JSON_TYPES: Mapping[str, tuple[type[Any], ...]] = {
    "text": (str,),
    "select": (str, int, float),
    "boolean": (bool,),
    "number": (int, float),
    "list": (list,),
    "library": (dict,),
    "image": (dict,),
    "file": (dict,),
    "audio": (list,),
    "video": (list,),
}


def misfits(fields: Sequence[Field], params: Mapping[str, Any], *, prefix: str = "") -> list[str]:
    """Paths of fields whose value cannot be what the semantics ask for, e.g. `behaviour.autoCheck`.

    A required text or choice without any value counts too.
    """
    found: list[str] = []
    for field in fields:
        name = field.get("name")
        if isinstance(name, str):
            path = f"{prefix}{name}"
            if name in params:
                found += _value_misfits(field, params[name], path)
            elif field.get("type") in ("text", "select") and not _may_be_absent(field):
                found.append(path)
    return found


def _value_misfits(field: Field, value: Any, path: str) -> list[str]:
    kind = field.get("type")
    if _is_collapsed(field):
        return _value_misfits(_fields(field["fields"])[0], value, path)
    if kind == "group":
        if not isinstance(value, dict):
            return [path]
        return misfits(_fields(field.get("fields")), value, prefix=f"{path}.")
    expected = JSON_TYPES.get(str(kind))
    if expected is None:
        return []
    if not isinstance(value, expected) or (kind == "number" and isinstance(value, bool)):
        return [path]
    if kind == "select":
        options = [str(option.get("value")) for option in _fields(field.get("options"))]
        return [] if not options or str(value) in options else [path]
    item = field.get("field")
    if kind == "list" and isinstance(item, dict):
        return [
            misfit
            for number, part in enumerate(value)
            for misfit in _value_misfits(item, part, f"{path}[{number}]")
        ]
    return []
