"""A content type written to steal, played by a signed-in learner: it gets and changes nothing.

The library keeps a log of everything it tries and what came of it; the log is the test. What it
could have changed without noticing is looked for in the site's tables.
"""

import json
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import left
from tests.browser.test_first_light import CONTENT, LEARNER, LEARNER_NAME
from tests.courses.h5p.packages import library_folder, package

pytestmark = pytest.mark.browser

# No other test plays these lessons: what is put there stays there.
COURSE = tomllib.loads((CONTENT / "C102.toml").read_text(encoding="utf-8"))
OTHER_LESSON, LESSON = COURSE["lessons"][1:]
HERE, BESIDE = LESSON["activities"][:2]
OTHER_EMPLOYEE = "001017"

ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
ATTEMPTED = "http://adlnet.gov/expapi/verbs/attempted"
THIEF = Path(__file__).with_name("thief.js")
EXPECTED = {
    "origin": "null",
    "cookie": "denied",
    "set a cookie": "denied",
    # The player's own shim: a store in memory, empty.
    "stored by the site": '{"length":0}',
    "indexedDB": "denied",
    "caches": "denied",
    "service worker": "denied",
    "parent document": "denied",
    "parent storage": "denied",
    "parent address": "denied",
    "frame element": "null",
    "siblings": "true",
    "sibling document": "denied",
    "navigate sibling": "denied",
    "top navigation": "denied",
    "top by link": "clicked",
    "popup": "null",
    "dialog": "false",
    "form to the top": "still here",
    "form to itself": "still here",
    "api": "denied",
    "api post": "denied",
    "xhr": "denied",
    "image": "denied",
    "frame": "denied",
    "event stream": "denied",
    "web socket": "denied",
    "script of the site": "denied",
    "script of another host": "denied",
    "uploaded media as script": "denied",
    "eval": "denied",
    "inline script": "undefined",
    "worker": "denied",
    "camera": "denied",
    "clipboard": "denied",
    "place": "denied",
}


def test_a_type_written_to_steal_gets_nothing_and_changes_nothing(
    page: Page,
    site: str,
    sign_in: Callable[[str], None],
    sign_in_to_admin: Callable[[str], None],
    on_site: Callable[..., Any],
) -> None:
    other_iri = on_site("activity_iri", COURSE["key"], BESIDE["key"])
    names = {
        "@SITE@": site,
        "@CONTENT@": site.replace("localhost", "127.0.0.1"),
        "@OTHER_IRI@": other_iri,
        "@OTHER@": OTHER_EMPLOYEE,
    }
    script = THIEF.read_text()
    for name, value in names.items():
        script = script.replace(name, value)
    file = package(libraries=library_folder(script=script.encode())).getvalue()

    # The librarian is taken in and installs it; an author puts it into a published course.
    sign_in_to_admin("librarian")
    page.goto("/admin/h5p-libraries/install/")
    page.get_by_label("H5Pファイル").set_input_files(
        {"name": "quiz.h5p", "mimeType": "application/zip", "buffer": file}
    )
    page.get_by_role("button", name="導入される内容を確認する").click()
    page.get_by_role("button", name="導入する").click()
    expect(page.get_by_text("導入しました")).to_be_visible()
    page.context.clear_cookies()
    on_site("put_content_into_activity", file.hex(), COURSE["key"], HERE["key"])

    # The learner has opened another lesson before: that is what enrols, not the thief.
    sign_in(LEARNER)
    page.goto(f"/courses/{COURSE['key']}/lessons/{OTHER_LESSON['key']}")
    sound = page.frame_locator(f'iframe[title*="{OTHER_LESSON["activities"][0]["title_ja"]}"]')
    expect(sound.get_by_role("radio", name="正しい")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(2_000)

    # The learner plays it.
    before = on_site("rows", LEARNER)
    statements = len(on_site("statements_of", LEARNER))
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(f"/courses/{COURSE['key']}/lessons/{LESSON['key']}")
    player = page.frame_locator(f'iframe[title*="{HERE["title_ja"]}"]')
    expect(player.locator("#log")).to_be_attached(timeout=60_000)
    with suppress(AssertionError):  # the log says more than that it is not finished
        expect(player.locator("#log")).to_have_attribute("data-done", "yes", timeout=60_000)
    assert json.loads(player.locator("#log").text_content() or "{}") == EXPECTED
    # Nothing it asked for arrived: every request of its frame went to the content origin.
    content_origin = names["@CONTENT@"]
    frame = next(
        frame
        for frame in page.frames
        if frame.locator("#log").count() and frame.url.startswith(content_origin)
    )
    of_thief = [request.url for request in asked if request.frame == frame and left(request)]
    assert [address for address in of_thief if not address.startswith(content_origin)] == []
    # The learner is where the learner was, still signed in, with no further window open.
    assert page.url == f"{site}/courses/{COURSE['key']}/lessons/{LESSON['key']}"
    assert len(page.context.pages) == 1
    assert page.request.get("/api/v1/me/").ok
    # The exercise beside it is untouched: Japanese, unanswered, its own title.
    beside = page.frame_locator(f'iframe[title*="{BESIDE["title_ja"]}"]')
    expect(beside.get_by_role("radio", name="正しい")).not_to_be_checked()
    expect(beside.get_by_role("button", name="チェック")).to_be_visible()

    # What it forged arrived as the learner's own, about its own activity, and as nothing else.
    page.wait_for_timeout(2_000)
    arrived = on_site("statements_of", LEARNER)[statements:]
    own_iri = on_site("activity_iri", COURSE["key"], HERE["key"])
    forged = [row for row in arrived if row["verb"] == ANSWERED]
    assert {row["activity"] for row in forged} == {HERE["key"]}
    assert {row["object"].partition("#")[0] for row in forged} == {own_iri}
    assert all(row["is_own"] for row in arrived)
    # The exercise beside it said by itself that it was opened, and no more.
    of_others = {(row["activity"], row["verb"]) for row in arrived if row not in forged}
    assert of_others <= {(BESIDE["key"], ATTEMPTED)}
    after = on_site("rows", LEARNER)
    changed = {
        name: (before.get(name), after.get(name))
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }
    assert changed == {}
    assert LEARNER_NAME in page.locator("body").inner_text()
