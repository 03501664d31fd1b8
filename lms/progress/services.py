"""Keeping the two progress tables equal to the fold of the statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from courses.models import Activity, Course
from lms.conf import conf
from lms.people.models import Employee
from lms.prepared import PreparedInsert, run_together
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
from lms.progress.standing import ACTIVITY_FIELDS, Standing
from lms.records.models import Statement
from lms.records.selectors import statements_that_count
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
    "duration",
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


def rules_of(activities: Iterable[Activity | Subject]) -> dict[int, ActivityRule]:
    """Activity id -> its rule.

    Args:
        activities: of one or more courses, with the lessons they stand in.
    """
    rows = list(activities)
    tests = {row.id for row in rows if row.completion == Activity.Completion.TEST_OUT}
    pause = timedelta(days=conf.TEST_OUT_PAUSE_DAYS)
    return {
        row.id: ActivityRule(
            is_lesson=row.kind == Activity.Kind.LESSON,
            is_workshop=row.kind == Activity.Kind.WORKSHOP,
            pass_mark=row.pass_mark,
            is_live=row.live,
            refused_contents=frozenset(row.refused_contents),
            completion=Completion(row.completion),
            minimum=timedelta(minutes=row.minutes or 0),
            lesson=row.lesson_id,
            in_test_out=(row.lesson_id or row.id) in tests,
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
    rules = rules_of(subjects)
    anew = _folded_anew(subjects, rules)
    kept = {key: totals for key, totals in standing.totals.items() if key not in anew}
    added = {
        key: totals
        for key, new in _events(statements).items()
        if key not in anew
        and (totals := fold_activity(new, rules[key], standing.totals.get(key))) is not None
    }
    if anew:
        history = statements_that_count().filter(employee=employee, activity__in=anew)
        added |= fold_person(_events(history.only(*EVENT_COLUMNS)), rules)
        gone = standing.totals.keys() & anew - added.keys()
        ActivityProgress.objects.filter(employee=employee, activity__in=gone).delete()
    before = _fold_courses(subjects, rules, standing.totals)
    after = _fold_courses(subjects, rules, kept | added)
    _write(
        {
            (employee.pk, key): totals
            for key, totals in added.items()
            if totals != standing.totals.get(key)
        },
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
    rules = rules_of(activities)
    totals = fold_person(events, rules)
    ActivityProgress.objects.filter(employee=employee, activity__course__in=courses).delete()
    CourseProgress.objects.filter(employee=employee, course__in=courses).delete()
    folded = _fold_courses(activities, rules, totals)
    _write(
        {(employee.pk, key): item for key, item in totals.items()},
        {(employee.pk, key): item for key, item in folded.items()},
    )


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
    _delete_rows_without_cause(anew, refolded.keys())
    _write(
        refolded,
        {
            (employee_id, course.pk): folded
            for employee_id, totals in by_person.items()
            if (folded := fold_course(rules, totals)) is not None
        },
    )


def _folded_anew(
    activities: Iterable[Activity | Subject], rules: Mapping[int, ActivityRule]
) -> set[int]:
    """Every activity of the courses in which progress follows only from all statements."""
    rows = list(activities)
    courses = {row.course_id for row in rows if rules[row.id].needs_history}
    return {row.id for row in rows if row.course_id in courses}


def _events_by_person(activity_ids: set[int]) -> dict[int, dict[int, list[Event]]]:
    """Employee id -> activity id -> what all statements about these activities say."""
    events: dict[int, dict[int, list[Event]]] = defaultdict(lambda: defaultdict(list))
    rows = statements_that_count().filter(activity__in=activity_ids)
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
