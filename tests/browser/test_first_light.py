"""The employee's, HR's and the author's way through the product, by role and label."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
LEARNER, LEARNER_NAME = "001001", "熊谷 健"
HR = "001017"
CONTENT = ROOT / "courses/starter/content"
COURSE = tomllib.loads((CONTENT / "C104.toml").read_text(encoding="utf-8"))
SKILL = "データを扱う"


def answer(page: Page, activity: dict[str, Any], *, rightly: bool = True) -> None:
    """Click an answer in the real H5P activity and have it checked."""
    player = page.frame_locator(f'iframe[title*="{activity["title_ja"]}"]')
    says_true = activity["correct"] if rightly else not activity["correct"]
    choice = player.get_by_role("radio", name="正しい" if says_true else "誤り")
    click(choice)
    expect(choice).to_be_checked()
    click(player.get_by_role("button", name="チェック"))
    expect(player.get_by_role("button", name="チェック")).to_be_hidden()


def click(locator: Locator) -> None:
    """Scroll there, look, and click, as a person does.

    Chromium aims a click by the last picture it drew; one that comes in the same instant as a
    scroll over frames of another origin lands where the target was before.
    """
    locator.evaluate("element => element.scrollIntoView({block: 'center'})")
    locator.page.wait_for_timeout(400)
    locator.click()


def share(page: Page) -> int:
    """The course's progress as the bar says it, in percent."""
    bar = page.get_by_role("progressbar", name=re.compile(COURSE["title_ja"]))
    return round(float(bar.get_attribute("aria-valuenow") or ""))


def result_of(page: Page, activity: dict[str, Any]) -> Locator:
    return page.get_by_role("region", name=re.compile(activity["title_ja"]))


def test_an_answered_question_reaches_my_skills_and_hrs_matrix(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    page.goto("/login")
    is_accessible()
    sign_in(LEARNER)

    # The courses that tier and role make mine, with due dates and progress.
    expect(page.get_by_role("heading", name="やること")).to_be_visible()
    expect(page.get_by_text(re.compile("^期限 ")).first).to_be_visible()
    is_accessible()
    page.get_by_role("link", name=COURSE["title_ja"], exact=True).click()
    expect(page.get_by_role("heading", level=1, name=COURSE["title_ja"])).to_be_visible()
    is_accessible()

    # A wrong answer moves nothing, the right one moves the bar.
    first = COURSE["lessons"][0]
    page.get_by_role("link", name=first["title_ja"], exact=True).click()
    question = first["activities"][0]
    answer(page, question, rightly=False)
    expect(result_of(page, question)).to_contain_text("未合格")
    assert share(page) == 0
    is_accessible()
    player = page.frame_locator(f'iframe[title*="{question["title_ja"]}"]')
    click(player.get_by_role("button", name="リトライ"))
    expect(player.get_by_role("radio", name="正しい")).to_be_enabled()
    answer(page, question)
    expect(result_of(page, question)).to_contain_text("完了")
    expect(page.get_by_text(re.compile("進捗が.+になりました"))).to_be_attached()
    assert share(page) > 0

    # Finish it: every question, every lesson.
    for n, lesson in enumerate(COURSE["lessons"]):
        for activity in lesson["activities"]:
            if activity is not question:
                answer(page, activity)
                expect(result_of(page, activity)).to_contain_text("完了")
        for exercise in lesson.get("exercises", ()):
            page.get_by_label("ファイルを選ぶ").set_input_files(CONTENT / exercise["expected"])
            page.get_by_role("button", name="提出して採点する").click()
            expect(result_of(page, exercise)).to_contain_text("完了")
        click(page.get_by_role("button", name="読み終えた"))
        if n + 1 < len(COURSE["lessons"]):
            click(page.get_by_role("link", name=re.compile("^次のレッスンへ")))
            following = COURSE["lessons"][n + 1]["title_ja"]
            expect(page.get_by_role("heading", level=1, name=following)).to_be_visible()
    expect(page.get_by_text("を修了しました。お疲れさまでした。")).to_be_visible()
    assert share(page) == 100

    # My skills: the level against my tier's target, and where it came from.
    click(page.get_by_role("link", name="わたしのスキルを見る"))
    page.wait_for_url("**/skills")
    row = page.get_by_role("row").filter(has_text=re.compile(f"^{SKILL}"))
    expect(row.get_by_role("cell").nth(0)).to_have_text("2")
    expect(row.get_by_role("cell").nth(1)).to_have_text("2")
    expect(row).to_contain_text("目標に到達")
    expect(row).to_contain_text(COURSE["title_ja"])
    is_accessible()
    row.get_by_role("link", name=SKILL).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(COURSE["title_ja"])
    expect(dialog).to_contain_text("このレベルの根拠")
    is_accessible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    # My suggestions, best first, each with its reasons and the course that closes a gap.
    page.get_by_role("link", name="DXプロジェクト", exact=True).click()
    expect(page.get_by_text("第1位")).to_be_visible()
    best = page.get_by_role("listitem").filter(has_text="第1位").first
    for group in ("満たしている", "あと1レベル", "不足"):
        expect(best.get_by_text(re.compile(f"^{group}")).first).to_be_visible()
    scores = [
        float(match[1])
        for text in page.get_by_text(re.compile(r"^\d+(\.\d+)?%$")).all_inner_texts()
        if (match := re.match(r"([\d.]+)%", text))
    ]
    assert scores == sorted(scores, reverse=True)
    closes = page.get_by_text(re.compile("研修「.+」（目安.+）を修了すると満たせます。"))
    title = closes.first.inner_text().removeprefix("研修").split("（目安")[0]
    expect(page.get_by_role("link", name=f"{title}を開く").first).to_be_visible()
    is_accessible()
    page.get_by_role("button", name="サインアウト").click()

    # HR: the matrix, filtered; a click on the cell explains it.
    sign_in(HR)
    page.get_by_role("link", name="スキルマトリクス").click()
    expect(page.get_by_role("heading", level=1, name="スキルマトリクス")).to_be_visible()
    is_accessible()
    page.get_by_label("部署").select_option(value="0404")  # 国保年金課
    page.get_by_label("職層").select_option(label="主任")
    # The rows of this choice, not those of the one before, which are pale until it is there.
    page.wait_for_url(re.compile("tier="))
    expect(page.locator("#main [aria-busy=true]")).to_have_count(0)
    cell = page.get_by_role("gridcell", name=re.compile(f"^{LEARNER_NAME}、{SKILL}、レベル2"))
    cell.click()
    expect(dialog).to_contain_text(COURSE["title_ja"])
    expect(dialog).to_contain_text("有効な根拠のうち最も高いレベル")
    expect(dialog).to_contain_text("期限なし")
    is_accessible()
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell).not_to_be_focused()


def test_an_author_edits_courses_and_sees_nothing_about_people(
    page: Page, on_site: Callable[..., Any]
) -> None:
    page.goto("/admin/")
    page.get_by_label("ユーザー名").fill("author2")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインイン").click()
    menu = page.get_by_role("navigation", name="メインメニュー")
    expect(menu.get_by_role("button", name="研修コース")).to_be_visible()
    assert re.findall("(?m)職員|発令|ユーザー|Users|^設定|Settings|スキル", menu.inner_text()) == []

    # A course page of their section is theirs to edit; a draft changes nothing for learners.
    strange = f"/admin/pages/{on_site('course_page_of', 'C105')}/edit/"
    assert page.request.get(strange, max_redirects=0).status in {302, 403}
    page.goto(f"/admin/pages/{on_site('course_page_of', COURSE['key'])}/edit/")
    title = page.get_by_role("textbox", name=re.compile("^タイトル"))
    expect(title).to_have_value(COURSE["title_ja"])
    title.fill(f"{COURSE['title_ja']}（改訂案）")
    page.get_by_role("button", name="下書きを保存").click()
    expect(page.get_by_text(re.compile("（改訂案）.*更新しました")).first).to_be_visible()

    # People, users and settings are not the author's, by address either.
    for path in ("/admin/users/", "/admin/groups/", "/admin/sites/", "/admin/snippets/lms_core/"):
        assert page.request.get(path, max_redirects=0).status in {302, 403, 404}, path
    for path in ("skills/matrix/", "skills/me/", "learning/", f"skills/cells/{LEARNER}/L-D3/"):
        assert page.request.get(f"/api/v1/{path}").status in {403, 404}, path


def test_an_employee_cannot_open_hrs_or_others_pages(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    sign_in(LEARNER)
    page.goto("/matrix")
    expect(page.get_by_role("heading", name="このページを見る権限がありません")).to_be_visible()
    is_accessible()
    page.goto("/courses/C401")
    expect(page.get_by_role("heading", name="ページが見つかりません")).to_be_visible()
    answer = page.request.get(f"/api/v1/skills/cells/{HR}/L-D3/")
    assert answer.status == 404
    assert HR not in answer.text()


def test_the_pages_work_on_a_phone(
    page: Page, sign_in: Callable[[str], None], is_accessible: Callable[[], None]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(LEARNER)
    for path in ("/", "/courses/C101", "/skills", "/suggestions"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{path} is {width} px wide"
        is_accessible()


def test_english_is_complete(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(LEARNER)
    page.get_by_role("button", name="English").or_(page.get_by_role("link", name="English")).click()
    expect(page.get_by_role("heading", name="To do")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/skills")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    text = page.locator("main").inner_text()
    assert re.findall(r"[ぁ-んァ-ヶ一-龠]{2,}", text) == []


def test_nothing_is_left_on_the_content_origin(
    page: Page, sign_in: Callable[[str], None], site: str
) -> None:
    """The player's host has no cookie, and knows neither the client nor the API."""
    sign_in(LEARNER)
    page.goto("/courses/C101")
    page.get_by_role("link", name=re.compile("^(始める|続ける)")).first.click()
    page.frame_locator("iframe").first.get_by_role("button", name="チェック").wait_for()
    content = site.replace("localhost", "127.0.0.1")
    assert [item for item in page.context.cookies() if item["domain"] == "127.0.0.1"] == []
    for path in ("/", "/api/v1/me/", "/admin/", "/_allauth/browser/v1/auth/session"):
        assert page.request.get(content + path).status == 404
    frame = page.frames[-1]
    assert frame.evaluate("window.origin") == "null"
    stolen = frame.evaluate(
        """() => { try { return parent.document.title } catch (error) { return error.name } }"""
    )
    assert stolen == "SecurityError"


def test_an_answer_is_still_there_on_another_visit(
    page: Page, sign_in: Callable[[str], None]
) -> None:
    """The activity resumes where it was left, and so does the course."""
    sign_in("001028")
    lesson = COURSE["lessons"][1]
    page.goto(f"/courses/{COURSE['key']}/lessons/{lesson['key']}")
    question = lesson["activities"][0]
    answer(page, question)
    expect(result_of(page, question)).to_contain_text("完了")
    page.wait_for_timeout(1500)  # the state is sent a second after the last change
    page.reload()
    player = page.frame_locator(f'iframe[title*="{question["title_ja"]}"]')
    kept = player.get_by_role("radio", name="正しい" if question["correct"] else "誤り")
    expect(kept).to_be_checked()
    expect(result_of(page, question)).to_contain_text("完了")
