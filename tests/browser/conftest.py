"""The demo as a newcomer starts it: set up on its own PostgreSQL database, served by gunicorn."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.axe import axe_finds_nothing

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "sakura-demo-2026"


@pytest.fixture(scope="session")
def site_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a demo that is set up and has a database of its own."""
    url = os.environ["DATABASE_URL"]
    # Named after the given one and the process, so that two can test beside each other.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    database = f"{urlsplit(url).path.strip('/')}_browser_tests{worker}"
    server_url = url.replace("postgres://", "postgresql://")
    port = free_port()
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        template = os.environ.get("LMS_TEST_TEMPLATE", "template1")
        connection.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
    var = tmp_path_factory.mktemp("site")
    environment = os.environ | {
        "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{database}")),
        "DJANGO_SETTINGS_MODULE": "host.settings.demo",
        "LMS_VAR_DIR": str(var),
        "LMS_SITE_ORIGIN": f"http://localhost:{port}",
        "LMS_CONTENT_ORIGIN": f"http://127.0.0.1:{port}",
    }
    try:
        subprocess.run(
            [sys.executable, "manage.py", "set_up_demo"], cwd=ROOT, env=environment, check=True
        )
        yield environment
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def site(site_environment: dict[str, str]) -> Iterator[str]:
    """The address of the running demo."""
    environment = site_environment
    origin = environment["LMS_SITE_ORIGIN"]
    var = Path(environment["LMS_VAR_DIR"])
    log = (var / "server.log").open("w")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--config", "host/gunicorn_demo.py"),
            *("--bind", f"127.0.0.1:{urlsplit(origin).port}"),
        ],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(f"{origin}/login", server, var / "server.log")
        yield origin
    finally:
        server.terminate()
        # The web server, then the worker of the jobs, each after what it has in hand.
        server.wait(60)


@pytest.fixture(scope="session")
def on_site(site: str, site_environment: dict[str, str]) -> Iterator[Callable[..., Any]]:
    """Calls a function of tests/browser/on_site/ inside the running demo's own settings.

    What it gets and gives goes through JSON: it runs in a process of its own.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "tests.browser.on_site"],
        cwd=ROOT,
        env=site_environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        asked, answers = process.stdin, process.stdout
        assert asked is not None
        assert answers is not None

        def call(name: str, *arguments: Any) -> Any:
            print(json.dumps([name, arguments]), file=asked, flush=True)
            answer = answers.readline().strip()
            assert answer, f"{name} failed on the site: its traceback is on stderr"
            return json.loads(answer)

        yield call


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(url: str, server: "subprocess.Popen[Any]", log: Path) -> None:
    for _ in range(150):
        try:
            urlopen(url, timeout=5).read()
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    pytest.fail(f"the demo did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = os.environ.get("LMS_CHROMIUM")
    if not executable:
        pytest.fail("LMS_CHROMIUM names no browser: run the suite with `make test`.")
    return browser_type_launch_args | {
        "executable_path": executable,
        "args": [
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], site: str) -> dict[str, Any]:
    return browser_context_args | {
        "base_url": site,
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "viewport": {"width": 1280, "height": 900},
    }


def left(request: Request) -> bool:
    """Whether the request left the browser: the page's own policy did not hold it back."""
    return "csp" not in (request.failure or "").lower()


@pytest.fixture(autouse=True)
def only_own_origins(context: BrowserContext, site: str) -> Iterator[None]:
    """Every request of the test stays on the site's two origins."""
    own = {urlsplit(site).netloc, f"127.0.0.1:{urlsplit(site).port}"}
    strangers: list[Request] = []

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc not in own:
            strangers.append(request)

    context.on("request", note)
    yield
    assert [request.url for request in strangers if left(request)] == []


@pytest.fixture(autouse=True)
def no_script_errors(context: BrowserContext) -> Iterator[None]:
    """No uncaught error in any page, in our script or in the player's."""
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield
    assert faults == []


@pytest.fixture
def sign_in(page: Page) -> Callable[[str], None]:
    def enter(username: str) -> None:
        page.goto("/login")
        page.get_by_label("職員番号").fill(username)
        page.get_by_label("パスワード", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="サインイン").click()
        page.wait_for_url(lambda url: "/login" not in url)

    return enter


@pytest.fixture
def sign_in_to_admin(page: Page) -> Callable[[str], None]:
    def enter(username: str) -> None:
        page.goto("/admin/login/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="サインイン").click()
        page.wait_for_url("**/admin/")

    return enter


@pytest.fixture
def is_accessible(page: Page) -> Callable[[], None]:
    """axe on what is shown now."""

    def check() -> None:
        # Content that is still fading in has the wrong contrast for a moment.
        page.wait_for_timeout(250)
        page.wait_for_function(
            """() => document.getAnimations().every((one) => one.playState !== "running"
                || one.effect.getComputedTiming().endTime === Infinity)"""
        )
        axe_finds_nothing(page)

    return check


@pytest.fixture
def fits_a_phone(page: Page, is_accessible: Callable[[], None]) -> Callable[[str], None]:
    """Opens a page on the narrowest screen: nothing to scroll to sideways, axe finds nothing."""

    def check(path: str) -> None:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{path} is {width} px wide"
        is_accessible()

    return check


@pytest.fixture
def keyboard(page: Page) -> Callable[..., None]:
    """Presses Tab until what has the focus is called so, in the page or in a player; then a key."""

    def press(name: str, key: str = "Enter") -> None:
        seen = []
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            seen.append(focused(page))
            if name in seen[-1]:
                if key:
                    page.keyboard.press(key)
                return
        pytest.fail(f"Tab never comes to “{name}”, only to {seen}")

    return press


MOST_TABS = 80
NAME = """() => {
    const element = document.activeElement;
    if (!document.hasFocus() || !element || element.tagName === "IFRAME") return null;
    const labels = [...(element.labels ?? [])].map((label) => label.textContent);
    const by = (element.getAttribute("aria-labelledby") ?? "").split(" ")
        .map((id) => document.getElementById(id)?.textContent ?? "").join("");
    return element.getAttribute("aria-label") || by || labels.join("") || element.textContent || "";
}"""


def focused(page: Page) -> str:
    """What has the keyboard is called so."""
    names = [frame.evaluate(NAME) for frame in page.frames]
    return next((name.strip() for name in reversed(names) if name is not None), "")
