"""What one person did, course by course: their own record of learning."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.models import Activity, Course
from lms.certificates.models import Certificate
from lms.certificates.selectors import certificates_of
from lms.enrolment.models import Enrolment
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from lms.records.selectors import statements_that_count
from lms.records.statement import duration_of
from lms.transcript.rules import Moment, time_spent


@dataclass(frozen=True)
class RecordItem:
    """One row per course that I took up or was assigned, whether it is still published or not.

    Attributes:
        score: mean of the best scores of graded activities tried; None = none was scored.
        attempts: how often an exercise was finished, of all in the course.
        time_spent: see `lms.transcript.rules.time_spent`.
        expires_on: last day of the newest certificate that is not revoked; None = without end.
        certificates: newest first, revoked and expired ones too.
    """

    course: Course
    enrolled_at: datetime | None
    due_on: date | None
    started_at: datetime | None
    last_at: datetime | None
    completed_at: datetime | None
    renewed_at: datetime | None
    score: float | None
    attempts: int
    time_spent: timedelta
    expires_on: date | None
    certificates: list[Certificate]


def record_of(employee: Employee) -> list[RecordItem]:
    """Latest learning first. The number of queries does not depend on that of the courses."""
    enrolments = {
        row.course_id: row
        for row in Enrolment.objects.filter(employee=employee).select_related("course")
    }
    progress = {
        row.course_id: row
        for row in CourseProgress.objects.filter(employee=employee).select_related("course")
    }
    held: dict[int, list[Certificate]] = defaultdict(list)
    for certificate in certificates_of(employee):
        held[certificate.course_id].append(certificate)
    scores: dict[int, list[float]] = defaultdict(list)
    attempts: dict[int, int] = defaultdict(int)
    # A test-out is required of nobody: how it went is no score of the course.
    tried = ActivityProgress.objects.filter(employee=employee).exclude(
        activity__lesson__completion=Activity.Completion.TEST_OUT
    )
    for row in tried.select_related("activity"):
        attempts[row.activity.course_id] += row.attempts
        if row.activity.pass_mark is not None and row.best_score is not None:
            scores[row.activity.course_id].append(row.best_score)
    moments = _moments(employee)
    courses = {key: row.course for key, row in (enrolments | progress).items()}
    courses |= {key: rows[0].course for key, rows in held.items()}
    items = []
    for key, course in courses.items():
        enrolment, totals = enrolments.get(key), progress.get(key)
        in_force = next((row for row in held[key] if row.revoked_at is None), None)
        items.append(
            RecordItem(
                course=course,
                enrolled_at=enrolment.enrolled_at if enrolment else None,
                due_on=enrolment.due_on if enrolment else None,
                started_at=totals.started_at if totals else None,
                last_at=totals.last_at if totals else None,
                completed_at=totals.completed_at if totals else None,
                renewed_at=totals.renewed_at if totals else None,
                score=sum(scores[key]) / len(scores[key]) if scores[key] else None,
                attempts=attempts[key],
                time_spent=time_spent(moments[key]),
                expires_on=in_force.valid_until if in_force else None,
                certificates=held[key],
            )
        )
    return sorted(items, key=_latest)


def _moments(employee: Employee) -> dict[int, list[Moment]]:
    """Course id -> when the statements about it were made, and what they took."""
    found: dict[int, list[Moment]] = defaultdict(list)
    rows = statements_that_count().filter(employee=employee).order_by()
    for course_id, at, took in rows.values_list(
        "activity__course_id", "timestamp", "statement__result__duration"
    ):
        found[course_id].append(Moment(at, duration_of(took) or timedelta(0)))
    return found


def _latest(item: RecordItem) -> tuple[float, int, str]:
    latest = item.last_at or item.enrolled_at
    return (-latest.timestamp() if latest else 0.0, item.course.position, item.course.key)
