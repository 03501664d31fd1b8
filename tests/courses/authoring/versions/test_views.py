"""Versions of a course in the admin, over HTTP."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from courses.authoring.publishing import publish_course
from courses.authoring.services import set_up_authors
from courses.models import Activity, Course, CourseVersion, H5PContent
from courses.pages.models import CoursePage, LessonPage
from tests.factories.courses import make_course, make_exercise, make_exercise_content
from tests.factories.courses import publish_course as make_pages
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_course(made_once: None) -> Course:
    """Two versions: the title of L1 changed."""
    made = make_course("C1", lessons=2, is_published=False)
    publish_course(page=make_pages(made), by=make_user("boss"))
    lesson = LessonPage.objects.get(lesson__key="L1")
    lesson.title = "レッスン壱"
    lesson.save_revision()
    publish_course(page=CoursePage.objects.get(), note="題名を直した")
    return made


@pytest.fixture
def course(made_course: Course, db: None) -> Course:
    return deepcopy(made_course)


@pytest.fixture
def author(course: Course) -> Client:
    user = make_user("a")
    user.groups.add(set_up_authors(section=CoursePage.objects.get().get_parent()))
    client = Client(headers={"accept-language": "ja"})
    client.force_login(user)
    return client


def address(view: str, *args: int) -> str:
    return reverse(f"lms_courses_versions:{view}", args=[CoursePage.objects.get().pk, *args])


def test_the_list_says_who_published_what_and_what_changed(author: Client, course: Course) -> None:
    page = author.get(address("index")).content.decode()
    for text in ("ページ1件を変更", "題名を直した", "最初の公開", "boss"):
        assert text in page


def test_two_versions_stand_side_by_side(author: Client, course: Course) -> None:
    first, second = CourseVersion.objects.order_by("number")
    page = author.get(address("compare"), {"a": first.pk, "b": second.pk}).content.decode()
    assert '<span class="deletion">レッスンL1</span>' in page
    assert '<span class="addition">レッスン壱</span>' in page
    assert "変更のないページ： 2" in page


def test_going_back_is_shown_before_it_is_done(author: Client, course: Course) -> None:
    first = CourseVersion.objects.get(number=1)
    assert "レッスンL1" in author.get(address("restore", first.pk)).content.decode()
    assert LessonPage.objects.get(lesson__key="L1").get_latest_revision_as_object().title == (
        "レッスン壱"
    )
    assert author.post(address("restore", first.pk)).url == address("index")
    lesson = LessonPage.objects.get(lesson__key="L1")
    assert (lesson.title, lesson.get_latest_revision_as_object().title) == (
        "レッスン壱",
        "レッスンL1",
    )


@pytest.mark.parametrize("asked", ["0", "x", "-1", "9" * 30, "１"])
def test_a_version_that_is_not_there_is_not_found(
    author: Client, course: Course, asked: str
) -> None:
    assert author.get(address("compare"), {"a": asked}).status_code == 404


def test_before_the_first_publication_there_is_nothing_to_compare(course: Course) -> None:
    CourseVersion.objects.filter(course=course).delete()
    CoursePage.objects.filter(course=course).update(live=False)
    client = Client()
    client.force_login(make_user("admin", is_superuser=True))
    assert client.get(address("index")).status_code == 200
    assert client.get(address("compare")).url == address("index")


def compare_of(activity: Activity) -> str:
    return reverse("lms_courses_versions:compare_activity", args=[activity.pk])


def publish_changed(activity: Activity, **changes: Any) -> None:
    """Another version of the activity, published with its course."""
    for field, value in changes.items():
        setattr(activity, field, value)
    activity.save_revision()
    publish_course(page=CoursePage.objects.get())


@pytest.fixture
def question(course: Course) -> Activity:
    """L1-1 in three versions: its question, then its pass mark changed; a title is drafted."""
    activity = course.activities.get(key="L1-1")
    content = activity.content
    assert content is not None
    other = H5PContent.objects.get(pk=content.pk)
    other.pk, other.uuid, other.digest = None, uuid4(), "f" * 64
    other.params = content.params | {"question": "<p>新しい問い</p>"}
    other.save()
    publish_changed(activity, content=other)
    publish_changed(Activity.objects.get(pk=activity.pk), pass_mark=0.5)
    activity = Activity.objects.get(pk=activity.pk)
    activity.title_ja = "下書きの題"
    activity.save_revision()
    return activity


@pytest.mark.parametrize(
    ("a", "b", "there", "not_there"),
    [
        ("1", "2", ["<ins>新しい問い</ins>"], ["<ins>50%</ins>", "下書きの題</ins>"]),
        ("2", "1", ["<del>新しい問い</del>"], ["<ins>新しい問い</ins>"]),
        ("2", "3", ["<del>80%</del>", "<ins>50%</ins>"], ["新しい問い</ins>"]),
        ("1", "3", ["<ins>新しい問い</ins>", "<ins>50%</ins>"], ["下書きの題</ins>"]),
        ("", "", ["<ins>下書きの題</ins>"], ["<ins>50%</ins>"]),
        ("3", "3", ["変更なし"], ["<ins>", "<del>"]),
    ],
)
def test_two_versions_of_an_activity_are_compared_field_by_field(
    author: Client, question: Activity, a: str, b: str, there: list[str], not_there: list[str]
) -> None:
    page = author.get(compare_of(question), {"a": a, "b": b}).content.decode()
    assert [text for text in there if text not in page] == []
    assert [text for text in not_there if text in page] == []


def test_two_versions_of_a_data_exercise_are_compared_field_by_field(
    author: Client, course: Course
) -> None:
    made = make_exercise(course.activities.get(key="L1"))
    lesson = LessonPage.objects.get(lesson__key="L1").get_latest_revision_as_object()
    lesson.body = [*lesson.body.get_prep_value(), {"type": "exercise", "value": made.pk}]
    lesson.save_revision()
    publish_changed(made)
    other = make_exercise_content(instructions="別の課題です。", rules=["dates", "units"])
    publish_changed(Activity.objects.get(pk=made.pk), exercise=other)
    page = author.get(compare_of(made), {"a": "1", "b": "2"}).content.decode()
    assert "<del>表を整えてください。</del>" in page
    assert "<ins>別の課題です。</ins>" in page


@pytest.mark.parametrize("asked", ["0", "4", "x", "-1", "１"])
def test_a_version_that_an_activity_never_had_is_not_found(
    author: Client, question: Activity, asked: str
) -> None:
    assert author.get(compare_of(question), {"a": asked}).status_code == 404


def test_whoever_may_not_see_the_course_compares_none_of_its_activities(
    question: Activity,
) -> None:
    user = make_user("other")
    address = compare_of(question)
    user.groups.add(set_up_authors(section=make_pages(make_course("C2", is_published=False))))
    client = Client(headers={"accept-language": "ja"})
    client.force_login(user)
    refused = client.get(address)
    # Wagtail's own refusal: back to its first page, with the reason.
    assert (refused.status_code, refused.url) == (302, reverse("wagtailadmin_home"))


def test_the_list_and_the_history_of_activities_lead_to_the_comparison(
    author: Client, question: Activity
) -> None:
    for view, args in (("list", []), ("history", [question.pk])):
        found = author.get(reverse(f"wagtailsnippets_lms_courses_activity:{view}", args=args))
        assert compare_of(question) in found.content.decode()
