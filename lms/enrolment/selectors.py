"""Whose courses are whose. Everything takes the day, because postings change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from courses.catalogue.selectors import activities_in, published_courses
from courses.models import Activity, Course
from lms.enrolment.models import AudienceRule, Enrolment
from lms.enrolment.rules.condition import names_tier, parse_condition
from lms.enrolment.rules.selectors import (
    open_assignments,
    rules_by_person,
    rules_meaning,
    unfinished,
)
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.services import rule_of

FAR = date.max


@dataclass(frozen=True)
class LearningItem:
    """One row per course that is mine: enrolled in, or meant for me.

    `enrolment` None = meant for me, not begun. `next_lesson_key` "" = nothing left to do.
    """

    course: Course
    enrolment: Enrolment | None
    is_mandatory: bool
    due_on: date | None
    is_overdue: bool
    done: int
    total: int
    started_at: datetime | None
    completed_at: datetime | None
    next_lesson_key: str


def rules_for(employee: Employee, on: date) -> QuerySet[AudienceRule]:
    """Audience rules that mean the person on that day."""
    return AudienceRule.objects.filter(pk__in=rules_meaning(employee, on))


def is_mandatory_for_tier(course: Course) -> bool:
    """Whether some job tier must take the course: it then needs two approvals."""
    rules = AudienceRule.objects.filter(course=course, is_mandatory=True)
    return any(
        names_tier(parse_condition(condition))
        for condition in rules.values_list("condition", flat=True)
    )


def courses_open_to(employee: Employee, on: date) -> QuerySet[Course]:
    """Published courses the person may take: meant for them, or enrolled in already."""
    return published_courses().filter(
        Q(pk__in=rules_for(employee, on).values("course_id"))
        | Q(pk__in=Enrolment.objects.filter(employee=employee).values("course_id"))
    )


def open_course_ids(employee_ids: Collection[int], on: date) -> dict[int, set[int]]:
    """Employee id -> ids of the courses open to that person, as `courses_open_to` has them.

    The number of queries does not depend on the people.
    """
    published = set(published_courses().order_by().values_list("pk", flat=True))
    course_of = dict(AudienceRule.objects.order_by().values_list("pk", "course_id"))
    found = {
        pk: {course_of[rule] for rule in rules}
        for pk, rules in rules_by_person(employee_ids, on).items()
    }
    for pk, course_id in Enrolment.objects.filter(employee__in=employee_ids).values_list(
        "employee_id", "course_id"
    ):
        found[pk].add(course_id)
    return {pk: courses & published for pk, courses in found.items()}


def learning_of(employee: Employee, on: date) -> list[LearningItem]:
    """My courses, most pressing first. The number of queries does not depend on their number."""
    courses = list(courses_open_to(employee, on))
    mandatory: dict[int, date] = {}
    for rule in rules_for(employee, on).filter(is_mandatory=True):
        due = rule.schedule.due_of(on) or FAR
        mandatory[rule.course_id] = min(mandatory.get(rule.course_id, FAR), due)
    enrolments = {
        row.course_id: row
        for row in Enrolment.objects.filter(employee=employee, course__in=courses)
    }
    progress = {
        row.course_id: row
        for row in CourseProgress.objects.filter(employee=employee, course__in=courses)
    }
    since = _asked_since(employee)
    done = {
        activity_id
        for activity_id, course_id, last_done_at in ActivityProgress.objects.filter(
            employee=employee, activity__course__in=courses, done_at__isnull=False
        ).values_list("activity_id", "activity__course_id", "last_done_at")
        if course_id not in since or (last_done_at and last_done_at >= since[course_id])
    }
    activities: dict[int, list[Activity]] = {course.pk: [] for course in courses}
    for activity in activities_in(courses):
        activities[activity.course_id].append(activity)
    items = []
    for course in courses:
        required = [item for item in activities[course.pk] if rule_of(item).is_required]
        enrolment = enrolments.get(course.pk)
        totals = progress.get(course.pk)
        completed_at = totals.completed_at if totals else None
        if totals and completed_at and course.pk in since:
            latest = totals.renewed_at or completed_at
            completed_at = latest if latest >= since[course.pk] else None
        due_on = enrolment.due_on if enrolment else _present(mandatory.get(course.pk))
        items.append(
            LearningItem(
                course=course,
                enrolment=enrolment,
                is_mandatory=course.pk in mandatory,
                due_on=due_on,
                is_overdue=due_on is not None and due_on < on and completed_at is None,
                done=sum(item.pk in done for item in required),
                total=len(required),
                started_at=totals.started_at if totals else None,
                completed_at=completed_at,
                next_lesson_key=_next_lesson(activities[course.pk], required, done),
            )
        )
    return sorted(items, key=_pressing)


def _asked_since(employee: Employee) -> dict[int, datetime]:
    """Course -> the moment before which learning does not meet what is asked of the person now.

    Missing = learning of any time does, or nothing is asked.
    """
    rows = unfinished(open_assignments()).filter(employee=employee, counts_from__isnull=False)
    return dict(
        rows.order_by()
        .values("course")
        .annotate(since=Max("counts_from"))
        .values_list("course", "since")
    )


def _pressing(item: LearningItem) -> tuple[object, ...]:
    return (
        item.completed_at is not None,
        not item.is_overdue,
        item.due_on or FAR,
        item.started_at is None,
        item.course.position,
        item.course.key,
    )


def _next_lesson(activities: list[Activity], required: list[Activity], done: set[int]) -> str:
    lessons = {item.pk: item.key for item in activities if item.kind == Activity.Kind.LESSON}
    for item in required:
        if item.pk not in done:
            return lessons.get(item.lesson_id or item.pk, "")
    return next(iter(lessons.values()), "")


def _present(due_on: date | None) -> date | None:
    return None if due_on == FAR else due_on
