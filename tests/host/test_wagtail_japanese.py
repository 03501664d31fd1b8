"""The admin has no English in it: Wagtail's own Japanese and ours are whole together."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext

from scripts.list_wagtail_strings import (
    DOMAINS,
    japanese_of,
    key_of,
    our_japanese,
    unused,
    wagtail_japanese,
    wagtail_strings,
    without_japanese,
)

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|%%|</?\w[^>]*>")
PACKAGES = ("courses", "lms", "skills_matrix", "api", "host")
ROOT = Path(__file__).resolve().parents[2]


def catalogue(package: str) -> polib.POFile:
    return polib.pofile(str(ROOT / package / "locale" / "ja" / "LC_MESSAGES" / "django.po"))


def placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


def may_say(entry: polib.POEntry) -> list[list[str]]:
    """Japanese has one form for both numbers; either of the English ones may hold the number."""
    return [placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]


@pytest.mark.parametrize("domain", DOMAINS)
def test_everything_the_installed_wagtail_says_has_a_japanese_text(domain: str) -> None:
    assert len(wagtail_strings(domain)) > 50
    assert without_japanese(domain) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_we_translate_nothing_that_the_installed_wagtail_does_not_say(domain: str) -> None:
    assert unused(domain) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_our_japanese_has_the_placeholders_and_links_of_the_english(domain: str) -> None:
    faults = [
        entry.msgid
        for entry in our_japanese(domain).values()
        if placeholders(japanese_of(entry)) not in may_say(entry)
    ]
    assert faults == []


def test_wagtail_speaks_our_japanese_where_its_own_is_wrong() -> None:
    with translation.override("ja"):
        assert gettext("Collections") == "コレクション"  # Wagtail's own: 各コレクション
        assert gettext("Help") == "ヘルプ"  # Wagtail's own: missing


@pytest.mark.parametrize("package", PACKAGES)
def test_no_package_of_ours_changes_wagtails_words(package: str) -> None:
    """All catalogues are one: our "group" (of competencies) would rename Wagtail's groups."""
    known = wagtail_japanese("django") | {
        key: japanese_of(entry) for key, entry in our_japanese("django").items()
    }
    entries = catalogue(package)
    assert len(entries) > 5
    changed = {
        entry.msgid: (japanese_of(entry), known[key_of(entry)])
        for entry in entries
        if japanese_of(entry) != known.get(key_of(entry), japanese_of(entry))
    }
    assert changed == {}


def test_no_two_packages_of_ours_say_one_text_in_two_ways() -> None:
    """Which catalogue wins at run time depends on the host's order of apps: nobody may notice."""
    said: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for package in PACKAGES:
        for entry in catalogue(package):
            said[key_of(entry)][package] = japanese_of(entry)
    shared = {key: texts for key, texts in said.items() if len(texts) > 1}
    assert len(shared) > 5
    assert {key: texts for key, texts in shared.items() if len(set(texts.values())) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_text_stands_twice_in_a_catalogue(package: str) -> None:
    counted = Counter(key_of(entry) for entry in catalogue(package))
    assert [key for key, times in counted.items() if times > 1] == []
