"""Where one person stands in some courses: all of it, in one query."""

from collections.abc import Collection
from dataclasses import fields
from typing import NamedTuple

from django.db.models import BigAutoField, FilteredRelation, Q

from courses.models import Activity
from lms.people.models import Employee
from lms.prepared import PreparedQuery
from lms.progress.rules import ActivityTotals
from lms.records.subjects import COLUMNS, Subject

ACTIVITY_FIELDS = [field.name for field in fields(ActivityTotals)]


class Standing(NamedTuple):
    """
    Attributes:
        subjects: IRI -> activity; every one of the courses, in the order of their ids.
        totals: activity id -> totals; missing = never touched.
    """

    subjects: dict[str, Subject]
    totals: dict[int, ActivityTotals]


_WIDTH = len(COLUMNS)
_QUERY = PreparedQuery(
    lambda slots: (
        Activity.objects.filter(course__id__in=slots["courses"])
        .annotate(
            own=FilteredRelation("progress", condition=Q(progress__employee=slots["employee"]))
        )
        .order_by("pk")
        .values_list(*COLUMNS, *(f"own__{name}" for name in ACTIVITY_FIELDS))
    ),
    employee=BigAutoField(),
    courses=BigAutoField(),
)


def standing_in(employee: Employee, course_ids: Collection[int]) -> Standing:
    """Whoever will add to it holds the person's enrolments in these courses, so that two
    requests cannot both read before either writes."""
    standing = Standing({}, {})
    if not course_ids:
        return standing
    for row in _QUERY.ask(employee=employee.pk, courses=sorted(course_ids)):
        subject = Subject(*row[:_WIDTH])
        standing.subjects[subject.iri] = subject
        if row[_WIDTH] is not None:
            standing.totals[subject.id] = ActivityTotals(*row[_WIDTH:])
    return standing
