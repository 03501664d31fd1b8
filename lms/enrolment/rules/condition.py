"""The language in which a rule says whom it means. Pure: no database, no request.

A condition is read for one posting of a person on a day. A person is meant when one of their
postings of that day fulfils it, so "clerk and tax section" asks for both in the same posting.
`not` speaks of the whole person: none of their postings of that day fulfils what follows. Whoever
is in the tax section beside their main post is not "outside the tax section".

As JSON, each object with exactly one key:

    {"all": [...]}                  every part; the empty list means everybody
    {"any": [...]}                  one part at least; never empty
    {"not": {...}}
    {"tier": ["G1", "G2"]}          one of these job tiers, by key
    {"role": ["LDR"]}               one of these roles, by key
    {"department": ["D10"]}         in one of these departments or anywhere below
    {"employment": ["FT"]}          on one of these terms, by key; not known = on none of them
    {"people": ["001001"]}          one of these people, by staff number; one unknown is nobody
    {"joined_within_months": 6}     the first posting ever began less than so many months ago
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.enrolment.rules.schedule import months_after
from lms.exceptions import InvalidCondition

MOST_PARTS = 200
DEEPEST = 10
MOST_PEOPLE = 5_000
LONGEST_MONTHS = 600


@dataclass(frozen=True)
class All:
    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    part: "Condition"


@dataclass(frozen=True)
class Has:
    """`attribute` is one of `ATTRIBUTES`; `keys` are sorted and at least one."""

    attribute: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class JoinedWithin:
    months: int


@dataclass(frozen=True)
class People:
    """Whom HR named one by one; `numbers` are sorted and at least one."""

    numbers: tuple[str, ...]


Condition = All | AnyOf | Not | Has | JoinedWithin | People
EVERYBODY = All()
ATTRIBUTES = ("tier", "role", "department", "employment")


def everybody() -> dict[str, Any]:
    """The stored form of a condition that means everybody."""
    return {"all": []}


@dataclass(frozen=True)
class PostingFacts:
    """One posting of a person on a day. `departments` = its own key and those above it;
    `employment` "" = not known."""

    tier: str
    roles: frozenset[str]
    departments: frozenset[str]
    employment: str = ""

    def keys(self, attribute: str) -> frozenset[str]:
        return {
            "tier": frozenset({self.tier}),
            "role": self.roles,
            "department": self.departments,
            "employment": frozenset({self.employment}),
        }[attribute]


def holds(
    condition: Condition,
    postings: Iterable[PostingFacts],
    *,
    staff_number: str,
    joined_on: date,
    on: date,
) -> bool:
    """Whether a person with these postings of the day is meant; no posting = nobody's colleague.

    The same as `compiled` for one person without the database: a learner's home page asks every
    rule about one person.
    """
    rows = tuple(postings)

    def fulfils(part: Condition, row: PostingFacts) -> bool:
        match part:
            case All(parts):
                return all(fulfils(item, row) for item in parts)
            case AnyOf(parts):
                return any(fulfils(item, row) for item in parts)
            case Not(item):
                return not any(fulfils(item, other) for other in rows)
            case Has(attribute, keys):
                return not row.keys(attribute).isdisjoint(keys)
            case JoinedWithin(months):
                return joined_on > months_after(on, -months)
            case People(numbers):
                return staff_number in numbers

    return any(fulfils(condition, row) for row in rows)


def parse_condition(data: Any) -> Condition:
    """The condition that decoded JSON says, in its one shortest form.

    Raises:
        InvalidCondition: `bad_shape`, `too_large`; `place` is the path to the fault.
    """
    count = 0

    def parse(item: Any, place: str, depth: int) -> Condition:
        nonlocal count
        count += 1
        if depth > DEEPEST or count > MOST_PARTS:
            raise InvalidCondition("too_large", _("The condition is too large."), place=place)
        if not isinstance(item, Mapping) or len(item) != 1:
            raise _bad_shape(place)
        ((name, value),) = item.items()
        here = f"{place}.{name}".lstrip(".")
        if name in ("all", "any"):
            if not isinstance(value, list) or (name == "any" and not value):
                raise _bad_shape(here)
            parts = [parse(part, f"{here}[{n}]", depth + 1) for n, part in enumerate(value)]
            return _joined(All if name == "all" else AnyOf, parts)
        if name == "not":
            return Not(parse(value, here, depth + 1))
        if name in ATTRIBUTES:
            return Has(name, _keys(value, here, MOST_PARTS))
        if name == "people":
            return People(_keys(value, here, MOST_PEOPLE))
        if name == "joined_within_months":
            # A bool is an int in Python.
            if type(value) is not int or not 1 <= value <= LONGEST_MONTHS:
                raise _bad_shape(here)
            return JoinedWithin(value)
        raise _bad_shape(here)

    return parse(data, "", 1)


def stored_form(condition: Condition) -> dict[str, Any]:
    """The JSON of a condition; `parse_condition` of it gives the condition again."""
    match condition:
        case All(parts):
            return {"all": [stored_form(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [stored_form(part) for part in parts]}
        case Not(part):
            return {"not": stored_form(part)}
        case Has(attribute, keys):
            return {attribute: list(keys)}
        case JoinedWithin(months):
            return {"joined_within_months": months}
        case People(numbers):
            return {"people": list(numbers)}


def names_tier(condition: Condition) -> bool:
    """Whether some job tier is asked for by name, however deep."""
    match condition:
        case All(parts) | AnyOf(parts):
            return any(names_tier(part) for part in parts)
        case Has(attribute):
            return attribute == "tier"
        case _:
            return False


def in_words(condition: Condition, title: Callable[[str, str], str]) -> str:
    """The condition for people.

    Args:
        title: the title of the row of an attribute with a key.
    """
    match condition:
        case All(()):
            return _("everybody")
        case All(parts):
            return _all_in_words(parts, title)
        case AnyOf(parts):
            return pgettext("condition", " or ").join(_part(item, title) for item in parts)
        case Not(part):
            return _("%(condition)s does not hold") % {"condition": _part(part, title)}
        case Has(attribute, keys):
            titles = pgettext("condition", ", ").join(title(attribute, key) for key in keys)
            return {
                "tier": _("job tier: %(titles)s"),
                "role": _("role: %(titles)s"),
                "department": _("department: %(titles)s"),
                "employment": _("employment type: %(titles)s"),
            }[attribute] % {"titles": titles}
        case JoinedWithin(months):
            return _("joined less than %(months)d months ago") % {"months": months}
        case People():
            # Without their number: authors read this too.
            return _("people named one by one")


def _all_in_words(parts: Iterable[Condition], title: Callable[[str, str], str]) -> str:
    """What must hold, and then who is left out."""
    rows = tuple(parts)
    wanted = [_part(item, title) for item in rows if not isinstance(item, Not)]
    left_out = [_part(item.part, title) for item in rows if isinstance(item, Not)]
    who = pgettext("condition", " and ").join(wanted) or _("everybody")
    if not left_out:
        return who
    return pgettext("condition", "%(who)s, except %(others)s") % {
        "who": who,
        "others": pgettext("condition", ", ").join(left_out),
    }


def _part(condition: Condition, title: Callable[[str, str], str]) -> str:
    words = in_words(condition, title)
    if isinstance(condition, All | AnyOf) and condition.parts:
        return pgettext("condition", "(%(words)s)") % {"words": words}
    return words


def _joined(kind: type[All] | type[AnyOf], parts: list[Condition]) -> Condition:
    """Without nesting of the same kind, repetition or order, so that equal rules look equal."""
    flat: dict[str, Condition] = {}
    for part in parts:
        for item in part.parts if isinstance(part, kind) else (part,):
            flat[json.dumps(stored_form(item), sort_keys=True)] = item
    rows = tuple(flat[text] for text in sorted(flat))
    return rows[0] if len(rows) == 1 else kind(rows)


def _keys(value: Any, place: str, most: int) -> tuple[str, ...]:
    if (
        not isinstance(value, list)
        or not value
        or len(value) > most
        or not all(isinstance(key, str) and key for key in value)
    ):
        raise _bad_shape(place)
    return tuple(sorted(set(value)))


def _bad_shape(place: str) -> InvalidCondition:
    return InvalidCondition("bad_shape", _("This is no condition."), place=place)
