"""The hands-on data exercise, as a learner and as its author: download, clean, hand in, read."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_finds_nothing

pytestmark = pytest.mark.browser

CONTENT = Path(__file__).resolve().parents[2] / "courses/starter/content"
COURSE = tomllib.loads((CONTENT / "C104.toml").read_text(encoding="utf-8"))
LESSON = next(lesson for lesson in COURSE["lessons"] if "exercises" in lesson)
EXERCISE = LESSON["exercises"][0]
EXPECTED = (CONTENT / EXERCISE["expected"]).read_bytes()
LEARNER, COLLEAGUE, AUTHOR = "001028", "001017", "author2"


def half_cleaned(messy: bytes) -> bytes:
    """What somebody has after the first round: UTF-8, one header, but dates as they were."""
    lines = messy.decode("cp932").split("\r\n")
    header = EXPECTED.decode("utf-8-sig").split("\r\n")[0]
    return "\r\n".join([header, *lines[3:]]).encode()


def hand_in(page: Page, name: str, data: bytes) -> None:
    page.get_by_label("ファイルを選ぶ").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )
    expect(page.get_by_text(f"選んだファイル：{name}")).to_be_visible()
    page.get_by_role("button", name="提出して採点する").click()


def test_a_learner_cleans_a_table_in_two_rounds(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in(LEARNER)
    page.goto(f"/courses/{COURSE['key']}/lessons/{LESSON['key']}")
    frame = page.get_by_role("region", name=re.compile(EXERCISE["title_ja"]))
    expect(frame.get_by_text("未実施")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="ファイルをダウンロード").click()
    assert download.value.suggested_filename == EXERCISE["messy_name"]
    messy = Path(download.value.path()).read_bytes()
    assert messy == (CONTENT / EXERCISE["messy"]).read_bytes()
    page.get_by_text("採点するルールと理由").click()
    expect(page.get_by_text("日付を「2022-10-19」の形で書く")).to_be_visible()
    is_accessible()

    # Something that is no table is told apart before and after it is sent.
    page.get_by_label("ファイルを選ぶ").set_input_files(
        {"name": "表.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    expect(page.get_by_text("この形式のファイルは提出できません")).to_be_visible()
    hand_in(page, "別の表.csv", b"a,b\r\n1,2\r\n")
    expect(page.get_by_role("alert")).to_contain_text("列（イベントID")

    hand_in(page, "途中.csv", half_cleaned(messy))
    result = page.get_by_role("heading", name="1回目の結果")
    expect(result).to_be_visible()
    expect(result).to_be_focused()
    expect(page.get_by_text(re.compile("^採点が終わりました。"))).to_be_attached()
    report = page.get_by_role("main")
    rule = report.locator("details", has=page.get_by_role("heading", name="日付を「2022-10-19」"))
    if rule.get_attribute("open") is None:
        rule.locator("summary").click()
    expect(rule.get_by_text("日付が和暦で書かれています。").first).to_be_visible()
    expect(rule.get_by_text("令和４年10月19日").first).to_be_visible()
    expect(rule.get_by_text("「2022-10-19」と書いてください。").first).to_be_visible()
    is_accessible()
    page.get_by_role("button", name="行の順").click()
    expect(page.get_by_text("2行目").first).to_be_visible()
    is_accessible()

    page.get_by_role("button", name="ルール別").click()
    hand_in(page, "完成.csv", EXPECTED)
    expect(page.get_by_role("heading", name="2回目の結果")).to_be_focused()
    expect(page.get_by_text("すべてのルールを満たしています。")).to_be_visible()
    expect(page.get_by_role("meter", name="得点")).to_have_attribute("aria-valuenow", "100")
    expect(frame.get_by_text("完了", exact=True)).to_be_visible()
    bar = page.get_by_role("progressbar", name=re.compile(COURSE["title_ja"]))
    expect(bar).not_to_have_attribute("aria-valuenow", "0")
    is_accessible()

    # What was handed in before is still there: its report and the file itself.
    page.get_by_role("button", name=re.compile("^結果を見る")).click()
    expect(page.get_by_role("heading", name="1回目の結果")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("途中.csv")).click()
    assert Path(download.value.path()).read_bytes() == half_cleaned(messy)

    # On a telephone nothing runs out of the page.
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    is_accessible()

    # A colleague sees nothing of it.
    page.context.clear_cookies()
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(COLLEAGUE)
    page.goto(f"/courses/{COURSE['key']}/lessons/{LESSON['key']}")
    expect(page.get_by_text("未実施").first).to_be_visible()
    base = f"/api/v1/courses/{COURSE['key']}/exercises/{EXERCISE['key']}/attempts/1/"
    for address in (base, base + "file/"):
        assert page.request.get(address).status == 404


def test_the_author_sees_what_both_files_get(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(AUTHOR)
    page.goto("/admin/data-exercises/")
    page.get_by_role("link", name=EXERCISE["title_ja"]).click()
    page.get_by_role("button", name="試しに採点する").click()
    tried = page.get_by_role("complementary", name="二つのファイルの採点結果")
    expect(tried.get_by_text("100%")).to_be_visible()
    expect(tried.get_by_text("文字コードがShift_JIS（CP932）です。")).to_be_visible()
    axe_finds_nothing(page, part=".exercise-editor")

    # A new one, its columns read from the expected file.
    page.goto("/admin/data-exercises/new/")
    page.locator('[name="course"]').select_option(label=COURSE["title_ja"])
    page.get_by_label("題名（日本語）").fill("演習の下書き")
    page.get_by_label("課題（日本語）").fill("整えてください。")
    page.locator('[name="messy"]').set_input_files(CONTENT / EXERCISE["messy"])
    page.locator('[name="expected"]').set_input_files(CONTENT / EXERCISE["expected"])
    page.get_by_role("button", name="正解のファイルから列を読み取る").click()
    expect(page.locator(".exercise-column")).to_have_count(len(EXERCISE["columns"]))
    expect(page.locator('[name="columns-3-type"]')).to_have_value("date")
    page.get_by_role("button", name="下書きを保存").click()
    expect(page.get_by_text("下書きを保存しました。")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("演習の下書き"))).to_be_visible()
