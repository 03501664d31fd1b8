"""Assigning a course to people who share no rule: a rule that names them one by one.

There is one such rule per course and due date. Naming more people lengthens its list, striking
them shortens it, so evaluation, preview, reasons and undoing are those of every other rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from courses.models import Course
from lms.enrolment.models import AudienceRule
from lms.enrolment.orders.refusals import refused
from lms.enrolment.preview import Effect, apply_audience
from lms.enrolment.rules.condition import People, parse_condition, stored_form
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.rules.schedule import DAY, NEVER, Schedule
from lms.enrolment.rules.selectors import exempt_from, open_assignments
from lms.enrolment.selectors import saved_rules
from lms.people.models import Employee
from lms.people.selectors import postings_on
from lms.progress.models import CourseProgress


@dataclass(frozen=True)
class Roll:
    """How the people of a list stand to a course; each is in one of them.

    Attributes:
        new: will be asked for it.
        done: have finished it; they are named, and are done at once.
        exempt: are named, and asked once their exemption ends.
        has: are asked for it already, by whatever rule; nothing changes for them.
        gone: hold no posting today; they cannot be named.
    """

    new: tuple[Employee, ...] = ()
    done: tuple[Employee, ...] = ()
    exempt: tuple[Employee, ...] = ()
    has: tuple[Employee, ...] = ()
    gone: tuple[Employee, ...] = ()

    @property
    def named(self) -> tuple[Employee, ...]:
        return (*self.new, *self.done, *self.exempt)


def called(*, course: Course, people: Iterable[Employee], on: date) -> Roll:
    """The roll of these people. Five queries."""
    rows = list(people)
    ids = {row.pk for row in rows}
    named = {number for rule in naming_rules(course) for number in numbers_of(rule)}
    asked = set(
        open_assignments([course]).filter(employee__in=ids).values_list("employee_id", flat=True)
    ) | {row.pk for row in rows if row.staff_number in named}
    posted = set(
        postings_on(on).filter(employee__in=ids).order_by().values_list("employee_id", flat=True)
    )
    exempt = set(
        exempt_from(course, on).filter(employee__in=ids).values_list("employee_id", flat=True)
    )
    done = set(
        CourseProgress.objects.filter(
            course=course, employee__in=ids, completed_at__isnull=False
        ).values_list("employee_id", flat=True)
    )
    standing: dict[str, list[Employee]] = {}
    for row in rows:
        groups = (
            ("gone", row.pk not in posted),
            ("has", row.pk in asked),
            ("exempt", row.pk in exempt),
            ("done", row.pk in done),
        )
        name = next((name for name, is_in in groups if is_in), "new")
        standing.setdefault(name, []).append(row)
    return Roll(**{name: tuple(found) for name, found in standing.items()})


@transaction.atomic
def name_people(
    *, course: Course, people: Iterable[Employee], due_on: date | None, by: Any, on: date
) -> tuple[Roll, Effect]:
    """Assign the course to these people by name.

    Args:
        due_on: None = by no day.

    Raises:
        OrderRefused: `day_is_over`; `nothing_to_do` everybody has it already, or is gone.
        AudienceRefused: `order_not_allowed`.
    """
    if due_on is not None and due_on < on:
        raise refused("day_is_over")
    Course.objects.select_for_update().get(pk=course.pk)
    roll = called(course=course, people=people, on=on)
    if not roll.named:
        raise refused("nothing_to_do")
    schedule = Schedule(due=DAY, due_on=due_on) if due_on else Schedule(due=NEVER)
    rules = saved_rules(course)
    place = next(
        (n for n, rule in enumerate(rules) if _names(rule) and rule.schedule == schedule), None
    )
    held = () if place is None else _numbers(rules[place])
    numbers = sorted({*held, *(row.staff_number for row in roll.named)})
    condition = stored_form(People(tuple(numbers)))
    if place is None:
        rules.append(NewRule(condition, is_mandatory=True, schedule=schedule))
    else:
        rules[place] = replace(rules[place], condition=condition)
    return roll, apply_audience(course=course, rules=rules, by=by, on=on, sees_people=True)


@transaction.atomic
def strike_people(*, rule: AudienceRule, numbers: Iterable[str], by: Any, on: date) -> Effect:
    """Take people off the list of a rule that names them; without anybody left it goes.

    Raises:
        OrderRefused: `nobody_named` none of them is on it.
        AudienceRefused: `order_not_allowed`.
    """
    course = Course.objects.select_for_update().get(pk=rule.course_id)
    rules = saved_rules(course)
    place = next(n for n, row in enumerate(rules) if row.pk == rule.pk)
    held = _numbers(rules[place])
    left = tuple(number for number in held if number not in set(numbers))
    if left == held:
        raise refused("nobody_named")
    if left:
        rules[place] = replace(rules[place], condition=stored_form(People(left)))
    else:
        del rules[place]
    return apply_audience(course=course, rules=rules, by=by, on=on, sees_people=True)


def naming_rules(course: Course | None = None) -> list[AudienceRule]:
    """Rules that name people one by one; None = of every course."""
    rows = AudienceRule.objects.filter(condition__has_key="people").select_related("course")
    if course is not None:
        rows = rows.filter(course=course)
    return list(rows.order_by("course__position", "course__key", "due_on", "pk"))


def numbers_of(rule: AudienceRule) -> Sequence[str]:
    """The staff numbers it names."""
    condition = parse_condition(rule.condition)
    return condition.numbers if isinstance(condition, People) else ()


def _names(rule: NewRule) -> bool:
    return rule.is_mandatory and bool(_numbers(rule))


def _numbers(rule: NewRule) -> tuple[str, ...]:
    condition = parse_condition(rule.condition)
    return condition.numbers if isinstance(condition, People) else ()
