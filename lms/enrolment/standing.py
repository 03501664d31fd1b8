"""Where one person stands in some courses: all of it, in one query.

It is read without holding anything. What is written on its account is written only while the
enrolment has the version it was read with (`unless_overtaken`), or while it is held
(`services.lock_enrolments`).
"""

import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import BigAutoField, FilteredRelation, Q, TextField
from django.db.models.functions import Cast

from lms.enrolment.models import Enrolment
from lms.enrolment.prerequisites import waiting
from lms.people.models import Employee
from lms.prepared import PreparedQuery
from lms.progress.rules import ActivityTotals
from lms.progress.services import ACTIVITY_FIELDS
from lms.records.subjects import Subject


class Held(NamedTuple):
    """An enrolment as it was read: it is another one when its version is."""

    id: int
    version: int
    may_wait: bool


class Standing(NamedTuple):
    """
    Attributes:
        enrolments: course id -> enrolment; missing = the person does not take the course.
        subjects: IRI -> activity; every one of the courses, in the order of their ids.
        totals: activity id -> totals; missing = never touched.
    """

    enrolments: dict[int, Held]
    subjects: dict[str, Subject]
    totals: dict[int, ActivityTotals]


_ACTIVITY = "course__activities__"
# Lists are read as text: what is the same in the database is then the same in memory (`_subject`).
_LISTS = ("refused_contents", "covers")
_PATHS = {name: _ACTIVITY + name for name in Subject._fields} | {
    "content": f"{_ACTIVITY}content__uuid"
}
_COLUMNS = [f"{name}_text" if name in _LISTS else path for name, path in _PATHS.items()]
_FIRST = len(Held._fields) + 1
_LAST = _FIRST + len(_COLUMNS)

_QUERY = PreparedQuery(
    lambda slots: (
        Enrolment.objects.filter(employee=slots["employee"], course__id__in=slots["courses"])
        .annotate(
            may_wait=waiting(),
            own=FilteredRelation(
                f"{_ACTIVITY}progress",
                condition=Q(course__activities__progress__employee=slots["employee"]),
            ),
            **{f"{name}_text": Cast(_PATHS[name], TextField()) for name in _LISTS},
        )
        .order_by(f"{_ACTIVITY}pk")
        .values_list(
            "course_id",
            *Held._fields,
            *_COLUMNS,
            *(f"own__{name}" for name in ACTIVITY_FIELDS),
        )
    ),
    employee=BigAutoField(),
    courses=BigAutoField(),
)


def standing_in(employee: Employee, course_ids: Collection[int]) -> Standing:
    standing = Standing({}, {}, {})
    if not course_ids:
        return standing
    for row in _QUERY.ask(employee=employee.pk, courses=sorted(course_ids)):
        standing.enrolments[row[0]] = Held(*row[1:_FIRST])
        if row[_FIRST] is None:
            continue  # a course without anything in it
        subject = _subject(tuple(row[_FIRST:_LAST]))
        standing.subjects[subject.iri] = subject
        if row[_LAST] is not None:
            standing.totals[subject.id] = ActivityTotals(*row[_LAST:])
    return standing


def unless_overtaken(standing: Standing) -> tuple[str, Sequence[Any]]:
    """The command that takes the one enrolment's next version, if it is still as it was read."""
    (held,) = standing.enrolments.values()
    return _NEXT_VERSION, [held.id, held.version]


_NEXT_VERSION = """
    UPDATE lms_core_enrolment SET version = version + 1 WHERE id = %s AND version = %s
"""


@lru_cache(maxsize=20_000)
def _subject(columns: tuple[Any, ...]) -> Subject:
    given: dict[str, Any] = dict(zip(Subject._fields, columns, strict=True))
    return Subject(**given | {name: frozenset(json.loads(given[name])) for name in _LISTS})
