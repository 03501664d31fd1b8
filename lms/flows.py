"""The one write path of learning: parse, store, apply, announce."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Activity, Course
from lms import signals
from lms.certificates.services import issue_certificates, withdraw_certificates
from lms.conf import conf
from lms.enrolment.rules.following import note_completion_anew
from lms.enrolment.rules.services import evaluate_rules, lock_rules
from lms.enrolment.services import lock_course, lock_enrolments, refuse_standing
from lms.enrolment.standing import Standing, standing_in, unless_overtaken
from lms.exceptions import GradedByServer, UnknownActivity
from lms.outbox.services import queue_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.prepared import can_run_if, run_if
from lms.progress.services import (
    Change,
    apply_change,
    change_by,
    rebuild_course_progress,
    rebuild_progress,
    settle_progress,
)
from lms.records.models import Statement
from lms.records.regrading import graded_scores
from lms.records.selectors import contents_of
from lms.records.services import part_of, statement_rows, store_statements, void_statements
from lms.records.statement import (
    ATTENDED,
    EXPERIENCED,
    ParsedStatement,
    grade_statement,
    parse_statement,
    parse_statements,
    presence_statement,
)
from lms.records.subjects import courses_of

# Kinds of which a browser says nothing, and what it is told.
SAID_BY_SERVER: Mapping[str, Promise] = {
    Activity.Kind.EXERCISE: gettext_lazy("Only the server says how a data exercise went."),
    Activity.Kind.WORKSHOP: gettext_lazy("Only the office says who attended a workshop."),
}


def record_statements(*, employee: Employee, statements: Any) -> list[UUID]:
    """Take what a learner's browser says happened; all of it, or none.

    Args:
        employee: who is signed in; whatever actor the statements name is replaced.
        statements: one xAPI statement or a list, as decoded from JSON.

    Returns:
        The ids in the order sent, whether new or stored before.

    Raises:
        InvalidStatement: not acceptable xAPI; `place` says where.
        UnknownActivity: the object is no activity of this site.
        GradedByServer: it is a data exercise or a workshop, of which no browser says anything.
        UnknownContent: it was made on content that the activity never had.
        NotEnrolled: it belongs to a course the person is not enrolled in.
        PrerequisitesMissing: other courses come before it.
        StatementConflict: an id is already used for something else.
    """
    parsed = parse_statements(statements, limit=conf.STATEMENT_BATCH_LIMIT)
    if not _taken_at_once(employee, parsed):
        with transaction.atomic():
            standing = _held_standing(employee, _iris(parsed))
            _take(employee, _rows_sent(employee, parsed, standing), standing)
    return [item.id for item in parsed]


def _taken_at_once(employee: Employee, parsed: list[ParsedStatement]) -> bool:
    """Take statements of one course with one command that does nothing if another request was
    faster. False = nothing was taken: hold the enrolments first. So it is also where more than
    that command is to be done, and where a statement is stored already."""
    if conf.FORWARD_URL or not can_run_if():
        return False
    standing = _standing(employee, _iris(parsed))
    if len(standing.enrolments) != 1:
        return False
    rows = _rows_sent(employee, parsed, standing)
    change = _change_by(employee, rows, standing)
    if change.gone or change.certifiable:
        return False
    # Outside a transaction one command is one; within, it must not spoil what surrounds it.
    around = transaction.atomic if connection.in_atomic_block else nullcontext
    try:
        with around():
            taken = run_if(unless_overtaken(standing), part_of(rows), *change.parts)
    except IntegrityError:
        return False
    if taken:
        transaction.on_commit(lambda: _announce(employee, rows, []))
    return taken


def _rows_sent(
    employee: Employee, parsed: list[ParsedStatement], standing: Standing
) -> list[Statement]:
    """What a browser sent, checked and graded, as it is stored."""
    subjects = standing.subjects
    for item in parsed:
        if (refusal := SAID_BY_SERVER.get(subjects[item.activity_iri].kind)) is not None:
            raise GradedByServer(str(refusal), place=item.activity_iri)
    return statement_rows(
        employee=employee,
        parsed=parsed,
        subjects=subjects,
        contents=contents_of(parsed, subjects),
        grades=graded_scores(parsed, subjects),
        stored=timezone.now(),
        max_age=conf.STATEMENT_MAX_AGE,
    )


@transaction.atomic
def record_grade(
    *, employee: Employee, activity: Activity, score: float, attempt: int, at: datetime
) -> Statement:
    """Take what the server itself found about a data exercise; the only way it gets a score.

    Args:
        activity: as it was read for grading: the statement stays with that version.
        score: fraction 0 to 1.
        attempt: which try of the person it was, from 1.

    Raises:
        NotEnrolled: the person does not take the course.
    """
    said = grade_statement(
        activity.iri,
        statement_id=uuid4(),
        score=score,
        success=None if activity.pass_mark is None else score >= activity.pass_mark,
        attempt=attempt,
    )
    parsed = parse_statement(said | {"timestamp": at.isoformat()})
    standing = _held_standing(employee, {activity.iri})
    graded = standing.subjects[activity.iri]._replace(exercise_id=activity.exercise_id)
    standing.subjects[activity.iri] = graded
    rows = _rows_known(employee, [parsed], standing, grades={parsed.id: score})
    return _take(employee, rows, standing)[0]


def _iris(parsed: Iterable[ParsedStatement]) -> set[str]:
    return {item.activity_iri for item in parsed}


def _held_standing(employee: Employee, iris: set[str]) -> Standing:
    """Where the person stands in the courses of these activities, held until it is all written."""
    lock_enrolments(employee=employee, course_ids=courses_of(iris))
    return _standing(employee, iris)


def _standing(employee: Employee, iris: set[str]) -> Standing:
    courses = courses_of(iris)
    standing = standing_in(employee, courses)
    refuse_standing(employee=employee, standing=standing, course_ids=courses)
    for iri in sorted(iris - standing.subjects.keys()):
        raise UnknownActivity(_("No activity of this site has that id."), place=iri)
    return standing


def _rows_known(
    employee: Employee,
    parsed: list[ParsedStatement],
    standing: Standing,
    *,
    grades: Mapping[UUID, float],
) -> list[Statement]:
    """What the office itself knows, as it is stored: however old it is."""
    return statement_rows(
        employee=employee,
        parsed=parsed,
        subjects=standing.subjects,
        contents=dict.fromkeys(item.id for item in parsed),
        grades=grades,
        stored=timezone.now(),
        max_age=None,
    )


@transaction.atomic
def record_attendance(
    *, employee: Employee, workshop: Activity, occasion: UUID, at: datetime, took: timedelta
) -> None:
    """Take what the office noted: the person was there. The only way a workshop is done.

    Whoever was there has had the lesson around the workshop too, and need not open it.

    Args:
        occasion: one seat in one session; said twice, it is stored once.
        at: when it was over.
        took: how long it was.

    Raises:
        NotEnrolled: the person does not take the course.
    """
    said = [(workshop, ATTENDED, took)]
    if workshop.lesson is not None:
        said.append((workshop.lesson, EXPERIENCED, timedelta(0)))
    parsed = [
        parse_statement(
            presence_statement(
                row.iri, statement_id=uuid5(occasion, str(row.uuid)), verb=verb, took=took
            )
            | {"timestamp": at.isoformat()}
        )
        for row, verb, took in said
    ]
    standing = _held_standing(employee, _iris(parsed))
    _take(employee, _rows_known(employee, parsed, standing, grades={}), standing)


@transaction.atomic
def void_attendance(*, employee: Employee, workshop: Activity, occasion: UUID) -> None:
    """Take it back, and with it all that followed: progress, certificate, what was asked.

    Raises:
        NotEnrolled: the person does not take the course.
    """
    course = workshop.course
    lock_enrolments(employee=employee, course_ids=[course.pk])
    rows = Statement.objects.filter(
        pk__in=[uuid5(occasion, str(row.uuid)) for row in course.activities.all()],
        employee=employee,
    )
    voidings = void_statements(
        statements=rows.select_related("employee", "activity"), stored=timezone.now()
    )
    queue_statements(statements=[row.statement for row in voidings])
    rebuild_course_progress(employee=employee, course=course)
    withdraw_certificates(employee=employee, course=course)
    note_completion_anew(employee=employee, course=course)


def _take(employee: Employee, rows: list[Statement], standing: Standing) -> list[Statement]:
    """Store what is new of it, and let it count. The enrolments are held."""
    fresh = store_statements(employee=employee, rows=rows)
    if fresh:
        queue_statements(statements=[row.statement for row in fresh])
        change = _change_by(employee, fresh, standing)
        apply_change(employee=employee, change=change)
        if change.certifiable:
            issue_certificates(employee=employee, course_ids=change.certifiable)
        transaction.on_commit(lambda: _announce(employee, fresh, change.completed))
    return fresh


def _change_by(employee: Employee, rows: list[Statement], standing: Standing) -> Change:
    return change_by(
        employee=employee,
        statements=rows,
        subjects=standing.subjects.values(),
        totals=standing.totals,
    )


@transaction.atomic
def replay_statements(*, employee: Employee) -> None:
    """Throw away one person's progress and fold all their statements anew."""
    lock_enrolments(employee=employee)
    rebuild_progress(employee=employee)


@transaction.atomic
def settle_publication(*, course: Course, changed: Iterable[int]) -> None:
    """Bring progress and assignments in line with a course that was just published.

    Args:
        changed: ids of activities with a new version.
    """
    lock_rules(course=course)
    lock_course(course=course)
    settle_progress(course=course, changed=changed)
    evaluate_rules(on=office_today(), course=course)
    issue_certificates(course_ids=[course.pk])


def _announce(employee: Employee, fresh: list[Any], completed: list[int]) -> None:
    signals.statements_recorded.send_robust(
        sender=Employee, employee=employee, statement_ids=[row.id for row in fresh]
    )
    for course in Course.objects.filter(pk__in=completed).order_by("pk") if completed else ():
        signals.course_completed.send_robust(sender=Employee, employee=employee, course=course)
