"""HR applies tomorrow's file in the browser, with a real worker doing it, and takes it back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def figure(page: Page, name: str) -> Any:
    return page.locator(f'[data-figure="{name}"]')


def test_hr_applies_tomorrows_file_and_undoes_it(
    page: Page,
    sign_in_to_admin: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
) -> None:
    office = on_site("office_for_personnel")
    sign_in_to_admin(office["hr"])
    menu = page.get_by_role("navigation", name="メインメニュー")
    menu.get_by_role("link", name="人事異動").click()
    is_accessible()

    # The whole way by keyboard, but for the choice of the file.
    page.get_by_label("職員のCSVファイル").set_input_files(
        {
            "name": "明日.csv",
            "mimeType": "text/csv",
            "buffer": office["file"].encode("cp932"),
        }
    )
    page.get_by_role("button", name="変更内容を確認する").focus()
    page.keyboard.press("Enter")

    # The worker makes the preview; the page shows it by itself.
    expect(figure(page, "state")).to_have_text("反映待ち", timeout=60_000)
    expect(figure(page, "move")).to_have_text("1")
    expect(figure(page, "join")).to_have_text("1")
    people = page.locator("table[data-people]")
    expect(people.get_by_role("row").filter(has_text=office["mover"])).to_contain_text("異動")
    is_accessible()

    page.get_by_label("変更", exact=True).select_option("join")
    page.get_by_role("button", name="絞り込む").click()
    expect(people.get_by_role("row")).to_have_count(2)
    expect(people).to_contain_text("新人 一")
    with page.expect_download() as download:
        page.get_by_role("link", name="表示中の職員をCSVでダウンロード").click()
    assert download.value.suggested_filename.startswith("personnel-")

    # At 360 pixels nothing but the tables scrolls sideways.
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})

    page.get_by_role("button", name="この人事異動を反映する").focus()
    page.keyboard.press("Enter")
    expect(figure(page, "state")).to_have_text("反映済み", timeout=60_000)
    is_accessible()
    assert on_site("department_tomorrow", office["mover"]) == office["to"]

    page.goto("/admin/jobs/")
    applied = page.get_by_role("row").filter(has_text="人事異動の反映").first
    expect(applied).to_contain_text("完了")
    is_accessible()
    applied.get_by_role("link").click()

    page.get_by_role("button", name="この人事異動を取り消す").click()
    expect(page.get_by_text("人事異動を取り消しました")).to_be_visible()
    expect(figure(page, "state")).to_have_text("取消済み")
    assert on_site("department_tomorrow", office["mover"]) == office["from"]


def test_faults_are_named_with_line_column_and_reason(
    page: Page,
    sign_in_to_admin: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
) -> None:
    office = on_site("office_for_personnel")
    sign_in_to_admin(office["hr"])
    page.goto("/admin/personnel/")
    text = office["file"].replace(f",{office['to']},", ",9999,")
    page.get_by_label("職員のCSVファイル").set_input_files(
        {"name": "誤り.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="変更内容を確認する").click()
    expect(figure(page, "state")).to_have_text("誤りあり", timeout=60_000)
    faults = page.get_by_role("row").filter(has_text="所属コード")
    expect(faults).to_contain_text(["「9999」は登録されていません。"] * 2)
    expect(page.get_by_role("button", name="この人事異動を反映する")).to_have_count(0)
    is_accessible()
