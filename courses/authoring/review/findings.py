"""What the course check says before a submission; an error keeps the course from it."""

from collections.abc import Iterable
from typing import Protocol

from wagtail import hooks

from courses.authoring.drafts import CourseDraft

# A Wagtail hook, called with a CourseDraft; answers with findings.
CHECK = "lms_courses_check_course"


class Finding(Protocol):
    """`severity` "error" keeps the course from being submitted; `url` leads to the place."""

    code: str
    severity: str
    title: str
    detail: str
    place: str
    url: str


def check_before_submission(draft: CourseDraft) -> list[Finding]:
    found: list[Finding] = []
    for check in hooks.get_hooks(CHECK):
        answer: Iterable[Finding] = check(draft)
        found.extend(answer)
    return found
