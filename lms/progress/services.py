"""Keeping the two progress tables equal to the fold of the statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

from django.db import transaction

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

ACTIVITY_FIELDS = [field.name for field in fields(ActivityTotals)]
COURSE_FIELDS = [field.name for field in fields(CourseTotals)]


def rule_of(activity: Activity) -> ActivityRule:
    return ActivityRule(
        is_lesson=activity.kind == Activity.Kind.LESSON, pass_mark=activity.pass_mark
    )


def event_of(statement: Statement) -> Event:
    return Event(
        verb=statement.verb,
        is_root=statement.is_root,
        score=statement.score,
        timestamp=statement.timestamp,
    )


def apply_statements(*, employee: Employee, statements: Sequence[Statement]) -> list[Course]:
    """Add new statements to the person's progress; returns the courses that became complete.

    The caller holds the person's enrolment rows locked, so that two requests cannot both
    read the totals before either writes them.
    """
    events: dict[int, list[Event]] = defaultdict(list)
    for statement in statements:
        events[statement.activity_id].append(event_of(statement))
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
    return [
        courses[key]
        for key, totals in course_totals.items()
        if totals.completed_at is not None and key not in completed_before
    ]


@transaction.atomic
def rebuild_progress(*, employee: Employee) -> None:
    """Throw away one person's progress and fold all their statements anew."""
    Employee.objects.select_for_update().get(pk=employee.pk)
    statements = Statement.objects.filter(employee=employee).only(
        "id", "activity_id", "verb", "is_root", "score", "timestamp"
    )
    events: dict[int, list[Event]] = defaultdict(list)
    for statement in statements:
        events[statement.activity_id].append(event_of(statement))
    course_ids = Activity.objects.filter(pk__in=events).values("course_id")
    activities = list(Activity.objects.filter(course__in=course_ids).order_by("pk"))
    rules = {activity.pk: rule_of(activity) for activity in activities}
    totals = {
        key: folded
        for key, new in events.items()
        if (folded := fold_activity(new, rules[key])) is not None
    }
    ActivityProgress.objects.filter(employee=employee).delete()
    CourseProgress.objects.filter(employee=employee).delete()
    _write_activities(employee, totals)
    _write_courses(employee, _fold_courses(activities, rules, totals))


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
    ActivityProgress.objects.bulk_create(
        [
            ActivityProgress(employee=employee, activity_id=key, **asdict(item))
            for key, item in totals.items()
        ],
        update_conflicts=True,
        unique_fields=["employee", "activity"],
        update_fields=ACTIVITY_FIELDS,
    )


def _write_courses(employee: Employee, totals: dict[int, CourseTotals]) -> None:
    CourseProgress.objects.bulk_create(
        [
            CourseProgress(employee=employee, course_id=key, **asdict(item))
            for key, item in totals.items()
        ],
        update_conflicts=True,
        unique_fields=["employee", "course"],
        update_fields=COURSE_FIELDS,
    )
