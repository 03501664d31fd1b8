"""Keeping the two progress tables equal to the fold of the statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction

from courses.models import Activity, Course
from lms.conf import conf
from lms.people.models import Employee
from lms.progress.lessons import fold_person
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.rules import (
    ActivityRule,
    ActivityTotals,
    Completion,
    CourseTotals,
    Event,
    fold_activity,
    fold_course,
)
from lms.records.models import Statement

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
    "duration",
    "timestamp",
)
COURSE_FIELDS = [field.name for field in fields(CourseTotals)]


def rules_of(activities: Iterable[Activity]) -> dict[int, ActivityRule]:
    """Activity id -> its rule.

    Args:
        activities: of one or more courses, with the lessons they stand in.
    """
    rows = list(activities)
    tests = {row.pk for row in rows if row.completion == Activity.Completion.TEST_OUT}
    pause = timedelta(days=conf.TEST_OUT_PAUSE_DAYS)
    return {
        row.pk: ActivityRule(
            is_lesson=row.kind == Activity.Kind.LESSON,
            pass_mark=row.pass_mark,
            is_live=row.live,
            refused_contents=frozenset(row.refused_contents),
            completion=Completion(row.completion),
            minimum=timedelta(minutes=row.minutes or 0),
            lesson=row.lesson_id,
            in_test_out=(row.lesson_id or row.pk) in tests,
            covers=frozenset(row.covers),
            pause=pause,
        )
        for row in rows
    }


def event_of(statement: Statement) -> Event:
    return Event(
        verb=statement.verb,
        is_root=statement.is_root,
        score=statement.score,
        timestamp=statement.timestamp,
        content=statement.content_id or statement.exercise_id,
        graded=statement.graded_score,
        took=statement.duration or timedelta(0),
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
    courses = {statement.activity.course_id: statement.activity.course for statement in statements}
    activities = list(Activity.objects.filter(course__in=courses).order_by("pk"))
    rules = rules_of(activities)
    anew = _folded_anew(activities, rules)
    before = {
        row.activity_id: _totals(row)
        for row in ActivityProgress.objects.filter(employee=employee, activity__course__in=courses)
    }
    kept = {key: totals for key, totals in before.items() if key not in anew}
    news = {
        key: totals
        for key, new in _events(statements).items()
        if key not in anew
        and (totals := fold_activity(new, rules[key], before.get(key))) is not None
    }
    if anew:
        history = Statement.objects.filter(employee=employee, activity__in=anew)
        news |= fold_person(_events(history.only(*EVENT_COLUMNS)), rules)
        gone = before.keys() & anew - news.keys()
        ActivityProgress.objects.filter(employee=employee, activity__in=gone).delete()
    after = kept | news
    _write_activities(employee, news)
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
    events = _events(Statement.objects.filter(employee=employee).only(*EVENT_COLUMNS))
    course_ids = Activity.objects.filter(pk__in=events).values("course_id")
    activities = list(Activity.objects.filter(course__in=course_ids).order_by("pk"))
    rules = rules_of(activities)
    totals = fold_person(events, rules)
    ActivityProgress.objects.filter(employee=employee).delete()
    CourseProgress.objects.filter(employee=employee).delete()
    _write_activities(employee, totals)
    _write_courses(employee, _fold_courses(activities, rules, totals))


@transaction.atomic
def settle_progress(*, course: Course, changed: Iterable[int]) -> None:
    """Bring everybody's progress in line with what was just published.

    The caller holds the course's enrolments locked: nobody's statement may be added to totals
    that are being replaced.

    Args:
        changed: activities with a new version: what their statements add up to may have changed
            with the pass mark, or with earlier completions no longer counting. With the rule of
            a lesson, that of every other activity may have changed.
    """
    activities = list(Activity.objects.filter(course=course).order_by("pk"))
    rules = rules_of(activities)
    anew = set(changed) & rules.keys()
    if any(rules[key].is_lesson for key in anew):
        anew = set(rules)
    anew |= _folded_anew(activities, rules)
    by_person: dict[int, dict[int, ActivityTotals]] = defaultdict(dict)
    for row in ActivityProgress.objects.filter(activity__in=rules.keys() - anew):
        by_person[row.employee_id][row.activity_id] = _totals(row)
    refolded = {
        (employee_id, key): totals
        for employee_id, events in _events_by_person(anew).items()
        for key, totals in fold_person(events, rules).items()
    }
    for (employee_id, key), totals in refolded.items():
        by_person[employee_id][key] = totals
    _write_activity_rows(refolded)
    _delete_rows_without_cause(anew, refolded.keys())
    _write_course_rows(
        {
            (employee_id, course.pk): folded
            for employee_id, totals in by_person.items()
            if (folded := fold_course(rules, totals)) is not None
        }
    )


def _folded_anew(activities: Iterable[Activity], rules: Mapping[int, ActivityRule]) -> set[int]:
    """Every activity of the courses in which progress follows only from all statements."""
    rows = list(activities)
    courses = {row.course_id for row in rows if rules[row.pk].needs_history}
    return {row.pk for row in rows if row.course_id in courses}


def _events_by_person(activity_ids: set[int]) -> dict[int, dict[int, list[Event]]]:
    """Employee id -> activity id -> what all statements about these activities say."""
    events: dict[int, dict[int, list[Event]]] = defaultdict(lambda: defaultdict(list))
    rows = Statement.objects.filter(activity__in=activity_ids)
    for statement in rows.only("employee_id", *EVENT_COLUMNS).iterator():
        events[statement.employee_id][statement.activity_id].append(event_of(statement))
    return events


def _delete_rows_without_cause(activity_ids: set[int], kept: Collection[tuple[int, int]]) -> None:
    """What was granted and is granted no longer, and was never touched."""
    rows = ActivityProgress.objects.filter(activity__in=activity_ids)
    gone = [
        pk
        for pk, *key in rows.values_list("pk", "employee_id", "activity_id")
        if tuple(key) not in kept
    ]
    rows.filter(pk__in=gone).delete()


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
