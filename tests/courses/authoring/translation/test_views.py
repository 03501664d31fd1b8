"""The page of a course in two languages, over HTTP."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.authoring.services import set_up_authors
from courses.authoring.translation.selectors import course_translation
from courses.models import Course
from courses.pages.models import CoursePage, CourseSectionPage, LessonPage
from courses.starter.load import course_index
from tests.factories.courses import make_course
from tests.factories.courses import publish_course as make_pages
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> CourseSectionPage:
    return course_index().add_child(instance=CourseSectionPage(title="業務改革", slug="mine"))


@pytest.fixture
def course(section: CourseSectionPage) -> Course:
    made = make_course("C1", lessons=1, activities=1, is_published=False)
    make_pages(made).move(section, pos="last-child")
    return made


@pytest.fixture
def author(section: CourseSectionPage) -> Client:
    user = make_user("a")
    user.groups.add(set_up_authors(section=section))
    client = Client(headers={"accept-language": "ja"})
    client.force_login(user)
    return client


def address(course: Course, view: str, language: str = "en") -> str:
    page = CoursePage.objects.filter(course=course).first()
    assert page is not None
    args = [page.pk] if view == "choose" else [page.pk, language]
    return reverse(f"lms_courses_translation:{view}", args=args)


def post(client: Client, course: Course, body: Any) -> Any:
    return client.post(address(course, "save"), json.dumps(body), content_type="application/json")


def test_an_author_starts_and_saves_a_translation(author: Client, course: Course) -> None:
    assert author.get(address(course, "choose")).url == address(course, "table")
    assert (
        "まだこの言語のページがありません" in author.get(address(course, "table")).content.decode()
    )
    assert author.post(address(course, "start")).status_code == 302
    rows = {row.source: row.id for row in course_translation(course, "en").rows}
    answer = post(
        author, course, {"texts": {rows["レッスンL1"]: "Lesson 1", "p9:title#0~nothing": "x"}}
    ).json()
    assert answer["saved"] == [rows["レッスンL1"]]
    assert list(answer["refused"]) == ["p9:title#0~nothing"]
    assert answer["rows"][rows["レッスンL1"]]["state"] == "translated"
    assert answer["counts"] == {"translated": 1, "outdated": 0, "untranslated": 3}
    page = author.get(address(course, "table")).content.decode()
    assert "Lesson 1" in page
    assert 'lang="en"' in page
    lesson = LessonPage.objects.get(locale__language_code="en")
    assert lesson.get_latest_revision_as_object().title == "Lesson 1"
    assert lesson.latest_revision.user.username == "a"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"texts": []}', b'{"texts": {"a": 1}}', b'{"texts": {"a": "\\u0000"}}'],
)
def test_what_is_not_texts_is_refused(author: Client, course: Course, body: bytes) -> None:
    answer = author.post(address(course, "save"), body, content_type="application/json")
    assert answer.status_code == 400
    assert "texts" in answer.json()["message"]


def test_a_locked_translation_says_so_and_saves_nothing(author: Client, course: Course) -> None:
    author.post(address(course, "start"))
    row = course_translation(course, "en").rows[0]
    page = CoursePage.objects.get(locale__language_code="en")
    page.locked, page.locked_by = True, make_user("somebody")
    page.save()
    answer = post(author, course, {"texts": {row.id: "Course 1"}})
    assert answer.status_code == 409
    assert "ロック" in answer.json()["message"]
    assert "data-save" not in author.get(address(course, "table")).content.decode()


@pytest.mark.parametrize("language", ["ja", "fr"])
def test_other_languages_are_not_found(author: Client, course: Course, language: str) -> None:
    assert author.get(address(course, "table", language)).status_code == 404


def test_what_an_author_wrote_is_never_taken_for_html(author: Client, course: Course) -> None:
    lesson = LessonPage.objects.get()
    lesson.title = "<img src=x onerror=alert(1)>"
    lesson.save_revision()
    author.post(address(course, "start"))
    assert "<img src=x" not in author.get(address(course, "table")).content.decode()
