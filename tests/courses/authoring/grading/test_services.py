from typing import Any

import pytest

from courses.authoring.grading.services import set_pass_marks
from courses.authoring.publishing import publish_course
from courses.exceptions import CourseLocked
from courses.models import Activity, Course
from courses.pages.models import CoursePage
from tests.factories import make_course, make_user
from tests.factories.courses import publish_course as make_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    made = make_course("C1", activities=2, pass_mark=0.8, is_published=False)
    publish_course(page=make_pages(made))
    return made


@pytest.fixture
def activity(course: Course) -> Activity:
    return course.activities.get(key="L1-1")


def test_learners_have_a_pass_mark_when_the_course_is_published(
    course: Course, activity: Activity
) -> None:
    changed = set_pass_marks(course=course, marks={activity.pk: 0.6}, by=make_user())
    assert [row.key for row in changed] == ["L1-1"]
    activity.refresh_from_db()
    assert activity.pass_mark == 0.8
    publish_course(page=CoursePage.objects.get(course=course))
    activity.refresh_from_db()
    assert activity.pass_mark == 0.6
    assert activity.versions.count() == 2


def test_what_is_already_so_makes_no_draft(course: Course, activity: Activity) -> None:
    assert set_pass_marks(course=course, marks={activity.pk: 0.8}, by=make_user()) == []
    activity.refresh_from_db()
    assert not activity.has_unpublished_changes


def test_an_earlier_draft_is_built_upon(course: Course, activity: Activity) -> None:
    activity.title_ja = "書きかけ"
    activity.save_revision()
    set_pass_marks(course=course, marks={activity.pk: None}, by=make_user())
    activity.refresh_from_db()
    draft: Any = activity.get_latest_revision_as_object()
    assert (draft.title_ja, draft.pass_mark) == ("書きかけ", None)


def test_activities_of_other_courses_are_left_alone(course: Course) -> None:
    other = make_course("C2").activities.get(kind="h5p")
    assert set_pass_marks(course=course, marks={other.pk: 0.1}, by=make_user()) == []


def test_a_locked_course_keeps_its_pass_marks(course: Course, activity: Activity) -> None:
    CoursePage.objects.filter(course=course).update(locked=True)
    with pytest.raises(CourseLocked):
        set_pass_marks(course=course, marks={activity.pk: 0.1}, by=make_user())
    assert activity.get_latest_revision_as_object().pass_mark == 0.8
