"""Who a course is meant for, who takes it, and what their browser says."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from courses.models import Activity, Course
from lms.enrolment.models import AudienceRule, Enrolment
from lms.enrolment.rules.condition import parse_condition, stored_form
from lms.flows import record_statements
from lms.people.models import Department, Employee, JobTier, Role
from lms.records.statement import ANSWERED, EXPERIENCED, PROGRESSED
from tests.factories.courses import FULL_MARKS


def make_audience_rule(
    course: Course,
    *,
    tier: JobTier | None = None,
    role: Role | None = None,
    department: Department | None = None,
    is_mandatory: bool = False,
    due_on: date | None = None,
    condition: dict[str, Any] | None = None,
    **schedule: Any,
) -> AudienceRule:
    """Whom the course is meant for; nothing given = everybody."""
    return AudienceRule.objects.create(
        course=course,
        condition=condition or condition_of(tier=tier, role=role, department=department),
        is_mandatory=is_mandatory,
        **({"due": "date", "due_on": due_on} if due_on else {}),
        **schedule,
    )


def condition_of(
    *,
    tier: JobTier | None = None,
    role: Role | None = None,
    department: Department | None = None,
) -> dict[str, Any]:
    """All of what is given, as a rule stores it."""
    given = {"tier": tier, "role": role, "department": department}
    parts = [{name: [row.key]} for name, row in given.items() if row]
    return stored_form(parse_condition({"all": parts}))


def make_enrolment(
    employee: Employee,
    course: Course,
    *,
    source: str = Enrolment.Source.CHOSEN,
    due_on: date | None = None,
    enrolled_at: datetime | None = None,
) -> Enrolment:
    return Enrolment.objects.create(
        employee=employee,
        course=course,
        source=source,
        due_on=due_on,
        enrolled_at=enrolled_at or timezone.now(),
    )


def response_worth(score: float) -> str:
    """So many right choices of the question that `make_h5p_content` makes."""
    return "[,]".join(str(choice) for choice in range(round(score * FULL_MARKS)))


def answer_statement(
    activity: Activity,
    *,
    score: float = 1.0,
    statement_id: str = "",
    timestamp: datetime | None = None,
) -> dict[str, Any]:
    """What the client sends when an H5P activity was answered; `score` is a fraction.

    The response is worth it, in twentieths: see `make_h5p_content`.
    """
    return {
        "id": statement_id or str(uuid4()),
        "verb": {"id": ANSWERED, "display": {"en-US": "answered"}},
        "object": {"objectType": "Activity", "id": activity.iri},
        "result": {
            "score": {"min": 0, "max": 100, "raw": round(score * 100, 6), "scaled": score},
            "completion": True,
            "success": score >= 0.5,
            "response": response_worth(score),
        },
        "timestamp": (timestamp or timezone.now()).isoformat(),
    }


def read_statement(
    lesson: Activity,
    *,
    statement_id: str = "",
    timestamp: datetime | None = None,
    seconds: int | None = None,
) -> dict[str, Any]:
    """What the client sends when a lesson was read to its end, or for so long."""
    return {
        "id": statement_id or str(uuid4()),
        "verb": {"id": EXPERIENCED if seconds is None else PROGRESSED},
        "object": {"objectType": "Activity", "id": lesson.iri},
        **({} if seconds is None else {"result": {"duration": f"PT{seconds}S"}}),
        "timestamp": (timestamp or timezone.now()).isoformat(),
    }


def complete_course(
    employee: Employee, course: Course, *, score: float = 1.0, at: datetime | None = None
) -> None:
    """Enrol if need be, then read and answer everything, by the real write path.

    `at` older than LMS_STATEMENT_MAX_AGE is moved to that edge by the server, as for anybody.
    """
    Enrolment.objects.get_or_create(
        employee=employee,
        course=course,
        defaults={"source": Enrolment.Source.CHOSEN, "enrolled_at": timezone.now()},
    )
    record_statements(
        employee=employee,
        statements=[
            read_statement(activity, timestamp=at)
            if activity.kind == Activity.Kind.LESSON
            else answer_statement(activity, score=score, timestamp=at)
            for activity in course.activities.all()
        ],
    )
