"""Checking a course: the rules over what it shows."""

from collections.abc import Iterable

from wagtail import hooks

from courses.authoring.check.findings import Finding, Severity
from courses.authoring.check.material import CourseMaterial
from courses.authoring.check.reading import read_course
from courses.authoring.check.rules import CHECKS
from courses.authoring.drafts import CourseDraft

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


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda row: (GRAVEST_FIRST[row.severity], row.order))
