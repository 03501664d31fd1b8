"""The audience page, as HR and as the course's outside author see it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.authoring.services import set_up_authors
from courses.models import Course
from courses.pages.models import CoursePage, CourseSectionPage
from courses.starter.load import course_index
from lms.starter.accounts import HR_PERMISSIONS
from tests.factories import (
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_tier,
    make_user,
)
from tests.factories.courses import publish_course as make_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None) -> Course:
    section = course_index().add_child(instance=CourseSectionPage(title="業務改革", slug="mine"))
    made = make_course("C1", is_published=False)
    make_pages(made).move(section, pos="last-child")
    make_user("author").groups.add(set_up_authors(section=section))
    return made


@pytest.fixture
def url(course: Course) -> str:
    return reverse("lms_core_audience", args=[course.pk])


@pytest.fixture
def hr() -> Client:
    client = Client(headers={"accept-language": "ja"})
    user = make_user("hr", permissions=[".".join(pair) for pair in HR_PERMISSIONS])
    client.force_login(user)
    return client


@pytest.fixture
def unpublished(course: Course) -> Course:
    """Before anybody learns with it, its authors say whom it is meant for."""
    CoursePage.objects.filter(course=course).update(live=False)
    return course


@pytest.fixture
def author(course: Course, django_user_model: Any) -> Client:
    client = Client(headers={"accept-language": "ja"})
    client.force_login(django_user_model.objects.get(username="author"))
    return client


def rows(*given: dict[str, Any], saved: int = 0, **more: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {"rules-TOTAL_FORMS": len(given), "rules-INITIAL_FORMS": saved, **more}
    for number, row in enumerate(given):
        sent |= {f"rules-{number}-{name}": value for name, value in row.items()}
    return sent


@pytest.fixture
def clerks() -> Any:
    """Two clerks of one department; the second has no account."""
    tier, department = make_tier(title="主事"), make_department(title="国保課")
    make_employee("100001", name="相田 花", department=department, tier=tier)
    make_employee("100002", name="飯田 実", department=department, tier=tier, has_user=False)
    return tier


def test_hr_sees_who_would_receive_it_before_anything_is_saved(
    url: str, hr: Client, clerks: Any, course: Course
) -> None:
    page = hr.post(url, rows({"tier": clerks.pk}, preview="fragment")).content.decode()
    for said in ("2人", "相田 花", "100002", "国保課", "主事", "新規"):
        assert said in page
    assert "<html" not in page
    assert not course.audience.exists()


def test_an_outside_author_sees_rounded_numbers_and_no_names(
    url: str, author: Client, clerks: Any, unpublished: Course
) -> None:
    page = author.post(url, rows({"tier": clerks.pk}, preview="fragment")).content.decode()
    assert "5人未満" in page
    for hidden in ("相田", "飯田", "100001", ">2人<", "修了済み"):
        assert hidden not in page


def test_the_limit_of_a_small_group_is_a_setting(
    url: str, author: Client, clerks: Any, unpublished: Course, settings: Any
) -> None:
    settings.LMS_SMALLEST_GROUP = 2
    page = author.post(url, rows({"tier": clerks.pk}, preview="fragment")).content.decode()
    assert "約2人" in page


def test_what_hr_saves_is_shown_again(url: str, hr: Client, clerks: Any, course: Course) -> None:
    row = {"tier": clerks.pk, "is_mandatory": "on", "due_on": "2027-03-31"}
    page = hr.post(url, rows(row), follow=True).content.decode()
    rule = course.audience.get()
    assert (rule.tier, rule.is_mandatory, rule.due_on) == (clerks, True, date(2027, 3, 31))
    assert "対象者を保存しました。" in page
    assert "2人" in page
    assert 'value="2027-03-31"' in page


def test_a_row_added_with_nothing_chosen_is_a_rule_for_everybody(
    url: str, hr: Client, course: Course
) -> None:
    hr.post(url, rows({"tier": "", "role": "", "department": ""}))
    rule = course.audience.get()
    assert (rule.tier, rule.role, rule.department) == (None, None, None)


def test_a_removed_row_is_removed_and_the_others_stay(
    url: str, hr: Client, clerks: Any, course: Course
) -> None:
    make_audience_rule(course)
    make_audience_rule(course, tier=clerks)
    hr.post(url, rows({"tier": "", "DELETE": "on"}, {"tier": clerks.pk}, saved=2))
    assert course.audience.get().tier == clerks


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([{"tier": ""}, {"tier": ""}], "同じ対象がすでにあります"),
        ([{"due_on": "2027-03-31"}], "期限を設定できるのは、必修の場合だけです"),
        ([{"tier": "999999"}], "999999"),
        ([{"is_mandatory": "on", "due_on": "来年"}], "日付"),
    ],
)
def test_a_fault_is_said_beside_its_row_and_nothing_is_saved(
    given: list[dict[str, Any]], said: str, url: str, hr: Client, course: Course
) -> None:
    page = hr.post(url, rows(*given)).content.decode()
    assert said in page
    assert "保存されていません" in page
    assert not course.audience.exists()
    preview = hr.post(url, rows(*given, preview="fragment")).content.decode()
    assert said in preview


def test_an_author_adds_beside_an_order_of_hr_but_cannot_touch_it(
    url: str, author: Client, clerks: Any, course: Course, unpublished: Course
) -> None:
    make_audience_rule(course, is_mandatory=True, due_on=date(2027, 3, 31))
    assert "必修（人事担当が設定）" in author.get(url).content.decode()
    tampered = {"tier": clerks.pk, "DELETE": "on"}
    author.post(url, rows(tampered, {"tier": clerks.pk, "is_mandatory": "on"}, saved=1))
    assert list(course.audience.values_list("tier", "is_mandatory", "due_on")) == [
        (None, True, date(2027, 3, 31)),
        (clerks.pk, False, None),
    ]


def test_the_tabs_lead_to_what_the_reader_may_open(url: str, hr: Client, author: Client) -> None:
    shown = {
        who: [
            label for label in ("コース概要", "採点", "認定スキル", "コースの確認") if label in page
        ]
        for who, page in (
            ("HR", hr.get(url).content.decode()),
            ("author", author.get(url).content.decode()),
        )
    }
    assert shown == {
        "HR": ["採点", "認定スキル"],
        "author": ["コース概要", "採点", "認定スキル", "コースの確認"],
    }
