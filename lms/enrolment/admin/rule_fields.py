"""A rule as the fields of a form row, and back. Pure."""

from collections.abc import Mapping
from typing import Any

from lms.enrolment.rules.condition import (
    ATTRIBUTES,
    All,
    Condition,
    Has,
    JoinedWithin,
    Not,
    parse_condition,
    stored_form,
)

MONTHS = "joined_within_months"
EXCEPT = "except_"
GROUP_FIELDS = (*ATTRIBUTES, *(EXCEPT + name for name in ATTRIBUTES), MONTHS)


def fields_of(condition: Condition) -> dict[str, Any] | None:
    """Values of `GROUP_FIELDS` that say the condition; None = it says more than a row can."""
    values: dict[str, Any] = {}
    for part in condition.parts if isinstance(condition, All) else (condition,):
        match part:
            case Has(name, (key,)):
                found = (name, key)
            case Not(Has(name, (key,))):
                found = (EXCEPT + name, key)
            case JoinedWithin(months):
                found = (MONTHS, months)  # type: ignore[assignment]
            case _:
                return None
        if found[0] in values:
            return None
        values[found[0]] = found[1]
    return values


def condition_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The stored condition that a row's values say; every value given must hold."""
    parts: list[dict[str, Any]] = []
    for name in ATTRIBUTES:
        if key := values.get(name):
            parts.append({name: [key]})
        if key := values.get(EXCEPT + name):
            parts.append({"not": {name: [key]}})
    if (months := values.get(MONTHS)) is not None:
        parts.append({MONTHS: months})
    return stored_form(parse_condition({"all": parts}))
