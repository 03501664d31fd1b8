"""Who knows part of a course shows it in a test and goes on where there is something to learn."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_first_light import CONTENT, answer, click, result_of

pytestmark = pytest.mark.browser

COURSE = tomllib.loads((CONTENT / "C107.toml").read_text(encoding="utf-8"))
RULED = tomllib.loads((CONTENT / "C108.toml").read_text(encoding="utf-8"))
KNOWN, UNKNOWN, LAST = COURSE["lessons"]
PROGRESSED = "http://adlnet.gov/expapi/verbs/progressed"
GRANTED = "テストで認定"


def fits(page: Page) -> None:
    """Nothing stands out beyond a narrow screen."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360, f"{page.url} is {width} px wide"


def open_test(page: Page) -> None:
    page.goto("/courses/C107")
    page.get_by_role("region", name=re.compile("すでにご存じの方へ|事前テストの結果")).get_by_role(
        "link", name=re.compile("事前テスト")
    ).click()
    for question in COURSE["test_out"]["activities"]:
        player = page.frame_locator(f'iframe[title*="{question["title_ja"]}"]')
        expect(player.get_by_role("button", name="チェック")).to_be_visible(timeout=60_000)


def test_what_is_passed_is_skipped_and_what_is_failed_is_not(
    page: Page,
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
    tmp_path: Path,
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(on_site("hr"))
    page.goto("/courses/C107")
    offer = page.get_by_role("region", name="すでにご存じの方へ")
    expect(offer).to_contain_text("事前テスト（約4分）")
    expect(offer.get_by_role("listitem")).to_have_text([KNOWN["title_ja"], UNKNOWN["title_ja"]])
    # Three lessons are learned from; the test is none of them.
    expect(page.get_by_role("region", name="学習の内容").get_by_role("listitem")).to_have_count(3)
    is_accessible()
    fits(page)
    page.screenshot(path=tmp_path / "offer.png", full_page=True)

    open_test(page)
    expect(page.get_by_text("最初の解答だけです")).to_be_visible()
    result = page.get_by_role("region", name="事前テストの結果")
    expect(result).to_contain_text("あと4問に解答すると")
    is_accessible()
    fits(page)
    # The first two questions are about one lesson, the others about the next.
    *right, last = COURSE["test_out"]["activities"]
    for question in right:
        answer(page, question)
    row = result.get_by_role("listitem")
    expect(row.filter(has_text=KNOWN["title_ja"])).to_contain_text(GRANTED)
    expect(row.filter(has_text=UNKNOWN["title_ja"])).to_contain_text("判定前")
    answer(page, last, rightly=False)
    expect(result).to_contain_text("1件のレッスンが認定されました。")
    expect(row.filter(has_text=UNKNOWN["title_ja"])).to_contain_text("学習が必要")
    is_accessible()
    fits(page)
    page.screenshot(path=tmp_path / "result.png", full_page=True)

    # Guessing again is practice.
    player = page.frame_locator(f'iframe[title*="{last["title_ja"]}"]')
    click(player.get_by_role("button", name="リトライ"))
    answer(page, last)
    expect(result_of(page, last)).to_contain_text("完了")
    expect(row.filter(has_text=UNKNOWN["title_ja"])).to_contain_text("学習が必要")

    # On from the first lesson that remains.
    click(page.get_by_role("link", name=f"続きのレッスンへ：{UNKNOWN['title_ja']}"))
    expect(page.get_by_role("heading", level=1, name=UNKNOWN["title_ja"])).to_be_visible()
    expect(page.get_by_text("第2回（全3回）")).to_be_visible()
    page.goto("/courses/C107")
    lessons = page.get_by_role("region", name="学習の内容").get_by_role("listitem")
    expect(lessons.filter(has_text=KNOWN["title_ja"])).to_contain_text(GRANTED)
    expect(lessons.filter(has_text=UNKNOWN["title_ja"])).not_to_contain_text(GRANTED)
    expect(page.get_by_role("link", name=f"続ける：{UNKNOWN['title_ja']}")).to_be_visible()
    fits(page)
    is_accessible()
    page.screenshot(path=tmp_path / "after.png", full_page=True)
    page.get_by_role("link", name=KNOWN["title_ja"], exact=True).first.click()
    expect(page.get_by_text("事前テストで受講が認定されています")).to_be_visible()
    page.screenshot(path=tmp_path / "granted.png", full_page=True)


def test_a_lesson_with_a_minimum_time_says_what_is_left_and_is_done_by_reading(
    page: Page,
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
    tmp_path: Path,
) -> None:
    timed, asked, _last = RULED["lessons"]
    learner = on_site("hr")
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(learner)
    page.goto(f"/courses/C108/lessons/{timed['key']}")
    expect(page.get_by_text("あと3分ほどお読みください")).to_be_visible()
    expect(page.get_by_role("button", name="読み終えた")).to_have_count(0)
    is_accessible()
    fits(page)
    # Long enough for a whole second; then the tab is closed.
    page.wait_for_timeout(1500)
    context = page.context
    page.close(run_before_unload=True)
    page = context.new_page()
    page.goto(f"/courses/C108/lessons/{asked['key']}")
    expect(page.get_by_text("設問に合格すると修了です", exact=True)).to_be_visible()
    portions = [row for row in on_site("statements_of", learner) if row["activity"] == timed["key"]]
    assert portions
    assert all(row["verb"] == PROGRESSED and row["duration"] for row in portions)
    assert len({row["duration"] for row in portions}) <= len(portions)

    on_site("read_lesson", learner, "C108", timed["key"], 165)
    page.goto(f"/courses/C108/lessons/{timed['key']}")
    expect(page.get_by_text("あと1分ほどお読みください")).to_be_visible()
    page.screenshot(path=tmp_path / "time.png", full_page=True)
    expect(page.locator("footer").get_by_text("修了しました")).to_be_visible(timeout=60_000)

    page.goto(f"/courses/C108/lessons/{asked['key']}")
    for question in asked["activities"]:
        answer(page, question)
    expect(page.locator("article footer").get_by_text("修了しました")).to_be_visible()
    expect(page.get_by_text("設問に合格すると修了です", exact=True)).to_have_count(0)


def test_authors_say_when_lessons_are_done_and_what_a_test_grants(
    page: Page,
    sign_in_to_admin: Callable[[str], None],
    is_accessible: Callable[[], None],
    on_site: Callable[..., Any],
    tmp_path: Path,
) -> None:
    sign_in_to_admin(on_site("hr"))
    page.goto(f"/admin/courses/{on_site('course_id', 'C107')}/grading/")
    test = COURSE["test_out"]["title_ja"]
    rule = page.get_by_label(f"「{test}」の修了の条件")
    expect(rule).to_have_value("test_out")
    expect(page.get_by_label(f"「{test}」の時間（分）")).to_have_value("4")
    first = page.get_by_role("group", name=COURSE["test_out"]["activities"][0]["title_ja"])
    expect(first.get_by_label(KNOWN["title_ja"])).to_be_checked()
    expect(first.get_by_label(UNKNOWN["title_ja"])).not_to_be_checked()
    is_accessible()
    page.screenshot(path=tmp_path / "grading.png", full_page=True)

    page.get_by_label(f"「{LAST['title_ja']}」の修了の条件").select_option("graded_passed")
    page.get_by_role("button", name="修了の条件を保存する").click()
    expect(page.get_by_text("1件の変更を下書きに保存しました。")).to_be_visible()
    expect(page.get_by_label(f"「{LAST['title_ja']}」の修了の条件")).to_have_value("graded_passed")
    # A rule that cannot be met is not taken.
    page.get_by_label(f"「{LAST['title_ja']}」の修了の条件").select_option("minimum_time")
    page.get_by_role("button", name="修了の条件を保存する").click()
    expect(page.get_by_text("時間（分）を入力してください。")).to_be_visible()
    is_accessible()
