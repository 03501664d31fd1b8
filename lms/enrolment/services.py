"""Enrolling people: by rule, or by their own choice."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import BigAutoField
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.models import Course
from lms.enrolment.access import may_order
from lms.enrolment.models import AudienceRule, Enrolment
from lms.enrolment.refusals import refused
from lms.enrolment.rules.compiling import compiled, office_keys
from lms.enrolment.rules.condition import parse_condition, stored_form
from lms.enrolment.rules.drafts import NewRule, check_schedule
from lms.enrolment.rules.outcome import Outcome
from lms.enrolment.rules.services import evaluate_rules
from lms.enrolment.selectors import courses_open_to, rules_for
from lms.exceptions import CourseNotAvailable, NotEnrolled
from lms.people.models import Employee
from lms.prepared import PreparedQuery

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
            "due_on": min(
                (day for rule in mandatory if (day := rule.schedule.due_of(on))), default=None
            ),
        },
    )


_ENROLMENTS = PreparedQuery(
    lambda slots: (
        Enrolment.objects.select_for_update()
        .filter(employee=slots["employee"], course__id__in=slots["courses"])
        .order_by("pk")
        .values_list("course_id")
    ),
    employee=BigAutoField(),
    courses=BigAutoField(),
)


def lock_enrolments(*, employee: Employee, course_ids: Iterable[int]) -> None:
    """Hold the person's enrolments of these courses until the transaction ends.

    Raises:
        NotEnrolled: one of them does not exist.
    """
    wanted = sorted(set(course_ids))
    held = _ENROLMENTS.ask(employee=employee.pk, courses=wanted) if wanted else []
    if len(held) < len(wanted):
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
def set_audience(*, course: Course, rules: Sequence[NewRule], by: Any, on: date) -> Outcome:
    """Make these the course's rules, and assign it to whom a mandatory one means on that day.

    A rule that names its row, or the condition of one, changes that row, and assignments go on
    under it. Assignments of rows that go end; enrolments stay.

    Args:
        by: the account that answers for it.

    Raises:
        AudienceRefused: `repeated` two rules for one group; `due_without_order` a due date or a
            repetition without an order; `order_not_allowed` a mandatory rule is new, changed or
            gone, and the account may not give orders; `due_incomplete`, `repeat_incomplete` a
            number or date is missing or does not belong there; `date_repeats` a date as due date
            of a rule that repeats.
        InvalidCondition: a condition cannot be read, or names what the office does not have.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    keys = office_keys()
    saved = {row.pk: row for row in course.audience.prefetch_related("equal_courses")}
    by_condition = {_text(row.condition): pk for pk, row in saved.items()}
    wanted: dict[str, tuple[AudienceRule, NewRule]] = {}
    for number, new in enumerate(rules, start=1):
        condition = parse_condition(new.condition)
        compiled(condition, keys, on)
        stored = stored_form(condition)
        if _text(stored) in wanted:
            raise refused("repeated", place=str(number))
        check_schedule(new, place=str(number))
        pk = new.pk if new.pk in saved else by_condition.get(_text(stored))
        row = AudienceRule(pk=pk, course=course, condition=stored, is_mandatory=new.is_mandatory)
        for name, value in asdict(new.schedule).items():
            setattr(row, name, value)
        wanted[_text(stored)] = (row, new)
    before = described(saved.values())
    kept = {row.pk for row, _ in wanted.values() if row.pk}
    after = [entry(row, new.equal_courses) for row, new in wanted.values()]
    if _orders(before) != _orders(after) and not may_order(by):
        raise refused("order_not_allowed")
    _write(course, list(wanted.values()), saved.keys() - kept)
    if before != sorted(after, key=_text):
        log(
            instance=course,
            action=AUDIENCE_SET,
            user=by,
            data={"before": before, "after": sorted(after, key=_text)},
        )
    return evaluate_rules(on=on, course=course)


def _write(
    course: Course, wanted: Sequence[tuple[AudienceRule, NewRule]], gone: Iterable[int]
) -> None:
    course.audience.filter(pk__in=gone).delete()
    # Two rows may have changed places: neither may meet the other's old condition.
    for number, row in enumerate(course.audience.all()):
        AudienceRule.objects.filter(pk=row.pk).update(condition={"all": [], "moving": number})
    for row, new in wanted:
        row.save()
        row.equal_courses.set(Course.objects.filter(key__in=new.equal_courses))


def _text(data: Any) -> str:
    return json.dumps(data, sort_keys=True)


def _orders(entries: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(_text(row) for row in entries if row["mandatory"])


def described(rows: Iterable[AudienceRule]) -> list[dict[str, Any]]:
    """For the log, which outlives tiers and departments: by key."""
    entries = (entry(row, [other.key for other in row.equal_courses.all()]) for row in rows)
    return sorted(entries, key=_text)


def entry(row: AudienceRule, equal_courses: Iterable[str]) -> dict[str, Any]:
    values = {name: value for name, value in asdict(row.schedule).items() if value is not None}
    if row.due_on is not None:
        values["due_on"] = row.due_on.isoformat()
    return {
        "condition": row.condition,
        "mandatory": row.is_mandatory,
        "equal_courses": sorted(equal_courses),
        **values,
    }
