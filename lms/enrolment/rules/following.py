"""What follows from assignments: learning that meets them, and enrolments."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from courses.models import Course
from lms.enrolment.models import Assignment, AudienceRule, Enrolment
from lms.enrolment.rules.insertion import MANY, count_anew, insert_from
from lms.enrolment.rules.selectors import BINDING_DUE, unfinished
from lms.people.models import Employee
from lms.progress.models import CourseProgress


def note_completions(assignments: QuerySet[Assignment]) -> int:
    """Note learning that meets what is open: of the course, or of one that counts as it."""
    since = OuterRef("counts_from")
    equal = AudienceRule.equal_courses.through.objects.filter(
        audiencerule_id=OuterRef(OuterRef("rule_id"))
    )
    first_counts = Q(completed_at__gte=since)
    met = (
        CourseProgress.objects.filter(
            Q(course=OuterRef("course")) | Q(course__in=equal.values("course_id")),
            employee=OuterRef("employee"),
            completed_at__isnull=False,
        )
        .annotate(
            met_at=Case(
                When(first_counts, then=F("completed_at")),
                When(renewed_at__gte=since, then=F("renewed_at")),
                output_field=DateTimeField(),
            )
        )
        .order_by()
        .values("employee")
    )
    rows = assignments.filter(pk__in=_newly_met("course")) | assignments.filter(
        pk__in=_newly_met("rule__equal_courses")
    )
    whenever = rows.filter(counts_from=None).annotate(
        met_at=Subquery(met.annotate(first=Min("completed_at")).values("first"))
    )
    recently = rows.exclude(counts_from=None).annotate(
        met_at=Subquery(met.annotate(first=Min("met_at")).values("first"))
    )
    return sum(part.update(completed_at=F("met_at")) for part in (whenever, recently))


def note_completion_anew(*, employee: Employee, course: Course) -> None:
    """After learning was taken back: what the course had met is open again, unless it still is."""
    rows = Assignment.objects.filter(
        Q(course=course) | Q(rule__equal_courses=course), employee=employee, ended_on=None
    )
    affected = Assignment.objects.filter(pk__in=set(rows.values_list("pk", flat=True)))
    affected.update(completed_at=None)
    note_completions(affected)


def _newly_met(course: str) -> QuerySet[Assignment, Any]:
    """Ids of what is open and unfinished though learning of that course meets it.

    One join, so that the moment is looked for only where there is one.
    """
    done = "employee__course_progress"
    counts = (
        Q(counts_from=None)
        | Q(**{f"{done}__completed_at__gte": F("counts_from")})
        | Q(**{f"{done}__renewed_at__gte": F("counts_from")})
    )
    return (
        unfinished(Assignment.objects.filter(ended_on=None))
        .filter(counts, **{f"{done}__course": F(course), f"{done}__completed_at__isnull": False})
        .order_by()
        .values("pk")
    )


def follow_with_enrolments(assignments: QuerySet[Assignment]) -> int:
    """Enrolments follow the assignments: one per person and course, by the earliest due date.

    One that an assignment had asked for stays when nothing asks any more, without a due date.
    """
    open_rows = assignments.filter(ended_on=None).order_by()
    pair = {"employee": OuterRef("employee"), "course": OuterRef("course")}
    enrolled = Enrolment.objects.filter(**pair)
    new = insert_from(
        Enrolment,
        open_rows.exclude(Exists(enrolled)).values("employee_id", "course_id"),
        {
            "employee": F("employee_id"),
            "course": F("course_id"),
            "source": Enrolment.Source.ASSIGNED,
            "enrolled_at": timezone.now(),
            "due_on": Coalesce(Min(BINDING_DUE, filter=Q(completed_at=None)), Min(BINDING_DUE)),
        },
    )
    if new >= MANY:
        count_anew(Enrolment)
    asked = open_rows.filter(**pair)
    courses = list(assignments.order_by().values_list("course", flat=True).distinct())
    rows = Enrolment.objects.filter(course__in=courses)
    became = rows.filter(Exists(asked), source=Enrolment.Source.CHOSEN).update(
        source=Enrolment.Source.ASSIGNED
    )
    # One subquery says both whether anything is to be done and by when: FAR = by no day.
    far = Value(date.max)
    earliest = unfinished(asked).values("employee").annotate(day=Coalesce(Min(BINDING_DUE), far))
    ask = "employee__assignments"
    binding = Coalesce(f"{ask}__extended_to", f"{ask}__due_on", far)
    # One join, so that the day is looked for only where it is another.
    differs = (
        rows.filter(
            **{
                f"{ask}__course": F("course"),
                f"{ask}__ended_on": None,
                f"{ask}__completed_at": None,
            }
        )
        .order_by()
        .values("pk")
        .annotate(day=Min(binding), now=Coalesce("due_on", far))
        .exclude(day=F("now"))
    )
    wanted = rows.filter(pk__in=differs.values("pk")).annotate(day=Subquery(earliest.values("day")))
    wanted.update(due_on=NullIf("day", far))
    ended = assignments.filter(ended_on__isnull=False, **pair)
    rows.filter(Exists(ended), ~Exists(asked), due_on__isnull=False).update(due_on=None)
    return new + became
