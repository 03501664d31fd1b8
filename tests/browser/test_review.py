"""From an author's draft past a guest without an account to what learners read; in Japanese."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import axe_finds_nothing
from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
# Mandatory for every tier: two persons approve it.
COURSE = tomllib.loads((ROOT / "courses/starter/content/C103.toml").read_text(encoding="utf-8"))
LESSON = COURSE["lessons"][0]
LEARNER = "001001"
GUEST = "専門家 佐久間"
FIRST, SECOND = "この一文は作成者が足しました。", "例を新しくしました。"
COMMENT, REASON = "例が少し古いようです", "本文の例を新しくしてください"


@pytest.fixture
def page_for(
    browser: Browser, browser_context_args: dict[str, object], site: str
) -> Iterator[Callable[[str], Page]]:
    """A page of a fresh browser: of somebody signed in to the admin, or "" for a stranger."""
    contexts = []
    faults: list[str] = []

    def open_page(username: str) -> Page:
        context = browser.new_context(**browser_context_args)  # type: ignore[arg-type]
        context.on("weberror", lambda error: faults.append(str(error.error)))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if username:
            page.goto("/admin/login/")
            page.locator("input[name=username]").fill(username)
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("button[type=submit]").click()
            page.wait_for_url("**/admin/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def accessible(page: Page, part: str | None = None) -> None:
    """axe on the page, or on our own part of a page of Wagtail's."""
    page.wait_for_timeout(250)
    axe_finds_nothing(page, part=part)


def edit_page_of(page: Page, title: str) -> None:
    """Open the editor of a page of the tree, found by the admin's search."""
    page.goto(f"/admin/pages/search/?q={title}")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/"))
    if not page.url.rstrip("/").endswith("edit"):
        page.goto(page.url.rstrip("/") + "/edit/")
    expect(page.locator("#id_title")).to_be_visible()


def click(locator: Locator) -> None:
    """Scroll there, look, and click: a click in the instant of a scroll over a frame of another
    origin lands where the target was before."""
    locator.evaluate("element => element.scrollIntoView({block: 'center'})")
    locator.page.wait_for_timeout(400)
    locator.click()


def choose_in_footer(page: Page, name: str) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("footer").get_by_role("button", name=name).click()


def write_and_submit(page: Page, text: str, note: str) -> None:
    """Add a sentence to the first text of the lesson and submit the course from there."""
    edit_page_of(page, LESSON["title_ja"])
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
    expect(editor).to_contain_text(text)
    page.wait_for_timeout(1000)  # the editor hands its text to the form a moment later
    choose_in_footer(page, "確認して審査に出す")
    page.wait_for_url("**/course-review/**/submit/")
    accessible(page, "main")
    expect(page.get_by_text("2人の承認が必要です")).to_be_visible()
    page.get_by_label("変更した点").fill(note)
    page.get_by_role("button", name="審査に出す").click()
    expect(page.get_by_text("このコースは審査中です。")).to_be_visible()


def open_lesson(page: Page) -> None:
    page.get_by_role("link", name=LESSON["title_ja"], exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name=LESSON["title_ja"])).to_be_visible()


def test_a_draft_reaches_learners_once_others_approved_it(
    page: Page, page_for: Callable[[str], Page], sign_in: Callable[[str], None]
) -> None:
    author, reviewer, guest = page_for("author2"), page_for("reviewer"), page_for("")
    write_and_submit(author, FIRST, "冒頭に一文を足した")

    # While it is under review the author cannot go on, and is told how to.
    edit_page_of(author, LESSON["title_ja"])
    expect(author.get_by_text("は審査中のため編集できません")).to_be_visible()
    expect(author.get_by_role("link", name="審査への提出").first).to_be_visible()

    # A reviewer gives a link to an outside expert.
    edit_page_of(reviewer, COURSE["title_ja"])
    page_id = re.search(r"/pages/(\d+)/", reviewer.url)
    assert page_id
    reviewer.goto(f"/admin/course-review/{page_id[1]}/links/")
    accessible(reviewer, "main")
    reviewer.get_by_label("審査担当の氏名").fill(GUEST)
    reviewer.get_by_label("承認と修正依頼を認める").check()
    reviewer.get_by_role("button", name="リンクを発行する").click()
    address = reviewer.get_by_label("アドレス", exact=True).input_value()
    accessible(reviewer, "main")

    # The guest, without an account, sees the draft as a learner would.
    guest.goto(address)
    expect(guest.get_by_role("heading", level=1, name=COURSE["title_ja"])).to_be_visible()
    bar = guest.get_by_role("region", name="研修コースの審査")
    expect(bar).to_contain_text(f"審査担当：{GUEST}")
    expect(bar).to_contain_text("承認 0／2人")
    accessible(guest)
    open_lesson(guest)
    expect(guest.get_by_text(FIRST)).to_be_visible()

    # … plays an activity, of which nothing is recorded …
    sent: list[str] = []
    guest.on("request", lambda request: sent.append(request.url))
    question = LESSON["activities"][0]
    player = guest.frame_locator(f'iframe[title*="{question["title_ja"]}"]')
    choice = player.get_by_role("radio", name="正しい" if question["correct"] else "誤り")
    click(choice)
    click(player.get_by_role("button", name="チェック"))
    expect(player.get_by_role("button", name="チェック")).to_be_hidden()
    guest.wait_for_timeout(1500)  # the time after which a learner's state would be sent
    assert [url for url in sent if "/xapi/" in url] == []

    # … comments on a block, with the keyboard …
    guest.get_by_role("button", name="ブロック1にコメントする").focus()
    guest.keyboard.press("Enter")
    guest.get_by_label("ブロック1への新しいコメント").focus()
    guest.keyboard.type(COMMENT)
    guest.keyboard.press("Tab")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("list", name="ブロック1へのコメントの一覧")).to_contain_text(COMMENT)
    expect(guest.get_by_role("button", name="ブロック1へのコメント（1件）")).to_be_visible()
    expect(guest.get_by_text("未解決のコメント 1件")).to_be_visible()
    accessible(guest)

    # … and asks for changes, which needs a reason.
    bar.get_by_role("button", name="修正を求める").click()
    dialog = guest.get_by_role("dialog", name="作成者に修正を求めますか")
    dialog.get_by_role("button", name="修正を求める").click()
    expect(dialog).to_contain_text("修正してほしい点を入力してください。")
    expect(dialog.get_by_label("修正してほしい点")).to_be_focused()
    accessible(guest)
    guest.keyboard.type(REASON)
    dialog.get_by_role("button", name="修正を求める").click()
    expect(dialog).to_be_hidden()
    expect(bar).to_contain_text("修正を依頼済み")
    expect(bar.get_by_role("button", name="承認する")).to_be_hidden()

    # The author finds the reason, and the comment beside its block in Wagtail's editor.
    author.goto(f"/admin/course-review/{page_id[1]}/submit/")
    expect(author.get_by_text(REASON)).to_be_visible()
    accessible(author, "main")
    edit_page_of(author, LESSON["title_ja"])
    author.get_by_role("button", name=re.compile("コメント.*切り替え|Toggle comments")).click()
    expect(author.get_by_text(COMMENT).first).to_be_visible()
    write_and_submit(author, SECOND, "例を新しくした")

    # Two employees approve, each on the learner's own screens.
    for role, given in (("reviewer", "0／2"), ("reviewer2", "1／2")):
        employee = reviewer if role == "reviewer" else page_for("reviewer2")
        employee.goto(f"/admin/course-review/{page_id[1]}/open/")
        bar = employee.get_by_role("region", name="研修コースの審査")
        expect(bar).to_contain_text(f"承認 {given}人")
        open_lesson(employee)
        expect(employee.get_by_text(SECOND)).to_be_visible()
        expect(employee.get_by_text(COMMENT)).to_be_visible()
        bar.get_by_role("button", name="承認する").click()
        employee.get_by_role("dialog").get_by_role("button", name="承認する").click()
        expect(employee.get_by_role("dialog")).to_be_hidden()
        if role == "reviewer":
            expect(bar).to_contain_text("あなたの承認は済んでいます。")
            # A learner still has what was there before.
            sign_in(LEARNER)
            page.goto(f"/courses/{COURSE['key']}")
            open_lesson(page)
            expect(page.get_by_text(SECOND)).to_be_hidden()
        else:
            expect(bar).to_contain_text("公開済み")

    page.reload()
    expect(page.get_by_text(SECOND)).to_be_visible()


def test_a_link_that_does_not_work_tells_nothing_and_says_whom_to_ask(page: Page) -> None:
    page.goto("/review/review_guess")
    expect(page.get_by_role("heading", name="このリンクは使えません")).to_be_visible()
    assert COURSE["title_ja"] not in page.content()
    accessible(page)


def test_the_review_works_on_a_phone(page_for: Callable[[str], Page]) -> None:
    page = page_for("reviewer")
    edit = page.request.get("/admin/api/main/pages/?search=" + COURSE["title_ja"])
    page_id = edit.json()["items"][0]["id"]
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/admin/course-review/{page_id}/open/")
    expect(page.get_by_role("heading", level=1, name=COURSE["title_ja"])).to_be_visible()
    open_lesson(page)
    page.get_by_role("button", name="レッスン全体にコメントする").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    accessible(page)
