"""The content origin as a browser meets it: no cookies, strict headers, nothing but H5P."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from courses.h5p.models import H5PContent
from courses.h5p.selectors import player_url
from courses.h5p.services import install_package
from courses.h5p.tokens import content_token
from tests.courses.h5p.packages import Entry, library_folder, package

pytestmark = pytest.mark.django_db

HOST = "content.testserver"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def content() -> H5PContent:
    file = package(
        Entry("content/images/が.png", PNG),
        Entry("content/x.svg", SVG),
        Entry("content/paper.pdf", b"%PDF-"),
        Entry("content/film.mp4", bytes(range(250))),
        libraries=library_folder("H5P.Quiz 1.2"),
    )
    return install_package(file=file, may_install_libraries=True)


@pytest.fixture
def browser() -> Client:
    """A browser with a session cookie for the host, as if somebody had set one."""
    client = Client(headers={"host": HOST}, raise_request_exception=True)
    client.cookies["sessionid"] = "somebody"
    return client


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def path_of(content: H5PContent, name: str) -> str:
    return f"/h5p/content/{content_token(content.uuid)}/{name}"


# --- the page -----------------------------------------------------------------------------------


def test_the_player_page_carries_its_data_in_attributes(
    browser: Client, content: H5PContent
) -> None:
    url = urlsplit(player_url(content=content))
    assert (url.scheme, url.netloc) == ("http", HOST)

    response = browser.get(url.path)

    html = response.content.decode()
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert f'data-libraries="http://{HOST}/h5p/libraries"' in html
    assert 'data-library="H5P.Quiz 1.2"' in html
    assert '<html lang="ja">' in html
    assert "<title>窓口の確認</title>" in html
    # No inline script, and no handler in an attribute.
    assert html.count("<script") == html.count('<script src="http://content.testserver/h5p/')
    assert "onload" not in html


def test_the_player_page_is_sandboxed_and_never_cached(
    browser: Client, content: H5PContent
) -> None:
    response = browser.get(urlsplit(player_url(content=content)).path)
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'")
    assert "frame-ancestors http://localhost:8000 http://testserver" in policy
    assert response["Cache-Control"] == "no-store"
    assert "X-Frame-Options" not in response


def test_a_title_cannot_break_out_of_the_page(browser: Client, content: H5PContent) -> None:
    content.title = '"><script>alert(1)</script>'
    content.save()
    html = browser.get(urlsplit(player_url(content=content)).path).content.decode()
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.partition(".")[0],
        lambda token: "x",
        lambda token: "0" * 32 + token[32:],
    ],
)
def test_a_token_that_was_not_given_out_opens_nothing(
    spoil: Any, browser: Client, content: H5PContent
) -> None:
    token = spoil(content_token(content.uuid))
    assert browser.get(f"/h5p/play/{token}/").status_code == 404
    assert browser.get(f"/h5p/content/{token}/h5p.json").status_code == 404
    assert browser.get(f"/h5p/content/{token}/content/content.json").status_code == 404


def test_an_address_stops_working(
    browser: Client, content: H5PContent, time_machine: Any, settings: Any
) -> None:
    settings.LMS_COURSES_H5P_TOKEN_SECONDS = 60
    time_machine.move_to("2026-11-23 09:00:00", tick=False)
    path = urlsplit(player_url(content=content)).path
    time_machine.move_to("2026-11-23 09:01:00", tick=False)
    assert browser.get(path).status_code == 200
    time_machine.move_to("2026-11-23 09:01:02", tick=False)
    assert browser.get(path).status_code == 404


# --- files --------------------------------------------------------------------------------------


def test_the_player_gets_h5p_json_with_every_library(browser: Client, content: H5PContent) -> None:
    told = browser.get(path_of(content, "h5p.json")).json()
    assert told["mainLibrary"] == "H5P.Quiz"
    assert told["preloadedDependencies"] == [
        {"machineName": "H5P.Quiz", "majorVersion": 1, "minorVersion": 2}
    ]


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("content/content.json", "application/json", '{"question":"はい"}'.encode()),
        ("content/images/が.png", "image/png", PNG),
        ("content/images/か\u3099.png", "image/png", PNG),
        ("content/x.svg", "image/svg+xml", SVG),
        ("content/paper.pdf", "application/octet-stream", b"%PDF-"),
    ],
)
def test_content_is_served_as_what_it_is(
    browser: Client, content: H5PContent, name: str, kind: str, data: bytes
) -> None:
    response = browser.get(path_of(content, quote(name)))
    assert (response.status_code, response["Content-Type"], body(response)) == (200, kind, data)


def test_documents_are_saved_and_not_shown(browser: Client, content: H5PContent) -> None:
    response = browser.get(path_of(content, "content/paper.pdf"))
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path",
    [
        "/h5p/libraries/H5P.Quiz-1.2/quiz.js",
        "/h5p/libraries/H5P.Quiz-1.2/library.json",
        "/h5p/player/main.bundle.js",
        "/h5p/player/styles/h5p.css",
        "/h5p/frame/frame.js",
        "/h5p/frame/storage-shim.js",
        "/h5p/frame/frame.css",
        "content:h5p.json",
        "content:content/content.json",
        "content:content/x.svg",
    ],
)
def test_every_file_can_be_fetched_by_a_sandboxed_page_but_does_nothing_by_itself(
    browser: Client, content: H5PContent, path: str
) -> None:
    if path.startswith("content:"):
        path = path_of(content, path.removeprefix("content:"))
    response = browser.get(path)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "allow-scripts" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/h5p/libraries/H5P.Quiz-1.2/../../../etc/passwd",
        "/h5p/libraries/H5P.Quiz-1.2/..%2f..%2fx",
        "/h5p/libraries/H5P.Quiz-1.2/%2e%2e/x",
        "/h5p/libraries/H5P.Quiz-1.2/",
        "/h5p/libraries/H5P.Quiz-1.2/gone.js",
        "/h5p/libraries/H5P.Quiz-01.2/quiz.js",
        "/h5p/libraries/H5P.Quiz-1.3/quiz.js",
        "/h5p/libraries/../H5P.Quiz-1.2/quiz.js",
        "/h5p/player/../package.json",
        "/h5p/player/%2e%2e/package.json",
        "/h5p/player//etc/passwd",
        "/h5p/player/styles",
        "/h5p/frame/player.html",
        "/h5p/frame/README.md",
        "/h5p/frame/..%2fviews.py",
        "content:content/../h5p.json",
        "content:content/images",
        "content:content/%00",
        "content:content/C:/x",
        "content:content/a\\b",
        "content:library.json",
        "/",
        "/admin/",
        "/login",
        "/api/v1/",
        "/static/x.js",
        "/h5p/",
    ],
)
def test_nothing_else_is_there(browser: Client, content: H5PContent, path: str) -> None:
    if path.startswith("content:"):
        path = path_of(content, path.removeprefix("content:"))
    response = browser.get(path)
    assert response.status_code == 404
    assert response.content == b"Not found"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_player_is_served_where_none_is_installed(browser: Client, settings: Any) -> None:
    settings.LMS_COURSES_H5P_PLAYER_DIR = None
    assert browser.get("/h5p/player/main.bundle.js").status_code == 404


# --- parts and caching --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "status", "content_range", "expected"),
    [
        ("bytes=0-9", 206, "bytes 0-9/250", bytes(range(10))),
        ("bytes=240-", 206, "bytes 240-249/250", bytes(range(240, 250))),
        ("bytes=-5", 206, "bytes 245-249/250", bytes(range(245, 250))),
        ("bytes=-999", 206, "bytes 0-249/250", bytes(range(250))),
        ("bytes=200-999", 206, "bytes 200-249/250", bytes(range(200, 250))),
        ("bytes=250-", 416, "bytes */250", b""),
        ("bytes=-0", 416, "bytes */250", b""),
        ("bytes=9-0", 200, None, bytes(range(250))),
        ("bytes=0-1,5-6", 200, None, bytes(range(250))),
        ("bytes=-", 200, None, bytes(range(250))),
        ("lines=0-1", 200, None, bytes(range(250))),
    ],
)
def test_a_film_can_be_read_in_parts(
    browser: Client,
    content: H5PContent,
    header: str,
    status: int,
    content_range: str | None,
    expected: bytes,
) -> None:
    response = browser.get(path_of(content, "content/film.mp4"), headers={"range": header})
    assert response.status_code == status
    assert response.get("Content-Range") == content_range
    assert body(response) == expected
    if status != 416:
        assert response["Content-Length"] == str(len(expected))
        assert response["Accept-Ranges"] == "bytes"


def test_what_the_browser_has_is_not_sent_again(browser: Client, content: H5PContent) -> None:
    path = "/h5p/libraries/H5P.Quiz-1.2/quiz.js"
    first = browser.get(path)
    assert first["Cache-Control"] == "public, max-age=3600"
    again = browser.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_part_of_an_older_file_is_answered_with_the_whole(
    browser: Client, content: H5PContent
) -> None:
    headers = {"range": "bytes=0-9", "if-range": '"older"'}
    response = browser.get(path_of(content, "content/film.mp4"), headers=headers)
    assert (response.status_code, len(body(response))) == (200, 250)


def test_the_head_of_a_file_says_its_size_without_a_body(
    browser: Client, content: H5PContent
) -> None:
    response = browser.head(path_of(content, "content/film.mp4"))
    assert (response["Content-Length"], response["Content-Type"]) == ("250", "video/mp4")
    assert body(response) == b""


# --- the two origins ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/h5p/frame/frame.js", "/h5p/gone", "play"])
def test_no_cookie_is_read_or_set(browser: Client, content: H5PContent, path: str) -> None:
    if path == "play":
        path = urlsplit(player_url(content=content)).path
    response = browser.get(path)
    assert response.cookies == {}
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.get("Vary", "")
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_can_be_sent_to_the_content_origin(browser: Client, method: str) -> None:
    response = getattr(browser, method)("/h5p/frame/frame.js")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.urls("tests.courses.h5p.embedding_site")
def test_on_the_sites_own_host_the_addresses_do_not_exist(content: H5PContent) -> None:
    site = Client()
    assert site.get("/page/").status_code == 200
    for path in (
        urlsplit(player_url(content=content)).path,
        path_of(content, "h5p.json"),
        "/h5p/libraries/H5P.Quiz-1.2/quiz.js",
        "/h5p/player/main.bundle.js",
        "/h5p/frame/frame.js",
    ):
        assert site.get(path).status_code == 404


@pytest.mark.parametrize("origin", ["", "not an origin"])
@pytest.mark.urls("tests.courses.h5p.embedding_site")
def test_without_a_content_origin_nothing_is_played(
    origin: str, content: H5PContent, settings: Any, browser: Client
) -> None:
    settings.LMS_COURSES_CONTENT_ORIGIN = origin
    assert browser.get("/h5p/frame/frame.js").status_code == 404
    assert browser.get(f"/h5p/play/{content_token(content.uuid)}/").status_code == 404


def test_the_frame_is_kept_in_the_package() -> None:
    """Every file the page asks for exists beside the page."""
    frame = Path(__file__).parents[3] / "courses" / "h5p" / "frame"
    assert {"player.html", "frame.js", "frame.css", "storage-shim.js"} <= {
        path.name for path in frame.iterdir()
    }
