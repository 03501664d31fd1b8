"""An author whose language is Japanese reads no English in the editors of a course's pages."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from courses.authoring.services import set_up_authors
from courses.pages.models import CoursePage, LessonPage, ModulePage
from tests.factories import make_course, make_user
from tests.factories.courses import publish_course as make_pages

pytestmark = pytest.mark.django_db

# What is read or heard: attributes of elements, and entries of what the browser makes forms of.
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-w-tooltip-content-value")
ENTRIES = {"label", "helpText", "heading", "text", "title", "description", "strings", "group"}
# Names of things, the same in both languages.
NAMES = re.compile(
    r"\b(Wagtail|H5P|DX|xAPI|URL|SEO|WCAG|HTML|CSV|JSON|PDF|vtt|mp4|webm|px|Ctrl|Alt|Shift)\b"
)
ENGLISH = re.compile(r"[A-Za-z]{3,}")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.fixture
def page() -> CoursePage:
    made: CoursePage = make_pages(make_course("C1", is_published=False))
    made.add_child(instance=ModulePage(title="第1部", slug="m"))
    return made


@pytest.fixture
def author(page: CoursePage, client: Client) -> Client:
    user = make_user("author")
    user.groups.add(set_up_authors(section=page.get_parent()))
    client.force_login(user)
    return client


def read(html: str) -> Iterator[str]:
    """Every text of a page of the admin that a person meets."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup(["script", "style", "svg", "template"]):
        if element.name == "script" and element.get("type") == "application/json":
            yield from _in_data(json.loads(element.string or "null"))
        if element.name != "template":
            element.decompose()
    for element in soup.find_all(True):
        for name in ATTRIBUTES:
            yield str(element.get(name) or "")
        for name, value in element.attrs.items():
            if name.startswith("data-") and str(value).startswith(("{", "[")):
                yield from _in_data(_parsed(str(value)))
    yield from soup.stripped_strings


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _in_data(data: Any, *, is_read: bool = False) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _in_data(value, is_read=key in ENTRIES or (is_read and key[:1] != "_"))
    elif isinstance(data, list):
        for item in data:
            yield from _in_data(item, is_read=is_read)
    elif isinstance(data, str) and is_read:
        if data.startswith(("{", "[")):  # a rich text as its editor keeps it
            yield from _in_data(_parsed(data))
        else:
            yield data


def english_in(html: str) -> set[str]:
    return {
        text
        for text in read(html)
        if ENGLISH.search(NAMES.sub("", text)) and not JAPANESE.search(text)
    }


@pytest.mark.parametrize("model", [CoursePage, ModulePage, LessonPage])
def test_the_editor_has_no_english(model: Any, page: CoursePage, author: Client) -> None:
    found = model.objects.get()
    answer = author.get(f"/admin/pages/{found.pk}/edit/")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "コース" in html or "レッスン" in html
    assert english_in(html) == set()
