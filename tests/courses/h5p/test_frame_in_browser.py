"""The whole way of one answer in real Chromium: other origin, real player, real content type."""

import json
import os
import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Playwright, Request, Route, expect

from courses.h5p.models import H5PContent, H5PLibrary
from courses.h5p.selectors import player_url
from courses.h5p.services import create_content, install_package
from tests.courses.h5p.packages import library_folder, package

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


def show(page: Page, site: str, content: H5PContent, **asked: str) -> FrameLocator:
    """Opens a page of the site that shows the player."""
    query = urlencode({"src": player_url(content=content), "iri": IRI, **asked})
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


# A content type as an attacker would write it: it tries the site, and shows what it got.
HOSTILE_SCRIPT = """
var H5P = H5P || {};
H5P.Quiz = function () {
  H5P.EventDispatcher.call(this);
  this.attach = async function ($container) {
    const attempt = async (what) => {
      try { return String(await what()); } catch { return "denied"; }
    };
    const inline = document.createElement("script");
    inline.textContent = "window.inlineRan = true";
    document.head.append(inline);
    const reached = {
      origin: self.origin,
      cookie: await attempt(() => document.cookie),
      parent: await attempt(() => parent.document.title),
      top: await attempt(() => { top.location = "about:blank"; return "moved"; }),
      site: await attempt(() => fetch(SITE + "/page/").then((response) => response.status)),
      elsewhere: await attempt(() => fetch("https://example.com/").then(() => "fetched")),
      eval: await attempt(() => eval("1 + 1")),
      inline: String(window.inlineRan),
      window: String(window.open("about:blank")),
      storage: await attempt(() => (localStorage.x = "here", localStorage.getItem("x"))),
    };
    $container.text(JSON.stringify(reached)).attr("id", "reached");
  };
};
H5P.Quiz.prototype = Object.create(H5P.EventDispatcher.prototype);
"""


def test_a_hostile_content_type_reaches_nothing_of_the_site(page: Page, site: str) -> None:
    script = HOSTILE_SCRIPT.replace("SITE", f'"{site}"').encode()
    hostile = install_package(
        file=package(libraries=library_folder(script=script)), may_install_libraries=True
    )

    frame = show(page, site, hostile)

    expect(frame.locator("#reached")).to_contain_text("storage")
    assert json.loads(frame.locator("#reached").inner_text()) == {
        "origin": "null",
        "cookie": "denied",
        "parent": "denied",
        "top": "denied",
        "site": "denied",
        "elsewhere": "denied",
        "eval": "denied",
        "inline": "undefined",
        "window": "null",
        "storage": "here",
    }
    assert page.title() == "研修"


@pytest.mark.parametrize("speaker", ["neighbour", "parent"])
def test_the_frame_obeys_nobody_but_the_page_that_shows_it(
    page: Page, site: str, content: H5PContent, speaker: str
) -> None:
    show(page, site, content, silent="yes")
    wait_for(page, "said.some(message => message.type === 'ready')")

    page.evaluate(
        """(speaker) => {
          const start = { source: "lms-h5p", type: "start", state: null, language: "ja",
            title: "", iri: "urn:x" };
          if (speaker === "parent") {
            frame.contentWindow.postMessage(start, "*");
            return;
          }
          const neighbour = document.createElement("iframe");
          neighbour.sandbox = "allow-scripts";
          neighbour.srcdoc = "<script>parent.frames[0].postMessage(" + JSON.stringify(start)
            + ", '*')</" + "script>";
          document.body.append(neighbour);
        }""",
        speaker,
    )

    page.wait_for_timeout(2500)
    assert bool(said(page, "rendered")) is (speaker == "parent")


@pytest.mark.parametrize("script", [b"// defines nothing", b"throw new Error('broken')"])
def test_a_type_that_does_not_start_is_said(page: Page, site: str, script: bytes) -> None:
    broken = install_package(
        file=package(libraries=library_folder(script=script)), may_install_libraries=True
    )
    show(page, site, broken)
    wait_for(page, "said.some(message => message.type === 'error')")
    assert said(page, "rendered") == []
