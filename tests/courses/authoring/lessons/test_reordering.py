"""Modules and lessons change places: for authors while nobody learns, for publishers always."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, PageLogEntry

from courses.authoring.lessons.services import REORDERED, Direction, move_page
from courses.authoring.publishing import publish_course
from courses.authoring.services import set_up_authors
from courses.authoring.translation.tree import translated_pages
from courses.exceptions import CourseLocked
from courses.models import Course
from courses.pages.models import CoursePage, LessonPage, ModulePage
from tests.factories import make_course, make_user
from tests.factories.courses import publish_course as make_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    """A draft of three lessons, L1 to L3."""
    made = make_course("C1", lessons=3, is_published=False)
    make_pages(made)
    CoursePage.objects.filter(course=made).update(live=False)
    LessonPage.objects.filter(lesson__course=made).update(live=False)
    return made


@pytest.fixture
def page(course: Course) -> CoursePage:
    return CoursePage.objects.get(course=course)


@pytest.fixture
def author(page: CoursePage) -> Any:
    user = make_user("author")
    user.groups.add(set_up_authors(section=page.get_parent()))
    return user


def titles(page: Any) -> list[str]:
    return [row.title for row in page.get_children().order_by("path")]


def lesson(key: str, language: str = "ja") -> LessonPage:
    return LessonPage.objects.get(lesson__key=key, locale__language_code=language)


def test_a_lesson_goes_up_and_down_by_one_place(
    course: Course, page: CoursePage, author: Any
) -> None:
    assert move_page(course=course, page=lesson("L3"), direction=Direction.UP, by=author)
    assert titles(page) == ["レッスンL1", "レッスンL3", "レッスンL2"]
    assert move_page(course=course, page=lesson("L1"), direction=Direction.DOWN, by=author)
    assert titles(page) == ["レッスンL3", "レッスンL1", "レッスンL2"]
    entry = PageLogEntry.objects.filter(action=REORDERED).latest("timestamp")
    assert (entry.page_id, entry.user) == (page.pk, author)
    assert entry.data == {"title": "レッスンL1", "place": 2}


@pytest.mark.parametrize(("key", "direction"), [("L1", Direction.UP), ("L3", Direction.DOWN)])
def test_at_the_ends_nothing_moves(
    key: str, direction: Direction, course: Course, page: CoursePage, author: Any
) -> None:
    before = titles(page)
    assert not move_page(course=course, page=lesson(key), direction=direction, by=author)
    assert titles(page) == before
    assert not PageLogEntry.objects.filter(action=REORDERED).exists()


def test_a_module_moves_with_its_lessons(course: Course, page: CoursePage, author: Any) -> None:
    module = page.add_child(instance=ModulePage(title="第1部", slug="m"))
    for key in ("L2", "L3"):
        lesson(key).move(ModulePage.objects.get(), pos="last-child")
    assert move_page(
        course=course, page=ModulePage.objects.get(), direction=Direction.UP, by=author
    )
    assert titles(page) == ["第1部", "レッスンL1"]
    assert move_page(course=course, page=lesson("L3"), direction=Direction.UP, by=author)
    module.refresh_from_db()
    assert titles(module) == ["レッスンL3", "レッスンL2"]


def test_translations_follow(course: Course, page: CoursePage, author: Any) -> None:
    locale, _ = Locale.objects.get_or_create(language_code="en")
    translated_pages(page, locale)
    move_page(course=course, page=lesson("L3"), direction=Direction.UP, by=author)
    english = CoursePage.objects.get(locale=locale)
    keys = [row.specific.lesson.key for row in english.get_children().order_by("path")]
    assert keys == ["L1", "L3", "L2"]


@pytest.mark.parametrize("is_superuser", [False, True])
def test_a_locked_course_keeps_its_order(
    is_superuser: bool, course: Course, page: CoursePage, author: Any
) -> None:
    author.is_superuser = is_superuser
    CoursePage.objects.filter(pk=page.pk).update(locked=True)
    before = titles(page)
    with pytest.raises(CourseLocked):
        move_page(course=course, page=lesson("L3"), direction=Direction.UP, by=author)
    assert titles(page) == before


def test_what_learners_have_is_reordered_only_by_who_may_publish(
    course: Course, page: CoursePage, author: Any
) -> None:
    publish_course(page=page)
    with pytest.raises(CourseLocked):
        move_page(course=course, page=lesson("L3"), direction=Direction.UP, by=author)
    GroupPagePermission.objects.create(
        group=author.groups.get(),
        page=page.get_parent(),
        permission=Permission.objects.get(codename="publish_page"),
    )
    publisher = type(author).objects.get(pk=author.pk)  # what a user may is kept on the object
    assert move_page(course=course, page=lesson("L3"), direction=Direction.UP, by=publisher)
    order = course.activities.filter(kind="lesson").order_by("position")
    assert [row.key for row in order] == ["L1", "L3", "L2"]


# --- the page ---


def address(course: Course) -> str:
    return reverse("lms_courses_lessons", args=[course.pk])


def buttons(html: str) -> list[str]:
    return re.findall(r'<button type="submit"[^>]*name="(?:up|down)"[^>]*>', html)


def test_the_keyboard_stays_on_the_button_and_the_new_place_is_said(
    course: Course, page: CoursePage, author: Any, client: Client
) -> None:
    client.force_login(author)
    answer = client.post(address(course), {"down": lesson("L1").pk}, follow=True)
    assert titles(page) == ["レッスンL2", "レッスンL1", "レッスンL3"]
    html = answer.content.decode()
    (focused,) = [tag for tag in buttons(html) if " autofocus" in tag]
    assert 'aria-label="「レッスンL1」を下へ移動"' in focused
    assert 'aria-describedby="lms-moved"' in focused
    assert "「レッスンL1」は、3件中2番目になりました。" in html


def test_at_the_end_the_keyboard_goes_to_the_other_button(
    course: Course, author: Any, client: Client
) -> None:
    client.force_login(author)
    answer = client.post(address(course), {"up": lesson("L2").pk}, follow=True)
    html = answer.content.decode()
    (focused,) = [tag for tag in buttons(html) if " autofocus" in tag]
    assert 'aria-label="「レッスンL2」を下へ移動"' in focused
    (first, *_rest) = buttons(html)
    assert " disabled" in first


def test_pages_of_other_courses_are_not_moved_from_here(
    course: Course, author: Any, client: Client
) -> None:
    other = make_course("C2", lessons=2)
    pages = [row.pk for row in LessonPage.objects.filter(lesson__course=other).order_by("path")]
    client.force_login(author)
    assert client.post(address(course), {"up": pages[1]}).status_code == 404
    now = LessonPage.objects.filter(lesson__course=other).order_by("path")
    assert [row.pk for row in now] == pages


def test_without_the_right_the_order_is_shown_and_says_why_it_stays(
    course: Course, page: CoursePage, author: Any, client: Client
) -> None:
    publish_course(page=page)
    client.force_login(author)
    html = client.get(address(course)).content.decode()
    assert buttons(html) == []
    assert "レッスンL1" in html
    assert "公開権限のある方に変更を依頼してください" in html
