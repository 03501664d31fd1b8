"""A file that a reviewer tries is graded by the draft, and by nothing of another course."""

import pytest

from courses.authoring.drafts import course_draft
from courses.authoring.review.exercises import drafted_exercise, grade_draft
from courses.exercises.refusals import FileRefused
from courses.models import Activity
from tests.factories import (
    CLEAN_TABLE,
    MESSY_TABLE,
    make_course,
    make_exercise,
    make_lesson,
    publish_course,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise() -> Activity:
    """As drafted: with pass mark 0.5, where learners have 1."""
    course = make_course("C", lessons=0, is_published=False)
    made = make_exercise(make_lesson(course, "L1"))
    page = publish_course(course)
    made.pass_mark = 0.5
    made.save_revision()
    found = drafted_exercise(course_draft(page), "X1")
    assert found is not None
    return found


def test_only_exercises_of_the_draft_are_found(exercise: Activity) -> None:
    draft = course_draft(publish_course(make_course("D", lessons=1, is_published=False)))
    assert drafted_exercise(draft, "X1") is None
    assert drafted_exercise(draft, "L1") is None


@pytest.mark.parametrize(("data", "is_right"), [(CLEAN_TABLE, True), (MESSY_TABLE, False)])
def test_a_file_is_graded_by_the_draft(exercise: Activity, data: bytes, is_right: bool) -> None:
    grade = grade_draft(activity=exercise, file=(data, "a.csv"))
    assert (grade.score == 1, not grade.report["findings"]) == (is_right, is_right)
    assert grade.activity.pass_mark == 0.5


def test_what_is_no_table_is_refused(exercise: Activity) -> None:
    with pytest.raises(FileRefused):
        grade_draft(activity=exercise, file=(b"MZ", "a.exe"))
