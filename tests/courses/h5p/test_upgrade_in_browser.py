"""Upgrade scripts in real Chromium: they do their work, and can do nothing else."""

from copy import deepcopy
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from courses.h5p.selectors import upgrade_page_url
from courses.h5p.services import install_package
from tests.courses.h5p.greeting import PARAMS, UPGRADES, greeting_package, new_version
from tests.courses.h5p.packages import pack
from tests.courses.h5p.test_frame_in_browser import (  # noqa: F401 – fixtures
    browser,
    page,
    site,
    wait_for,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

METADATA = {"title": "朝のあいさつ", "license": "U"}


def upgraded(page: Page, site: str, *, params: Any = None, **asked: str) -> dict[str, Any]:  # noqa: F811
    """What the frame answers."""
    page.goto(f"{site}/upgrading/?src={quote(upgrade_page_url())}")
    wait_for(page, "said.some(message => message.type === 'ready')")
    message = {
        "source": "lms-h5p",
        "type": "upgrade",
        "library": "H5P.Greeting 1.0",
        "to": "H5P.Greeting 1.2",
        "params": deepcopy(PARAMS) if params is None else params,
        "metadata": METADATA,
    }
    page.evaluate("message => frame.contentWindow.postMessage(message, '*')", message | asked)
    answer: dict[str, Any] = wait_for(page, "said.find(message => message.type !== 'ready')")
    return answer


def install(files: dict[str, bytes]) -> None:
    install_package(file=pack(files), may_install_libraries=True)


def test_old_and_new_hooks_run_in_order_and_nested_libraries_follow(
    page: Page,  # noqa: F811
    site: str,  # noqa: F811
) -> None:
    install(greeting_package() | new_version())
    answer = upgraded(page, site)
    assert answer["type"] == "upgraded", answer
    assert answer["params"] == {
        "shown": {"message": "おはようございます（改）"},
        "parts": [{"library": "H5P.Word 1.1", "params": {"words": ["春"]}, "subContentId": "a"}],
    }
    assert answer["metadata"] == METADATA | {"license": "CC BY"}


def test_without_scripts_the_parameters_carry_over(page: Page, site: str) -> None:  # noqa: F811
    files = {name: data for name, data in new_version().items() if "upgrades.js" not in name}
    install(greeting_package() | files)
    answer = upgraded(page, site)
    assert answer["type"] == "upgraded"
    assert answer["params"]["text"] == PARAMS["text"]
    assert answer["params"]["parts"][0]["library"] == "H5P.Word 1.1"


@pytest.mark.parametrize(
    ("upgrades", "message"),
    [
        ("throw new Error('broken')", None),
        (UPGRADES.replace("finished(null, parameters, extras)", "finished('no way')"), "no way"),
        (UPGRADES.replace("delete parameters.message;", "undefinedFunction();"), "undefinedFunct"),
    ],
)
def test_a_script_that_fails_is_said(
    page: Page,  # noqa: F811
    site: str,  # noqa: F811
    upgrades: str,
    message: str | None,
) -> None:
    install(greeting_package() | new_version(upgrades=upgrades))
    answer = upgraded(page, site)
    if message is None:
        # A script that does not even load leaves no hooks behind.
        assert answer["type"] == "upgraded"
    else:
        assert answer["type"] == "error"
        assert message in answer["message"]


def test_a_nested_library_that_is_not_installed_is_named(page: Page, site: str) -> None:  # noqa: F811
    files = {name: data for name, data in new_version().items() if "Word" not in name}
    install(greeting_package() | files)
    answer = upgraded(page, site)
    assert answer["type"] == "error"
    assert "H5P.Word 1.1 is not installed" in answer["message"]


STEALING = """
var H5PUpgrades = {'H5P.Greeting': {1: {2: async function (params, finished) {
  const attempt = async (what) => {
    try { return String(await what()); } catch { return 'denied'; }
  };
  finished(null, {reached: {
    origin: self.origin,
    cookie: await attempt(() => document.cookie),
    parent: await attempt(() => parent.document.title),
    top: await attempt(() => { top.location = 'about:blank'; return 'moved'; }),
    site: await attempt(() => fetch('SITE/page/').then((response) => response.status)),
    window: String(window.open('about:blank')),
  }});
}}}};
"""


def test_a_hostile_script_reaches_nothing_of_the_site(page: Page, site: str) -> None:  # noqa: F811
    install(greeting_package() | new_version(upgrades=STEALING.replace("SITE", site)))
    answer = upgraded(page, site)
    assert answer["params"]["reached"] == {
        "origin": "null",
        "cookie": "denied",
        "parent": "denied",
        "top": "denied",
        "site": "denied",
        "window": "null",
    }
    assert page.title() == "更新"


def test_the_frame_serves_the_page_that_shows_it_and_once_only(
    page: Page,  # noqa: F811
    site: str,  # noqa: F811
) -> None:
    install(greeting_package() | new_version())
    upgraded(page, site)
    page.evaluate(
        "frame.contentWindow.postMessage({source: 'lms-h5p', type: 'upgrade', "
        "library: 'H5P.Greeting 1.0', to: 'H5P.Greeting 1.2', params: {}, metadata: {}}, '*')"
    )
    page.wait_for_timeout(1000)
    assert len(page.evaluate("said")) == 2
