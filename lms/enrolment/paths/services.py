"""Whom a path is meant for: one order for all its courses.

A path's rule is copied to each of its courses, so that whom a course is meant for stands in one
table and is evaluated in one place. The copies follow the rule and the steps.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from courses.exceptions import PathRefused
from courses.models import Course, LearningPath, PathStep
from lms.enrolment.access import may_order
from lms.enrolment.models import AudienceRule, PathRule
from lms.enrolment.refusals import refused
from lms.enrolment.rules.drafts import WITHOUT_DUTY, NewRule
from lms.enrolment.rules.outcome import Outcome, together
from lms.enrolment.rules.services import evaluate_rules, lock_rules
from lms.enrolment.rules.writing import described, orders, put_rules
from lms.exceptions import AudienceRefused
from lms.people.calendar import office_today

PATH_AUDIENCE_SET = "lms_core.path_audience_set"


@transaction.atomic
def set_path_audience(
    *, path: LearningPath, rules: Sequence[NewRule], by: Any, on: date
) -> Outcome:
    """Make these the path's rules, and assign its courses to whom a mandatory one means.

    Steps that are optional are offered and never ordered. While the path is not shown to
    learners its rules wait.

    Raises:
        AudienceRefused, InvalidCondition: see `lms.enrolment.services.set_audience`.
    """
    LearningPath.objects.select_for_update().get(pk=path.pk)
    # Those that a rule that goes has been copied to.
    affected = set(_copies(path).values_list("course_id", flat=True))
    _hold(path, affected)
    written = put_rules(
        saved=path.audience.all(), make=lambda: PathRule(path=path), rules=rules, by=by, on=on
    )
    if written.before != written.after:
        log(
            instance=path,
            action=PATH_AUDIENCE_SET,
            user=by,
            data={"before": written.before, "after": written.after},
        )
    _copy(path)
    return _evaluate(path, affected, on)


@transaction.atomic
def follow_path(*, path: LearningPath, by: Any, on: date) -> Outcome:
    """Bring the copies in line with the path as it is now; its steps may have changed.

    Args:
        by: the account that answers for it; None = the starter content.

    Raises:
        AudienceRefused: `order_not_allowed` that would order a course or end an order, and the
            account may not.
    """
    affected = set(_copies(path).values_list("course_id", flat=True))
    if not affected and not path.audience.exists():
        return Outcome()
    _hold(path, affected)
    before = _ordered(path)
    _copy(path)
    if before != _ordered(path) and by is not None and not may_order(by):
        raise refused("order_not_allowed")
    return _evaluate(path, affected, on)


def settle_path(*, path: LearningPath, by: Any) -> None:
    """For the hook that is called when a path changes.

    Raises:
        PathRefused: `not_allowed`.
    """
    try:
        follow_path(path=path, by=by, on=office_today())
    except AudienceRefused as refusal:
        raise PathRefused("not_allowed", refusal.message) from refusal


def _copies(path: LearningPath) -> Any:
    return AudienceRule.objects.filter(of_path__path=path)


def _steps(path: LearningPath) -> list[PathStep]:
    """Of a path that is shown; another one asks nothing of anybody."""
    return list(path.steps.all()) if path.live else []


def _hold(path: LearningPath, affected: Iterable[int]) -> None:
    """Courses before rules, each in one order, as whoever sets a course's audience does."""
    ids = {*affected, *path.steps.values_list("course_id", flat=True)}
    list(Course.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    lock_rules()


def _copy(path: LearningPath) -> None:
    saved = {(row.of_path_id, row.course_id): row for row in _copies(path)}
    wanted = {(rule.pk, step.course_id) for rule in path.audience.all() for step in _steps(path)}
    AudienceRule.objects.filter(
        pk__in=[row.pk for pair, row in saved.items() if pair not in wanted]
    ).delete()
    for rule in path.audience.all():
        for step in _steps(path):
            row = saved.get((rule.pk, step.course_id)) or AudienceRule(
                of_path=rule, course_id=step.course_id
            )
            row.condition = rule.condition
            row.is_mandatory = rule.is_mandatory and not step.is_optional
            plan = rule.schedule if row.is_mandatory else WITHOUT_DUTY
            for name, value in vars(plan).items():
                setattr(row, name, value)
            row.save()


def _ordered(path: LearningPath) -> list[tuple[int, list[str]]]:
    """What the copies order, by course."""
    found: dict[int, list[AudienceRule]] = {}
    for row in _copies(path).prefetch_related("equal_courses"):
        found.setdefault(row.course_id, []).append(row)
    return [(pk, said) for pk in sorted(found) if (said := orders(described(found[pk])))]


def _evaluate(path: LearningPath, affected: Iterable[int], on: date) -> Outcome:
    courses = Course.objects.filter(
        pk__in={*affected, *_copies(path).values_list("course_id", flat=True)}
    )
    return together(evaluate_rules(on=on, course=course) for course in courses.order_by("pk"))
