import re
from pathlib import Path
from typing import Any

from courses.conf import conf
from courses.h5p.library import LibraryName
from courses.h5p.player import core_strings, page_policy, player_metadata
from tests.courses.h5p.packages import h5p_json

CONTENT = "https://content.example.jp"


def directives() -> dict[str, list[str]]:
    policy = page_policy(content_origin=CONTENT, site_origins=["https://lms.example.jp"])
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


def test_the_page_is_sandboxed_and_shown_by_the_site_only() -> None:
    policy = directives()
    assert policy["sandbox"] == ["allow-scripts"]
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["https://lms.example.jp"]


def test_program_comes_from_the_player_and_from_libraries_but_not_from_content() -> None:
    scripts = directives()["script-src"]
    assert f"{CONTENT}/h5p/libraries/" in scripts
    assert not any("/h5p/content/" in source or source == CONTENT for source in scripts)
    assert not {"'unsafe-inline'", "'unsafe-eval'", "'self'", "*"} & set(scripts)


def test_nothing_is_asked_of_another_host() -> None:
    sources = {source for values in directives().values() for source in values}
    hosts = {source for source in sources if source.startswith("http")}
    assert all(source.startswith((CONTENT, "https://lms.example.jp")) for source in hosts)
    assert not {"*", "http:", "https:"} & sources


def test_a_site_without_origins_shows_the_page_nowhere() -> None:
    policy = page_policy(content_origin=CONTENT, site_origins=[])
    assert policy.endswith("frame-ancestors 'none'")


def test_the_player_is_told_every_library_with_the_main_one_first() -> None:
    main, other = LibraryName("H5P.Quiz", 1, 2), LibraryName("H5P.Question", 1, 4)
    told = player_metadata(h5p_json(), main, [other, main], title="題", language="ja")
    assert told["title"] == "題"
    assert told["mainLibrary"] == "H5P.Quiz"
    assert [need["machineName"] for need in told["preloadedDependencies"]] == [
        "H5P.Quiz",
        "H5P.Question",
    ]


def test_every_word_of_the_core_is_said_in_japanese() -> None:
    """The words as h5p-standalone has them; a new version of it may bring more."""
    assert conf.H5P_PLAYER_DIR is not None
    source = (conf.H5P_PLAYER_DIR / "main.bundle.js").read_text()
    words = re.search(r"l10n:\{H5P:\{(.*?)\}\}", source)
    assert words is not None
    keys = re.findall(r'(?:^|,)(\w+):"', words[1])
    assert set(core_strings("ja")) == set(keys)
    assert core_strings("en") == {}


def test_every_message_of_the_frame_is_documented() -> None:
    frame = Path(__file__).parents[3] / "courses" / "h5p" / "frame"
    names = ("frame.js", "upgrade.js", "README.md")
    *scripts, readme = ((frame / name).read_text() for name in names)
    sent: set[Any] = set(re.findall(r'post\("(\w+)"', "".join(scripts)))
    documented = set(re.findall(r"^\| frame \| `(\w+)`", readme, re.MULTILINE))
    assert sent == documented
