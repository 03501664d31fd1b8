"""HR's orders from the desk: each is shown first, and does what was shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.enrolment.models import Assignment, DueExtension, Exemption
from lms.enrolment.orders.naming import naming_rules, numbers_of
from lms.jobs.models import JobRun
from lms.notices.models import Notice
from tests.factories import make_employee
from tests.lms.duties.conftest import Desk, figures_in, names_in, text_of

EXTEND, NUDGE = "/admin/duties/extend/", "/admin/duties/nudge/"
EXEMPTIONS, NAMED = "/admin/duties/exemptions/", "/admin/duties/named/"


def test_due_dates_of_the_ticked_rows_are_extended_as_shown_and_taken_back(
    desk: Desk, hr: Client
) -> None:
    row, until = desk.of("late"), desk.today + timedelta(days=20)
    sent = {"row": [row.pk, desk.of("done").pk], "scope": "rows"}
    page = text_of(hr.post(EXTEND, sent))
    assert f"{row.pk}," in page or f",{row.pk}" in page
    order = {"ids": f"{row.pk},{desk.of('done').pk}", "until": until, "reason": "災害対応"}
    page = text_of(hr.post(EXTEND, order | {"step": "preview"}))
    assert figures_in(page)["changed"] == 1
    assert "修了済み" in page
    assert not DueExtension.objects.exists()
    answer = hr.post(EXTEND, order | {"step": "apply", "seen": 1}, follow=True)
    assert "期限を1件延長しました" in text_of(answer)
    assert desk.of("late").extended_to == until
    page = text_of(hr.get("/admin/duties/?state=open"))
    assert "災害対応" in page
    extension = DueExtension.objects.get()
    address = f"/admin/duties/extensions/{extension.uuid}/"
    assert figures_in(text_of(hr.get(address)))["still"] == 1
    assert "1件の期限が元に戻りました" in text_of(hr.post(address, follow=True))
    assert desk.of("late").extended_to is None
    assert "すでに取り消されています" in text_of(hr.post(address, follow=True))


def test_all_rows_of_the_filters_are_meant_and_no_others(desk: Desk, hr: Client) -> None:
    page = text_of(hr.post(f"{EXTEND}?state=overdue", {"scope": "all"}))
    ids = {desk.of("late").pk, desk.of("idle").pk}
    (sent,) = (part.split('"')[0] for part in page.split('name="ids" value="')[1:])
    assert {int(text) for text in sent.split(",")} == ids


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "この項目は必須です"),
        ({"until": "いつか"}, "日付"),
        ({"until": "2020-01-01"}, "より遅い日付"),
        ({"seen": "7"}, "状況が変わりました"),
    ],
)
def test_an_extension_with_a_fault_is_not_given(
    desk: Desk, hr: Client, changed: dict[str, str], said: str
) -> None:
    order = {
        "ids": str(desk.of("late").pk),
        "until": (desk.today + timedelta(days=20)).isoformat(),
        "reason": "災害対応",
        "step": "apply",
        "seen": "1",
    }
    assert said in text_of(hr.post(EXTEND, order | changed))
    assert not DueExtension.objects.exists()


def test_without_anybody_chosen_the_list_says_so(desk: Desk, hr: Client) -> None:
    for address in (EXTEND, NUDGE):
        assert "先に一覧で対象を選択" in text_of(hr.post(address, {"scope": "rows"}, follow=True))
    assert hr.get(EXTEND).status_code == 302


def test_the_late_are_reminded_once_a_day_and_the_page_says_how_many(
    desk: Desk, hr: Client, django_capture_on_commit_callbacks: Any
) -> None:
    told = Notice.objects.filter(kind=Notice.Kind.NUDGE)
    sent = {"scope": "all"}
    page = text_of(hr.post(f"{NUDGE}?state=current", sent))
    assert figures_in(page) == {"sent": 2, "already": 0, "not_late": 3}
    assert not told.exists()
    with django_capture_on_commit_callbacks(execute=True):
        page = text_of(hr.post(NUDGE, sent | {"step": "apply"}, follow=True))
    assert "受講のお願いを2件送りました" in page
    assert sorted(told.values_list("recipient__staff_number", flat=True)) == [
        "000100",
        "000101",
    ]
    assert JobRun.objects.filter(kind="mail_notices").count() == 1
    page = text_of(hr.post(NUDGE, sent))
    assert figures_in(page) == {"sent": 0, "already": 2, "not_late": 3}
    hr.post(NUDGE, sent | {"step": "apply"})
    assert told.count() == 2


def exemption(desk: Desk, **changed: Any) -> dict[str, Any]:
    return {
        "numbers": "000100\n000102\n",
        "kind": "secondment",
        "note": "東京都へ派遣",
        "starts_on": desk.today.isoformat(),
        "last_day": (desk.today + timedelta(days=30)).isoformat(),
    } | changed


def test_people_are_exempted_as_shown(desk: Desk, hr: Client) -> None:
    new = f"{EXEMPTIONS}new/"
    page = text_of(hr.post(new, exemption(desk)))
    assert figures_in(page) == {"stopped": 2, "returned": 0}
    assert "職員 late (000100): 個人情報保護" in page
    assert Exemption.objects.count() == 1
    hr.post(new, exemption(desk, step="apply"))
    assert Exemption.objects.filter(kind="secondment").count() == 2
    assert Assignment.objects.filter(ended_on=desk.today).count() == 3
    page = text_of(hr.get(f"{EXEMPTIONS}?when=now&kind=secondment&person=ア"))
    assert names_in(page) == ["late"]
    # The last day is shown as people count it.
    assert (desk.today + timedelta(days=30)).isoformat() in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"numbers": "000100\n999\n12 34"}, ["2行目：「999」は登録されていません", "3行目："]),
        ({"numbers": "100"}, ["1行目：「100」は登録されていませんが、「000100」があります"]),
        ({"numbers": " \n"}, ["職員を1人以上指定してください"]),
        ({"last_day": "2020-01-01"}, ["最終日"]),
        ({"kind": "other", "note": ""}, ["理由を入力してください"]),
    ],
)
def test_a_faulty_list_is_refused_line_by_line(
    desk: Desk, hr: Client, changed: dict[str, str], said: list[str]
) -> None:
    page = text_of(hr.post(f"{EXEMPTIONS}new/", exemption(desk, step="apply", **changed)))
    for words in said:
        assert words in page
    assert Exemption.objects.count() == 1


def test_an_exemption_is_changed_and_ended_as_shown(desk: Desk, hr: Client) -> None:
    row = Exemption.objects.get()
    address = f"{EXEMPTIONS}{row.pk}/"
    page = text_of(hr.get(address))
    assert f'value="{(row.ends_on - timedelta(days=1)).isoformat()}"' in page
    changed = exemption(desk, kind="leave", course=desk.other.pk)
    page = text_of(hr.post(address, changed))
    assert figures_in(page) == {"stopped": 0, "returned": 1}
    hr.post(address, changed | {"step": "apply"})
    assert Exemption.objects.get().course == desk.other
    assert desk.of("away").ended_on is None
    assert figures_in(text_of(hr.get(f"{address}end/")))["returned"] == 0
    hr.post(f"{address}end/")
    assert not Exemption.objects.exists()


def naming(desk: Desk, **changed: Any) -> dict[str, Any]:
    return {
        "course": desk.course.pk,
        "due_on": (desk.today + timedelta(days=30)).isoformat(),
        "numbers": "000900\n000100",
    } | changed


def test_people_who_share_no_rule_are_asked_as_shown_and_twice_is_nothing_new(
    desk: Desk, hr: Client
) -> None:
    new = f"{NAMED}new/"
    page = text_of(hr.post(new, naming(desk)))
    assert figures_in(page) == {"new": 1, "done": 0, "exempt": 0, "has": 1, "gone": 0}
    assert naming_rules() == []
    page = text_of(hr.post(new, naming(desk, step="apply"), follow=True))
    assert "1人に指定しました" in page
    (rule,) = naming_rules()
    assert numbers_of(rule) == ("000900",)
    assert "変更がないため" in text_of(hr.post(new, naming(desk, step="apply")))
    assert "個別に指定された職員" in text_of(hr.get("/admin/duties/?person=000900"))
    page = text_of(hr.get(f"/admin/courses/{desk.course.pk}/audience/"))
    assert "個別に指定された職員" in page
    page = text_of(hr.post(f"{NAMED}{rule.pk}/", {"number": "000900"}, follow=True))
    assert "1人の個別指定を解除しました" in page
    assert naming_rules() == []


def test_the_numbers_of_a_file_stand_in_the_form_after_the_preview(desk: Desk, hr: Client) -> None:
    content = "氏名,職員番号\n職員 カ,000900\n".encode("cp932")
    file = SimpleUploadedFile("名簿.csv", content)
    page = text_of(hr.post(f"{NAMED}new/", naming(desk, numbers="", file=file)))
    assert figures_in(page)["new"] == 1
    assert "000900</textarea>" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("氏名,番号\n職員 カ,000900\n", "「職員番号」の列がありません"),
        ("職員番号\n000900\n111\n", "3行目：「111」"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(
    desk: Desk, hr: Client, content: str, said: str
) -> None:
    file = SimpleUploadedFile("名簿.csv", content.encode())
    page = text_of(hr.post(f"{NAMED}new/", naming(desk, numbers="", file=file, step="apply")))
    assert said in page
    assert naming_rules() == []


def test_exempt_and_finished_people_are_told_apart(desk: Desk, hr: Client) -> None:
    gone = make_employee("000800", has_user=False, is_posted=False)
    page = text_of(
        hr.post(f"{NAMED}new/", naming(desk, numbers=f"{gone.staff_number}\n000104\n000103"))
    )
    assert figures_in(page) == {"new": 0, "done": 0, "exempt": 1, "has": 1, "gone": 1}
