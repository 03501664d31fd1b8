"""What is wrong with content: every fault, with the place a form can point at.

A type's own `regexp` is not run here. It comes with the package and is JavaScript's, not
Python's; a backtracking engine can be made to run for hours by it (`(a+)+$`), and cutting it off
would need a process for each text. It is an aid for whoever types, so the browser that draws the
form applies it; nothing relies on it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from courses.exceptions import CoursesError
from courses.h5p.library import parse_label
from courses.h5p.names import extension
from courses.h5p.semantics.fields import ABSENT, MEDIA, TEXTS, Field, is_number
from courses.h5p.semantics.html import is_empty_html
from courses.h5p.semantics.walk import Node, SemanticsOf, library_label, path_of, walk


def _(text: str) -> str:
    """Marks a text for translation; the Django side translates it for its reader."""
    return text


REASONS: dict[str, str] = {
    "required": _("Fill this in."),
    "wrong_type": _("This value is not of the kind that belongs here."),
    "too_long": _("Use at most %(limit)d characters."),
    "too_small": _("Use a number not below %(limit)s."),
    "too_large": _("Use a number not above %(limit)s."),
    "too_few": _("At least %(limit)d are needed here."),
    "too_many": _("At most %(limit)d may stand here."),
    "not_an_option": _("Choose one of the options."),
    "library_not_offered": _("%(library)s cannot be used here."),
    "library_not_installed": _("%(library)s is not installed. Ask the librarian to install it."),
    "file_missing": _("The file %(file)s is missing. Upload it again."),
    "file_kind": _("A file of this kind cannot be used here. Use one of: %(kinds)s."),
}
# What is only not there yet: a draft may lack it for a while, what learners get may not. Every
# other fault is refused at once.
INCOMPLETE = frozenset({"required", "too_few"})
REMOTE = ("https://", "http://")
Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of content.

    Attributes:
        path: `answers[2].text`, `content[0].params.question`.
        reason: key of `REASONS`, stable.
        params: what the reason's words speak of.
    """

    path: str
    reason: str
    params: Params = field(default_factory=dict)

    @property
    def is_incomplete(self) -> bool:
        """Something is not there yet; what is there is sound."""
        return self.reason in INCOMPLETE


PARAMS_REFUSED = _("Some fields are not filled in as %(library)s needs it: %(paths)s.")


class ParamsRefused(CoursesError):
    """Content does not fit the semantics of its type. Nothing was written.

    Attributes:
        faults: all of them; `REASONS` has the words.
    """

    code = "h5p_params_refused"

    def __init__(self, faults: Sequence[Fault], *, library: str) -> None:
        params = {"library": library, "paths": ", ".join(fault.path for fault in faults)}
        super().__init__(PARAMS_REFUSED % params, place=faults[0].path, params=params)
        self.faults = tuple(faults)


Found = Iterator[tuple[str, Params]]


def _text(field: Field, value: Any) -> Found:
    if not isinstance(value, str):
        yield "wrong_type", {}
    elif field.max_length is not None and len(unescape(value)) > field.max_length:
        yield "too_long", {"limit": field.max_length}


def _number(field: Field, value: Any) -> Found:
    if isinstance(value, str):
        # Some editors store what was typed; the core takes it for the number.
        try:
            value = float(value)
        except ValueError:
            value = None
    if not is_number(value):
        yield "wrong_type", {}
    elif field.minimum is not None and value < field.minimum:
        yield "too_small", {"limit": field.minimum}
    elif field.maximum is not None and value > field.maximum:
        yield "too_large", {"limit": field.maximum}


def _boolean(_field: Field, value: Any) -> Found:
    if not isinstance(value, bool):
        yield "wrong_type", {}


def _select(field: Field, value: Any) -> Found:
    if isinstance(value, list) != field.multiple:
        yield "wrong_type", {}
        return
    options = {str(option.value) for option in field.options}
    if not all(str(chosen) in options for chosen in (value if field.multiple else [value])):
        yield "not_an_option", {}


def _list(field: Field, value: Any) -> Found:
    if not isinstance(value, list):
        yield "wrong_type", {}
    elif field.minimum is not None and len(value) < field.minimum:
        yield "too_few", {"limit": field.minimum}
    elif field.maximum is not None and len(value) > field.maximum:
        yield "too_many", {"limit": field.maximum}


def _group(_field: Field, value: Any) -> Found:
    if not isinstance(value, dict):
        yield "wrong_type", {}


CHECKS: Mapping[str, Callable[[Field, Any], Found]] = {
    **dict.fromkeys(TEXTS, _text),
    "number": _number,
    "boolean": _boolean,
    "select": _select,
    "list": _list,
    "group": _group,
}
# A switch that was never touched is off; a list says by its bounds what it needs.
NEVER_REQUIRED = frozenset({"boolean", "list", "group", "unknown"})


def _is_empty(field: Field, value: Any) -> bool:
    if value is ABSENT or value in ("", {}, []):
        return True
    if field.kind == "library":
        return isinstance(value, dict) and not value.get("library")
    if field.kind == "html" and isinstance(value, str):
        return is_empty_html(value)
    return isinstance(value, str) and not value.strip() and field.kind in TEXTS


def _library_faults(node: Node, semantics_of: SemanticsOf) -> Found:
    label = library_label(node.value)
    name = parse_label(label)
    params = node.value.get("params") if isinstance(node.value, dict) else None
    if label is None or name is None or not (params is None or isinstance(params, dict)):
        yield "wrong_type", {}
    # Another version than the offered one may stay: content is as old as it is.
    elif name.machine_name not in {offered.machine_name for offered in node.field.libraries}:
        yield "library_not_offered", {"library": label}
    elif semantics_of(label) is None:
        yield "library_not_installed", {"library": label}


def media_entries(node: Node) -> Iterator[tuple[str, Any]]:
    """The files a media field holds, each with its path in the content: one film may have many."""
    if isinstance(node.value, list):
        for number, entry in enumerate(node.value):
            yield path_of((*node.keys, number)), entry
    elif node.value is not ABSENT:
        yield node.path, node.value


def _media_faults(node: Node, files: Collection[str] | None) -> Iterator[Fault]:
    if isinstance(node.value, list) != (node.field.kind in ("audio", "video")):
        yield Fault(node.path, "wrong_type")
        return
    for path, entry in media_entries(node):
        name = entry.get("path") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            yield Fault(path, "wrong_type")
        elif name.startswith(REMOTE):
            continue
        elif files is not None and name not in files:
            yield Fault(path, "file_missing", {"file": name})
        elif files is not None and extension(name) not in node.field.extensions:
            yield Fault(path, "file_kind", {"kinds": ", ".join(node.field.extensions)})


def _node_faults(
    node: Node, semantics_of: SemanticsOf, files: Collection[str] | None
) -> Iterator[Fault]:
    kind, value = node.field.kind, node.value
    if kind not in NEVER_REQUIRED and _is_empty(node.field, value):
        # Some types have an empty text as their own default for a field they call required.
        if node.needed and not (value == "" and node.field.default == ""):
            yield Fault(node.path, "required")
        return
    if kind == "list" and value is ABSENT:
        least = node.field.minimum
        if node.needed and least is not None and least > 0:
            yield Fault(node.path, "too_few", {"limit": least})
        return
    if value is ABSENT:
        return
    if kind == "library":
        found = _library_faults(node, semantics_of)
    elif kind in MEDIA:
        yield from _media_faults(node, files)
        return
    else:
        found = CHECKS[kind](node.field, value) if kind in CHECKS else iter(())
    for reason, params in found:
        yield Fault(node.path, reason, params)


def faults(
    fields: Iterable[Field],
    params: Mapping[str, Any],
    semantics_of: SemanticsOf,
    *,
    files: Collection[str] | None = None,
) -> list[Fault]:
    """Everything in the content that its semantics do not allow, in order of the form.

    What a condition hides is not looked at; nothing is required in an optional group. A number
    may have any decimals: the editor's `decimals` says how it shows them, and coordinates have
    many. Null is no value.

    Args:
        files: names of the content's media below content/, e.g. "images/a.png"; None = not
            looked at. Addresses of other hosts are let through: the course check warns of them.
    """
    return [
        fault
        for node in walk(fields, params, semantics_of)
        if node.shown
        for fault in _node_faults(node, semantics_of, files)
    ]
