"""The one write path of learning: parse, store, apply, announce."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
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
from lms.enrolment.services import lock_course, lock_enrolments
from lms.exceptions import GradedByServer, UnknownActivity
from lms.outbox.services import queue_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.progress.services import (
    apply_statements,
    rebuild_course_progress,
    settle_progress,
)
from lms.progress.standing import Standing, standing_in
from lms.records.models import Statement
from lms.records.regrading import graded_scores
from lms.records.selectors import contents_of
from lms.records.services import store_statements, void_statements
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


@transaction.atomic
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
        StatementConflict: an id is already used for something else.
    """
    parsed = parse_statements(statements, limit=conf.STATEMENT_BATCH_LIMIT)
    standing = _held_standing(employee, {item.activity_iri for item in parsed})
    subjects = standing.subjects
    for item in parsed:
        if (refusal := SAID_BY_SERVER.get(subjects[item.activity_iri].kind)) is not None:
            raise GradedByServer(str(refusal), place=item.activity_iri)
    contents = contents_of(parsed, subjects)
    grades = graded_scores(parsed, subjects)
    _take(employee, parsed, standing, contents, grades, max_age=conf.STATEMENT_MAX_AGE)
    return [item.id for item in parsed]


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
    return _take(employee, [parsed], standing, {parsed.id: None}, {parsed.id: score})[0]


def _held_standing(employee: Employee, iris: set[str]) -> Standing:
    """Where the person stands in the courses of these activities, held until it is all written."""
    courses = courses_of(iris)
    lock_enrolments(employee=employee, course_ids=courses)
    standing = standing_in(employee, courses)
    for iri in sorted(iris - standing.subjects.keys()):
        raise UnknownActivity(_("No activity of this site has that id."), place=iri)
    return standing


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
    standing = _held_standing(employee, {item.activity_iri for item in parsed})
    _take(employee, parsed, standing, dict.fromkeys(item.id for item in parsed), {})


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


def _take(
    employee: Employee,
    parsed: list[ParsedStatement],
    standing: Standing,
    contents: Mapping[UUID, int | None],
    grades: Mapping[UUID, float],
    *,
    max_age: timedelta | None = None,
) -> list[Statement]:
    """Store what is new of it, and let it count. `max_age` None = however old it is."""
    fresh = store_statements(
        employee=employee,
        parsed=parsed,
        subjects=standing.subjects,
        contents=contents,
        grades=grades,
        stored=timezone.now(),
        max_age=max_age,
    )
    if fresh:
        queue_statements(statements=[row.statement for row in fresh])
        applied = apply_statements(employee=employee, statements=fresh, standing=standing)
        if applied.certifiable:
            issue_certificates(employee=employee, course_ids=applied.certifiable)
        transaction.on_commit(lambda: _announce(employee, fresh, applied.completed))
    return fresh


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
