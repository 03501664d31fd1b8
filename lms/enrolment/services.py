"""Enrolling people: by rule, or by their own choice."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.models import Course
from lms.enrolment.access import may_order
from lms.enrolment.models import AudienceRule, Enrolment
from lms.enrolment.refusals import refused
from lms.enrolment.selectors import FAR, courses_open_to, postings_matching, rules_for
from lms.exceptions import CourseNotAvailable, NotEnrolled
from lms.people.models import Employee
from lms.people.selectors import department_subtree_ids

AUDIENCE_SET = "lms_core.audience_set"


def enrol(*, employee: Employee, course: Course, on: date) -> tuple[Enrolment, bool]:
    """Enrol a person who opens a course of theirs; returns it and whether it is new.

    Raises:
        CourseNotAvailable: the course is not published or not meant for the person.
    """
    existing = Enrolment.objects.filter(employee=employee, course=course).first()
    if existing:
        return existing, False
    if not courses_open_to(employee, on).filter(pk=course.pk).exists():
        raise CourseNotAvailable(_("No such course."))
    mandatory = list(rules_for(employee, on).filter(course=course, is_mandatory=True))
    return Enrolment.objects.get_or_create(
        employee=employee,
        course=course,
        defaults={
            "source": Enrolment.Source.ASSIGNED if mandatory else Enrolment.Source.CHOSEN,
            "enrolled_at": timezone.now(),
            "due_on": min((rule.due_on for rule in mandatory if rule.due_on), default=None),
        },
    )


def lock_enrolments(*, employee: Employee, course_ids: Iterable[int]) -> None:
    """Hold the person's enrolments of these courses until the transaction ends.

    Raises:
        NotEnrolled: one of them does not exist.
    """
    wanted = set(course_ids)
    held = set(
        Enrolment.objects.select_for_update()
        .filter(employee=employee, course_id__in=wanted)
        .order_by("pk")
        .values_list("course_id", flat=True)
    )
    if held != wanted:
        raise NotEnrolled(_("You are not enrolled in this course."))


def lock_course(*, course: Course) -> None:
    """Hold everybody's enrolment in the course until the transaction ends."""
    list(
        Enrolment.objects.select_for_update()
        .filter(course=course)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def assign_courses(*, on: date, course: Course | None = None) -> int:
    """Enrol everybody a mandatory rule means on that day; returns how many rows changed.

    `course` None = in every course.

    The same rules and postings twice change nothing. An enrolment that exists keeps its due
    date; one that the person had chosen becomes assigned. The number of queries grows with the
    number of rules, not of people.
    """
    due: dict[tuple[int, int], date] = {}
    rules = AudienceRule.objects.filter(is_mandatory=True).select_related("department")
    for rule in rules if course is None else rules.filter(course=course):
        subtree = department_subtree_ids(rule.department) if rule.department else ()
        for employee_id in (
            postings_matching(rule, on, subtree).values_list("employee_id", flat=True).distinct()
        ):
            pair = (employee_id, rule.course_id)
            due[pair] = min(due.get(pair, FAR), rule.due_on or FAR)
    existing = {
        (row.employee_id, row.course_id): row
        for row in Enrolment.objects.filter(course__in={course for _, course in due})
    }
    now = timezone.now()
    missing = [
        Enrolment(
            employee_id=employee_id,
            course_id=course_id,
            source=Enrolment.Source.ASSIGNED,
            enrolled_at=now,
            due_on=None if due_on == FAR else due_on,
        )
        for (employee_id, course_id), due_on in sorted(due.items())
        if (employee_id, course_id) not in existing
    ]
    chosen = []
    for pair, row in existing.items():
        if pair in due and row.source == Enrolment.Source.CHOSEN:
            row.source = Enrolment.Source.ASSIGNED
            row.due_on = None if due[pair] == FAR else due[pair]
            chosen.append(row)
    Enrolment.objects.bulk_create(missing, batch_size=1000, ignore_conflicts=True)
    Enrolment.objects.bulk_update(chosen, ["source", "due_on"], batch_size=1000)
    return len(missing) + len(chosen)


Group = tuple[int | None, int | None, int | None]


def _group(rule: AudienceRule) -> Group:
    return rule.tier_id, rule.role_id, rule.department_id


@transaction.atomic
def set_audience(*, course: Course, rules: Sequence[AudienceRule], by: Any, on: date) -> int:
    """Make these the course's rules, and enrol whom a mandatory one means on that day.

    Rules for a group that has one keep their row. Enrolments that exist stay, also of people
    no rule means any more. Gives how many enrolments are new or became mandatory.

    Args:
        rules: not saved; their course is set here.
        by: the account that answers for it.

    Raises:
        AudienceRefused: `repeated` two rules for one group; `due_without_order` a due date on a
            rule that is not mandatory; `order_not_allowed` a mandatory rule is new, changed or
            gone, and the account may not give orders.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    saved = {_group(rule): rule for rule in course.audience.all()}
    wanted: dict[Group, AudienceRule] = {}
    for number, rule in enumerate(rules, start=1):
        if _group(rule) in wanted:
            raise refused("repeated", place=str(number))
        if rule.due_on is not None and not rule.is_mandatory:
            raise refused("due_without_order", place=str(number))
        wanted[_group(rule)] = rule
    if _orders(saved) != _orders(wanted) and not may_order(by):
        raise refused("order_not_allowed")
    before = _described(saved.values())
    for group in saved.keys() - wanted.keys():
        saved[group].delete()
    for group, rule in wanted.items():
        row = saved.get(group, rule)
        row.course = course
        row.is_mandatory, row.due_on = rule.is_mandatory, rule.due_on
        row.save()
    after = _described(wanted.values())
    if before != after:
        log(
            instance=course,
            action=AUDIENCE_SET,
            user=by,
            data={"before": before, "after": after},
        )
    return assign_courses(on=on, course=course)


def _orders(rules: Mapping[Group, AudienceRule]) -> dict[Group, date | None]:
    return {group: rule.due_on for group, rule in rules.items() if rule.is_mandatory}


def _described(rules: Iterable[AudienceRule]) -> list[dict[str, Any]]:
    """For the log, which outlives tiers and departments: by key."""
    return sorted(
        (
            {
                "tier": rule.tier.key if rule.tier else "",
                "role": rule.role.key if rule.role else "",
                "department": rule.department.key if rule.department else "",
                "mandatory": rule.is_mandatory,
                "due_on": rule.due_on.isoformat() if rule.due_on else "",
            }
            for rule in rules
        ),
        key=lambda row: (row["tier"], row["role"], row["department"]),
    )
