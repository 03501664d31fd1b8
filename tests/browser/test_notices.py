"""What the site tells a person: the bell, the page, and how it comes by e-mail."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

HEAD, LEARNER = "001073", "001028"


def unread(page: Page) -> int:
    """As the bell says it."""
    name = page.get_by_role("banner").get_by_role("link", name=re.compile("^お知らせ( |$)"))
    found = re.search(r"未読(\d+)件", name.get_attribute("aria-label") or "")
    return int(found[1]) if found else 0


def test_a_notice_is_read_by_opening_it_and_the_rest_at_once(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in(HEAD)
    bell = page.get_by_role("banner").get_by_role("link", name=re.compile(r"^お知らせ 未読\d+件$"))
    expect(bell).to_be_visible()
    before = unread(page)
    assert before >= 5  # the mandatory courses of the demo
    bell.click()
    expect(page.get_by_role("heading", level=1, name="お知らせ")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("未読", exact=True)).to_have_count(before)
    is_accessible()

    first = page.get_by_role("main").get_by_role("link", name=re.compile("^新しい必修研修")).first
    course = re.search("「(.+)」", first.inner_text())
    assert course
    first.click()
    expect(page.get_by_role("heading", level=1, name=course[1])).to_be_visible()
    expect(page.get_by_role("link", name=f"お知らせ 未読{before - 1}件")).to_be_visible()

    page.go_back()
    only_unread = page.get_by_label("未読だけを表示する")
    only_unread.click()
    expect(only_unread).to_be_checked()
    expect(page.get_by_role("main").get_by_text("未読", exact=True)).to_have_count(before - 1)
    page.get_by_role("button", name="すべて既読にする").click()
    expect(page.get_by_text("未読のお知らせはありません。")).to_be_visible()
    expect(page.get_by_role("button", name="すべて既読にする")).to_be_disabled()
    is_accessible()
    assert unread(page) == 0
    only_unread.click()
    expect(page.get_by_role("main").get_by_role("link", name=course[1])).to_be_visible()


def test_how_e_mail_comes_is_chosen_by_kind_and_kept(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in(LEARNER)
    page.get_by_role("banner").get_by_role("link", name="お知らせの設定").click()
    expect(page.get_by_role("heading", level=1, name="お知らせの設定")).to_be_visible()
    expect(page.get_by_text(f"{LEARNER}@sakura.example")).to_be_visible()
    is_accessible()
    page.get_by_label("新しい必修研修").select_option(label="メールでは受け取らない")
    page.get_by_label("メールの言語").select_option(label="English")
    page.get_by_role("button", name="設定を保存する").click()
    expect(page.get_by_role("main").get_by_text("設定を保存しました。")).to_be_visible()
    page.reload()
    expect(page.get_by_label("新しい必修研修")).to_have_value("never")
    expect(page.get_by_label("受講期限が近い研修")).to_have_value("daily")
    expect(page.get_by_label("メールの言語")).to_have_value("en")


def test_home_says_what_is_next_due_and_done_and_what_is_unread(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in(LEARNER)
    next_up = page.get_by_role("region", name="次にやること")
    lesson = next_up.get_by_role("heading", level=3).inner_text()
    expect(page.get_by_role("region", name=re.compile("^未読のお知らせ"))).to_be_visible()
    expect(page.get_by_role("region", name="わたしの状況")).to_contain_text("学習時間")
    expect(page.get_by_role("region", name=re.compile("^取り組む研修"))).to_contain_text("残り")
    is_accessible()
    next_up.get_by_role("link", name=re.compile("^(始める|続きから再開する)")).click()
    expect(page.get_by_role("heading", level=1, name=lesson)).to_be_visible()


def test_notices_and_home_fit_a_phone(
    sign_in: Callable[[str], None], fits_a_phone: Callable[[str], None]
) -> None:
    sign_in(LEARNER)
    for path in ("/", "/notices", "/notices/settings"):
        fits_a_phone(path)
