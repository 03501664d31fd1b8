from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from courses.authoring.grading.services import COVERAGE_CHANGED, RULE_CHANGED, set_grading
from courses.authoring.publishing import publish_course
from courses.authoring.versions.compare import compare_activities
from courses.authoring.versions.services import restore_version
from courses.authoring.versions.state import version_state
from courses.exceptions import CourseLocked, GradingRefused
from courses.models import Activity, Course, CourseVersion
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
    changed = set_grading(course=course, values={activity.pk: {"pass_mark": 0.6}}, by=make_user())
    assert [row.key for row in changed] == ["L1-1"]
    activity.refresh_from_db()
    assert activity.pass_mark == 0.8
    publish_course(page=CoursePage.objects.get(course=course))
    activity.refresh_from_db()
    assert activity.pass_mark == 0.6
    assert activity.versions.count() == 2


def test_what_is_already_so_makes_no_draft(course: Course, activity: Activity) -> None:
    assert (
        set_grading(course=course, values={activity.pk: {"pass_mark": 0.8}}, by=make_user()) == []
    )
    activity.refresh_from_db()
    assert not activity.has_unpublished_changes


def test_an_earlier_draft_is_built_upon(course: Course, activity: Activity) -> None:
    activity.title_ja = "書きかけ"
    activity.save_revision()
    set_grading(course=course, values={activity.pk: {"pass_mark": None}}, by=make_user())
    activity.refresh_from_db()
    draft: Any = activity.get_latest_revision_as_object()
    assert (draft.title_ja, draft.pass_mark) == ("書きかけ", None)


def test_activities_of_other_courses_are_left_alone(course: Course) -> None:
    other = make_course("C2").activities.get(kind="h5p")
    assert set_grading(course=course, values={other.pk: {"pass_mark": 0.1}}, by=make_user()) == []


def test_a_locked_course_keeps_its_pass_marks(course: Course, activity: Activity) -> None:
    CoursePage.objects.filter(course=course).update(locked=True)
    with pytest.raises(CourseLocked):
        set_grading(course=course, values={activity.pk: {"pass_mark": 0.1}}, by=make_user())
    assert activity.get_latest_revision_as_object().pass_mark == 0.8


def lesson_of(course: Course, key: str = "L1") -> Activity:
    return course.activities.get(key=key)


def test_learners_have_the_rule_of_a_lesson_when_the_course_is_published(course: Course) -> None:
    lesson = lesson_of(course)
    rule = {"completion": "minimum_time", "minutes": 5}
    changed = set_grading(course=course, values={lesson.pk: rule}, by=make_user())
    assert [row.key for row in changed] == ["L1"]
    lesson.refresh_from_db()
    assert (lesson.completion, lesson.minutes) == ("viewed", None)
    version = publish_course(page=CoursePage.objects.get(course=course))
    lesson.refresh_from_db()
    assert (lesson.completion, lesson.minutes, lesson.live) == ("minimum_time", 5, True)
    assert version.contents["activities"] == {"L1": 1, "L1-1": 1, "L1-2": 1}


def test_a_rule_drafted_before_its_lesson_was_renamed_leaves_the_new_name(course: Course) -> None:
    lesson, page = lesson_of(course), CoursePage.objects.get(course=course)
    rule = {"completion": "graded_passed", "minutes": None}
    set_grading(course=course, values={lesson.pk: rule}, by=make_user())
    Activity.objects.filter(pk=lesson.pk).update(title_en="Renamed", position=700)
    publish_course(page=page)
    lesson.refresh_from_db()
    assert (lesson.completion, lesson.title_en, lesson.position) == (
        "graded_passed",
        "Renamed",
        1000,
    )


@pytest.fixture
def long_course() -> Course:
    """Whose first lesson is the test-out about the second."""
    made = make_course("C9", lessons=3, is_published=False)
    page = make_pages(made)
    publish_course(page=page)
    test, question = lesson_of(made), lesson_of(made, "L1-1")
    set_grading(
        course=made,
        values={
            test.pk: {"completion": "test_out", "minutes": 5},
            question.pk: {"covers": [lesson_of(made, "L2").pk]},
        },
        by=make_user(),
    )
    publish_course(page=page)
    return made


def test_the_test_out_may_change_over_to_another_lesson(long_course: Course) -> None:
    first, second = lesson_of(long_course), lesson_of(long_course, "L2")
    assert first.completion == "test_out"
    set_grading(
        course=long_course,
        values={
            first.pk: {"completion": "viewed", "minutes": None},
            second.pk: {"completion": "test_out", "minutes": 3},
            lesson_of(long_course, "L1-1").pk: {"covers": []},
        },
        by=make_user(),
    )
    publish_course(page=CoursePage.objects.get(course=long_course))
    rows = dict(long_course.activities.filter(kind="lesson").values_list("key", "completion"))
    assert rows == {"L1": "viewed", "L2": "test_out", "L3": "viewed"}


def test_a_new_test_out_takes_the_place_of_a_lesson_that_is_deleted(long_course: Course) -> None:
    page = CoursePage.objects.get(course=long_course)
    page.get_children().get(title="レッスンL1").delete()
    third = lesson_of(long_course, "L3")
    rule = {"completion": "test_out", "minutes": 3}
    with pytest.raises(GradingRefused):
        # The page is gone, learners still have the lesson: publish first.
        set_grading(course=long_course, values={third.pk: rule}, by=make_user())
    publish_course(page=CoursePage.objects.get(pk=page.pk))
    set_grading(course=long_course, values={third.pk: rule}, by=make_user())
    publish_course(page=CoursePage.objects.get(pk=page.pk))
    third.refresh_from_db()
    assert third.completion == "test_out"


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("minutes_needed", {"L2": {"completion": "minimum_time", "minutes": None}}),
        ("minutes_needed", {"L2": {"completion": "viewed", "minutes": 5}}),
        ("one_test_out", {"L2": {"completion": "test_out", "minutes": 5}, "L1-1": {"covers": []}}),
        ("covers_itself", {"L1-1": {"covers": ["L1"]}}),
        ("no_such_lesson", {"L1-1": {"covers": ["L2-1"]}}),
    ],
)
def test_what_does_not_fit_together_is_refused(
    long_course: Course, code: str, values: dict[str, dict[str, Any]]
) -> None:
    ids = dict(long_course.activities.values_list("key", "pk"))
    said = {
        ids[key]: {
            name: [ids[item] for item in value] if name == "covers" else value
            for name, value in columns.items()
        }
        for key, columns in values.items()
    }
    with pytest.raises(GradingRefused) as refused:
        set_grading(course=long_course, values=said, by=make_user())
    assert refused.value.code == code


def test_what_is_set_is_logged_by_what_it_is_about(long_course: Course) -> None:
    logged = ModelLogEntry.objects.filter(action__startswith="lms_courses.")
    found = {entry.action: entry.data for entry in logged}
    assert found == {
        RULE_CHANGED: {
            "before": {"completion": "viewed", "minutes": None},
            "after": {"completion": "test_out", "minutes": 5},
        },
        COVERAGE_CHANGED: {
            "before": {"covers": []},
            "after": {"covers": [lesson_of(long_course, "L2").pk]},
        },
    }


def test_an_earlier_version_brings_its_rules_back(long_course: Course) -> None:
    page = CoursePage.objects.get(course=long_course)
    version = CourseVersion.objects.filter(course=long_course).latest("number")
    set_grading(
        course=long_course,
        values={
            lesson_of(long_course).pk: {"completion": "viewed", "minutes": None},
            lesson_of(long_course, "L1-1").pk: {"covers": []},
        },
        by=make_user(),
    )
    publish_course(page=page)
    restore_version(page=page, version=version)
    publish_course(page=CoursePage.objects.get(pk=page.pk))
    assert lesson_of(long_course).completion == "test_out"
    assert lesson_of(long_course, "L1-1").covers == [lesson_of(long_course, "L2").pk]


def test_versions_side_by_side_say_what_changed_in_the_rules(long_course: Course) -> None:
    new, old = CourseVersion.objects.filter(course=long_course).order_by("-number")[:2]
    changes = compare_activities(version_state(old), version_state(new))
    found = {item.there.activity.key: item for item in changes}
    assert found["L1"].change == "added"
    values = {value.label: (value.before, value.after) for value in found["L1-1"].values}
    assert list(values.values()) == [(None, "レッスンL2")]
