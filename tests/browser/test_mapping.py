"""Whom a published course is meant for and what it awards: set by HR, read by its author."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

HR = "001017"
COURSE = "機械が読める表をつくる（オープンデータ基礎）"


def enter_admin(page: Page, username: str) -> None:
    page.goto("/admin/")
    page.get_by_label("ユーザー名").fill(username)
    page.get_by_label(re.compile("パスワード|Password")).fill(PASSWORD)
    page.get_by_role("button", name="サインイン").click()
    page.get_by_role("link", name="コースの設定").click()


def open_tab(page: Page, name: str) -> None:
    tabs = page.get_by_role("navigation", name="このコースのページ")
    tabs.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def figure(page: Page, name: str) -> str:
    return page.locator(f'[data-figure="{name}"]').first.inner_text()


def test_hr_sets_audience_and_award_of_a_published_course_and_its_author_reads_them(
    page: Page, browser: Browser, site: str, is_accessible: Callable[[], None]
) -> None:
    # The author of a published course: rounded numbers, nobody's name, and whom to ask.
    context = browser.new_context(base_url=site, locale="ja-JP")
    outside = context.new_page()
    enter_admin(outside, "author2")
    expect(outside.get_by_role("row").filter(has_text="業務のムダを見つける")).to_have_count(0)
    outside.get_by_role("link", name=f"対象者: {COURSE}").click()
    expect(outside.get_by_role("heading", level=1, name="対象者")).to_be_visible()
    for tab in ("対象者", "認定スキル", "採点"):
        open_tab(outside, tab)
        expect(outside.get_by_text(re.compile("人事担当"))).not_to_have_count(0)
        expect(outside.get_by_role("button", name=re.compile("保存"))).to_have_count(0)
        expect(outside.get_by_text("氏名 (")).to_have_count(0)

    # The check leads to the block in the editor.
    open_tab(outside, "コースの確認")
    outside.get_by_role("link", name=re.compile("のブロック2")).first.click()
    block = outside.url.rsplit(".", 1)[-1]
    expect(outside.locator(f'[data-contentpath="{block}"]').first).to_be_in_viewport()
    context.close()

    # HR: the same course with names and the reason, and nothing else of the admin to edit.
    enter_admin(page, HR)
    is_accessible()
    menu = page.get_by_role("navigation", name="メインメニュー")
    assert re.findall("ページ|画像|ドキュメント|研修コース", menu.inner_text()) == []
    page.get_by_role("link", name=f"対象者: {COURSE}").click()
    expect(page.get_by_role("heading", level=1, name="対象者")).to_be_visible()
    is_accessible()
    assert re.fullmatch(r"\d+人", figure(page, "total"))
    page.get_by_role("button", name="対象を追加").click()
    row = page.locator("[data-row]").last
    row.get_by_role("group", name="職層").get_by_label("部長級").check()
    expect(page.locator('[data-figure="entering"]')).not_to_have_text("0人")
    # Removed, nothing would change; put back, it does again.
    row.get_by_role("button", name="外す").click()
    expect(page.locator('[data-figure="entering"]')).to_have_text("0人")
    row.get_by_role("button", name="元に戻す").click()
    expect(page.locator('[data-figure="entering"]')).not_to_have_text("0人")
    page.get_by_role("button", name="対象者を保存").click()
    expect(page.get_by_text(re.compile("対象者を保存しました。"))).to_be_visible()
    expect(page.locator('[data-figure="entering"]')).to_have_text("0人")
    page.get_by_text("氏名 (").click()
    people = page.get_by_role("table", name="受講対象となる職員")
    expect(people.get_by_role("row").filter(has_text="部長級").first).to_be_visible()
    expect(people.get_by_role("columnheader", name="該当する対象")).to_be_visible()

    # An award, with the words of its level, and whose level it raises.
    open_tab(page, "認定スキル")
    is_accessible()
    expect(page.get_by_role("columnheader", name="レベルが上がる人数")).to_be_visible()
    page.get_by_role("button", name="認定を追加").click()
    row = page.locator("[data-row]").last
    row.get_by_label("スキル").select_option(index=1)
    row.get_by_label("レベル").select_option(label="3 一人でできる")
    expect(row.get_by_text("実務で一人で行い")).to_be_visible()
    row.get_by_label("有効期間（日）").fill("365")
    page.get_by_role("button", name="認定スキルを保存").click()
    expect(page.get_by_text("認定スキルを保存しました。")).to_be_visible()

    # A pass mark, as a draft.
    open_tab(page, "採点")
    is_accessible()
    page.get_by_label(re.compile("の合格点（％）")).first.fill("80")
    page.get_by_role("button", name="修了の条件を保存する").click()
    expect(page.get_by_text("1件の変更を下書きに保存しました。")).to_be_visible()
