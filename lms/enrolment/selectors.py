"""Whose courses are whose. Everything takes the day, because postings change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from courses.catalogue.selectors import activities_in, published_courses
from courses.models import Activity, Course
from courses.paths.selectors import prerequisites_of
from lms.enrolment.models import AudienceRule, Enrolment
from lms.enrolment.prerequisites import unmet_by
from lms.enrolment.rules.condition import names_tier, parse_condition
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.rules.selectors import (
    open_assignments,
    rules_by_person,
    rules_meaning,
    unfinished,
)
from lms.enrolment.rules.writing import as_drafts
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.services import rules_of

FAR = date.max


@dataclass(frozen=True)
class LearningItem:
    """One row per course that is mine: enrolled in, or meant for me.

    `enrolment` None = meant for me, not begun. `next_lesson`: of the first thing not done, or
    the first of all; None = the course has none. `last_at`: last worked on; None = never.
    `locked_by` are courses to finish first, before this one can be begun.
    `granted` = how many lessons a test-out granted; `test_out_key` "" = the course has none.
    """

    course: Course
    enrolment: Enrolment | None
    is_mandatory: bool
    due_on: date | None
    is_overdue: bool
    done: int
    total: int
    started_at: datetime | None
    last_at: datetime | None
    completed_at: datetime | None
    next_lesson: Activity | None
    locked_by: tuple[Course, ...] = ()
    granted: int = 0
    test_out_key: str = ""


def rules_for(employee: Employee, on: date) -> QuerySet[AudienceRule]:
    """Audience rules that mean the person on that day."""
    return AudienceRule.objects.filter(pk__in=rules_meaning(employee, on))


def own_rules(course: Course) -> QuerySet[AudienceRule]:
    """The course's rules that are set on it, without those that come from a path."""
    return course.audience.filter(of_path=None).prefetch_related("equal_courses")


def rules_from_paths(course: Course) -> QuerySet[AudienceRule]:
    """The course's rules that follow one of a path."""
    return course.audience.exclude(of_path=None).select_related("of_path__path")


def is_mandatory_for_tier(course: Course) -> bool:
    """Whether some job tier must take the course: it then needs two approvals."""
    rules = AudienceRule.objects.filter(course=course, is_mandatory=True)
    return any(
        names_tier(parse_condition(condition))
        for condition in rules.values_list("condition", flat=True)
    )


def courses_open_to(employee: Employee, on: date) -> QuerySet[Course]:
    """Published courses the person may take: meant for them, or enrolled in already."""
    return _meant_or_taken(employee, rules_for(employee, on))


def _meant_or_taken(employee: Employee, rules: QuerySet[AudienceRule]) -> QuerySet[Course]:
    return published_courses().filter(
        Q(pk__in=rules.order_by().values("course_id"))
        | Q(pk__in=Enrolment.objects.filter(employee=employee).order_by().values("course_id"))
    )


def locks_of(employee: Employee, course: Course, on: date) -> list[Course]:
    """What the person must finish before beginning the course; empty = it can be begun."""
    if course.pk not in prerequisites_of([course]):
        return []
    open_ids = set(courses_open_to(employee, on).values_list("pk", flat=True))
    return unmet_by(employee, [course], open_ids).get(course.pk, [])


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
    meant = rules_for(employee, on)
    courses = list(_meant_or_taken(employee, meant))
    mandatory: dict[int, date] = {}
    for rule in meant.filter(is_mandatory=True):
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
    locks = unmet_by(employee, courses, {course.pk for course in courses})
    since = _asked_since(employee)
    done, granted = set(), set()
    for row in ActivityProgress.objects.filter(
        employee=employee, activity__course__in=courses, done_at__isnull=False
    ).select_related("activity"):
        asked = since.get(row.activity.course_id)
        if asked is None or (row.last_done_at and row.last_done_at >= asked):
            done.add(row.activity_id)
            if row.is_granted:
                granted.add(row.activity_id)
    activities: dict[int, list[Activity]] = {course.pk: [] for course in courses}
    every = list(activities_in(courses))
    for activity in every:
        activities[activity.course_id].append(activity)
    rules = rules_of(every)
    items = []
    for course in courses:
        lessons = [item for item in activities[course.pk] if rules[item.pk].is_lesson]
        required = [item for item in activities[course.pk] if rules[item.pk].is_required]
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
                last_at=totals.last_at if totals else None,
                completed_at=completed_at,
                next_lesson=_next_lesson(lessons, required, done),
                locked_by=tuple(locks.get(course.pk, ())),
                granted=sum(item.pk in granted for item in lessons),
                test_out_key=next((item.key for item in lessons if rules[item.pk].in_test_out), ""),
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
        # What cannot be begun yet is no next step, however soon it is due.
        bool(item.locked_by),
        not item.is_overdue,
        item.due_on or FAR,
        item.started_at is None,
        item.course.position,
        item.course.key,
    )


def _next_lesson(
    lessons: list[Activity], required: list[Activity], done: set[int]
) -> Activity | None:
    """The lesson of what is required first and not done; else the first that is required."""
    known = {item.pk: item for item in lessons}
    for item in required:
        if item.pk not in done:
            return known.get(item.lesson_id or item.pk)
    return next((known[item.pk] for item in required if item.pk in known), None)


def _present(due_on: date | None) -> date | None:
    return None if due_on == FAR else due_on


def saved_rules(course: Course) -> list[NewRule]:
    """The course's own rules as they are, to be shown or set again."""
    return as_drafts(own_rules(course))
