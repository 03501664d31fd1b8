"""The page on which a course says what it asks."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from courses.authoring.grading.services import GRADING
from courses.authoring.publishing import publish_course
from courses.models import Activity, Course
from tests.factories import make_course
from tests.factories.courses import publish_course as make_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    made = make_course("C1", lessons=2, is_published=False)
    publish_course(page=make_pages(made))
    return made


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("a", "a@example.jp", "x"))
    return client


def row(course: Course, key: str) -> Activity:
    return course.activities.get(key=key)


def draft(course: Course, key: str) -> Any:
    return row(course, key).get_latest_revision_as_object()


def send(author: Client, course: Course, said: dict[str, dict[str, Any]]) -> Any:
    """Posts the form as it stands, with these changes: key -> field -> value."""
    data: dict[str, Any] = {}
    for activity in course.activities.all():
        now = draft(course, activity.key)
        fields = (
            {"completion": now.completion, "minutes": now.minutes or ""}
            if now.kind == "lesson"
            else {"pass_mark": "" if now.pass_mark is None else round(now.pass_mark * 100)}
        )
        for name, value in (fields | said.get(activity.key, {})).items():
            data[f"{name}_{activity.pk}"] = value
    return author.post(reverse(GRADING, args=[course.pk]), data)


def test_rules_marks_and_coverage_are_saved_as_drafts(author: Client, course: Course) -> None:
    test = {"L1": {"completion": "test_out", "minutes": 5}}
    assert send(author, course, test).status_code == 302
    assert (draft(course, "L1").completion, draft(course, "L1").minutes) == ("test_out", 5)
    assert row(course, "L1").completion == "viewed"
    # Now its question may say what it grants.
    page = author.get(reverse(GRADING, args=[course.pk])).content.decode()
    assert f'name="covers_{row(course, "L1-1").pk}"' in page
    assert f'name="covers_{row(course, "L2-1").pk}"' not in page
    second = row(course, "L2").pk
    assert send(author, course, {"L1-1": {"covers": [second]}}).status_code == 302
    assert draft(course, "L1-1").covers == [second]
    # What is not asked about stays.
    assert draft(course, "L1-1").pass_mark == 0.8


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"L1": {"completion": "minimum_time", "minutes": ""}}, "minutes"),
        ({"L1": {"completion": "minimum_time", "minutes": "0"}}, "minutes"),
        ({"L1": {"completion": "guessed"}}, "completion"),
        (
            {
                "L1": {"completion": "test_out", "minutes": 1},
                "L2": {"completion": "test_out", "minutes": 1},
            },
            "completion",
        ),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_saved(
    author: Client, course: Course, said: dict[str, dict[str, Any]], field: str
) -> None:
    answer = send(author, course, said)
    assert answer.status_code == 200
    assert any(name.startswith(field) for name in answer.context["form"].errors)
    assert not Activity.objects.filter(course=course, has_unpublished_changes=True).exists()


def test_minutes_left_over_from_another_rule_go(author: Client, course: Course) -> None:
    send(author, course, {"L1": {"completion": "minimum_time", "minutes": 4}})
    send(author, course, {"L1": {"completion": "viewed", "minutes": 4}})
    assert (draft(course, "L1").completion, draft(course, "L1").minutes) == ("viewed", None)


def test_a_lesson_that_becomes_the_test_out_is_no_longer_granted_by_it(
    author: Client, course: Course
) -> None:
    send(author, course, {"L1": {"completion": "test_out", "minutes": 5}})
    send(author, course, {"L1-1": {"covers": [row(course, "L2").pk]}})
    send(
        author,
        course,
        {
            "L1": {"completion": "viewed", "minutes": ""},
            "L2": {"completion": "test_out", "minutes": 5},
            "L1-1": {"covers": [row(course, "L2").pk]},
        },
    )
    assert draft(course, "L2").completion == "test_out"
    assert draft(course, "L1-1").covers == []
