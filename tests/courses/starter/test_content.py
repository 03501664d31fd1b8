"""The starter courses: every measure of the seed has one, and each holds what a course must."""

import re
import tomllib
from html.parser import HTMLParser
from typing import Any

import pytest

from courses.starter.load import CONTENT_DIR

COURSES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(CONTENT_DIR.glob("*.toml"))
}
MEASURES = {f"M{n:02}" for n in range(1, 17)}
TAGS = {"h2", "h3", "p", "ul", "ol", "li", "b", "i"}
EACH = pytest.mark.parametrize("course", COURSES.values(), ids=COURSES.keys())


class _Reader(HTMLParser):
    """Text and tags of a fragment; an unclosed tag stays open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", set[str](), list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_measure_of_the_seed_has_a_course() -> None:
    assert {key for course in COURSES.values() for key in course["measures"]} == MEASURES


def test_there_is_a_course_for_leaders_on_proposing_a_reform() -> None:
    assert "提案" in COURSES["C403"]["title_ja"]


def test_keys_and_positions_are_unique() -> None:
    assert [course["key"] for course in COURSES.values()] == list(COURSES)
    positions = [course["position"] for course in COURSES.values()]
    assert len(set(positions)) == len(positions)


@EACH
def test_a_course_has_lessons_with_graded_activities(course: dict[str, Any]) -> None:
    activities = [item for lesson in course["lessons"] for item in lesson["activities"]]
    assert len(course["lessons"]) >= 2
    assert len(activities) >= 2
    assert all(0 < item["pass_mark"] <= 1 for item in activities)
    assert {item["correct"] for item in activities} == {True, False}
    keys = [item["key"] for item in activities] + [item["key"] for item in course["lessons"]]
    assert len(set(keys)) == len(keys)


@EACH
def test_every_activity_stands_in_its_lesson_once(course: dict[str, Any]) -> None:
    for lesson in course["lessons"]:
        placed = [block["activity"] for block in lesson["blocks"] if block["type"] == "h5p"]
        assert sorted(placed) == sorted(item["key"] for item in lesson["activities"])


@EACH
def test_every_data_exercise_stands_in_its_lesson_once(course: dict[str, Any]) -> None:
    for lesson in course["lessons"]:
        placed = [block["activity"] for block in lesson["blocks"] if block["type"] == "exercise"]
        assert sorted(placed) == sorted(item["key"] for item in lesson.get("exercises", ()))


@EACH
def test_every_workshop_stands_in_its_lesson_once(course: dict[str, Any]) -> None:
    for lesson in course["lessons"]:
        placed = [block["activity"] for block in lesson["blocks"] if block["type"] == "workshop"]
        assert sorted(placed) == sorted(item["key"] for item in lesson.get("workshops", ()))


@EACH
def test_the_text_is_long_enough_and_well_formed(course: dict[str, Any]) -> None:
    for lesson in course["lessons"]:
        read = [_Reader(block["html"]) for block in lesson["blocks"] if "html" in block]
        assert all(item.open == [] for item in read)
        assert set().union(*(item.tags for item in read)) <= TAGS
        assert sum(len(item.text) for item in read) >= 600


@EACH
def test_titles_and_summaries_are_there_in_both_languages(course: dict[str, Any]) -> None:
    for item in (
        course,
        *course["lessons"],
        *(activity for lesson in course["lessons"] for activity in lesson["activities"]),
    ):
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", item["title_ja"])
        assert item["title_en"].isascii() or not re.search(r"[ぁ-んァ-ヶ一-龠]", item["title_en"])
    assert course["summary_ja"]
    assert course["summary_en"]


@EACH
def test_no_claim_is_made_that_the_facts_do_not_bear(course: dict[str, Any]) -> None:
    words = str(course)
    assert "練馬" not in words
    assert "http" not in words
    assert not re.search(r"年間[^。]{0,12}(1,030|1,471|441|1,450|680|770)", words)
    # Of the 3,055 procedures, 2,648 need no seal any more.
    assert not re.search(r"3,055件(の手続き?)?(で|の)押印[^。]{0,4}(不要|廃止)", words)
