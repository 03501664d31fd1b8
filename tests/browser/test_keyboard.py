"""The learner's main way with Tab, Enter and Space, and nothing else."""

import re
import tomllib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.test_first_light import CONTENT, result_of

pytestmark = pytest.mark.browser

LEARNER = "001017"
COURSE = tomllib.loads((CONTENT / "C107.toml").read_text(encoding="utf-8"))
LESSON, QUESTION = next(
    (lesson, activity)
    for lesson in COURSE["lessons"]
    for activity in lesson["activities"]
    if activity.get("correct") is True
)


def test_from_signing_in_to_an_answer_and_back(page: Page, keyboard: Callable[..., None]) -> None:
    page.goto("/login")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    keyboard("職員番号", "")
    page.keyboard.insert_text(LEARNER)
    keyboard("パスワード", "")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^受講できる研修"))).to_be_visible()

    keyboard(COURSE["title_ja"])
    expect(page.get_by_role("heading", level=1, name=COURSE["title_ja"])).to_be_visible()
    keyboard(LESSON["title_ja"])
    expect(page.get_by_role("heading", level=1, name=LESSON["title_ja"])).to_be_visible()
    player = page.frame_locator(f'iframe[title*="{QUESTION["title_ja"]}"]')
    expect(player.get_by_role("button", name="チェック")).to_be_visible(timeout=60_000)

    # Several exercises look alike: the way goes on until it is in this one.
    right = player.get_by_role("radio", name="正しい")
    for _ in LESSON["activities"]:
        keyboard("正しい", "")
        if right.evaluate("element => element === element.ownerDocument.activeElement"):
            break
    page.keyboard.press("Space")
    expect(right).to_be_checked()
    keyboard("チェック")
    expect(result_of(page, QUESTION)).to_contain_text("完了")

    # Out of the player again, on through the page, and home by its header.
    keyboard("DX Academy")
    expect(page.get_by_role("region", name="次にやること")).to_contain_text(COURSE["title_ja"])
