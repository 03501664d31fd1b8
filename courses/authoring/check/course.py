"""Checking a course: the rules over what it shows, and whether it may go out like this."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail import hooks

from courses.authoring.check.findings import Finding, Severity
from courses.authoring.check.material import CourseMaterial
from courses.authoring.check.reading import read_course
from courses.authoring.check.rules import CHECKS
from courses.authoring.drafts import CourseDraft, course_draft
from courses.exceptions import CourseNotReady

# The admin's page with everything that was found.
CHECK = "lms_courses_check"
# A Wagtail hook, called with `draft`; gives the findings of another package.
FURTHER_CHECKS = "lms_courses_checks"
GRAVEST_FIRST = {severity: number for number, severity in enumerate(Severity)}


def check_course(draft: CourseDraft) -> list[Finding]:
    """Everything to put right in the course as drafted, the gravest first, then in course order.

    Texts are in the active language.
    """
    found = check_material(read_course(draft))
    for further in hooks.get_hooks(FURTHER_CHECKS):
        found += further(draft=draft)
    return in_order(found)


def check_material(material: CourseMaterial) -> list[Finding]:
    return [
        Finding(
            code=code,
            severity=check.severity,
            title=str(check.title),
            detail=fault.detail,
            place=fault.spot.place,
            url=fault.spot.url,
            lesson=fault.spot.lesson,
            order=fault.spot.order,
        )
        for code, check in CHECKS.items()
        for fault in check.find(material)
    ]


def is_blocking(finding: Finding) -> bool:
    """Whether the course cannot be submitted with it."""
    return finding.severity == Severity.ERROR


def refuse_unready(page: Any) -> None:
    """Let a course go on to its review only without blocking findings.

    Args:
        page: the course page, of the language to submit.

    Raises:
        CourseNotReady: something blocks it.
    """
    number = sum(map(is_blocking, check_course(course_draft(page))))
    if number:
        message = ngettext(
            "The course was not submitted: the course check found %(number)d error.",
            "The course was not submitted: the course check found %(number)d errors.",
            number,
        )
        url = f"{reverse(CHECK, args=[page.course_id])}?page={page.pk}"
        raise CourseNotReady(message % {"number": number}, check_url=url)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda row: (GRAVEST_FIRST[row.severity], row.order))
