"""What changed from one version of content to the next, field by field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.h5p.library import parse_label
from courses.h5p.semantics.fields import ABSENT, Field
from courses.h5p.semantics.walk import Key, Keys, SemanticsOf, library_label, path_of

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not the same.

    Attributes:
        path: in the later version; in the earlier one, where the value is gone.
        label: of the field and what is around it; the path, where nothing has a label.
        before, after: None = there was, or is, nothing.
    """

    path: str
    label: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class _Place:
    keys: Keys = ()
    labels: tuple[str, ...] = ()

    def at(self, key: Key, label: str) -> "_Place":
        return _Place((*self.keys, key), (*self.labels, label) if label else self.labels)

    def named(self, label: str) -> "_Place":
        return _Place(self.keys, (*self.labels, label)) if label else self


Changes = Iterator[Difference]


def _value(value: Any) -> Any:
    return None if value is ABSENT else value


def _change(place: _Place, before: Any, after: Any) -> Difference:
    path = path_of(place.keys)
    return Difference(path, " › ".join(place.labels) or path, before, after)


def _same(before: Any, after: Any) -> bool:
    """Equal as JSON is: true is not 1, at any depth."""
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(_same(before[k], after[k]) for k in before)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_same, before, after))
    return bool(before == after)


def _fields(
    fields: Iterable[Field],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    place: _Place,
    find: SemanticsOf,
) -> Changes:
    known = {field.name: field for field in fields}
    others = [name for name in {**before, **after} if name not in known and name != "subContentId"]
    for field in (*known.values(), *(Field(name, UNKNOWN, label=name) for name in others)):
        yield from _changes(
            field,
            _value(before.get(field.name)),
            _value(after.get(field.name)),
            place.at(field.name, field.label),
            find,
        )


def _identity(item: Any) -> str | None:
    """The `subContentId` of a list's item, or of the nested content that is all it holds."""
    if not isinstance(item, dict):
        return None
    inner = [item, *(value for value in item.values() if isinstance(value, dict))]
    found = [part["subContentId"] for part in inner if isinstance(part.get("subContentId"), str)]
    return found[0] if found else None


def _pairs(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[int | None, int | None]]:
    """Positions of items that are the same one; None = it is not there."""
    places: dict[str, int] = {}
    for number, item in enumerate(before):
        identity = _identity(item)
        if identity is not None:
            places.setdefault(identity, number)
    matched: dict[int, int] = {}
    for number, item in enumerate(after):
        there = places.pop(_identity(item) or "", None)
        if there is not None:
            matched[number] = there
    taken = set(matched.values())
    # The rest by position; content with another identity is other content.
    for number, item in enumerate(after):
        free = number not in matched and number < len(before) and number not in taken
        if free and (_identity(item) is None or _identity(before[number]) is None):
            matched[number] = number
            taken.add(number)
    pairs: list[tuple[int | None, int | None]] = [
        (matched.get(number), number) for number in range(len(after))
    ]
    return pairs + [(number, None) for number in range(len(before)) if number not in taken]


def _lists(
    field: Field, before: Sequence[Any], after: Sequence[Any], place: _Place, find: SemanticsOf
) -> Changes:
    item = field.item or Field("", UNKNOWN)
    called = field.entity or item.label
    pairs = _pairs(before, after)
    for old, new in pairs:
        number = new if new is not None else old
        assert number is not None  # noqa: S101 - one of the two is there
        here = place.at(number, f"{called} {number + 1}".strip())
        if old is None or new is None:
            there = before[old] if old is not None else None
            yield _change(here, there, after[new] if new is not None else None)
        else:
            yield from _changes(item, before[old], after[new], here, find)
    kept = [old for old, new in pairs if old is not None and new is not None]
    if kept != sorted(kept):
        yield _change(place, [old + 1 for old in sorted(kept)], [old + 1 for old in kept])


def _libraries(
    before: Mapping[str, Any], after: Mapping[str, Any], place: _Place, find: SemanticsOf
) -> Changes:
    old, new = library_label(before) or "", library_label(after) or ""
    inner = find(new) or find(old)
    if old != new:
        yield _change(place.at("library", ""), old or None, new or None)
    yield from _changes(
        Field("params", "group", fields=inner.fields if inner else ()),
        before.get("params", {}),
        after.get("params", {}),
        place.at("params", ""),
        find,
    )
    about = Field("metadata", "group")
    yield from _changes(
        about, before.get("metadata", {}), after.get("metadata", {}), place.at("metadata", ""), find
    )


def _is_same_type(before: Any, after: Any) -> bool:
    old, new = parse_label(library_label(before)), parse_label(library_label(after))
    return old is not None and new is not None and old.machine_name == new.machine_name


def _changes(field: Field, before: Any, after: Any, place: _Place, find: SemanticsOf) -> Changes:
    if field.kind == "group" and field.is_single:
        inner = field.fields[0]
        yield from _changes(inner, before, after, place.named(inner.label), find)
    elif _same(before, after):
        return
    elif field.kind == "group" and isinstance(before, dict) and isinstance(after, dict):
        yield from _fields(field.fields, before, after, place, find)
    elif field.kind == "list" and isinstance(before, list) and isinstance(after, list):
        yield from _lists(field, before, after, place, find)
    elif field.kind == "library" and _is_same_type(before, after):
        yield from _libraries(before, after, place, find)
    else:
        yield _change(place, before, after)


def differences(
    fields: Iterable[Field],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    semantics_of: SemanticsOf,
) -> list[Difference]:
    """Every value that is not the same, in order of the form.

    Items of lists are matched by their `subContentId`, the others by position. Where the order
    of matched items changed, the list itself has a difference: their earlier positions, counted
    from 1, in order and as they stand now.
    """
    return list(_fields(fields, before, after, _Place(), semantics_of))
