"""Putting rules in the place of a course's or a path's saved ones."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from lms.enrolment.access import may_order
from lms.enrolment.models import AudienceRule, PathRule, Rule
from lms.enrolment.refusals import refused
from lms.enrolment.rules.compiling import compiled, office_keys
from lms.enrolment.rules.condition import parse_condition, stored_form
from lms.enrolment.rules.drafts import NewRule, check_schedule

Row = TypeVar("Row", AudienceRule, PathRule)
Entry = dict[str, Any]


@dataclass(frozen=True)
class Written(Generic[Row]):
    """`rows` are saved, each beside what was wanted; `before` and `after` are for the log."""

    rows: list[tuple[Row, NewRule]]
    before: list[Entry]
    after: list[Entry]


def put_rules(
    *, saved: QuerySet[Row], make: Callable[[], Row], rules: Sequence[NewRule], by: Any, on: date
) -> Written[Row]:
    """Make these the rows of one course or path. The caller holds it, and sets equal courses.

    A rule that names its row, or the condition of one, changes that row.

    Args:
        make: a row of the course or path, not saved.

    Raises:
        AudienceRefused, InvalidCondition: see `lms.enrolment.services.set_audience`.
    """
    keys = office_keys()
    rows = {row.pk: row for row in saved}
    by_condition = {text_of(row.condition): pk for pk, row in rows.items()}
    wanted: dict[str, tuple[Row, NewRule]] = {}
    for number, new in enumerate(rules, start=1):
        condition = parse_condition(new.condition)
        compiled(condition, keys, on)
        stored = stored_form(condition)
        if text_of(stored) in wanted:
            raise refused("repeated", place=str(number))
        check_schedule(new, place=str(number))
        row = make()
        row.pk = new.pk if new.pk in rows else by_condition.get(text_of(stored))
        row.condition, row.is_mandatory = stored, new.is_mandatory
        for name, value in asdict(new.schedule).items():
            setattr(row, name, value)
        wanted[text_of(stored)] = (row, new)
    before = described(rows.values())
    after = sorted((entry(row, new.equal_courses) for row, new in wanted.values()), key=text_of)
    if orders(before) != orders(after) and not may_order(by):
        raise refused("order_not_allowed")
    kept = {row.pk for row, _ in wanted.values() if row.pk}
    saved.filter(pk__in=rows.keys() - kept).delete()
    # Two rows may have changed places: neither may meet the other's old condition.
    for number, pk in enumerate(sorted(kept)):
        saved.filter(pk=pk).update(condition={"all": [], "moving": number})
    for row, _ in wanted.values():
        row.save()
    return Written(list(wanted.values()), before, after)


def text_of(data: Any) -> str:
    return json.dumps(data, sort_keys=True)


def orders(entries: Iterable[Entry]) -> list[str]:
    return sorted(text_of(row) for row in entries if row["mandatory"])


def described(rows: Iterable[Rule]) -> list[Entry]:
    """For the log, which outlives tiers and departments: by key."""
    return sorted((entry(row, equal_courses_of(row)) for row in rows), key=text_of)


def entry(row: Rule, equal_courses: Iterable[str]) -> Entry:
    values = {name: value for name, value in asdict(row.schedule).items() if value is not None}
    if row.due_on is not None:
        values["due_on"] = row.due_on.isoformat()
    return {
        "condition": row.condition,
        "mandatory": row.is_mandatory,
        "equal_courses": sorted(equal_courses),
        **values,
    }


def equal_courses_of(row: Rule) -> list[str]:
    """Keys; a path's rule has none, because they are courses for one course each."""
    return [other.key for other in row.equal_courses.all()] if isinstance(row, AudienceRule) else []


def as_drafts(rows: Iterable[Rule]) -> list[NewRule]:
    """Rows as rules, to be shown or set again."""
    return [
        NewRule(
            condition=row.condition,
            is_mandatory=row.is_mandatory,
            schedule=row.schedule,
            equal_courses=tuple(equal_courses_of(row)),
            pk=row.pk,
        )
        for row in rows
    ]
