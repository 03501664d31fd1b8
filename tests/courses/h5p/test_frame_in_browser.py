"""The whole way of one answer in real Chromium: other origin, real player, real content type."""

import os
import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Playwright, Request, Route, expect

from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.selectors import player_url
from courses.h5p.services import create_content

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright keeps an event loop in this thread; the ORM is used between its calls, not inside.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
IRI = "urn:uuid:6f8a2f0e-4a55-4f3a-9a6c-7f1f4f2b9d11"


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    executable = os.environ.get("LMS_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None
    )
    if executable is None:
        pytest.fail("No Chromium: name one in LMS_CHROMIUM.")
    with playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS) as browser:
        yield browser


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    port = live_server.thread.port
    settings.ROOT_URLCONF = "tests.courses.h5p.embedding_site"
    settings.LMS_COURSES_SITE_ORIGINS = [f"http://localhost:{port}"]
    settings.LMS_COURSES_CONTENT_ORIGIN = f"http://127.0.0.1:{port}"
    return f"http://localhost:{port}"


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(locale="ja-JP")
    page = context.new_page()
    requested: list[str] = []

    def note(request: Request) -> None:
        requested.append(request.url)

    page.on("request", note)
    yield page
    own = (site, site.replace("localhost", "127.0.0.1"), "data:", "blob:")
    assert [url for url in requested if not url.startswith(own)] == []
    assert context.cookies() == []
    context.close()


@pytest.fixture
def content(site: str, true_false: H5PLibrary, question: dict[str, Any]) -> H5PContent:
    return create_content(library=true_false, params=question, title="確認", language="ja")


def show(page: Page, site: str, content: H5PContent, *, state: str = "") -> FrameLocator:
    """Opens a page of the site that shows the player."""
    query = urlencode({"src": player_url(content=content), "state": state, "iri": IRI})
    page.goto(f"{site}/page/?{query}")
    return page.frame_locator("#frame")


def wait_for(page: Page, condition: str) -> Any:
    return page.wait_for_function(condition, timeout=30_000).json_value()


def said(page: Page, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(
        "kind => said.filter(message => message.type === kind)", kind
    )
    return found


def answer_rightly(page: Page, frame: FrameLocator) -> None:
    wait_for(page, "said.some(message => message.type === 'rendered')")
    frame.get_by_role("radio", name="○").click()
    frame.locator(".h5p-question-check-answer").click()
    wait_for(page, f"said.some(message => message.statement?.verb.id === '{ANSWERED}')")


def test_a_right_answer_arrives_with_its_score_and_the_state(
    page: Page, site: str, content: H5PContent
) -> None:
    frame = show(page, site, content)
    answer_rightly(page, frame)

    verbs = [message["statement"]["verb"]["id"] for message in said(page, "statement")]
    assert verbs[0] == "http://adlnet.gov/expapi/verbs/attempted"
    statement = said(page, "statement")[-1]["statement"]
    assert statement["verb"]["id"] == ANSWERED
    assert statement["object"]["id"] == IRI
    assert statement["result"]["score"] == {"min": 0, "raw": 1, "max": 1, "scaled": 1}
    wait_for(page, "said.some(message => message.type === 'state')")
    assert said(page, "state")[-1]["data"] == '{"answer":true}'
    assert {message["origin"] for message in said(page, "statement")} == {"null"}
    assert said(page, "error") == []


def test_the_exercise_speaks_japanese_and_says_so(
    page: Page, site: str, content: H5PContent
) -> None:
    frame = show(page, site, content)
    wait_for(page, "said.some(message => message.type === 'rendered')")

    expect(frame.locator(".h5p-question-check-answer")).to_contain_text("チェック")
    expect(frame.get_by_role("radio", name="×")).to_be_visible()
    expect(frame.locator("html")).to_have_attribute("lang", "ja")
    assert wait_for(page, "said.find(message => message.type === 'resize')")["height"] > 100


def test_a_saved_state_is_restored(page: Page, site: str, content: H5PContent) -> None:
    answer_rightly(page, show(page, site, content))
    wait_for(page, "said.some(message => message.type === 'state')")
    state = said(page, "state")[-1]["data"]

    frame = show(page, site, content, state=state)

    wait_for(page, "said.some(message => message.type === 'rendered')")
    expect(frame.get_by_role("radio", name="○")).to_have_attribute("aria-checked", "true")


def test_a_page_of_another_origin_cannot_show_the_exercise(
    page: Page, site: str, content: H5PContent, settings: Any
) -> None:
    settings.LMS_COURSES_SITE_ORIGINS = ["https://lms.example.jp"]
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))

    show(page, site, content)

    page.wait_for_timeout(1000)
    assert any("frame-ancestors" in message for message in messages)
    assert said(page, "ready") == []


def test_what_cannot_be_loaded_is_said(page: Page, site: str, content: H5PContent) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=404, body="gone", headers={"Access-Control-Allow-Origin": "*"})

    page.route("**/content/content.json", refuse)
    show(page, site, content)

    wait_for(page, "said.some(message => message.type === 'error')")
    assert "404" in said(page, "error")[0]["message"]
    assert said(page, "rendered") == []


def test_program_in_the_frame_reaches_nothing_of_the_site(
    page: Page, site: str, content: H5PContent
) -> None:
    show(page, site, content)
    wait_for(page, "said.some(message => message.type === 'rendered')")
    inside = next(frame for frame in page.frames if "/h5p/play/" in frame.url)

    reached = inside.evaluate(
        """() => {
          const attempt = (what) => { try { return String(what()); } catch { return "denied"; } };
          return {
            origin: self.origin,
            cookie: attempt(() => document.cookie),
            parent: attempt(() => parent.document.title),
            eval: attempt(() => eval("1 + 1")),
          };
        }"""
    )

    assert reached == {"origin": "null", "cookie": "denied", "parent": "denied", "eval": "denied"}
