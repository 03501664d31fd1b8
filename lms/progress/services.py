"""Keeping the two progress tables equal to the fold of the statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from courses.models import Activity, Course
from lms.conf import conf
from lms.people.models import Employee
from lms.prepared import Part, PreparedInsert, run_together
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
ACTIVITY_FIELDS = [field.name for field in fields(ActivityTotals)]
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
    return {row.id: _rule(row, (row.lesson_id or row.id) in tests, pause) for row in rows}


def _rule(row: Activity | Subject, in_test_out: bool, pause: timedelta) -> ActivityRule:
    return ActivityRule(
        is_lesson=row.kind == Activity.Kind.LESSON,
        is_workshop=row.kind == Activity.Kind.WORKSHOP,
        pass_mark=row.pass_mark,
        is_live=row.live,
        refused_contents=frozenset(row.refused_contents),
        completion=Completion(row.completion),
        minimum=timedelta(minutes=row.minutes or 0),
        lesson=row.lesson_id,
        in_test_out=in_test_out,
        covers=frozenset(row.covers),
        pause=pause,
    )


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


class Change(NamedTuple):
    """What statements do to one person's progress.

    Attributes:
        activities, courses: (employee id, activity or course id) -> totals as they are then.
        gone: ids of activities that have no totals any more.
        completed: ids of courses done since.
        certifiable: ids of courses done, or renewed, or no longer done since.
    """

    activities: dict[tuple[int, int], ActivityTotals]
    courses: dict[tuple[int, int], CourseTotals]
    gone: set[int]
    completed: list[int]
    certifiable: list[int]

    @property
    def parts(self) -> tuple[Part, Part]:
        return _parts(self.activities, self.courses)


def change_by(
    *,
    employee: Employee,
    statements: Sequence[Statement],
    subjects: Collection[Subject],
    totals: Mapping[int, ActivityTotals],
) -> Change:
    """What new statements of the person do; nothing is written.

    Args:
        statements: stored or about to be.
        subjects: every activity of the courses they belong to.
        totals: activity id -> totals before these statements.
    """
    rules = rules_of(subjects)
    anew = _folded_anew(subjects, rules)
    kept = {key: item for key, item in totals.items() if key not in anew}
    events = _events(statements)
    added = {
        key: folded
        for key, new in events.items()
        if key not in anew
        and (folded := fold_activity(new, rules[key], totals.get(key))) is not None
    }
    if anew:
        before = statements_that_count().filter(employee=employee, activity__in=anew)
        history = [*before.exclude(pk__in=[row.pk for row in statements]).only(*EVENT_COLUMNS)]
        of_anew = [row for row in statements if row.activity_id in anew]
        added |= fold_person(_events([*history, *of_anew]), rules)
    after = _fold_courses(subjects, rules, kept | added)
    # Who has not done it after more statements had not done it before, unless it is told anew.
    compared = [
        row
        for row in subjects
        if row.id in anew or ((it := after.get(row.course_id)) and it.completed_at)
    ]
    before_it = _fold_courses(compared, rules, totals)
    return Change(
        activities={
            (employee.pk, key): item for key, item in added.items() if item != totals.get(key)
        },
        courses={
            (employee.pk, key): item for key, item in after.items() if item != before_it.get(key)
        },
        gone=totals.keys() & anew - added.keys(),
        completed=[key for key in after if _done(after, key) and not _done(before_it, key)],
        certifiable=[key for key in after if _done(after, key) != _done(before_it, key)],
    )


def apply_change(*, employee: Employee, change: Change) -> None:
    """Write it. The caller holds the person's enrolments in the courses."""
    if change.gone:
        ActivityProgress.objects.filter(employee=employee, activity__in=change.gone).delete()
    run_together(*change.parts)


def _done(courses: Mapping[int, CourseTotals], key: int) -> tuple[datetime, datetime | None] | None:
    """When the course was completed and renewed; None = it is not complete."""
    totals = courses.get(key)
    if totals is None or totals.completed_at is None:
        return None
    return totals.completed_at, totals.renewed_at


@transaction.atomic
def rebuild_progress(*, employee: Employee) -> None:
    """Throw away one person's progress and fold all their statements anew.

    The caller holds all the person's enrolments.
    """
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
    run_together(
        *_parts(
            {(employee.pk, key): item for key, item in totals.items()},
            {(employee.pk, key): item for key, item in folded.items()},
        )
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
    folded = {
        (employee_id, course.pk): item
        for employee_id, totals in by_person.items()
        if (item := fold_course(rules, totals)) is not None
    }
    run_together(*_parts(refolded, folded))


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
    rules: Mapping[int, ActivityRule],
    totals: Mapping[int, ActivityTotals],
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


def _parts(
    activities: Mapping[tuple[int, int], ActivityTotals],
    courses: Mapping[tuple[int, int], CourseTotals],
) -> tuple[Part, Part]:
    """What is written: totals by employee and activity, or employee and course."""
    # An object's values are in the order of its fields, which is that of the columns.
    return (
        (_ACTIVITIES, [(*key, *vars(totals).values()) for key, totals in activities.items()]),
        (_COURSES, [(*key, *vars(totals).values()) for key, totals in courses.items()]),
    )
