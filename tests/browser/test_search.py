"""Searching what courses say, as a learner who remembers a word and not where it stood."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CONTENT = Path(__file__).resolve().parents[2] / "courses/starter/content"
COURSE = tomllib.loads((CONTENT / "C104.toml").read_text(encoding="utf-8"))
LEARNER = "001001"
# Each stands in one lesson of the starter content only, in katakana.
IN_A_LESSON, IN_A_QUESTION = "カンマ", "プログラムでそのまま"


def lesson_of(text: str, part: str) -> dict[str, Any]:
    """The one lesson that has the text in its blocks or its activities."""
    found: list[dict[str, Any]] = [item for item in COURSE["lessons"] if text in str(item[part])]
    assert len(found) == 1
    return found[0]


def search(page: Page, query: str) -> None:
    box = page.get_by_role("search").get_by_role("searchbox", name="研修コースを検索")
    box.fill(query)
    box.press("Enter")
    expect(page.get_by_role("heading", level=1, name=f"「{query}」の検索結果")).to_be_visible()


def test_a_word_of_a_lesson_or_a_question_is_found_in_any_kana(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in(LEARNER)
    for query, shown, lesson in (
        ("ｶﾝﾏ", IN_A_LESSON, lesson_of(IN_A_LESSON, "blocks")),
        ("ぷろぐらむでそのまま", IN_A_QUESTION, lesson_of(IN_A_QUESTION, "activities")),
    ):
        search(page, query)
        expect(
            page.get_by_role("status").get_by_text("1件のコースが見つかりました")
        ).to_be_attached()
        found = (
            page.get_by_role("main")
            .get_by_role("listitem")
            .filter(has=page.get_by_role("link", name=COURSE["title_ja"]))
        )
        expect(found.locator("mark").first).to_have_text(shown)
        is_accessible()
        found.get_by_role("link", name=lesson["title_ja"], exact=True).click()
        expect(page.get_by_role("heading", level=1, name=lesson["title_ja"])).to_be_visible()


def test_what_is_not_found_says_what_to_try_and_everything_fits_a_phone(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(LEARNER)
    search(page, "そんな言葉はない")
    expect(page.get_by_text("該当するコースはありませんでした。")).to_be_visible()
    expect(page.get_by_text("言葉を減らしてみてください")).to_be_visible()
    is_accessible()
    search(page, "データ")
    expect(page.get_by_role("main").locator("mark").first).to_be_visible()
    is_accessible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("そんな言葉はない")
