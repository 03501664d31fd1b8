"""HR looks where skills are thin, tries a transfer and takes it back; a head sees one section."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

HR = "001017"


def fits_a_phone(page: Page, is_accessible: Callable[[], None]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    is_accessible()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_hr_goes_from_the_gravest_risk_to_its_holders(
    page: Page,
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
) -> None:
    process = on_site("process_that_runs_short")
    sign_in(HR)
    page.get_by_role("link", name="スキルの充足状況").click()
    risks = page.get_by_role("table", name="リスク一覧")
    expect(risks.get_by_role("row").nth(1)).to_contain_text("業務（")
    is_accessible()
    fits_a_phone(page, is_accessible)

    page.get_by_label("種別").select_option("process")
    page.wait_for_url(re.compile("kind=process"))
    page.get_by_label("見込む期間").select_option("90")
    page.get_by_role("button", name=re.compile("失効により不足")).click()
    page.wait_for_url(re.compile("reason=short_after_expiries"))
    risk = risks.get_by_role("row").filter(has_text=process["title"])
    expect(risk).to_contain_text("失効予定1人")
    expect(risk).to_contain_text("1人不足")
    page.get_by_label("見込む期間").select_option("30")
    expect(risk).to_have_count(0)
    page.get_by_label("見込む期間").select_option("90")
    with page.expect_download() as download:
        page.get_by_role("link", name="リスク一覧をCSVで保存").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("順位,リスクの理由")
    assert "失効により不足" in text

    risk.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name=process["title"])).to_be_visible()
    # By keyboard: the summary opens the list of holders.
    holders = page.locator("summary").filter(has_text=re.compile("保有者")).first
    holders.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[open] li").first).to_contain_text(process["holder"])
    is_accessible()
    fits_a_phone(page, is_accessible)
    page.get_by_role("navigation", name="現在位置").get_by_role("link").click()
    page.wait_for_url(re.compile("horizon=90"))
    expect(risk).to_be_visible()


def test_hr_tries_a_transfer_takes_it_back_and_nothing_is_written(
    page: Page,
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
) -> None:
    plan = on_site("holder_of_a_process")
    before = on_site("postings_of", plan["staff_number"])
    sign_in(HR)
    page.goto("/coverage/what-if")
    expect(page.get_by_text("まだ誰も選ばれていません")).to_be_visible()
    is_accessible()

    # The whole way by keyboard.
    page.get_by_label("氏名・フリガナ・職員番号").fill(plan["staff_number"])
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"{plan['name']}さんを追加").focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("group", name=plan["name"])
    card.get_by_label("異動先").select_option("0801")
    page.get_by_role("button", name="試算する").focus()
    page.keyboard.press("Enter")
    result = page.get_by_role("table", name="試算の結果")
    expect(result.get_by_role("row").nth(1)).to_contain_text("→")
    worse = result.get_by_role("row").filter(has_text=re.compile("新たに不足|不足が拡大"))
    expect(worse.filter(has_text=plan["process"]).first).to_be_visible()
    is_accessible()
    fits_a_phone(page, is_accessible)

    page.get_by_role("button", name="一つ戻す").click()
    expect(card.get_by_label("異動先")).to_have_value(plan["department"])
    expect(page.get_by_text("異動案が変わっています")).to_be_visible()
    page.get_by_role("button", name="全て取り消す").click()
    expect(page.get_by_text("まだ誰も選ばれていません")).to_be_visible()
    assert on_site("postings_of", plan["staff_number"]) == before


def test_hr_sees_whose_level_falls_soon(
    page: Page,
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
) -> None:
    process = on_site("process_that_runs_short")
    sign_in(HR)
    page.goto("/coverage/expiring?horizon=90&department=0901")
    falling = page.get_by_role("table", name="まもなく下がるスキル")
    row = falling.get_by_role("row").filter(has_text=process["holder"]).filter(has_text="レベル4")
    expect(row).to_be_visible()
    is_accessible()
    fits_a_phone(page, is_accessible)
    page.get_by_label("目標に届かなくなるもののみ").click()
    page.wait_for_url(re.compile("only_targets=true"))
    # Nobody asks for that level.
    expect(row).to_have_count(0)


def test_a_head_sees_one_section_and_no_what_if(
    page: Page, sign_in: Callable[[str], None], on_site: Callable[..., Any]
) -> None:
    sign_in(on_site("head_with_an_account"))
    page.goto("/coverage")
    units = page.get_by_role("table", name="所属・業務ごとの状況")
    expect(units).to_contain_text("国保年金課")
    expect(units).not_to_contain_text("税務課")
    expect(page.get_by_role("link", name="異動の試算")).to_have_count(0)
    page.goto("/coverage/what-if")
    expect(page.get_by_role("heading", name="このページを見る権限がありません")).to_be_visible()


def test_hr_adds_a_business_process(
    page: Page, sign_in_to_admin: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in_to_admin(HR)
    page.get_by_role("navigation", name="メインメニュー").get_by_role("link", name="業務").click()
    is_accessible()
    page.get_by_role("link", name="業務を追加").click()
    page.get_by_label("キー", exact=False).first.fill("TOSHO")
    page.get_by_label("名称（日本語）").fill("図書の電子申請")
    page.get_by_label("担当する所属").select_option(label="教育振興部 / さくら図書館")
    page.get_by_role("button", name="スキルを追加").click()
    page.get_by_label("スキル", exact=True).first.select_option(index=1)
    page.get_by_label("必要な人数").first.fill("2")
    is_accessible()
    page.get_by_role("button", name="業務を保存").click()
    expect(page.get_by_text("業務を保存しました。")).to_be_visible()
    page.get_by_role("link", name="業務の一覧").click()
    expect(page.get_by_role("row").filter(has_text="図書の電子申請")).to_contain_text(
        "さくら図書館"
    )
