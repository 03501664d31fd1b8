"""A condition as the fields of a form, and back. Pure.

A form says: people of whom all (or one) of these holds, and of further groups of conditions, each
of which must hold (or must not) by all (or one) of its own:

    {"join": "all", "tier": ["G3"], "department": ["D04"],
     "groups": [{"sense": "not", "join": "any", "employment": ["FY"]}]}

That is and, or, not, nested once. What says more than that stays in words.
"""

from collections.abc import Mapping
from typing import Any

from lms.enrolment.rules.condition import (
    ATTRIBUTES,
    All,
    AnyOf,
    Condition,
    Has,
    JoinedWithin,
    Not,
    everybody,
    parse_condition,
    stored_form,
)

MONTHS = "joined_within_months"
LEAVES = (*ATTRIBUTES, MONTHS)
ALL, ANY = "all", "any"
IS, IS_NOT = "is", "not"
MOST_GROUPS = 6


def fields_of(condition: Condition) -> dict[str, Any] | None:
    """The values that say the condition; None = it says more than a form can."""
    join = ANY if isinstance(condition, AnyOf) else ALL
    items = condition.parts if isinstance(condition, All | AnyOf) else (condition,)
    values: dict[str, Any] = {}
    groups: list[dict[str, Any]] = []
    for item in items:
        name, value = _leaf(item)
        if name and name not in values:
            values[name] = value
            continue
        group = _group(item)
        if group is None or len(groups) == MOST_GROUPS:
            return None
        groups.append(group)
    return {"join": join, **values, "groups": groups}


def condition_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The stored condition that the values say. A group with nothing chosen says nothing."""
    items = _leaves(values)
    for group in values["groups"]:
        if leaves := _leaves(group):
            inner = {group["join"]: leaves}
            items.append({"not": inner} if group["sense"] == IS_NOT else inner)
    return stored_form(parse_condition({values["join"]: items})) if items else everybody()


def _leaf(condition: Condition) -> tuple[str, Any]:
    """Its field and value; "" = it is no single condition."""
    match condition:
        case Has(name, keys):
            return name, list(keys)
        case JoinedWithin(months):
            return MONTHS, months
        case _:
            return "", None


def _group(condition: Condition) -> dict[str, Any] | None:
    sense, inner = (IS_NOT, condition.part) if isinstance(condition, Not) else (IS, condition)
    leaves = inner.parts if isinstance(inner, All | AnyOf) else (inner,)
    values: dict[str, Any] = {}
    for item in leaves:
        name, value = _leaf(item)
        if not name or name in values:
            return None
        values[name] = value
    join = ALL if isinstance(inner, All) else ANY
    return {"sense": sense, "join": join, **values} if values else None


def _leaves(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [{name: list(keys)} for name in ATTRIBUTES if (keys := values.get(name))]
    if (months := values.get(MONTHS)) is not None:
        found.append({MONTHS: months})
    return found
