"""The planned time of a starter course is what its own pages say is to be done, and no more."""

import pytest
from django.conf import settings

from courses.authoring.check.reading import read_course
from courses.authoring.check.rules import CHECKS
from courses.authoring.drafts import course_draft
from courses.pages.models import CoursePage
from courses.starter.load import load_courses

pytestmark = pytest.mark.django_db

TIME = ("time_missing", "time_too_short", "time_too_long")


def test_every_starter_course_plans_the_time_that_it_takes() -> None:
    load_courses(say=lambda _line: None, library_sources=settings.LMS_COURSES_H5P_LIBRARY_SOURCES)
    drafts = [course_draft(page) for page in CoursePage.objects.order_by("course__key")]
    assert drafts
    faults = {
        (draft.course.key, code): fault.detail
        for draft in drafts
        for code in TIME
        for fault in CHECKS[code].find(read_course(draft))
    }
    assert faults == {}
