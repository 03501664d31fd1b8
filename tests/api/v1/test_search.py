"""Searching what courses say, as a learner."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from courses.catalogue.search.services import index_course
from courses.models import Course
from lms.people.models import Employee
from tests.api.problems import problem_of
from tests.factories import make_audience_rule, make_course, make_enrolment, publish_course

SEARCH = "/api/v1/search/"


def make_text(
    key: str, texts: Mapping[str, str] | None = None, *, is_mine: bool = True, **fields: Any
) -> Course:
    """A course with a lesson for each text, that can be found."""
    texts = texts or {}
    course = make_course(key, lessons=len(texts), activities=0, is_published=False, **fields)
    publish_course(
        course, bodies={name: [("rich_text", f"<p>{text}</p>")] for name, text in texts.items()}
    )
    index_course(course=course)
    if is_mine:
        make_audience_rule(course)
    return course


def address(query: str, **more: Any) -> str:
    return f"{SEARCH}?q={quote(query)}" + "".join(f"&{name}={more[name]}" for name in more)


def found(visitor: Client, query: str) -> list[str]:
    return [row["key"] for row in visitor.get(address(query)).json()["results"]]


def shown(parts: list[dict[str, Any]]) -> str:
    return "".join(f"[{part['text']}]" if part["is_match"] else part["text"] for part in parts)


def test_a_word_in_a_lesson_is_shown_where_it_stands(visitor: Client) -> None:
    make_text("C1", {"L1": "前置き", "L2": "新しいサーバー室へ"}, title="窓口", minutes=20)
    body = visitor.get(address("ｻｰﾊﾞ")).json()
    assert (body["count"], body["pages"]) == (1, 1)
    row = body["results"][0]
    assert (row["key"], shown(row["title"]), row["minutes"]) == ("C1", "窓口", 20)
    assert (row["excerpt"], row["more_lessons"]) == ([], 0)
    assert [(item["key"], item["language"]) for item in row["lessons"]] == [("L2", "ja")]
    assert shown(row["lessons"][0]["excerpt"]) == "新しい[サーバー]室へ"


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("ｶﾞｲﾄﾞﾗｲﾝ", ["C1"]),
        ("がいどらいん", ["C1"]),
        ("ＲＰＡ", ["C1"]),
        ("rpa　個人", ["C1"]),
        ("rpa 職員", []),
        ("「個人 情報」", []),
        ("「個人情報」", ["C1"]),
        ("c1", ["C1"]),
        ("100%", ["C2"]),
        ("_", []),
        ("", []),
    ],
)
def test_all_words_stand_in_one_course_in_any_kana_and_width(
    visitor: Client, query: str, keys: list[str]
) -> None:
    make_text("C1", {"L1": "ガイドラインとRpa", "L2": "個人情報"}, title="甲")
    make_text("C2", {"L1": "職員の100%"}, title="乙")
    assert found(visitor, query) == keys


def test_titles_come_first_then_summaries_then_texts(visitor: Client) -> None:
    make_text("text", {"L1": "表計算を使う"}, title="甲")
    make_text("summary", {"L1": "x"}, title="乙", summary="表計算の基礎")
    make_text("title", {"L1": "x"}, title="表計算")
    assert found(visitor, "表計算") == ["title", "summary", "text"]
    rows = visitor.get(address("表計算")).json()["results"]
    assert shown(rows[0]["title"]) == "[表計算]"
    assert shown(rows[1]["excerpt"]) == "[表計算]の基礎"


def test_only_courses_open_to_me_are_found(visitor: Client, employee: Employee) -> None:
    make_text("mine", {"L1": "暗号"})
    make_text("theirs", {"L1": "暗号"}, is_mine=False)
    make_enrolment(employee, make_text("assigned", {"L1": "暗号"}, is_mine=False))
    assert found(visitor, "暗号") == ["mine", "assigned"]


def test_a_lesson_no_longer_live_is_not_shown(visitor: Client) -> None:
    course = make_text("C1", {"L1": "暗号", "L2": "暗号"})
    course.activities.filter(key="L1").update(live=False)
    row = visitor.get(address("暗号")).json()["results"][0]
    assert [lesson["key"] for lesson in row["lessons"]] == ["L2"]


def test_lessons_with_more_of_the_words_come_first_and_the_rest_are_counted(
    visitor: Client,
) -> None:
    make_text("C1", {f"L{n}": "表" for n in range(1, 7)} | {"L7": "表と図"})
    row = visitor.get(address("表 図")).json()["results"][0]
    assert [item["key"] for item in row["lessons"]] == ["L7", "L1", "L2", "L3", "L4"]
    assert row["more_lessons"] == 2


def test_more_words_than_anybody_needs_are_refused(visitor: Client) -> None:
    response = visitor.get(address(" ".join("abcdefghijk")))
    assert problem_of(response, 400, "invalid_parameter")


def test_the_number_of_queries_does_not_depend_on_what_is_found(
    visitor: Client, queries_of: Callable[[Client, str], int]
) -> None:
    make_text("C0", {"L1": "暗号と表"})
    few = queries_of(visitor, address("暗号 表"))
    for number in range(1, 9):
        make_text(f"C{number}", {"L1": "暗号", "L2": "表", "L3": "表"})
    body = visitor.get(address("暗号 表", page_size=4)).json()
    assert (body["count"], len(body["results"])) == (9, 4)
    assert queries_of(visitor, address("暗号 表")) == few
