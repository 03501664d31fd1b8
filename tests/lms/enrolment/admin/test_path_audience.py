"""Whom a path is meant for, as HR sets it, with the preview."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import LearningPath
from lms.enrolment.models import Assignment, AudienceRule, PathRule
from lms.starter.accounts import HR_PERMISSIONS
from tests.factories import make_course, make_employee, make_path, make_tier, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(db: None) -> LearningPath:
    tier = make_tier("A")
    for _ in range(3):
        make_employee(tier=tier, has_user=False)
    return make_path("P1", [make_course("C1"), make_course("C2")], title="道筋")


@pytest.fixture
def url(path: LearningPath) -> str:
    return reverse("lms_core_path_audience", args=[path.pk])


@pytest.fixture
def hr() -> Client:
    return client_of(*(".".join(pair) for pair in HR_PERMISSIONS))


def client_of(*permissions: str) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(make_user(permissions=permissions))
    return client


def order(**fields: str) -> dict[str, str]:
    return {
        "rules-TOTAL_FORMS": "1",
        "rules-INITIAL_FORMS": "0",
        "rules-0-tier": "A",
        "rules-0-is_mandatory": "on",
        "rules-0-due": "days",
        "rules-0-due_days": "30",
        **fields,
    }


def figures(shown: str) -> dict[str, str]:
    parts = shown.split('data-figure="')[1:]
    return {part.split('"')[0]: part.split(">")[1].split("<")[0] for part in parts}


def test_the_preview_counts_people_and_says_it_by_course(url: str, hr: Client) -> None:
    shown = hr.post(url, order(preview="fragment")).content.decode()
    assert "<html" not in shown
    found = figures(shown)
    assert (found["total"], found["assigned"], found["assigned_new"]) == ("3人", "3人", "3人")
    assert 'data-course="C1"' in shown
    assert 'data-course="C2"' in shown
    assert not PathRule.objects.exists()


def test_saving_does_what_the_preview_said(url: str, hr: Client) -> None:
    assert hr.post(url, order()).status_code == 302
    assert AudienceRule.objects.filter(is_mandatory=True).count() == 2
    assert Assignment.objects.count() == 6
    found = figures(hr.get(url).content.decode())
    assert (found["assigned"], found["assigned_new"]) == ("3人", "0人")


def test_a_course_shows_the_rules_of_its_path_and_the_way_there(
    url: str, hr: Client, path: LearningPath
) -> None:
    hr.post(url, order())
    course = path.courses.get(key="C1")
    address = reverse("lms_core_audience", args=[course.pk])
    shown = hr.get(address).content.decode()
    assert f'href="{url}"' in shown
    # Saving the course's own rules, of which it has none, leaves them.
    empty = {"rules-TOTAL_FORMS": "0", "rules-INITIAL_FORMS": "0"}
    hr.post(address, empty)
    assert course.audience.count() == 1


def test_who_makes_paths_without_giving_orders_only_offers(
    url: str, path: LearningPath, hr: Client
) -> None:
    maker = client_of("wagtailadmin.access_admin", "lms_courses.change_learningpath")
    maker.post(url, order())
    # The field is not theirs to fill in.
    assert not PathRule.objects.filter(is_mandatory=True).exists()
    hr.post(url, order())
    shown: Any = maker.get(url).content.decode()
    assert "data-fixed" in shown


def test_nobody_else_opens_it(url: str) -> None:
    assert client_of("wagtailadmin.access_admin").get(url).status_code == 302
