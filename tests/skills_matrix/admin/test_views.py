"""The page of a course's awards."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Activity, Course
from lms.starter.accounts import HR_PERMISSIONS
from skills_matrix.competencies.models import Competency
from tests.factories import (
    complete_course,
    make_award,
    make_competency,
    make_course,
    make_employee,
    make_scale,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    make_scale()
    return make_course("C1")


@pytest.fixture
def competency() -> Competency:
    return make_competency(title="データを扱う")


@pytest.fixture
def url(course: Course) -> str:
    return reverse("lms_skills_awards", args=[course.pk])


@pytest.fixture
def hr() -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(make_user(permissions=[".".join(pair) for pair in HR_PERMISSIONS]))
    return client


def sent(chosen: Competency, **changes: Any) -> dict[str, Any]:
    row = {
        "competency": chosen.pk,
        "level": 2,
        "valid_for_days": 365,
        "assurance": 1,
        "effective_from": "2020-04-01",
    } | changes
    return {"awards-TOTAL_FORMS": 1, "awards-INITIAL_FORMS": 0} | {
        f"awards-0-{name}": value for name, value in row.items()
    }


def test_hr_sees_whose_level_would_change_and_then_saves(
    url: str, hr: Client, course: Course, competency: Competency
) -> None:
    complete_course(make_employee(), course)
    preview = hr.post(url, sent(competency) | {"preview": "fragment"}).content.decode()
    assert "データを扱う" in preview
    assert 'data-figure="rising">1<' in preview
    assert not course.awards.exists()
    assert (
        "認定スキルを保存しました。" in hr.post(url, sent(competency), follow=True).content.decode()
    )
    award = course.awards.get()
    assert (award.level, award.valid_for_days, award.assurance) == (2, 365, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"competency": ""},
        {"level": 0},
        {"level": 5},
        {"valid_for_days": 0},
        {"effective_from": ""},
        {"effective_until": "2020-04-01"},
        {"assurance": 4},  # a supervisor's judgement is nothing that a course gives
    ],
)
def test_a_fault_is_said_and_nothing_is_saved(
    changes: dict[str, Any], url: str, hr: Client, course: Course, competency: Competency
) -> None:
    page = hr.post(url, sent(competency, **changes)).content.decode()
    assert "error-message" in page
    assert "保存されていません" in page
    assert not course.awards.exists()


def test_an_assurance_given_before_may_stay(
    url: str, hr: Client, course: Course, competency: Competency
) -> None:
    make_award(course, competency, 2, assurance=4)
    data = sent(competency, assurance=4) | {"awards-INITIAL_FORMS": 1}
    hr.post(url, data)
    assert course.awards.get().assurance == 4


def test_a_course_without_pass_marks_is_warned_of(
    url: str, hr: Client, course: Course, competency: Competency
) -> None:
    warning = "読むだけで認定されます"
    assert warning not in hr.get(url).content.decode()
    Activity.objects.filter(course=course).update(pass_mark=None)
    assert warning in hr.get(url).content.decode()
