"""The one place from which rules are evaluated for the whole office."""

from datetime import date

from courses.catalogue.selectors import published_courses
from lms.enrolment.models import AudienceRule
from lms.enrolment.rules.compiling import office_keys
from lms.enrolment.rules.outcome import in_words
from lms.enrolment.rules.selectors import postings_bound
from lms.enrolment.rules.services import evaluate_rules


def ordered_on(on: date) -> set[tuple[int, str]]:
    """Who must take what by the rules in force on that day: employee's id and course's key."""
    keys = office_keys()
    return {
        (employee_id, rule.course.key)
        for rule in AudienceRule.objects.filter(
            is_mandatory=True, course__in=published_courses()
        ).select_related("course")
        for employee_id in postings_bound(rule, keys, on).values_list("employee_id", flat=True)
    }


def evaluate_nightly(on: date) -> str:
    return in_words(evaluate_rules(on=on))
