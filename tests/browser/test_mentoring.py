"""Mentoring from the wish to the evidence: both sides' way, and the DX office's."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

DX = "001017"
LONG = 30_000


@pytest.fixture
def become(page: Page, sign_in: Callable[[str], None]) -> Callable[[str], None]:
    def change(username: str) -> None:
        page.context.clear_cookies()
        page.set_viewport_size({"width": 1280, "height": 900})
        sign_in(username)

    return change


@pytest.fixture
def two(on_site: Callable[..., Any]) -> dict[str, str]:
    found: dict[str, str] = on_site("mentor_and_learner")
    return found


def evidence(page: Page) -> Locator:
    """In the panel over one's own skills."""
    return page.get_by_role("dialog").get_by_role("heading", name="メンタリングの記録")


def test_mentor_and_learner_come_together_and_both_grow(
    page: Page,
    two: dict[str, str],
    become: Callable[[str], None],
    is_accessible: Callable[[], None],
    fits_a_phone: Callable[[str], None],
) -> None:
    mentor, learner, title = two["mentor_name"], two["learner_name"], two["title"]

    # The mentor offers one skill, and so many hours.
    become(two["mentor"])
    page.get_by_role("link", name="メンタリング", exact=True).click()
    expect(page.get_by_text("進行中の組合せはありません。")).to_be_visible()
    page.get_by_label("同時に受け持てる人数").select_option("2")
    page.get_by_label("使える時間").select_option("6")
    page.get_by_text("教えるスキル：自分の持つ全てのスキル").click()
    page.get_by_label(f"{title}（レベル4）").check()
    is_accessible()
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_role("main").get_by_text("教える・学びたいを登録しました。")).to_be_visible()

    # The learner wishes for it.
    become(two["learner"])
    page.goto("/mentoring")
    page.get_by_label("学びたいスキルを追加").select_option(two["skill"])
    page.get_by_label(f"「{title}」の目標").select_option("2")
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_role("main").get_by_text("教える・学びたいを登録しました。")).to_be_visible()
    page.reload()
    expect(page.get_by_label(f"「{title}」の目標")).to_have_value("2")

    # The DX office sees why they suit, and proposes them.
    become(DX)
    page.goto("/mentoring")
    page.get_by_role("link", name="組合せの調整").click()
    proposal = page.get_by_role("table", name="組合せの候補").get_by_role("row").nth(1)
    expect(proposal).to_contain_text(mentor)
    expect(proposal).to_contain_text(f"{title}：レベル2へ（教える職員はレベル4）")
    expect(proposal).to_contain_text("月6時間まで")
    is_accessible()

    # A pair of its own choice is held to the same rules, the one that fails is named.
    form = page.get_by_role("form", name="組合せを自分で決める")
    propose = form.get_by_role("button", name="この組合せを提案する")
    expect(propose).to_be_disabled()
    for label, name in (("教える職員", learner), ("学びたい職員", mentor)):
        form.get_by_role("group", name=label).get_by_role("button", name="職員を探す").click()
        box = page.get_by_role("dialog", name=label)
        box.get_by_label("氏名・フリガナ・職員番号").fill(name)
        page.keyboard.press("Enter")
        box.get_by_role("button", name=f"{name}さんを選ぶ").first.click()
        expect(box).to_have_count(0)
    form.get_by_label("スキル").select_option(two["skill"])
    propose.click()
    expect(form.get_by_text("この職員は「教える」を登録していません。")).to_be_visible()
    is_accessible()
    page.get_by_role("button", name=f"{mentor}さんと{learner}さんの組合せを提案する").click()
    state = page.get_by_role("table", name="組合せの状況").get_by_role("row").nth(1)
    expect(state).to_contain_text("返事待ち")
    expect(page.get_by_text("今、提案できる組合せはありません。")).to_be_visible()
    is_accessible()
    fits_a_phone("/mentoring/office")

    # Both are told, and agree.
    become(two["learner"])
    page.goto("/notices")
    page.get_by_role("link", name=f"{mentor}さんとのメンタリング「{title}」が提案").click()
    offer = page.get_by_role("article", name=f"{mentor}さんとの組合せ")
    expect(offer).to_be_visible()
    is_accessible()
    offer.get_by_role("button", name="同意する").click()
    expect(offer.get_by_text(f"{mentor}さんの返事を待っています。")).to_be_visible()
    become(two["mentor"])
    page.goto("/mentoring")
    pair = page.get_by_role("article", name=f"{learner}さんとの組合せ")
    expect(pair.get_by_text(f"{learner}さんは同意しています。")).to_be_visible()
    pair.get_by_role("button", name="断る").click()
    is_accessible()
    page.keyboard.press("Escape")
    pair.get_by_role("button", name="同意する").click()
    expect(pair.get_by_text("実施の記録はまだありません。")).to_be_visible()

    # The learner writes a session down; what is missing is said.
    become(two["learner"])
    page.goto("/mentoring")
    pair = page.get_by_role("article", name=f"{mentor}さんとの組合せ")
    pair.get_by_role("button", name="実施を記録する").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("時間（分）").fill("0")
    dialog.get_by_role("button", name="記録する", exact=True).click()
    expect(dialog.get_by_text("行ったことを入力してください。")).to_be_visible()
    is_accessible()
    dialog.get_by_label("時間（分）").fill("45")
    dialog.get_by_label("行ったこと").fill("集計表を一緒に作り、関数の使い方を確かめた。")
    dialog.get_by_label(f"{learner}さんが示したレベル").select_option("2")
    dialog.get_by_role("button", name="記録する", exact=True).click()
    expect(pair.get_by_text("確認待ち")).to_be_visible()
    is_accessible()

    # The mentor confirms it: evidence of both.
    become(two["mentor"])
    page.goto("/notices")
    page.get_by_role("link", name=f"{learner}さんが、メンタリング「{title}」の実施を記録").click()
    pair = page.get_by_role("article", name=f"{learner}さんとの組合せ")
    pair.get_by_role("button", name="確認する").click()
    expect(pair.get_by_text("確認済み 合計45分")).to_be_visible()
    is_accessible()
    fits_a_phone("/mentoring")
    page.set_viewport_size({"width": 1280, "height": 900})
    pair.get_by_role("link", name=f"「{title}」の根拠になりました").click()
    expect(evidence(page)).to_be_visible(timeout=LONG)
    become(two["learner"])
    page.goto(f"/skills/{two['skill']}")
    expect(evidence(page)).to_be_visible(timeout=LONG)

    # The DX office sees how long, not what it was about; the learner ends it.
    become(DX)
    page.goto("/mentoring/office")
    state = page.get_by_role("table", name="組合せの状況").get_by_role("row").nth(1)
    expect(state).to_contain_text("45分")
    expect(page.get_by_text("集計表を一緒に作り")).to_have_count(0)
    become(two["learner"])
    page.goto("/mentoring")
    page.get_by_role("button", name=f"{mentor}さんとの組合せを終える").click()
    page.get_by_role("dialog").get_by_label("理由（任意）").fill("目標に届いたため")
    page.get_by_role("dialog").get_by_role("button", name="組合せを終える").click()
    over = page.get_by_role("region", name="終わった組合せ")
    expect(over.get_by_text("理由：目標に届いたため")).to_be_visible()
    is_accessible()

    # The mentor is told so, and not asked for an answer to what is over.
    become(two["mentor"])
    page.goto("/notices?unread")
    ended = f"{learner}さんが、メンタリング「{title}」を終えました。"
    expect(page.get_by_role("link", name=ended)).to_be_visible()
    expect(page.get_by_role("link", name="が提案")).to_have_count(0)
    page.get_by_role("link", name=ended).click()
    expect(page.get_by_role("region", name="終わった組合せ")).to_be_visible()
