"""A form's description in JSON, from which a browser draws it."""

from collections.abc import Iterable, Mapping
from typing import Any

from courses.h5p.library import LibraryName
from courses.h5p.semantics.fields import ABSENT, MEDIA, Field, ShowWhen

Installed = Mapping[LibraryName, str]


def _show_when(condition: ShowWhen | None) -> dict[str, Any] | None:
    if condition is None:
        return None
    return {
        "type": "and" if condition.all_needed else "or",
        "rules": [{"field": rule.path, "equals": list(rule.equals)} for rule in condition.rules],
    }


def offered(name: LibraryName, installed: Installed) -> LibraryName | None:
    """The installed version that is offered for one the semantics name; None = there is none.

    Minor versions only add, so the newest of the same major stands in for a missing one.
    """
    if name in installed:
        return name
    newer = [
        other
        for other in installed
        if other.machine_name == name.machine_name
        and other.major == name.major
        and other.minor > name.minor
    ]
    return max(newer, default=None)


def _libraries(field: Field, installed: Installed) -> list[dict[str, Any]]:
    options: dict[str, dict[str, Any]] = {}
    for name in field.libraries:
        there = offered(name, installed)
        label = (there or name).label
        options[label] = {
            "library": label,
            "title": installed[there] if there else name.machine_name,
            "installed": there is not None,
        }
    return list(options.values())


def _text(field: Field, _installed: Installed) -> dict[str, Any]:
    regexp = field.regexp and {"pattern": field.regexp[0], "modifiers": field.regexp[1]}
    return {"max_length": field.max_length, "regexp": regexp}


def _html(field: Field, _installed: Installed) -> dict[str, Any]:
    return {
        "tags": list(field.html.tags),
        "styles": sorted(field.html.styles),
        "enter_mode": field.enter_mode,
    }


def _number(field: Field, _installed: Installed) -> dict[str, Any]:
    return {
        "min": field.minimum,
        "max": field.maximum,
        "step": field.step,
        "decimals": field.decimals,
    }


def _select(field: Field, _installed: Installed) -> dict[str, Any]:
    options = [{"value": option.value, "label": option.label} for option in field.options]
    return {"options": options, "multiple": field.multiple}


def _list(field: Field, installed: Installed) -> dict[str, Any]:
    assert field.item is not None  # noqa: S101 - every list has one
    return {
        "min": field.minimum,
        "max": field.maximum,
        "default_number": field.default_number,
        "entity": field.entity,
        "item": describe_field(field.item, installed),
    }


def _group(field: Field, installed: Installed) -> dict[str, Any]:
    return {
        "fields": describe(field.fields, installed=installed),
        "is_single": field.is_single,
        "is_sub_content": field.is_sub_content,
    }


def _library(field: Field, installed: Installed) -> dict[str, Any]:
    return {"options": _libraries(field, installed)}


def _media(field: Field, _installed: Installed) -> dict[str, Any]:
    return {"extensions": list(field.extensions)}


def _unknown(_field: Field, _installed: Installed) -> dict[str, Any]:
    return {}


OF_KIND = {
    **dict.fromkeys(("text", "textarea", "color"), _text),
    **dict.fromkeys(MEDIA, _media),
    **dict.fromkeys(("boolean", "unknown"), _unknown),
    "html": _html,
    "number": _number,
    "select": _select,
    "list": _list,
    "group": _group,
    "library": _library,
}


def describe_field(field: Field, installed: Installed) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "description": field.description,
        "kind": field.kind,
        "optional": field.optional,
        "important": field.importance,
        "common": field.common,
        "hidden": field.hidden,
        "show_when": _show_when(field.show_when),
    }
    if field.default is not ABSENT:
        described["default"] = field.default
    if field.placeholder:
        described["placeholder"] = field.placeholder
    return described | OF_KIND[field.kind](field, installed)


def describe(fields: Iterable[Field], *, installed: Installed) -> list[dict[str, Any]]:
    """The fields as a browser form is drawn from them, e.g. of H5P.TrueFalse:

    ```
    [{"name": "question", "label": "設問", "description": "", "kind": "html",
      "optional": False, "important": "high", "common": False, "hidden": False,
      "show_when": None, "tags": ["div", "span", "p", "br", "strong"],
      "styles": ["text-align"], "enter_mode": "p"}, …]
    ```

    `default` and `placeholder` are absent where there is none; every other key of a kind is
    always there, null where the semantics do not say it. `hidden` fields have no input but
    keep their value. In `show_when`, a rule about a library field compares machine names only
    (the part before the space), as the H5P editor does. What is inside a nested library is
    described by itself, so circles between libraries do no harm.

    Args:
        installed: titles of the installed libraries.
    """
    return [describe_field(field, installed) for field in fields]
