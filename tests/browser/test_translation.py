"""An author translates a course side by side, and compares its versions; in Japanese."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser

# A course that no other browser test changes: they share one site.
COURSE = tomllib.loads((ROOT / "courses/starter/content/C106.toml").read_text(encoding="utf-8"))
LESSON = COURSE["lessons"][0]
ACTIVITY = LESSON["activities"][0]


def row(page: Page, source: str) -> Any:
    return page.get_by_role("row").filter(has=page.get_by_text(source, exact=True)).first


def left(page: Page) -> int:
    return int(page.locator("summary [data-count=untranslated]").inner_text())


def save(page: Page, said: str = "保存しました。") -> None:
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible(timeout=30_000)


def test_an_author_translates_and_compares(
    page: Page,
    sign_in_to_admin: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
) -> None:
    course_page = on_site("course_page_of", COURSE["key"])
    sign_in_to_admin(on_site("author_of", COURSE["key"]))
    page.goto(f"/admin/pages/{course_page}/edit/")
    page.get_by_role("button", name="操作").first.click()
    page.get_by_role("link", name="日英対訳").click()
    is_accessible()
    page.get_by_role("button", name="翻訳を始める").click()
    expect(page.get_by_text("未訳の箇所")).to_be_visible()
    page.reload()  # without Wagtail's message, whose colours are Wagtail's
    is_accessible()

    # A text of a lesson, from the list of what is not translated.
    before = left(page)
    page.locator("[data-untranslated]").get_by_role("link", name=LESSON["title_ja"]).click()
    expect(page.locator("textarea:focus")).to_have_count(1)
    assert page.locator("textarea:focus").get_attribute("lang") == "en"
    page.keyboard.type("Lesson one in English")
    expect(page.get_by_role("status").filter(has_text="未保存：1件")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("保存しました。", exact=True)).to_be_visible(timeout=30_000)
    assert left(page) == before - 1
    listed = page.locator("[data-untranslated]").get_by_role("link", name=LESSON["title_ja"])
    expect(listed.first).to_be_hidden()

    # The texts of its H5P question; tags that the question does not have are refused.
    question = row(page, ACTIVITY["question_ja"])
    question.get_by_role("textbox").fill("This is <u>true</u>.")
    save(page, "印の付いた1件を除いて保存しました。")
    expect(question).to_contain_text("原文にないタグがあります：<u>")
    expect(question.get_by_role("textbox")).to_be_focused()
    is_accessible()
    question.get_by_role("textbox").fill("A translated statement.")
    feedback = row(page, ACTIVITY["feedback_correct_ja"])
    feedback.get_by_role("textbox").fill("Quite right.")
    save(page)
    expect(question).to_contain_text("翻訳済み")
    assert left(page) == before - 3

    # It plays in English.
    page.locator(f"#activity-{ACTIVITY['key']}").scroll_into_view_if_needed()
    section = page.locator(f"[data-section='activity-{ACTIVITY['key']}']")
    section.get_by_text("訳文のアクティビティを再生").click()
    player = section.frame_locator("iframe")
    expect(player.get_by_text("A translated statement.")).to_be_visible(timeout=30_000)
    expect(player.get_by_role("button", name="Check")).to_be_visible()
    expect(player.get_by_text("True", exact=True)).to_be_visible()

    # What is saved is there again, and only what is left can be shown.
    page.reload()
    expect(row(page, LESSON["title_ja"]).get_by_role("textbox")).to_have_value(
        "Lesson one in English"
    )
    page.get_by_role("radio", name="未訳").check()
    expect(page.locator("[data-state=translated]:visible")).to_have_count(0)
    is_accessible()

    # The original changes: its translation is out of date.
    on_site("draft_lesson_title", COURSE["key"], LESSON["key"], "新しい題名")
    page.reload()
    page.get_by_role("radio", name="要更新").check()
    expect(row(page, "新しい題名")).to_contain_text("要更新")
    expect(row(page, "新しい題名").get_by_role("textbox")).to_have_value("Lesson one in English")

    # Two versions side by side.
    on_site("publish", COURSE["key"])
    page.goto(f"/admin/course-versions/{course_page}/")
    is_accessible()
    page.get_by_role("link", name=re.compile("前の版と比較")).first.click()
    changes = page.get_by_role("article").filter(has_text="新しい題名")
    expect(changes.locator(".is-before")).to_have_text(re.compile(LESSON["title_ja"]))
    expect(changes.locator(".is-before .addition")).to_be_hidden()
    expect(changes.locator(".is-after .addition")).to_have_text("新しい題名")
    is_accessible()

    # And back.
    page.goto(f"/admin/course-versions/{course_page}/")
    page.get_by_role("link", name=re.compile("この版を下書きに戻す")).last.click()
    expect(page.get_by_role("listitem").filter(has_text=LESSON["title_ja"])).to_be_visible()
    is_accessible()
    page.get_by_role("button", name="この版を下書きに戻す").click()
    expect(page.get_by_text("第1版を下書きに戻しました")).to_be_visible()
    page.get_by_role("link", name=re.compile("現在の下書きと比較")).last.click()
    expect(page.get_by_role("article")).to_have_count(0)
