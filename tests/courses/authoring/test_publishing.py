"""A course is published as one: pages, activities and what lists show of it."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from courses.authoring.drafts import course_draft
from courses.authoring.publishing import publish_course, settle_course
from courses.catalogue.services import create_activity
from courses.models import Activity, Course, CourseVersion
from courses.pages.models import CoursePage, LessonPage, ModulePage
from tests.factories.courses import make_course, make_h5p_content
from tests.factories.courses import publish_course as make_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    """Published as version 1: L1 with L1-1, L2 with L2-1."""
    made = make_course("C1", lessons=2, is_published=False)
    publish_course(page=make_pages(made))
    return made


@pytest.fixture
def page(course: Course) -> CoursePage:
    return CoursePage.objects.get(course=course)


def draft_activity(activity: Activity, **changes: Any) -> None:
    for field, value in changes.items():
        setattr(activity, field, value)
    activity.save_revision()


def draft_page(page: Any, **changes: Any) -> None:
    for field, value in changes.items():
        setattr(page, field, value)
    page.save_revision()


def test_the_first_publication_is_version_1_of_everything(course: Course) -> None:
    version = CourseVersion.objects.get(course=course)
    assert (version.number, version.language) == (1, "ja")
    assert [item["title"] for item in version.contents["pages"]] == [
        "講座C1",
        "レッスンL1",
        "レッスンL2",
    ]
    assert version.contents["activities"] == {"L1-1": 1, "L2-1": 1}


def test_a_draft_changes_nothing_until_the_course_is_published(
    course: Course, page: CoursePage
) -> None:
    activity = course.activities.get(key="L1-1")
    before, new = activity.content, make_h5p_content()
    draft_activity(activity, content=new, title_ja="新しい問題")
    draft_page(page, title="新しい講座", minutes=50, measures="M04, M08")
    row = Activity.objects.get(pk=activity.pk)
    assert (row.content, row.title_ja) == (before, "確認問題L1-1")
    assert Course.objects.get(pk=course.pk).title_ja == "講座C1"

    author = get_user_model().objects.create(username="w")
    version = publish_course(page=page, by=author, note="問題を直した")

    row = Activity.objects.get(pk=activity.pk)
    assert (row.content, row.title_ja, row.live) == (new, "新しい問題", True)
    assert [v.content for v in row.versions.all()] == [before, new]
    course.refresh_from_db()
    assert (course.title_ja, course.measures) == ("新しい講座", ["M04", "M08"])
    assert course.duration.total_seconds() == 50 * 60
    assert (version.number, version.note, version.published_by) == (2, "問題を直した", author)
    assert version.contents["activities"] == {"L1-1": 2, "L2-1": 1}


def test_publishing_what_did_not_change_makes_no_new_version_of_an_activity(
    course: Course, page: CoursePage
) -> None:
    publish_course(page=page)
    assert {item.versions.count() for item in course.activities.filter(kind="h5p")} == {1}


def test_a_new_lesson_in_a_module_comes_with_its_activities_in_place(
    course: Course, page: CoursePage
) -> None:
    module = page.add_child(instance=ModulePage(title="応用", slug="m", live=False))
    lesson = create_activity(course=course, kind="lesson", title="三つ目", language="ja")
    question = create_activity(course=course, kind="h5p", title="問", language="ja")
    draft_activity(question, content=make_h5p_content())
    new = LessonPage(title="三つ目", slug="l3", lesson=lesson, live=False)
    new.body = [("rich_text", "<p>本文</p>"), ("h5p", question)]
    module.add_child(instance=new)

    drafted = course_draft(page)
    assert [item.page.title for item in drafted.lessons] == ["レッスンL1", "レッスンL2", "三つ目"]
    assert drafted.lessons[2].module == module
    assert [item.key for item in drafted.activities] == ["L1-1", "L2-1", "Q1"]

    publish_course(page=page)
    question.refresh_from_db()
    lesson.refresh_from_db()
    assert question.lesson == lesson
    assert lesson.live
    assert question.live
    order = list(
        course.activities.filter(live=True).order_by("position").values_list("key", flat=True)
    )
    assert order == ["L1", "L1-1", "L2", "L2-1", lesson.key, "Q1"]


def test_an_activity_without_content_is_not_given_to_learners(
    course: Course, page: CoursePage
) -> None:
    question = create_activity(course=course, kind="h5p", title="まだ空", language="ja")
    lesson = LessonPage.objects.child_of(page).first()
    draft_page(lesson, body=[("h5p", question)])
    publish_course(page=page)
    question.refresh_from_db()
    assert not question.live


def test_what_no_lesson_shows_any_more_is_no_longer_live(course: Course, page: CoursePage) -> None:
    lesson = LessonPage.objects.child_of(page).first()
    draft_page(lesson, body=[("rich_text", "<p>問題はなくなった</p>")])
    publish_course(page=page)
    live = set(course.activities.filter(live=True).values_list("key", flat=True))
    assert live == {"L1", "L2", "L2-1"}

    LessonPage.objects.child_of(page).last().unpublish()
    settle_course(course=course)
    live = set(course.activities.filter(live=True).values_list("key", flat=True))
    assert live == {"L1"}
