"""A workshop is written like any other activity: begun, put into a lesson, checked, published."""

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.authoring.check.course import check_course
from courses.authoring.drafts import course_draft, has_checked_activity
from courses.authoring.publishing import publish_course
from courses.models import Activity, ActivityVersion
from courses.pages.models import LessonPage
from tests.factories.reviews import Desk, make_desk

pytestmark = pytest.mark.django_db

NEW = "/admin/snippets/lms_courses/activity/add/"


@pytest.fixture(scope="module")
def made_desk(made_once: None) -> Desk:
    return make_desk()


@pytest.fixture
def desk(made_desk: Desk, db: None) -> Desk:
    return deepcopy(made_desk)


@pytest.fixture
def author(desk: Desk) -> Client:
    return desk.client("author")


@pytest.fixture
def workshop(desk: Desk, author: Client) -> Activity:
    """Begun by the author and put into the second lesson, as a draft."""
    sent = {"course": desk.page.course_id, "title_ja": "半日の集合研修", "kind": "workshop"}
    assert author.post(NEW, sent).status_code == 302
    made = Activity.objects.get(kind="workshop")
    lesson = LessonPage.objects.child_of(desk.page).last().get_latest_revision_as_object()
    lesson.body = [*((block.block_type, block.value) for block in lesson.body), ("workshop", made)]
    lesson.save_revision(user=desk.people["author"])
    return made


def codes(desk: Desk) -> set[str]:
    return {row.code for row in check_course(course_draft(desk.fresh()))}


def test_a_new_workshop_has_a_key_and_is_nobodys_yet(workshop: Activity) -> None:
    assert (workshop.key, workshop.live, workshop.pass_mark) == ("W1", False, None)
    assert workshop.is_ready


def test_publishing_the_course_gives_it_to_learners_in_its_lesson(
    desk: Desk, workshop: Activity
) -> None:
    publish_course(page=desk.fresh())
    workshop.refresh_from_db()
    assert workshop.live
    assert workshop.lesson is not None
    assert workshop.lesson.key == "L2"
    assert ActivityVersion.objects.get(activity=workshop).number == 1


def test_it_is_no_empty_activity_and_more_than_the_learners_word(
    desk: Desk, workshop: Activity
) -> None:
    assert "activity_empty" not in codes(desk)
    assert "workshop_without_session" in codes(desk)
    desk.page.course.activities.exclude(pk=workshop.pk).update(pass_mark=None)
    assert has_checked_activity(desk.fresh())


@pytest.mark.parametrize(
    "address",
    [
        lambda desk, workshop: f"/admin/snippets/lms_courses/activity/edit/{workshop.pk}/",
        lambda desk, workshop: reverse("lms_courses_check", args=[desk.page.course_id]),
        lambda desk, workshop: reverse("lms_core_sessions", args=[desk.page.course_id]),
        lambda desk, workshop: reverse("lms_courses_versions:compare_activity", args=[workshop.pk]),
    ],
)
def test_every_page_about_it_opens(
    desk: Desk, author: Client, workshop: Activity, address: Any
) -> None:
    publish_course(page=desk.fresh())
    workshop.refresh_from_db()
    workshop.title_ja = "一日の集合研修"
    workshop.save_revision()
    response = author.get(address(desk, workshop))
    assert response.status_code == 200, response.headers.get("Location")


def test_its_form_asks_for_titles_only(author: Client, workshop: Activity) -> None:
    page = author.get(f"/admin/snippets/lms_courses/activity/edit/{workshop.pk}/").content.decode()
    assert 'name="title_ja"' in page
    assert "pass_percent" not in page
    assert "earlier_count" not in page
    assert 'name="h5p"' not in page
