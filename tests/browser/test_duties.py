"""HR's desk for duties in the browser: who is late and why, more time, exemptions, names."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COURSE = "C303"


def figure(page: Page, name: str) -> Any:
    return page.locator(f'[data-figure="{name}"]')


def fits_a_phone(page: Page) -> bool:
    page.set_viewport_size({"width": 360, "height": 740})
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return bool(fits)


@pytest.fixture
def desk(
    page: Page, sign_in_to_admin: Callable[[str], None], on_site: Callable[..., Any]
) -> dict[str, Any]:
    """The demo's desk, opened from the menu."""
    found: dict[str, Any] = on_site("desk_for_duties", COURSE)
    sign_in_to_admin(found["hr"])
    menu = page.get_by_role("navigation", name="メインメニュー")
    menu.get_by_role("link", name="研修の受講状況").click()
    return found


def test_hr_sees_who_is_late_and_why_gives_more_time_and_takes_it_back(
    page: Page, desk: dict[str, Any], is_accessible: Callable[[], None], tmp_path: Path
) -> None:
    is_accessible()
    assert fits_a_phone(page)
    page.get_by_role("link", name=re.compile("期限超過")).click()
    page.get_by_label("研修コース", exact=True).select_option(COURSE)
    page.get_by_role("button", name="絞り込む").click()
    rows = page.locator("tr[data-state]")
    expect(rows.first).to_contain_text("期限超過")
    late = rows.count()
    stopped = rows.filter(has_text="まで進み、その後止まっています").first
    expect(stopped).to_contain_text("個別に指定された職員")
    expect(rows.filter(has_text="まだ始めていません").first).to_be_visible()
    is_accessible()

    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Excel")).click()
    download.value.save_as(tmp_path / "duties.xlsx")
    sheet = load_workbook(tmp_path / "duties.xlsx").active
    assert sheet is not None
    assert sheet.max_row == late + 1

    # By keyboard: tick the first row, extend, look, apply.
    name = rows.first.get_by_role("rowheader").inner_text().split("\n")[0]
    rows.first.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-ticked]")).to_have_text("(1)")
    page.get_by_role("button", name="期限を延長する").focus()
    page.keyboard.press("Enter")
    page.get_by_label("新しい期限").fill(desk["later"])
    page.get_by_label("延長の理由").fill("窓口の繁忙期のため")
    page.get_by_role("button", name="変更内容を確認する").click()
    expect(figure(page, "changed")).to_have_text("1")
    expect(page.locator("table[data-moved]")).to_contain_text(name)
    is_accessible()
    assert fits_a_phone(page)
    page.get_by_role("button", name="この内容で期限を延長する").click()
    expect(page.get_by_text("期限を1件延長しました")).to_be_visible()
    expect(rows).to_have_count(late - 1)

    tabs = page.get_by_role("navigation", name="研修の受講状況")
    tabs.get_by_role("link", name="期限の延長").click()
    is_accessible()
    page.get_by_role("link", name="期限の延長を取り消す 窓口の繁忙期のため").click()
    expect(figure(page, "still")).to_have_text("1")
    is_accessible()
    page.get_by_role("button", name="この延長を取り消す").click()
    expect(page.get_by_text("1件の期限が元に戻りました")).to_be_visible()
    tabs.get_by_role("link", name="受講状況").click()
    page.goto(f"/admin/duties/?state=overdue&course={COURSE}")
    expect(rows).to_have_count(late)

    # Everybody the filters leave is reminded, once a day.
    page.get_by_label(re.compile("絞り込み結果のすべて")).check()
    page.get_by_role("button", name="受講を促す").click()
    expect(figure(page, "sent")).to_have_text(str(late))
    is_accessible()
    page.get_by_role("button", name="受講のお願いを送る").click()
    expect(page.get_by_text(f"受講のお願いを{late}件送りました")).to_be_visible()


def test_hr_exempts_somebody_and_ends_it(
    page: Page, desk: dict[str, Any], is_accessible: Callable[[], None]
) -> None:
    page.get_by_role("link", name="受講免除").click()
    is_accessible()
    assert fits_a_phone(page)
    page.get_by_role("link", name="受講免除の登録").click()
    page.get_by_label("職員番号（1行に1人）").fill(f"{desk['open']}\n999999")
    page.get_by_label("免除の種類").select_option("secondment")
    page.get_by_label("理由", exact=True).fill("東京都へ派遣")
    page.get_by_label("開始日").fill(desk["today"])
    page.get_by_label("最終日").fill(desk["later"])
    page.get_by_role("button", name="変更内容を確認する").click()
    expect(page.get_by_text("2行目：「999999」は登録されていません")).to_be_visible()
    is_accessible()
    page.get_by_label("職員番号（1行に1人）").fill(desk["open"])
    page.get_by_role("button", name="変更内容を確認する").click()
    stopped = figure(page, "stopped").inner_text()
    assert int(stopped) > 0
    is_accessible()
    page.get_by_role("button", name="受講免除を保存する").click()
    expect(page.get_by_text(f"不要になった受講{stopped}件")).to_be_visible()

    row = page.get_by_role("row").filter(has_text=desk["open"])
    expect(row).to_contain_text(desk["later"])
    row.get_by_role("link", name=re.compile("本日から終える")).click()
    expect(figure(page, "returned")).to_have_text(stopped)
    is_accessible()
    page.get_by_role("button", name="本日から免除を終える").click()
    expect(page.get_by_text(f"再び必要になった受講{stopped}件")).to_be_visible()


def test_hr_names_people_from_a_file_for_a_course_and_strikes_them(
    page: Page, desk: dict[str, Any], is_accessible: Callable[[], None]
) -> None:
    page.get_by_role("link", name="個別の受講指定").click()
    is_accessible()
    page.get_by_role("link", name="職員を個別に指定する").click()
    page.get_by_label("コース").select_option(label=desk["title"])
    page.get_by_label("期限", exact=True).fill(desk["later"])
    names = f"氏名,職員番号\n,{desk['other']}\n,{desk['open']}\n"
    page.get_by_label(re.compile("CSVファイル")).set_input_files(
        {"name": "名簿.csv", "mimeType": "text/csv", "buffer": names.encode("cp932")}
    )
    page.get_by_role("button", name="変更内容を確認する").click()
    expect(figure(page, "new")).to_have_text("1")
    expect(figure(page, "has")).to_have_text("1")
    is_accessible()
    assert fits_a_phone(page)
    page.get_by_role("button", name="この職員に受講を指定する").click()
    expect(page.get_by_text("の受講を1人に指定しました")).to_be_visible()
    page.get_by_role("row").filter(has_text=desk["later"]).get_by_role("link").click()
    is_accessible()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="選択した職員の指定を解除する").click()
    expect(page.get_by_text("1人の個別指定を解除しました")).to_be_visible()


def test_conditions_are_grouped_by_keyboard_and_said_in_words(
    page: Page, desk: dict[str, Any], is_accessible: Callable[[], None]
) -> None:
    page.goto(f"/admin/courses/{desk['free']}/audience/")
    page.get_by_role("button", name="対象を追加").focus()
    page.keyboard.press("Enter")
    row = page.locator("[data-row]").last
    row.get_by_role("group", name="職層").get_by_label("係長級").check()
    row.get_by_role("button", name="条件の組を追加").focus()
    page.keyboard.press("Enter")
    # The page came anew, with what was ticked and the cursor in the new group.
    row = page.locator("[data-row]").last
    expect(row.get_by_role("group", name="職層").first.get_by_label("係長級")).to_be_checked()
    further = row.get_by_role("group", name="条件 2")
    expect(further.get_by_label("条件の組み合わせ")).to_be_focused()
    further.get_by_label("当てはまるかどうか").select_option(label="に当てはまらない職員")
    further.get_by_role("group", name="任用形態").get_by_label("会計年度任用").focus()
    page.keyboard.press("Space")
    is_accessible()
    assert fits_a_phone(page)
    page.get_by_role("button", name="対象者を保存").click()
    expect(page.get_by_text("対象者を保存しました")).to_be_visible()
    words = page.locator(".lms-words").last
    expect(words).to_contain_text("職層：係長級 ただし 任用形態：会計年度任用 を除く")
    page.locator("[data-row]").last.get_by_role("button", name="外す").click()
    page.get_by_role("button", name="対象者を保存").click()
    expect(page.get_by_text("対象者を保存しました")).to_be_visible()
