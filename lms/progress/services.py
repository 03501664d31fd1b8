"""Keeping the two progress tables equal to the fold of the statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from courses.models import Activity, Course
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.rules import (
    ActivityRule,
    ActivityTotals,
    CourseTotals,
    Event,
    fold_activity,
    fold_course,
)
from lms.records.models import Statement
from lms.records.selectors import statements_that_count

ACTIVITY_FIELDS = [field.name for field in fields(ActivityTotals)]
EVENT_COLUMNS = (
    "id",
    "activity_id",
    "content_id",
    "exercise_id",
    "verb",
    "is_root",
    "score",
    "graded_score",
    "timestamp",
)
COURSE_FIELDS = [field.name for field in fields(CourseTotals)]


def rule_of(activity: Activity) -> ActivityRule:
    return ActivityRule(
        is_lesson=activity.kind == Activity.Kind.LESSON,
        is_workshop=activity.kind == Activity.Kind.WORKSHOP,
        pass_mark=activity.pass_mark,
        is_live=activity.live,
        refused_contents=frozenset(activity.refused_contents),
    )


def event_of(statement: Statement) -> Event:
    return Event(
        verb=statement.verb,
        is_root=statement.is_root,
        score=statement.score,
        timestamp=statement.timestamp,
        content=statement.content_id or statement.exercise_id,
        graded=statement.graded_score,
    )


def _events(statements: Iterable[Statement]) -> dict[int, list[Event]]:
    """Activity id -> what its statements say."""
    events: dict[int, list[Event]] = defaultdict(list)
    for statement in statements:
        events[statement.activity_id].append(event_of(statement))
    return events


class Applied(NamedTuple):
    """Of the courses that statements were about: those complete now, and those since these."""

    complete: set[int]
    completed: list[Course]


def apply_statements(*, employee: Employee, statements: Sequence[Statement]) -> Applied:
    """Add new statements to the person's progress.

    The caller holds the person's enrolment rows locked, so that two requests cannot both
    read the totals before either writes them.
    """
    events = _events(statements)
    courses = {statement.activity.course_id: statement.activity.course for statement in statements}
    activities = list(Activity.objects.filter(course__in=courses).order_by("pk"))
    before = {
        row.activity_id: _totals(row)
        for row in ActivityProgress.objects.filter(employee=employee, activity__course__in=courses)
    }
    rules = {activity.pk: rule_of(activity) for activity in activities}
    after = before | {
        key: totals
        for key, new in events.items()
        if (totals := fold_activity(new, rules[key], before.get(key))) is not None
    }
    _write_activities(employee, {key: after[key] for key in events})
    completed_before = set(
        CourseProgress.objects.filter(
            employee=employee, course__in=courses, completed_at__isnull=False
        ).values_list("course_id", flat=True)
    )
    course_totals = _fold_courses(activities, rules, after)
    _write_courses(employee, course_totals)
    complete = {key for key, totals in course_totals.items() if totals.completed_at is not None}
    return Applied(
        complete=complete, completed=[courses[key] for key in sorted(complete - completed_before)]
    )


@transaction.atomic
def rebuild_progress(*, employee: Employee) -> None:
    """Throw away one person's progress and fold all their statements anew."""
    Employee.objects.select_for_update().get(pk=employee.pk)
    _rebuild(employee, Course.objects.all())


@transaction.atomic
def rebuild_course_progress(*, employee: Employee, course: Course) -> None:
    """The same for one course, e.g. after a statement was voided.

    The caller holds the person's enrolment locked.
    """
    _rebuild(employee, Course.objects.filter(pk=course.pk))


def _rebuild(employee: Employee, courses: QuerySet[Course]) -> None:
    said = statements_that_count().filter(employee=employee, activity__course__in=courses)
    events = _events(said.only(*EVENT_COLUMNS))
    course_ids = Activity.objects.filter(pk__in=events).values("course_id")
    activities = list(Activity.objects.filter(course__in=course_ids).order_by("pk"))
    rules = {activity.pk: rule_of(activity) for activity in activities}
    totals = {
        key: folded
        for key, new in events.items()
        if (folded := fold_activity(new, rules[key])) is not None
    }
    ActivityProgress.objects.filter(employee=employee, activity__course__in=courses).delete()
    CourseProgress.objects.filter(employee=employee, course__in=courses).delete()
    _write_activities(employee, totals)
    _write_courses(employee, _fold_courses(activities, rules, totals))


@transaction.atomic
def settle_progress(*, course: Course, changed: Iterable[int]) -> None:
    """Bring everybody's progress in line with what was just published.

    The caller holds the course's enrolments locked: nobody's statement may be added to totals
    that are being replaced.

    Args:
        changed: activities with a new version: what their statements add up to may have changed
            with the pass mark, or with earlier completions no longer counting.
    """
    activities = list(Activity.objects.filter(course=course).order_by("pk"))
    rules = {activity.pk: rule_of(activity) for activity in activities}
    refolded = _refold(set(changed) & rules.keys(), rules)
    by_person: dict[int, dict[int, ActivityTotals]] = defaultdict(dict)
    for row in ActivityProgress.objects.filter(activity__in=rules):
        key = (row.employee_id, row.activity_id)
        by_person[row.employee_id][row.activity_id] = refolded.get(key) or _totals(row)
    _write_activity_rows(refolded)
    _write_course_rows(
        {
            (employee_id, course.pk): folded
            for employee_id, totals in by_person.items()
            if (folded := fold_course(rules, totals)) is not None
        }
    )


def _refold(
    activity_ids: set[int], rules: Mapping[int, ActivityRule]
) -> dict[tuple[int, int], ActivityTotals]:
    """(employee id, activity id) -> totals of all statements about these activities."""
    events: dict[tuple[int, int], list[Event]] = defaultdict(list)
    rows = statements_that_count().filter(activity__in=activity_ids)
    for statement in rows.only("employee_id", *EVENT_COLUMNS).iterator():
        events[statement.employee_id, statement.activity_id].append(event_of(statement))
    return {
        key: folded
        for key, new in events.items()
        if (folded := fold_activity(new, rules[key[1]])) is not None
    }


def _fold_courses(
    activities: Iterable[Activity],
    rules: dict[int, ActivityRule],
    totals: dict[int, ActivityTotals],
) -> dict[int, CourseTotals]:
    by_course: dict[int, dict[int, ActivityRule]] = defaultdict(dict)
    for activity in activities:
        by_course[activity.course_id][activity.pk] = rules[activity.pk]
    return {
        course_id: folded
        for course_id, course_rules in by_course.items()
        if (folded := fold_course(course_rules, totals)) is not None
    }


def _totals(row: ActivityProgress) -> ActivityTotals:
    return ActivityTotals(**{name: getattr(row, name) for name in ACTIVITY_FIELDS})


def _write_activities(employee: Employee, totals: dict[int, ActivityTotals]) -> None:
    _write_activity_rows({(employee.pk, key): item for key, item in totals.items()})


def _write_courses(employee: Employee, totals: dict[int, CourseTotals]) -> None:
    _write_course_rows({(employee.pk, key): item for key, item in totals.items()})


def _write_activity_rows(totals: dict[tuple[int, int], ActivityTotals]) -> None:
    ActivityProgress.objects.bulk_create(
        [
            ActivityProgress(employee_id=employee_id, activity_id=key, **asdict(item))
            for (employee_id, key), item in totals.items()
        ],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["employee", "activity"],
        update_fields=ACTIVITY_FIELDS,
    )


def _write_course_rows(totals: dict[tuple[int, int], CourseTotals]) -> None:
    CourseProgress.objects.bulk_create(
        [
            CourseProgress(employee_id=employee_id, course_id=key, **asdict(item))
            for (employee_id, key), item in totals.items()
        ],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["employee", "course"],
        update_fields=COURSE_FIELDS,
    )
