"""The one place from which rules are evaluated for the whole office."""

from datetime import date

from django.utils.translation import gettext as _

from lms.enrolment.audience import reached_by
from lms.enrolment.models import AudienceRule
from lms.enrolment.services import assign_courses


def evaluate_rules(*, on: date) -> int:
    """Bring enrolments in line with rules and postings of that day; how many rows changed."""
    return assign_courses(on=on)


def ordered_on(on: date) -> set[tuple[int, str]]:
    """Who must take what by the rules in force on that day: employee's id and course's key."""
    rules = list(AudienceRule.objects.filter(is_mandatory=True).select_related("course"))
    return {
        (employee_id, rule.course.key)
        for rule, people in zip(rules, reached_by(rules, on), strict=True)
        for employee_id in people
    }


def evaluate_nightly(on: date) -> str:
    return _("%(number)d enrolments") % {"number": evaluate_rules(on=on)}
