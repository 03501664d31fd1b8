"""Versions of a course in the admin, over HTTP."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.authoring.publishing import publish_course
from courses.authoring.services import set_up_authors
from courses.models import Course, CourseVersion
from courses.pages.models import CoursePage, LessonPage
from tests.factories.courses import make_course
from tests.factories.courses import publish_course as make_pages
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    """Two versions: the title of L1 changed."""
    made = make_course("C1", lessons=2, is_published=False)
    publish_course(page=make_pages(made), by=make_user("boss"))
    lesson = LessonPage.objects.get(lesson__key="L1")
    lesson.title = "レッスン壱"
    lesson.save_revision()
    publish_course(page=CoursePage.objects.get(), note="題名を直した")
    return made


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


def test_before_the_first_publication_there_is_nothing_to_compare() -> None:
    make_pages(make_course("C2", is_published=False))
    client = Client()
    client.force_login(make_user("admin", is_superuser=True))
    assert client.get(address("index")).status_code == 200
    assert client.get(address("compare")).url == address("index")
