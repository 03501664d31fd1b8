"""Enrolling people: by rule, or by their own choice."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.log_actions import log

from courses.models import Course
from lms.enrolment.models import AudienceRule, Enrolment
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.rules.outcome import Outcome
from lms.enrolment.rules.services import evaluate_rules
from lms.enrolment.rules.writing import put_rules
from lms.enrolment.selectors import courses_open_to, locks_of, own_rules, rules_for
from lms.enrolment.standing import Standing
from lms.exceptions import CourseNotAvailable, NotEnrolled, PrerequisitesMissing
from lms.people.calendar import office_today
from lms.people.models import Employee

AUDIENCE_SET = "lms_core.audience_set"


def enrol(*, employee: Employee, course: Course, on: date) -> tuple[Enrolment, bool]:
    """Enrol a person who opens a course of theirs; returns it and whether it is new.

    Raises:
        CourseNotAvailable: the course is not published or not meant for the person.
        PrerequisitesMissing: other courses come first. An order alone does not open the course.
    """
    existing = Enrolment.objects.filter(employee=employee, course=course).first()
    if existing is None and not courses_open_to(employee, on).filter(pk=course.pk).exists():
        raise CourseNotAvailable(_("No such course."))
    refuse_locked(employee=employee, course=course, on=on)
    if existing:
        return existing, False
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


def refuse_locked(*, employee: Employee, course: Course, on: date) -> None:
    """
    Raises:
        PrerequisitesMissing: the person must finish other courses before beginning this one.
    """
    locks = locks_of(employee, course, on)
    if locks:
        quoted = [pgettext("course", "“%(title)s”") % {"title": row.title} for row in locks]
        names = pgettext("condition", ", ").join(quoted)
        raise PrerequisitesMissing(_("Finish first: %(names)s.") % {"names": names})


def refuse_standing(*, employee: Employee, standing: Standing, course_ids: Iterable[int]) -> None:
    """
    Raises:
        NotEnrolled: the person does not take one of the courses.
        PrerequisitesMissing: one of them is assigned, but others come first.
    """
    if not standing.enrolments.keys() >= set(course_ids):
        raise NotEnrolled(_("You are not enrolled in this course."))
    # The database names the few that may be locked; what is open to the person is asked then.
    maybe = [pk for pk, held in standing.enrolments.items() if held.may_wait]
    for course in Course.objects.filter(pk__in=maybe) if maybe else ():
        refuse_locked(employee=employee, course=course, on=office_today())


def lock_enrolments(*, employee: Employee, course_ids: Iterable[int] | None = None) -> None:
    """Hold the person's enrolments until the transaction ends: in these courses, or all."""
    rows = Enrolment.objects.filter(employee=employee)
    _hold(rows if course_ids is None else rows.filter(course__in=set(course_ids)))


def lock_course(*, course: Course) -> None:
    """Hold everybody's enrolment in the course until the transaction ends."""
    _hold(Enrolment.objects.filter(course=course))


def _hold(rows: QuerySet[Enrolment]) -> None:
    """Whoever read where a person stands and held nothing finds another version afterwards."""
    held = rows.select_for_update().order_by("pk").values_list("pk", flat=True)
    Enrolment.objects.filter(pk__in=list(held)).update(version=F("version") + 1)


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
    written = put_rules(
        saved=own_rules(course),
        make=lambda: AudienceRule(course=course),
        rules=rules,
        by=by,
        on=on,
    )
    for row, new in written.rows:
        row.equal_courses.set(Course.objects.filter(key__in=new.equal_courses))
    if written.before != written.after:
        log(
            instance=course,
            action=AUDIENCE_SET,
            user=by,
            data={"before": written.before, "after": written.after},
        )
    return evaluate_rules(on=on, course=course)
