"""An employee reads why projects suit them, answers, and proposes one; HR reads the same words."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

# Nobody whose answers another test knows.
ME, HR = "001174", "001017"


@pytest.fixture
def mine(page: Page, on_site: Callable[..., Any], sign_in: Callable[[str], None]) -> Page:
    """Signed in as the person, with nothing answered yet."""
    on_site("give_account", ME)
    sign_in(ME)
    for row in asked(page, "me/answers/")["answers"]:
        key = row["project"]["key"]
        page.request.delete(f"/api/v1/suggestions/me/projects/{key}/answer/", headers=_token(page))
    return page


def _token(page: Page) -> dict[str, str]:
    cookies = {row["name"]: row["value"] for row in page.context.cookies()}
    return {"X-CSRFToken": cookies.get("csrftoken", ""), "Referer": page.url}


def asked(page: Page, path: str) -> Any:
    answer = page.request.get(f"/api/v1/suggestions/{path}", headers={"Accept-Language": "ja"})
    assert answer.ok
    return answer.json()


def card_of(page: Page, title: str) -> Locator:
    return page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", level=2, name=title, exact=True)
    )


def test_reasons_are_read_and_each_answer_can_be_taken_back(
    mine: Page, is_accessible: Callable[[], None], tmp_path: Path
) -> None:
    page = mine
    page.goto("/suggestions")
    first = asked(page, "me/")["results"][0]
    title = first["project"]["title"]
    card = card_of(page, title)
    for reason in first["reasons"]:
        for text in (reason["text"], reason["evidence_text"], reason["change_text"]):
            expect(card).to_contain_text(text)
        for way in reason["ways"]:
            expect(card).to_contain_text(way)
    is_accessible()
    page.screenshot(path=tmp_path / "list.png", full_page=True)

    answer = card.get_by_role("group", name=f"「{title}」への回答")
    answer.get_by_role("button", name="関心がある").click()
    expect(answer).to_contain_text("DX推進担当とプロジェクトのリーダーに、あなたの名前が伝わります")
    # The button pressed is gone: the keyboard is where it was.
    expect(answer).to_be_focused()
    answer.get_by_role("button", name="回答を取り消す").click()
    expect(answer.get_by_role("button", name="関心がある")).to_be_visible()
    expect(answer).to_be_focused()

    answer.get_by_role("button", name="自分には合わない").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="回答する").click()
    expect(dialog).to_contain_text("理由を選んでください")
    dialog.get_by_role("radio", name="その他").check()
    dialog.get_by_role("button", name="回答する").click()
    expect(dialog).to_contain_text("＊理由を書いてください")
    dialog.get_by_label("理由を書いてください").fill("年度末まで窓口が忙しいため")
    is_accessible()
    page.screenshot(path=tmp_path / "dialog.png")
    dialog.get_by_role("button", name="回答する").click()
    expect(card).to_have_count(0)

    page.get_by_role("link", name="「自分には合わない」としたもの（1）").click()
    expect(card).to_contain_text("年度末まで窓口が忙しいため")
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    is_accessible()
    page.screenshot(path=tmp_path / "declined.png", full_page=True)
    card.get_by_role("button", name="回答を取り消す").click()
    expect(
        page.get_by_text("「自分には合わない」と回答したプロジェクトはありません")
    ).to_be_visible()
    # One row of tabs; what was said no to is behind a link.
    expect(page.get_by_role("main").get_by_role("navigation")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 844})
    page.screenshot(path=tmp_path / "declined-phone.png", full_page=True)
    page.get_by_role("link", name="提案に戻る").click()
    expect(card).to_be_visible()
    page.screenshot(path=tmp_path / "list-phone.png")


def test_hr_reads_the_same_words_without_what_is_hidden_and_sees_who_is_interested(
    mine: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None], tmp_path: Path
) -> None:
    page = mine
    wanted, hidden = (row["project"] for row in asked(page, "me/")["results"][:2])
    page.goto(f"/projects/{wanted['key']}")
    fit = page.get_by_role("region", name="わたしとの適合")
    fit.get_by_role("button", name="関心がある").click()
    expect(fit).to_contain_text("「関心がある」と回答しました")
    is_accessible()
    page.screenshot(path=tmp_path / "project.png", full_page=True)
    page.goto("/suggestions")
    card_of(page, hidden["title"]).get_by_role("button", name="他の人に表示しない").click()
    expect(card_of(page, hidden["title"])).to_contain_text("他の人に表示しないようにしました")
    own = asked(page, "me/")

    page.context.clear_cookies()
    sign_in(HR)
    page.goto(f"/people/{ME}/suggestions")
    expect(
        page.get_by_role("heading", level=1, name=f"{own['person']['name']}さんへの")
    ).to_be_visible()
    expect(card_of(page, hidden["title"])).to_have_count(0)
    card = card_of(page, wanted["title"])
    for reason in own["results"][0]["reasons"]:
        expect(card).to_contain_text(reason["text"])
    expect(card.get_by_role("group", name=re.compile("への回答"))).to_have_count(0)
    is_accessible()
    page.screenshot(path=tmp_path / "person.png", full_page=True)
    page.goto(f"/projects/{wanted['key']}")
    people = page.get_by_role("region", name="関心のある職員（1人）")
    expect(people).to_contain_text(own["person"]["name"])
    is_accessible()


def test_a_project_is_proposed_from_what_is_done_today(
    mine: Page, is_accessible: Callable[[], None], tmp_path: Path
) -> None:
    page = mine
    page.goto("/suggestions")
    page.get_by_role("link", name="プロジェクトを提案する").click()
    templates = page.request.get(
        "/api/v1/projects/?status=template", headers={"Accept-Language": "ja"}
    ).json()["results"]
    like = templates[0]
    page.get_by_label("提案の名前").fill(like["title"])
    similar = page.get_by_role("region", name="似たプロジェクト")
    expect(similar).to_contain_text("同じ内容かもしれないプロジェクトがあります")
    expect(similar).to_contain_text(like["title"])

    page.get_by_role("button", name="提案する", exact=True).click()
    expect(page.get_by_text("入力を確認してください（5か所）")).to_be_visible()
    expect(page.get_by_label("いまの作業", exact=True)).to_be_focused()
    is_accessible()

    page.get_by_label("いまの作業", exact=True).fill("紙の申請書を1件ずつ打ち込んでいる。")
    page.get_by_label("困っている工程（任意）").fill("番号の転記を間違えやすい。")
    page.get_by_label("１年当たりの件数").fill("１，２００")
    page.get_by_label("１件当たりの時間（分）", exact=True).fill("15")
    page.get_by_label("似た施策").select_option(like["key"])
    expect(page.get_by_role("group", name="必要なスキル")).to_be_visible()
    page.get_by_label("実施後の１件当たりの時間（分）").fill("5")
    expect(page.get_by_text("約200時間の削減見込み")).to_be_visible()
    page.reload()
    expect(page.get_by_label("１年当たりの件数")).to_have_value("１，２００")
    expect(page.get_by_text("約200時間の削減見込み")).to_be_visible()
    is_accessible()
    page.screenshot(path=tmp_path / "proposal.png", full_page=True)

    page.get_by_role("button", name="提案する", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=like["title"])).to_be_visible()
    expect(page.get_by_text("の所属長の事前評価を待っています")).to_be_visible()
    expect(page.get_by_text("番号の転記を間違えやすい。")).to_be_visible()
    is_accessible()
    page.screenshot(path=tmp_path / "proposed.png", full_page=True)
    key = page.url.rpartition("/")[2]
    made = page.request.get(f"/api/v1/projects/{key}/").json()
    forecast = made["benefit"]["forecast"]
    assert (forecast["before"], forecast["saved"]) == (300, 200)
    page.goto("/projects/new")
    expect(page.get_by_label("提案の名前")).to_have_value("")


def test_the_pages_fit_a_phone(
    mine: Page, fits_a_phone: Callable[[str], None], tmp_path: Path
) -> None:
    page = mine
    for name, path in (("list", "/suggestions"), ("proposal", "/projects/new")):
        fits_a_phone(path)
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
