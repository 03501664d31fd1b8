"""Which value stands where in content: through groups, lists and nested libraries."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from courses.h5p.library import parse_label
from courses.h5p.semantics.fields import ABSENT, Field, Rule, ShowWhen

Key = str | int
Keys = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class ContentType:
    """A library as it can stand in content; `label` is e.g. "H5P.Image 1.1"."""

    label: str
    title: str
    fields: tuple[Field, ...]


# The content type of a label; None = not installed.
SemanticsOf = Callable[[str], ContentType | None]


@dataclass(frozen=True, slots=True)
class Node:
    """One field with its value, or without: `value` ABSENT. Null counts as no value.

    Attributes:
        keys: the way to the value from the outermost parameters.
        labels: of the fields around it and its own, outermost first; unlabelled ones left out.
        shown: False where a condition hides it, or something around it.
        needed: False = optional, or in an optional group.
        common: it, or something around it, is for all contents of the type: texts of buttons.
    """

    field: Field
    value: Any
    keys: Keys
    labels: tuple[str, ...]
    shown: bool
    needed: bool
    common: bool

    @property
    def path(self) -> str:
        return path_of(self.keys)


def path_of(keys: Keys) -> str:
    """`answers[2].text`, as a form names the place."""
    path = ""
    for key in keys:
        path += f"[{key}]" if isinstance(key, int) else f".{key}" if path else key
    return path


def library_label(value: Any) -> str | None:
    """The library that a value of a library field names; None = none is chosen yet."""
    label = value.get("library") if isinstance(value, dict) else None
    return label if isinstance(label, str) and label else None


# --- conditions -----------------------------------------------------------------------------

# Values around a field, the outermost first; a list stands between its group and its items, as
# in the H5P editor.
Scopes = tuple[Any, ...]


def _value_at(path: str, scopes: Scopes) -> Any:
    parts = path.split("/")
    up = 0
    while up < len(parts) and parts[up] == "..":
        up += 1
    if up >= len(scopes):
        return ABSENT
    value = scopes[len(scopes) - 1 - up]
    for part in parts[up:]:
        # A group of one field is stored as that field's value: its name leads nowhere further.
        if isinstance(value, dict):
            value = value.get(part, ABSENT)
    return value


def _machine_name(label: Any) -> Any:
    name = parse_label(label)
    return name.machine_name if name else label


def _holds(rule: Rule, scopes: Scopes) -> bool:
    value = _value_at(rule.path, scopes)
    label = library_label(value)
    if label is not None:
        return _machine_name(label) in [_machine_name(wanted) for wanted in rule.equals]
    if value is ABSENT or value is None:
        value = False
    # True is 1 in Python, but not in the editor.
    return any(value == wanted and type(value) is type(wanted) for wanted in rule.equals) or (
        not isinstance(value, (bool, dict, list))
        and any(value == wanted for wanted in rule.equals if not isinstance(wanted, bool))
    )


def is_shown(condition: ShowWhen | None, scopes: Scopes) -> bool:
    """Whether a field is to be filled in at all. A condition without rules never holds."""
    if condition is None:
        return True
    held = [_holds(rule, scopes) for rule in condition.rules]
    return bool(held) and (all(held) if condition.all_needed else any(held))


# --- walking --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Around:
    """What the fields inside inherit."""

    scopes: Scopes
    keys: Keys = ()
    labels: tuple[str, ...] = ()
    shown: bool = True
    needed: bool = True
    common: bool = False


def _node(field: Field, value: Any, around: _Around, *keys: Key, label: str = "") -> Node:
    label = label or field.label
    return Node(
        field=field,
        value=ABSENT if value is None else value,
        keys=around.keys + keys,
        labels=(*around.labels, label) if label else around.labels,
        shown=around.shown and is_shown(field.show_when, around.scopes),
        needed=around.needed and not field.optional,
        common=around.common or field.common,
    )


def _inside(node: Node, around: _Around, *scopes: Any, needed: bool) -> _Around:
    return _Around(
        (*around.scopes, *scopes), node.keys, node.labels, node.shown, needed, node.common
    )


def _named(
    fields: Iterable[Field], values: Mapping[str, Any], around: _Around, find: SemanticsOf
) -> Iterator[Node]:
    for field in fields:
        node = _node(field, values.get(field.name, ABSENT), around, field.name)
        yield from _from(node, around, find)


def _group(node: Node, around: _Around, find: SemanticsOf) -> Iterator[Node]:
    if node.field.is_single:
        inside = _inside(node, around, node.value, needed=node.needed)
        yield from _from(_node(node.field.fields[0], node.value, inside), inside, find)
        return
    yield node
    value = {} if node.value is ABSENT else node.value
    if isinstance(value, dict):
        # The core asks for nothing in an optional group.
        inside = _inside(node, around, value, needed=node.needed)
        yield from _named(node.field.fields, value, inside, find)


def _list(node: Node, around: _Around, find: SemanticsOf) -> Iterator[Node]:
    yield node
    item = node.field.item
    if isinstance(node.value, list) and item is not None:
        inside = _inside(node, around, node.value, needed=True)
        called = node.field.entity or item.label
        for number, value in enumerate(node.value):
            label = f"{called} {number + 1}".strip()
            yield from _from(_node(item, value, inside, number, label=label), inside, find)


def _library(node: Node, _around: _Around, find: SemanticsOf) -> Iterator[Node]:
    yield node
    label = library_label(node.value)
    inner = find(label) if label else None
    params = node.value.get("params") if inner else None
    if inner and (params is None or isinstance(params, dict)):
        inside = _Around(
            (params or {},), (*node.keys, "params"), node.labels, node.shown, True, node.common
        )
        yield from _named(inner.fields, params or {}, inside, find)


INTO: Mapping[str, Callable[[Node, _Around, SemanticsOf], Iterator[Node]]] = {
    "group": _group,
    "list": _list,
    "library": _library,
}


def _from(node: Node, around: _Around, find: SemanticsOf) -> Iterator[Node]:
    into = INTO.get(node.field.kind)
    if into is None:
        yield node
    else:
        yield from into(node, around, find)


def walk(
    fields: Iterable[Field], params: Mapping[str, Any], semantics_of: SemanticsOf
) -> Iterator[Node]:
    """Every field of the content in order, containers before what is in them.

    Groups of one field are left out: their value is their field's. What the semantics do not
    mention is passed by.
    """
    return _named(fields, params, _Around(scopes=(params,)), semantics_of)


# --- changing -------------------------------------------------------------------------------


def changed(params: Mapping[str, Any], values: Mapping[Keys, Any]) -> dict[str, Any]:
    """A copy of the parameters with other values at these places, which must exist."""
    copy: Any = deepcopy(dict(params))
    for keys, value in values.items():
        place = copy
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value
    return copy  # type: ignore[no-any-return]


INDEX = re.compile(r"\[(\d{1,9})\]")


def keys_to(path: str, params: Any) -> Keys | None:
    """The way that a path means in these parameters; None = there is no such value.

    The longest name wins where a name contains a dot or a bracket.
    """
    if not path:
        return ()
    if isinstance(params, list):
        index = INDEX.match(path)
        if index is None or int(index[1]) >= len(params):
            return None
        number = int(index[1])
        rest = keys_to(path[index.end() :].removeprefix("."), params[number])
        return None if rest is None else (number, *rest)
    if isinstance(params, dict):
        for name in sorted(params, key=len, reverse=True):
            after = path[len(name) :]
            if path.startswith(name) and (not after or after[0] in ".["):
                rest = keys_to(after.removeprefix("."), params[name])
                if rest is not None:
                    return (name, *rest)
    return None
