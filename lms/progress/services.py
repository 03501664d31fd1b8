"""Keeping the two progress tables equal to the fold of the statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from courses.models import Activity, Course
from lms.people.models import Employee
from lms.prepared import PreparedInsert, run_together
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.rules import (
    ActivityRule,
    ActivityTotals,
    CourseTotals,
    Event,
    fold_activity,
    fold_course,
)
from lms.progress.standing import ACTIVITY_FIELDS, Standing
from lms.records.models import Statement
from lms.records.subjects import Subject

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
_ACTIVITIES = PreparedInsert(
    ActivityProgress,
    ["employee", "activity", *ACTIVITY_FIELDS],
    known_by=["employee", "activity"],
)
_COURSES = PreparedInsert(
    CourseProgress, ["employee", "course", *COURSE_FIELDS], known_by=["employee", "course"]
)


def rule_of(activity: Activity | Subject) -> ActivityRule:
    return ActivityRule(
        is_lesson=activity.kind == Activity.Kind.LESSON,
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
    """What statements did to courses: those done since, and those done or renewed since."""

    completed: list[int]
    certifiable: list[int]


def apply_statements(
    *, employee: Employee, statements: Sequence[Statement], standing: Standing
) -> Applied:
    """Add new statements to the person's progress.

    Args:
        standing: as read while the person's enrolments were held, before these statements.
    """
    subjects = standing.subjects.values()
    rules = {subject.id: rule_of(subject) for subject in subjects}
    added = {
        key: totals
        for key, new in _events(statements).items()
        if (totals := fold_activity(new, rules[key], standing.totals.get(key))) is not None
    }
    before = _fold_courses(subjects, rules, standing.totals)
    after = _fold_courses(subjects, rules, standing.totals | added)
    _write(
        {(employee.pk, key): totals for key, totals in added.items()},
        {(employee.pk, key): item for key, item in after.items() if item != before.get(key)},
    )
    return Applied(
        completed=[key for key in after if _done(after, key) and not _done(before, key)],
        certifiable=[key for key in after if _done(after, key) != _done(before, key)],
    )


def _done(courses: Mapping[int, CourseTotals], key: int) -> tuple[datetime, datetime | None] | None:
    """When the course was completed and renewed; None = it is not complete."""
    totals = courses.get(key)
    if totals is None or totals.completed_at is None:
        return None
    return totals.completed_at, totals.renewed_at


@transaction.atomic
def rebuild_progress(*, employee: Employee) -> None:
    """Throw away one person's progress and fold all their statements anew."""
    Employee.objects.select_for_update().get(pk=employee.pk)
    events = _events(Statement.objects.filter(employee=employee).only(*EVENT_COLUMNS))
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
    courses = _fold_courses(activities, rules, totals)
    _write(
        {(employee.pk, key): item for key, item in totals.items()},
        {(employee.pk, key): item for key, item in courses.items()},
    )


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
    _write(
        refolded,
        {
            (employee_id, course.pk): folded
            for employee_id, totals in by_person.items()
            if (folded := fold_course(rules, totals)) is not None
        },
    )


def _refold(
    activity_ids: set[int], rules: Mapping[int, ActivityRule]
) -> dict[tuple[int, int], ActivityTotals]:
    """(employee id, activity id) -> totals of all statements about these activities."""
    events: dict[tuple[int, int], list[Event]] = defaultdict(list)
    rows = Statement.objects.filter(activity__in=activity_ids)
    for statement in rows.only("employee_id", *EVENT_COLUMNS).iterator():
        events[statement.employee_id, statement.activity_id].append(event_of(statement))
    return {
        key: folded
        for key, new in events.items()
        if (folded := fold_activity(new, rules[key[1]])) is not None
    }


def _fold_courses(
    activities: Iterable[Activity | Subject],
    rules: dict[int, ActivityRule],
    totals: dict[int, ActivityTotals],
) -> dict[int, CourseTotals]:
    by_course: dict[int, dict[int, ActivityRule]] = defaultdict(dict)
    for activity in activities:
        by_course[activity.course_id][activity.id] = rules[activity.id]
    return {
        course_id: folded
        for course_id, course_rules in by_course.items()
        if (folded := fold_course(course_rules, totals)) is not None
    }


def _totals(row: ActivityProgress) -> ActivityTotals:
    return ActivityTotals(**{name: getattr(row, name) for name in ACTIVITY_FIELDS})


def _write(
    activities: Mapping[tuple[int, int], ActivityTotals],
    courses: Mapping[tuple[int, int], CourseTotals],
) -> None:
    """Totals by employee and activity, or employee and course."""
    run_together(
        (_ACTIVITIES, [(*key, *_values(it, ACTIVITY_FIELDS)) for key, it in activities.items()]),
        (_COURSES, [(*key, *_values(it, COURSE_FIELDS)) for key, it in courses.items()]),
    )


def _values(totals: ActivityTotals | CourseTotals, names: Iterable[str]) -> list[Any]:
    return [getattr(totals, name) for name in names]
