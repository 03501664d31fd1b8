"""A workshop from the waiting list to the finished course, as its learner and as HR see it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COURSE = "/courses/C909"
LESSON = f"{COURSE}/lessons/L1"
NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}


def fits(page: Page) -> bool:
    """Nothing scrolls sideways on a narrow screen."""
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(WIDE)
    return bool(width <= NARROW["width"])


def test_from_the_waiting_list_to_the_finished_course(
    page: Page,
    sign_in: Callable[[str], None],
    sign_in_to_admin: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
) -> None:
    made = on_site("workshop_of_two")
    sign_in(made["learner"])
    page.goto(LESSON)
    workshop = page.get_by_role("region", name="窓口応対ロールプレイ")
    expect(workshop).to_contain_text("満席（定員1人、キャンセル待ち0人）")
    expect(workshop).to_contain_text("接遇講師 森")
    expect(workshop).not_to_contain_text("meet.sakura.example")
    is_accessible()
    assert fits(page)

    # Full: a place on the waiting list, by keyboard.
    workshop.get_by_role("button", name="キャンセル待ちをする").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="この回のキャンセル待ちをしますか")
    expect(dialog).to_contain_text("本庁舎 第1研修室 / オンライン")
    is_accessible()
    assert fits(page)
    dialog.get_by_role("button", name="キャンセル待ちをする").click()
    expect(page.get_by_role("status").filter(has_text="1番目です。")).to_be_attached()
    expect(workshop).to_contain_text("キャンセル待ち1番目")
    leave = workshop.get_by_role("button", name="キャンセル待ちをやめる")
    expect(leave).to_be_focused()

    # Somebody else gives up the seat: it is ours, with the online address.
    on_site("give_up_seat", made["session"], made["other"])
    page.reload()
    expect(workshop).to_contain_text("参加予定")
    expect(workshop.get_by_role("link", name="meet.sakura.example")).to_be_visible()

    # Given up and taken again, while it is free.
    workshop.get_by_role("button", name="申込みを取り消す").click()
    page.get_by_role("dialog").get_by_role("button", name="申込みを取り消す").click()
    expect(workshop).to_contain_text("残り1席（定員1人）")
    workshop.get_by_role("button", name="申し込む").click()
    page.get_by_role("dialog").get_by_role("button", name="申し込む").click()
    expect(page.get_by_role("status").filter(has_text="参加が確定しました。")).to_be_attached()

    page.goto("/")
    mine = page.get_by_role("region", name="集合研修の予定")
    expect(mine).to_contain_text("参加予定")
    is_accessible()
    assert fits(page)
    mine.get_by_role("link", name="窓口応対を磨く集合研修").click()
    expect(workshop).to_contain_text("参加予定")

    # HR keeps the sheet.
    on_site("hold_session", made["session"])
    page.context.clear_cookies()
    sign_in_to_admin(made["hr"])
    page.goto(f"/admin/courses/{made['course']}/sessions/")
    expect(page.get_by_role("heading", name="今後の日程")).to_be_visible()
    is_accessible()
    assert fits(page)
    page.get_by_role("link", name="参加者と出欠").click()
    is_accessible()
    assert fits(page)
    page.get_by_role("button", name="全員を出席にする").click()
    seat = page.get_by_role("group", name=made["name"])
    expect(seat.get_by_label("出席")).to_be_checked()
    page.get_by_role("button", name="出席簿を保存する").click()
    expect(page.get_by_text("1件の出欠を記録しました。")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="出席簿をダウンロード（CSV）").click()
    assert download.value.suggested_filename.startswith("attendance-C909-")
    page.goto(f"/admin/courses/{made['course']}/sessions/new/")
    is_accessible()
    assert fits(page)

    # The course is finished, and says so to its learner.
    page.context.clear_cookies()
    sign_in(made["learner"])
    page.goto(COURSE)
    expect(page.get_by_text("「窓口応対を磨く集合研修」を修了しました")).to_be_visible()
    page.goto(LESSON)
    expect(workshop).to_contain_text("出席済み")
