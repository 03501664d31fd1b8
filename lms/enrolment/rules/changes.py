"""Where rules and assignments have come apart: every rule and every person, in one query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connections, router
from django.db.models import BigIntegerField, F, QuerySet, Value

from lms.enrolment.models import Assignment, AudienceRule
from lms.enrolment.rules.compiling import OfficeKeys
from lms.enrolment.rules.selectors import postings_bound

# Rules in one query: SQLite joins no more than 500 parts.
AT_ONCE = 400

_APART = """
WITH pairs (rule_id, employee_id, meant, held) AS (%(pairs)s)
SELECT rule_id, employee_id, MAX(held)
FROM pairs
GROUP BY rule_id, employee_id
HAVING MAX(meant) = 0 OR MAX(held) = 0
"""


@dataclass(frozen=True)
class Changes:
    """
    Attributes:
        entering: rule id -> ids of people it means who have no open assignment by it.
        leaving: ids of open assignments whose rule no longer means the person.
    """

    entering: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    leaving: list[int] = field(default_factory=list)


def changes_of(rules: Sequence[AudienceRule], keys: OfficeKeys, on: date) -> Changes:
    """
    Raises:
        InvalidCondition: `unknown_key`.
    """
    changes = Changes()
    for start in range(0, len(rules), AT_ONCE):
        _add(changes, rules[start : start + AT_ONCE], keys, on)
    changes.leaving.sort()
    return changes


def _add(changes: Changes, rules: Sequence[AudienceRule], keys: OfficeKeys, on: date) -> None:
    """All pairs of rule and person, meant or held, laid on one another: what is left shows on one
    side only. Without a join, so that no plan can go wrong however little the database knows of
    the tables."""
    using = router.db_for_write(Assignment)
    held = Assignment.objects.filter(ended_on=None, rule__in=[rule.pk for rule in rules])
    parts = [_pairs(held, F("rule_id"), meant=NOT, held=F("pk"))]
    for rule in rules:
        bound = postings_bound(rule, keys, on)
        parts.append(_pairs(bound, _number(rule.pk), meant=_number(1), held=NOT))
    commands = [part.query.get_compiler(using).as_sql() for part in parts]
    pairs = " UNION ALL ".join(sql for sql, _params in commands)
    with connections[using].cursor() as cursor:
        cursor.execute(
            _APART % {"pairs": pairs}, [value for _sql, params in commands for value in params]
        )
        for rule_id, employee_id, assignment_id in cursor.fetchall():
            if assignment_id:
                changes.leaving.append(assignment_id)
            else:
                changes.entering[rule_id].append(employee_id)


def _number(value: int) -> Value:
    return Value(value, output_field=BigIntegerField())


NOT = _number(0)


def _pairs(rows: QuerySet[Any], rule: Any, *, meant: Any, held: Any) -> QuerySet[Any, Any]:
    names = {"of_rule": rule, "is_meant": meant, "is_held": held}
    columns = ("of_rule", "employee_id", "is_meant", "is_held")
    pairs: QuerySet[Any, Any] = rows.order_by().annotate(**names).values_list(*columns)
    return pairs
