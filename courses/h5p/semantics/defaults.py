"""Content with everything filled in that its author did not say."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any
from uuid import uuid4

from courses.h5p.semantics.fields import ABSENT, Field
from courses.h5p.semantics.walk import Keys, SemanticsOf, library_label, path_of

# The identity of a new nested content, by its place. Results and saved states are kept under it.
NewId = Callable[[str], str]


def random_id(_path: str) -> str:
    return str(uuid4())


class _Completion:
    """One filling-in; knows whose defaults it stands in, so that circles of them end."""

    def __init__(self, find: SemanticsOf, new_id: NewId) -> None:
        self.find = find
        self.new_id = new_id

    def fields(
        self, fields: Iterable[Field], given: Mapping[str, Any], keys: Keys, trail: tuple[str, ...]
    ) -> dict[str, Any]:
        completed = dict(given)
        for field in fields:
            value = given.get(field.name, ABSENT)
            value = self.value(field, value, (*keys, field.name), trail)
            if value is not ABSENT:
                completed[field.name] = value
        return completed

    def value(self, field: Field, given: Any, keys: Keys, trail: tuple[str, ...]) -> Any:
        fill = self.OF_KIND.get(field.kind)
        if fill is not None:
            return fill(self, field, given, keys, trail)
        return deepcopy(field.default) if given is ABSENT else given

    def group(self, field: Field, given: Any, keys: Keys, trail: tuple[str, ...]) -> Any:
        if given is ABSENT:
            given = deepcopy(field.default)
        if field.is_single:
            return self.value(field.fields[0], given, keys, trail)
        if given is ABSENT:
            given = {}
        if not isinstance(given, dict):
            return given
        completed = self.fields(field.fields, given, keys, trail)
        if field.is_sub_content and not completed.get("subContentId"):
            completed["subContentId"] = self.new_id(path_of(keys))
        return completed

    def items(self, field: Field, given: Any, keys: Keys, trail: tuple[str, ...]) -> Any:
        if given is ABSENT:
            given = deepcopy(field.default)
        if not isinstance(given, list) or field.item is None:
            return given
        return [
            self.value(field.item, value, (*keys, number), trail)
            for number, value in enumerate(given)
        ]

    def library(self, field: Field, given: Any, keys: Keys, trail: tuple[str, ...]) -> Any:
        if given is ABSENT:
            given = deepcopy(field.default)
            if library_label(given) in trail:
                return ABSENT
        label = library_label(given)
        inner = self.find(label) if label else None
        params = given.get("params") if inner else None
        if label is None or inner is None or not (params is None or isinstance(params, dict)):
            return given
        metadata = given.get("metadata")
        about = {"contentType": inner.title, "license": "U", "title": inner.title}
        return given | {
            "params": self.fields(inner.fields, params or {}, (*keys, "params"), (*trail, label)),
            "subContentId": given.get("subContentId") or self.new_id(path_of(keys)),
            "metadata": about | (metadata if isinstance(metadata, dict) else {}),
        }

    OF_KIND: Mapping[str, Any] = {"group": group, "list": items, "library": library}


def complete(
    fields: Iterable[Field],
    given: Mapping[str, Any],
    semantics_of: SemanticsOf,
    *,
    new_id: NewId = random_id,
) -> dict[str, Any]:
    """What was given, and defaults for what was not, also inside nested libraries.

    Nested content gets a `subContentId` and `metadata` where it has none. Items of lists are
    never invented: a form offers them. What the semantics do not mention stays as it is.
    """
    return _Completion(semantics_of, new_id).fields(fields, given, (), ())
