"""Where one person stands in some courses: all of it, in one query."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import NamedTuple

from django.db.models import BigAutoField, FilteredRelation, Q

from courses.models import Activity
from lms.people.models import Employee
from lms.prepared import PreparedQuery
from lms.progress.rules import ActivityTotals
from lms.records.subjects import COLUMNS, Subject

ACTIVITY_FIELDS = [field.name for field in fields(ActivityTotals)]


class Completion(NamedTuple):
    """When a course was first done, and when anew; None = not."""

    completed_at: datetime | None = None
    renewed_at: datetime | None = None


class Standing(NamedTuple):
    """
    Attributes:
        subjects: IRI -> activity; every one of the courses, in the order of their ids.
        activities: activity id -> totals; missing = never touched.
        courses: course id -> when it was done, as of the last statement.
    """

    subjects: dict[str, Subject]
    activities: dict[int, ActivityTotals]
    courses: dict[int, Completion]


_WIDTH = len(COLUMNS)
_QUERY = PreparedQuery(
    lambda slots: (
        Activity.objects.filter(course__id__in=slots["courses"])
        .annotate(
            own=FilteredRelation("progress", condition=Q(progress__employee=slots["employee"])),
            whole=FilteredRelation(
                "course__progress", condition=Q(course__progress__employee=slots["employee"])
            ),
        )
        .order_by("pk")
        .values_list(
            *COLUMNS,
            *(f"whole__{name}" for name in Completion._fields),
            *(f"own__{name}" for name in ACTIVITY_FIELDS),
        )
    ),
    employee=BigAutoField(),
    courses=BigAutoField(),
)


def standing_in(employee: Employee, course_ids: Collection[int]) -> Standing:
    """Whoever will add to it holds the person's enrolments in these courses, so that two
    requests cannot both read before either writes."""
    standing = Standing({}, {}, {})
    if not course_ids:
        return standing
    for row in _QUERY.ask(employee=employee.pk, courses=sorted(course_ids)):
        subject = Subject(*row[:_WIDTH])
        completion = Completion(*row[_WIDTH : _WIDTH + len(Completion._fields)])
        totals = row[_WIDTH + len(completion) :]
        standing.subjects[subject.iri] = subject
        standing.courses[subject.course_id] = completion
        if totals[0] is not None:
            standing.activities[subject.id] = ActivityTotals(*totals)
    return standing
