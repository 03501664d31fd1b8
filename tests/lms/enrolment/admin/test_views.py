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
from lms.enrolment.models import Assignment
from lms.starter.accounts import HR_PERMISSIONS
from tests.factories import (
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_employment_type,
    make_role,
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
    page = hr.post(url, rows({"tier": clerks.key}, preview="fragment")).content.decode()
    for said in ("2人", "相田 花", "100002", "国保課", "主事", "新規"):
        assert said in page
    assert "<html" not in page
    assert not course.audience.exists()


def test_an_outside_author_sees_rounded_numbers_and_no_names(
    url: str, author: Client, clerks: Any, unpublished: Course
) -> None:
    page = author.post(url, rows({"tier": clerks.key}, preview="fragment")).content.decode()
    assert "5人未満" in page
    for hidden in ("相田", "飯田", "100001", ">2人<", "修了済み"):
        assert hidden not in page


def test_the_limit_of_a_small_group_is_a_setting(
    url: str, author: Client, clerks: Any, unpublished: Course, settings: Any
) -> None:
    settings.LMS_SMALLEST_GROUP = 2
    page = author.post(url, rows({"tier": clerks.key}, preview="fragment")).content.decode()
    assert "約2人" in page


def test_what_hr_saves_is_shown_again(url: str, hr: Client, clerks: Any, course: Course) -> None:
    row = {"tier": clerks.key, "is_mandatory": "on", "due_on": "2027-03-31"}
    page = hr.post(url, rows(row), follow=True).content.decode()
    rule = course.audience.get()
    assert (rule.condition, rule.due_on) == ({"tier": [clerks.key]}, date(2027, 3, 31))
    assert (rule.is_mandatory, rule.due) == (True, "date")
    assert "対象者を保存しました。" in page
    assert "2人" in page
    assert 'value="2027-03-31"' in page


def test_a_row_added_with_nothing_chosen_is_a_rule_for_everybody(
    url: str, hr: Client, course: Course
) -> None:
    hr.post(url, rows({"tier": "", "role": "", "department": ""}))
    rule = course.audience.get()
    assert rule.condition == {"all": []}


def test_a_removed_row_is_removed_and_the_others_stay(
    url: str, hr: Client, clerks: Any, course: Course
) -> None:
    make_audience_rule(course)
    make_audience_rule(course, tier=clerks)
    hr.post(url, rows({"tier": "", "DELETE": "on"}, {"tier": clerks.key}, saved=2))
    assert course.audience.get().condition == {"tier": [clerks.key]}


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
    tampered = {"tier": clerks.key, "DELETE": "on"}
    author.post(url, rows(tampered, {"tier": clerks.key, "is_mandatory": "on"}, saved=1))
    assert list(course.audience.values_list("condition", "is_mandatory", "due_on")) == [
        ({"all": []}, True, date(2027, 3, 31)),
        ({"tier": [clerks.key]}, False, None),
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


def test_hr_sees_what_an_order_does_to_people_before_it_is_saved(
    url: str, hr: Client, clerks: Any, course: Course
) -> None:
    row = {"tier": clerks.key, "is_mandatory": "on", "due": "days", "due_days": "30"}
    page = hr.post(url, rows(row, preview="fragment")).content.decode()
    assert 'data-figure="assigned_new">2人<' in page
    assert 'data-figure="in_conflict">0人<' in page
    assert f"職層：{clerks.title}、期限：" in page
    assert not Assignment.objects.exists()
    hr.post(url, rows(row))
    assert Assignment.objects.count() == 2
    assert 'data-figure="assigned">2人<' in hr.get(url).content.decode()


def test_an_outside_author_sees_nothing_of_orders(url: str, author: Client, clerks: Any) -> None:
    page = author.post(url, rows({"tier": clerks.key}, preview="fragment")).content.decode()
    assert "assigned" not in page


def test_exceptions_repetition_and_credit_are_saved_and_shown_again(
    url: str, hr: Client, clerks: Any, course: Course
) -> None:
    other = make_course("C2", is_published=False)
    row = {
        "groups": "1",
        "group1_sense": "not",
        "group1_tier": clerks.key,
        "joined_within_months": "6",
        "is_mandatory": "on",
        "due": "fiscal_year_end",
        "repeats": "months",
        "repeat_months": "24",
        "credit_months": "3",
        "equal_courses": other.key,
    }
    hr.post(url, rows(row))
    rule = course.audience.get()
    assert rule.condition == {"all": [{"joined_within_months": 6}, {"not": {"tier": [clerks.key]}}]}
    assert (rule.due, rule.repeats, rule.repeat_months) == ("fiscal_year_end", "months", 24)
    assert (rule.credit_months, rule.equal_courses.get()) == (3, other)
    page = hr.get(url).content.decode()
    assert "<details open" in page
    again = rows(row | {"pk": rule.pk}, saved=1)
    hr.post(url, again)
    assert course.audience.get() == rule


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"due": "days"}, "期限の日数または日付"),
        ({"repeats": "months"}, "何か月ごとに"),
        ({"due_on": "2027-03-31", "repeats": "fiscal_year"}, "特定の日付を期限にできません"),
    ],
)
def test_half_a_duty_is_refused(
    given: dict[str, str], said: str, url: str, hr: Client, course: Course
) -> None:
    page = hr.post(url, rows({"is_mandatory": "on", **given})).content.decode()
    assert said in page
    assert not course.audience.exists()


def test_a_condition_beyond_the_fields_is_shown_in_words_and_kept(
    url: str, hr: Client, clerks: Any, course: Course
) -> None:
    twice = {"any": [{"joined_within_months": 6}, {"not": {"tier": [clerks.key]}}]}
    condition = {"not": twice}
    rule = make_audience_rule(course, condition=condition)
    page = hr.get(url).content.decode()
    assert f"（採用から6か月未満 または 職層：{clerks.title} に該当しない） に該当しない" in page
    assert "この条件は画面では変更できません" in page
    hr.post(url, rows({"pk": rule.pk, "is_mandatory": "on"}, saved=1))
    saved = course.audience.get()
    assert (saved.pk, saved.condition, saved.is_mandatory) == (rule.pk, condition, True)


def test_and_or_not_nested_are_saved_as_ticked_and_said_in_words(
    url: str, hr: Client, clerks: Any, course: Course
) -> None:
    ward = make_department("W1", title="区民部")
    make_department("W2", title="税務課", parent=ward)
    fixed = make_employment_type("FY", title="会計年度任用職員")
    role = make_role("LDR", title="DX推進リーダー")
    row = {
        "join": "all",
        "department": ward.key,
        "groups": "2",
        "group1_join": "any",
        "group1_tier": clerks.key,
        "group1_role": role.key,
        "group2_sense": "not",
        "group2_employment": fixed.key,
    }
    hr.post(url, rows(row))
    rule = course.audience.get()
    assert rule.condition == {
        "all": [
            {"any": [{"role": ["LDR"]}, {"tier": [clerks.key]}]},
            {"department": ["W1"]},
            {"not": {"employment": ["FY"]}},
        ]
    }
    page = hr.get(url).content.decode()
    assert (
        "（役割：DX推進リーダー または 職層：主事） かつ 所属：区民部（課・係を含む）"
        " ただし 任用形態：会計年度任用職員 を除く"
    ) in page
    assert page.count("checked") == 4
    # Saved again as it is shown, nothing changes.
    hr.post(url, rows(row | {"pk": rule.pk}, saved=1))
    assert course.audience.get().condition == rule.condition
    # A group that is removed is gone; one with nothing ticked says nothing.
    hr.post(url, rows(row | {"pk": rule.pk, "group1_gone": "on", "groups": "3"}, saved=1))
    assert course.audience.get().condition == {
        "all": [{"department": ["W1"]}, {"not": {"employment": ["FY"]}}]
    }


def test_one_more_group_of_conditions_needs_no_script(
    url: str, hr: Client, clerks: Any, course: Course
) -> None:
    page = hr.post(url, rows({"tier": clerks.key}, grow="rules-0")).content.decode()
    assert 'name="rules-0-group1_tier"' in page
    assert 'name="rules-0-groups" value="1"' in page
    assert "autofocus" in page
    assert f'value="{clerks.key}"' in page
    assert not course.audience.exists()


def test_who_may_not_order_cannot_regroup_an_order(
    url: str, author: Client, clerks: Any, course: Course, unpublished: Course
) -> None:
    rule = make_audience_rule(course, tier=clerks, is_mandatory=True)
    tampered = {"pk": rule.pk, "groups": "1", "group1_sense": "not", "group1_tier": clerks.key}
    author.post(url, rows(tampered, saved=1))
    assert course.audience.get().condition == {"tier": [clerks.key]}
