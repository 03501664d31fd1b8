"""Nothing a learner did is lost: tab closed, network gone, session over, another machine."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.test_first_light import CONTENT, answer, click, result_of

pytestmark = pytest.mark.browser

COURSE = tomllib.loads((CONTENT / "C102.toml").read_text(encoding="utf-8"))
ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
WAITING = "学習の記録をまだ送信できていません"


def open_lesson(page: Page, lesson: dict[str, Any], course: dict[str, Any] = COURSE) -> None:
    page.goto(f"/courses/{course['key']}/lessons/{lesson['key']}")
    for activity in lesson["activities"]:
        player = page.frame_locator(f'iframe[title*="{activity["title_ja"]}"]')
        expect(player.get_by_role("button", name="チェック")).to_be_visible(timeout=60_000)


def answers_of(on_site: Callable[..., Any], learner: str, lesson: dict[str, Any]) -> list[str]:
    """Keys of the activities answered, in the order they were stored."""
    keys = {activity["key"] for activity in lesson["activities"]}
    rows = on_site("statements_of", learner)
    return [row["activity"] for row in rows if row["verb"] == ANSWERED and row["activity"] in keys]


def test_answers_given_offline_arrive_once_each_though_the_tab_was_closed(
    page: Page, context: BrowserContext, sign_in: Callable[[str], None], on_site: Callable[..., Any]
) -> None:
    lesson = COURSE["lessons"][0]
    sign_in("001028")
    open_lesson(page, lesson)
    before = answers_of(on_site, "001028", lesson)

    context.set_offline(True)
    for activity in lesson["activities"]:
        answer(page, activity)
    banner = page.get_by_role("alert").filter(has_text=WAITING)
    expect(banner).to_contain_text("このブラウザーに保存しています")
    page.close()
    assert answers_of(on_site, "001028", lesson) == before

    context.set_offline(False)
    page = context.new_page()
    open_page_and_wait(page, lesson)
    for activity in lesson["activities"]:
        expect(result_of(page, activity)).to_contain_text("完了")
    expect(page.get_by_text(WAITING)).to_have_count(0)
    expected = [activity["key"] for activity in lesson["activities"]]
    # Stored in one request: of the order among them the moment of storing says nothing.
    assert sorted(answers_of(on_site, "001028", lesson)) == sorted([*before, *expected])
    # The exercise is as it was left, too: its state could not be saved then.
    first = lesson["activities"][0]
    player = page.frame_locator(f'iframe[title*="{first["title_ja"]}"]')
    expect(
        player.get_by_role("radio", name="正しい" if first["correct"] else "誤り")
    ).to_be_checked(timeout=60_000)
    # That the exercise was opened again is a statement, too: it waits until it has arrived.
    page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('lms:'))")


def open_page_and_wait(page: Page, lesson: dict[str, Any], course: dict[str, Any] = COURSE) -> None:
    page.goto(f"/courses/{course['key']}/lessons/{lesson['key']}")
    expect(page.get_by_role("heading", level=1, name=lesson["title_ja"])).to_be_visible()


def test_what_the_session_did_not_take_is_sent_after_signing_in_again(
    page: Page, context: BrowserContext, sign_in: Callable[[str], None], on_site: Callable[..., Any]
) -> None:
    lesson = COURSE["lessons"][1]
    question = lesson["activities"][0]
    sign_in("001028")
    open_lesson(page, lesson)
    before = answers_of(on_site, "001028", lesson)
    player = page.frame_locator(f'iframe[title*="{question["title_ja"]}"]')
    click(player.get_by_role("radio", name="正しい" if question["correct"] else "誤り"))
    page.wait_for_timeout(1500)  # what the choice itself sends is on its way

    context.clear_cookies(name="sessionid")
    click(player.get_by_role("button", name="チェック"))
    page.wait_for_url("**/login**")

    # Somebody else signs in at the counter meanwhile: it is not theirs.
    sign_in("001017")
    expect(page.get_by_role("heading", name="やること")).to_be_visible()
    page.get_by_role("button", name="サインアウト").click()
    page.wait_for_url("**/login**")
    assert answers_of(on_site, "001017", lesson) == []

    sign_in("001028")
    open_page_and_wait(page, lesson)
    expect(result_of(page, question)).to_contain_text("完了")
    assert answers_of(on_site, "001028", lesson) == [*before, question["key"]]


def test_another_machine_goes_on_where_this_one_stopped(
    page: Page,
    browser: Browser,
    browser_context_args: dict[str, Any],
    sign_in: Callable[[str], None],
) -> None:
    course = tomllib.loads((CONTENT / "C101.toml").read_text(encoding="utf-8"))
    lesson = course["lessons"][0]
    question = lesson["activities"][0]
    sign_in("001028")
    open_lesson(page, lesson, course)
    player = page.frame_locator(f'iframe[title*="{question["title_ja"]}"]')
    name = "正しい" if question["correct"] else "誤り"
    click(player.get_by_role("radio", name=name))
    with page.expect_response(lambda response: response.request.method == "PUT"):
        click(player.get_by_role("button", name="チェック"))

    other = browser.new_context(**browser_context_args)
    try:
        elsewhere = other.new_page()
        elsewhere.goto("/login")
        elsewhere.get_by_label("職員番号").fill("001028")
        elsewhere.get_by_label("パスワード", exact=True).fill(PASSWORD)
        elsewhere.get_by_role("button", name="サインイン").click()
        elsewhere.wait_for_url(lambda url: "/login" not in url)
        open_page_and_wait(elsewhere, lesson, course)
        player = elsewhere.frame_locator(f'iframe[title*="{question["title_ja"]}"]')
        expect(player.get_by_role("radio", name=name)).to_be_checked(timeout=60_000)
        expect(result_of(elsewhere, question)).to_contain_text("完了")
    finally:
        other.close()
