"""Mandatory courses of the people somebody oversees: the one place that reads what is assigned.

Everything here stands on `assigned`: whoever changes how courses are assigned changes that.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from courses.catalogue.selectors import activities_in, published_courses
from courses.models import Activity, Course
from lms.enrolment.models import Enrolment
from lms.oversight.heads import departments_overseen_by, staff_overseen_by
from lms.oversight.reasons import LateReason, Touched, late_reason
from lms.people.calendar import office_today
from lms.people.models import Department, Employee, Posting
from lms.people.selectors import Viewer, department_paths, postings_on
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.services import rules_of


@dataclass(frozen=True)
class Duty:
    """One row per person and mandatory course. `reason` None = not late.

    `activity` is what the reason speaks of: the test that was failed, or the last lesson.
    """

    employee: Employee
    department: Department
    course: Course
    due_on: date | None
    is_overdue: bool
    done: int
    total: int
    started_at: datetime | None
    completed_at: datetime | None
    reason: LateReason | None
    activity: Activity | None


@dataclass(frozen=True)
class DutyFilters:
    """Keys; "" = not narrowed. `state` is a key of STATES."""

    state: str = "all"
    department: str = ""
    course: str = ""
    person: str = ""


LATE = Q(is_late=1)
OPEN = Q(completed_at__isnull=True)
STATES: dict[str, Q] = {
    "all": Q(),
    "overdue": LATE,
    "to_do": OPEN,
    "done": ~OPEN,
}


def assigned(on: date) -> QuerySet[Any]:
    """Assigned enrolments in published courses of those with a main posting that day.

    Each row says `completed_at`, `started_at`, `done_count`, `total_count` (absent = nothing
    was ever touched) and `is_late` 0 or 1.
    """
    progress = CourseProgress.objects.filter(
        employee=OuterRef("employee_id"), course=OuterRef("course_id")
    )
    posted = postings_on(on).filter(is_main=True).order_by().values("employee_id")
    return Enrolment.objects.filter(
        source=Enrolment.Source.ASSIGNED, course__in=published_courses(), employee__in=posted
    ).annotate(
        completed_at=Subquery(progress.values("completed_at")),
        started_at=Subquery(progress.values("started_at")),
        done_count=Subquery(progress.values("done_count")),
        total_count=Subquery(progress.values("total_count")),
        is_late=Case(
            When(Q(due_on__lt=on) & OPEN, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        ),
    )


def duties_overseen_by(
    viewer: Viewer, on: date, filters: DutyFilters | None = None
) -> QuerySet[Any]:
    """The rows of `assigned` the viewer oversees, overdue first, then by due date.

    A filter that names nothing the viewer oversees leaves nothing.
    """
    wanted = filters or DutyFilters()
    rows = assigned(on).filter(employee__in=staff_overseen_by(viewer, on))
    if wanted.department:
        below = [
            pk
            for pk, path in department_paths().items()
            if any(row.key == wanted.department for row in path)
        ]
        there = postings_on(on).filter(is_main=True, department_id__in=below).order_by()
        rows = rows.filter(employee__in=there.values("employee_id"))
    if wanted.course:
        rows = rows.filter(course__key=wanted.course)
    if wanted.person:
        rows = rows.filter(
            Q(employee__name__icontains=wanted.person)
            | Q(employee__kana__icontains=wanted.person)
            | Q(employee__staff_number=wanted.person)
        )
    return rows.filter(STATES[wanted.state]).order_by(
        "-is_late",
        F("completed_at").asc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "employee__kana",
        "employee__staff_number",
        "course__position",
        "pk",
    )


def counts_of(rows: QuerySet[Any]) -> dict[str, int]:
    """How many of the rows are in each state, and of how many people. One query."""
    counts = {name: Count("pk", filter=state) for name, state in STATES.items()}
    return rows.order_by().aggregate(people=Count("employee", distinct=True), **counts)


def choices_of(viewer: Viewer, on: date) -> tuple[list[tuple[Department, int]], list[Course]]:
    """What the viewer can narrow by: departments with their depth as a tree, and courses."""
    overseen = departments_overseen_by(viewer, on)
    lines = [line for pk, line in department_paths().items() if pk in overseen]
    top = min((len(line) for line in lines), default=1)
    departments = [
        (line[-1], len(line) - top)
        for line in sorted(lines, key=lambda line: [row.key for row in line])
    ]
    rows = assigned(on).filter(employee__in=staff_overseen_by(viewer, on)).order_by()
    courses = Course.objects.filter(pk__in=rows.values("course_id")).order_by("position", "key")
    return departments, list(courses)


def described(rows: Iterable[Any], on: date) -> list[Duty]:
    """The rows of `assigned` with what a reader asks of them; some queries for all of them."""
    listed = list(rows)
    people = {row.employee_id for row in listed}
    employees = Employee.objects.in_bulk(people)
    courses = Course.objects.in_bulk({row.course_id for row in listed})
    mains = {
        row.employee_id: row
        for row in postings_on(on)
        .filter(is_main=True, employee__in=people)
        .select_related("department")
    }
    joined: dict[int, date] = dict(
        Posting.objects.filter(employee__in=people)
        .order_by()
        .values("employee_id")
        .annotate(first=Min("starts_on"))
        .values_list("employee_id", "first")
    )
    activities = list(activities_in(courses.values()))
    by_id = {row.pk: row for row in activities}
    totals: dict[int, int] = defaultdict(int)
    rules = rules_of(activities)
    for activity in activities:
        totals[activity.course_id] += rules[activity.pk].is_required
    asked = [row for row in activities if not rules[row.pk].in_test_out]
    touched = _touched([row for row in listed if row.is_late], asked)
    duties = []
    for row in listed:
        reason = late_reason(
            due_on=row.due_on,
            is_completed=row.completed_at is not None,
            on=on,
            since=max(office_today(row.enrolled_at), joined[row.employee_id]),
            touched=touched[row.employee_id, row.course_id],
        )
        is_begun = row.total_count is not None
        duties.append(
            Duty(
                employee=employees[row.employee_id],
                department=mains[row.employee_id].department,
                course=courses[row.course_id],
                due_on=row.due_on,
                is_overdue=bool(row.is_late),
                done=row.done_count if is_begun else 0,
                total=row.total_count if is_begun else totals[row.course_id],
                started_at=row.started_at,
                completed_at=row.completed_at,
                reason=reason,
                activity=by_id.get(reason.activity_id or 0) if reason else None,
            )
        )
    return duties


def _touched(
    late: Sequence[Any], activities: Sequence[Activity]
) -> dict[tuple[int, int], list[Touched]]:
    """(employee, course) -> what the person did there, in course order."""
    order = {row.pk: (number, row) for number, row in enumerate(activities)}
    found: dict[tuple[int, int], list[Touched]] = defaultdict(list)
    rows = ActivityProgress.objects.filter(
        employee__in={row.employee_id for row in late},
        activity__in=order,
    )
    for row in sorted(rows, key=lambda row: order[row.activity_id][0]):
        activity = order[row.activity_id][1]
        found[row.employee_id, activity.course_id].append(
            Touched(
                activity_id=activity.pk,
                lesson_id=activity.lesson_id or activity.pk,
                attempts=row.attempts,
                is_failing=activity.pass_mark is not None
                and row.attempts > 0
                and row.done_at is None,
                last_on=office_today(row.last_at),
            )
        )
    return found
