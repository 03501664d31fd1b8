from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Activity, Course
from courses.pages.models import LessonPage, ModulePage
from lms.flows import record_statements
from lms.people.models import Employee
from tests.api.problems import problem_of
from tests.factories import (
    answer_statement,
    complete_course,
    make_activity,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_document,
    make_enrolment,
    make_image,
    make_lesson,
    make_ruled_course,
    make_tier,
    publish_course,
    read_statement,
)

COURSES = "/api/v1/courses/"


def test_the_list_holds_only_published_courses_meant_for_me(
    visitor: Client, employee: Employee
) -> None:
    make_audience_rule(make_course("mine", title="RPA入門", minutes=20, measures=["M08"]))
    make_audience_rule(make_course("theirs"), tier=make_tier())
    make_audience_rule(make_course("draft", is_published=False))
    make_course("nobodys")
    make_enrolment(employee, make_course("assigned"))
    rows = visitor.get(COURSES).json()["results"]
    assert [row["key"] for row in rows] == ["mine", "assigned"]
    assert rows[0] == {
        "key": "mine",
        "title": "RPA入門",
        "summary": "",
        "minutes": 20,
        "measures": ["M08"],
    }


@pytest.mark.parametrize(
    ("search", "keys"),
    [("rpa", ["A"]), ("入門", ["A", "B"]), ("入門 データ", ["B"]), ("%25", []), ("", ["A", "B"])],
)
def test_searching_finds_courses_with_every_word(
    visitor: Client, search: str, keys: list[str]
) -> None:
    make_audience_rule(make_course("A", title="RPA入門"))
    make_audience_rule(make_course("B", title="データ活用", summary="入門編"))
    rows = visitor.get(f"{COURSES}?search={search}").json()["results"]
    assert [row["key"] for row in rows] == keys


def test_the_number_of_queries_does_not_depend_on_the_number_of_courses(
    visitor: Client, queries_of: Callable[[Client, str], int]
) -> None:
    for _ in range(3):
        make_audience_rule(make_course(lessons=0))
    few = queries_of(visitor, COURSES)
    for _ in range(27):
        make_audience_rule(make_course(lessons=0))
    assert visitor.get(COURSES).json()["count"] == 30
    assert queries_of(visitor, COURSES) == few


@pytest.fixture
def course(employee: Employee) -> Course:
    """Two lessons with one question each; the second lesson's is practice only."""
    course = make_course(
        "C1", title="個人情報", title_en="Personal data", minutes=25, is_published=False
    )
    practice = make_lesson(course, "L2", position=200)
    make_activity(practice, "L2-1", pass_mark=None, position=201)
    publish_course(course)
    make_audience_rule(course)
    make_enrolment(employee, course)
    return course


def test_a_course_shows_lessons_activities_and_progress(
    visitor: Client, employee: Employee, course: Course
) -> None:
    make_award(course, make_competency("K1", title="情報管理"), 2)
    make_award(course, make_competency("K2"), 1, effective_until=date(2021, 4, 1))
    lesson, question = course.activities.get(key="L1"), course.activities.get(key="L1-1")
    record_statements(
        employee=employee,
        statements=[
            read_statement(lesson),
            answer_statement(question, score=0.5),
            answer_statement(question, score=0.75),
        ],
    )
    found = visitor.get(f"{COURSES}C1/").json()
    assert found["title"] == "Personal data"
    assert found["minutes"] == 25
    assert found["iri"] == course.iri
    assert found["awards"] == [{"competency": {"key": "K1", "title": "情報管理"}, "level": 2}]
    assert found["enrolment"]["source"] == "chosen"
    assert found["progress"] == {"done": 1, "total": 3, "fraction": 1 / 3}
    assert found["completed_at"] is None
    first, second = found["lessons"]
    assert (first["key"], first["done"], first["iri"]) == ("L1", True, lesson.iri)
    assert [block["type"] for block in first["blocks"]] == ["rich_text", "h5p"]
    assert first["blocks"][1]["activity_key"] == "L1-1"
    assert first["activities"] == [
        {
            "key": "L1-1",
            "title": question.title_ja,
            "iri": question.iri,
            "is_graded": True,
            "pass_mark": 0.8,
            "best_score": 0.75,
            "attempts": 2,
            "done": False,
            "granted": False,
            "counts_again_at": None,
        }
    ]
    assert not second["done"]
    practice = second["activities"][0]
    assert (practice["is_graded"], practice["pass_mark"]) == (False, None)
    assert (practice["best_score"], practice["attempts"]) == (None, 0)


def test_a_lesson_names_the_module_it_stands_in(visitor: Client) -> None:
    course = make_course("C7", lessons=3, is_published=False)
    page = publish_course(course)
    make_audience_rule(course)
    inside, unlisted, _ = LessonPage.objects.child_of(page)
    module = page.add_child(instance=ModulePage(title="応用編", slug="m"))
    inside.move(module, pos="last-child")
    hidden = page.add_child(instance=ModulePage(title="下書き", slug="n", live=False))
    unlisted.move(hidden, pos="last-child")
    lessons = visitor.get(f"{COURSES}C7/").json()["lessons"]
    # A title that is only drafted is never shown.
    assert {lesson["key"]: lesson["module"] for lesson in lessons} == {
        "L1": "応用編",
        "L2": "",
        "L3": "",
    }


def test_a_finished_course_says_so(visitor: Client, employee: Employee, course: Course) -> None:
    complete_course(employee, course)
    found = visitor.get(f"{COURSES}C1/").json()
    assert found["completed_at"].endswith("Z")
    assert all(lesson["done"] for lesson in found["lessons"])


def test_a_course_meant_for_me_can_be_read_before_enrolling(visitor: Client) -> None:
    make_audience_rule(make_course("C2"))
    found = visitor.get(f"{COURSES}C2/").json()
    assert found["enrolment"] is None
    assert found["progress"] == {"done": 0, "total": 2, "fraction": 0.0}


@pytest.mark.parametrize("key", ["theirs", "draft", "nothing"])
def test_a_course_that_is_not_mine_is_as_if_it_did_not_exist(visitor: Client, key: str) -> None:
    make_audience_rule(make_course("theirs"), tier=make_tier())
    make_audience_rule(make_course("draft", is_published=False))
    answers = {
        address: problem_of(visitor.get(address), 404, "course_not_available")
        for address in (
            f"{COURSES}{key}/",
            f"{COURSES}{key}/activities/L1-1/launch/",
        )
    }
    assert len({str(answer) for answer in answers.values()}) == 1


def test_blocks_carry_what_a_page_shows(
    visitor: Client, employee: Employee, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = make_document("要領.PDF", b"%PDF")
    video, captions = make_document("film.mp4", b"film"), make_document("film.vtt", b"WEBVTT")
    image = make_image(width=2400, height=600)
    course = make_course("C3", lessons=1, is_published=False)
    question = course.activities.get(key="L1-1")
    link = f'<p><a linktype="document" id="{document.pk}">要領</a></p>'
    publish_course(
        course,
        bodies={
            "L1": [
                ("rich_text", link),
                ("image", image_value(image, "流れ図")),
                ("image", image_value(image, "", is_decorative=True)),
                (
                    "video",
                    {
                        "title": "動画",
                        "file": video,
                        "captions": captions,
                        "transcript": "話した言葉",
                    },
                ),
                ("document", document),
                ("callout", {"tone": "tip", "title": "ヒント", "text": "<p>短く</p>"}),
                ("h5p", question),
            ]
        },
    )
    make_enrolment(employee, course)
    blocks = visitor.get(f"{COURSES}C3/").json()["lessons"][0]["blocks"]
    assert len({block.pop("id") for block in blocks}) == 7
    assert blocks[0] == {
        "type": "rich_text",
        "html": f'<p><a href="{document.url}">要領</a></p>',
    }
    picture = image.get_rendition("max-1200x1200")
    assert blocks[1] == {
        "type": "image",
        "url": picture.url,
        "width": 1200,
        "height": 300,
        "alt": "流れ図",
    }
    assert blocks[2]["alt"] == ""
    assert blocks[3] == {
        "type": "video",
        "url": video.url,
        "content_type": "video/mp4",
        "captions_url": captions.url,
        "title": "動画",
        "transcript": "話した言葉",
    }
    assert blocks[4] == {
        "type": "document",
        "url": document.url,
        "title": "要領.PDF",
        "size_bytes": 4,
        "extension": "pdf",
    }
    assert blocks[5]["html"] == "<p>短く</p>"
    assert blocks[6] == {"type": "h5p", "activity_key": "L1-1"}
    assert all(
        block["url"].startswith("/") and "//" not in block["url"]
        for block in blocks
        if "url" in block
    )


def test_a_block_whose_file_was_deleted_is_left_out(
    visitor: Client, employee: Employee, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = make_document("a.pdf", b"%PDF")
    course = make_course("C4", lessons=1, is_published=False)
    publish_course(course, bodies={"L1": [("document", document), ("rich_text", "<p>a</p>")]})
    make_enrolment(employee, course)
    document.delete()
    blocks = visitor.get(f"{COURSES}C4/").json()["lessons"][0]["blocks"]
    assert [block["type"] for block in blocks] == ["rich_text"]


def test_the_number_of_queries_does_not_depend_on_the_number_of_lessons(
    visitor: Client,
    employee: Employee,
    queries_of: Callable[[Client, str], int],
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    for key, lessons in (("few", 2), ("many", 12)):
        course = make_course(key, lessons=lessons, activities=2, is_published=False)
        bodies = {
            lesson.key: [
                ("document", make_document("a.pdf", b"%PDF")),
                ("image", image_value(make_image(), "図")),
                *(("h5p", part) for part in lesson.parts.all()),
            ]
            for lesson in course.activities.filter(kind=Activity.Kind.LESSON)
        }
        publish_course(course, bodies=bodies)
        make_enrolment(employee, course)
        # The first reader makes the pictures.
        visitor.get(f"{COURSES}{key}/")
    few = queries_of(visitor, f"{COURSES}few/")
    assert queries_of(visitor, f"{COURSES}many/") == few


def test_a_reader_of_english_gets_the_english_lesson_page(
    visitor: Client, employee: Employee
) -> None:
    course = make_course("C5", lessons=1)
    publish_course(course, bodies={"L1": [("rich_text", "<p>in English</p>")]}, language="en")
    make_enrolment(employee, course)
    html = visitor.get(f"{COURSES}C5/").json()["lessons"][0]["blocks"][0]["html"]
    assert html == "<p>in English</p>"
    japanese = visitor.get(f"{COURSES}C5/", headers={"accept-language": "ja"}).json()
    assert "本文" in japanese["lessons"][0]["blocks"][0]["html"]


def test_an_activity_is_launched_on_the_content_origin(
    visitor: Client, course: Course, settings: Any
) -> None:
    found = visitor.get(f"{COURSES}C1/activities/L1-1/launch/").json()
    question = course.activities.get(key="L1-1")
    assert found["player_url"].startswith(settings.LMS_COURSES_CONTENT_ORIGIN + "/")
    assert found["content_origin"] == settings.LMS_COURSES_CONTENT_ORIGIN
    assert (found["iri"], found["title"]) == (question.iri, question.title_ja)
    assert found["language"] == "en"
    state = urlsplit(found["state_url"])
    assert state.path == "/api/v1/xapi/activities/state"
    assert parse_qs(state.query)["activityId"] == [question.iri]


def test_the_state_address_of_a_launch_keeps_a_document(visitor: Client, course: Course) -> None:
    address = visitor.get(f"{COURSES}C1/activities/L1-1/launch/").json()["state_url"]
    assert visitor.get(address).status_code == 404
    assert visitor.put(address, '{"answers":[0]}', "application/json").status_code == 204
    assert visitor.get(address).content == b'{"answers":[0]}'


def test_only_the_enrolled_launch_an_activity(visitor: Client) -> None:
    make_audience_rule(make_course("C6"))
    problem_of(visitor.get(f"{COURSES}C6/activities/L1-1/launch/"), 403, "not_enrolled")


@pytest.mark.parametrize("activity_key", ["L1", "L9", "L1-1-1"])
def test_what_is_no_h5p_activity_of_the_course_cannot_be_launched(
    visitor: Client, course: Course, activity_key: str
) -> None:
    problem_of(visitor.get(f"{COURSES}C1/activities/{activity_key}/launch/"), 404, "not_found")


@pytest.mark.parametrize("key", ["a%00b", "a b", "..", "-a"])
def test_what_cannot_be_a_key_is_an_unknown_address(visitor: Client, key: str) -> None:
    problem_of(visitor.get(f"{COURSES}{key}/"), 404, "not_found")


def image_value(image: Any, alt: str, *, is_decorative: bool = False) -> Any:
    shown = copy(image)
    shown.contextual_alt_text = alt
    shown.decorative = is_decorative
    return shown


@pytest.fixture
def ruled(employee: Employee) -> Course:
    course = make_ruled_course("C9")
    make_audience_rule(course)
    make_enrolment(employee, course)
    return course


def lessons_of(visitor: Client) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in visitor.get(f"{COURSES}C9/").json()["lessons"]}


def test_a_lesson_says_when_it_is_done_and_what_is_still_needed(
    visitor: Client, employee: Employee, ruled: Course
) -> None:
    found = lessons_of(visitor)
    assert [row["completion"] for row in found.values()] == [
        "test_out",
        "viewed",
        "graded_passed",
        "minimum_time",
    ]
    assert (found["L4"]["minutes"], found["L4"]["seconds_left"]) == (2, 120)
    lesson = ruled.activities.get(key="L4")
    record_statements(employee=employee, statements=read_statement(lesson, seconds=50))
    assert (lessons_of(visitor)["L4"]["seconds_left"], lessons_of(visitor)["L4"]["done"]) == (
        70,
        False,
    )
    now = timezone.now() + timedelta(minutes=2)
    record_statements(
        employee=employee, statements=read_statement(lesson, seconds=90, timestamp=now)
    )
    # The clock of the browser is ahead: no more time counts than has passed.
    assert lessons_of(visitor)["L4"]["seconds_left"] in (69, 70)


def test_a_course_offers_its_test_out_and_says_what_it_granted(
    visitor: Client, employee: Employee, ruled: Course
) -> None:
    offered = visitor.get(f"{COURSES}C9/").json()["test_out"]
    assert offered == {
        "lesson_key": "L1",
        "minutes": 3,
        "lessons": [
            {"key": "L2", "title": "レッスンL2", "granted": False},
            {"key": "L4", "title": "レッスンL4", "granted": False},
        ],
        "questions": 2,
        "tried": 0,
    }
    record_statements(
        employee=employee,
        statements=[
            answer_statement(ruled.activities.get(key="L1-1")),
            answer_statement(ruled.activities.get(key="L1-2"), score=0.5),
        ],
    )
    found = visitor.get(f"{COURSES}C9/").json()
    assert [row["granted"] for row in found["test_out"]["lessons"]] == [True, False]
    assert found["test_out"]["tried"] == 2
    assert found["progress"] == {"done": 2, "total": 7, "fraction": 2 / 7}
    lessons = lessons_of(visitor)
    assert (lessons["L2"]["done"], lessons["L2"]["granted"]) == (True, True)
    assert [row["granted"] for row in lessons["L2"]["activities"]] == [True, False]
    passed, failed = lessons["L1"]["activities"]
    assert passed["counts_again_at"] is None
    assert failed["counts_again_at"] > timezone.now().isoformat()


def test_a_course_without_a_test_out_offers_none(visitor: Client, course: Course) -> None:
    assert visitor.get(f"{COURSES}C1/").json()["test_out"] is None


def test_what_is_granted_is_granted_on_my_page_of_courses_too(
    visitor: Client, employee: Employee, ruled: Course
) -> None:
    before = visitor.get("/api/v1/learning/").json()["results"][0]
    assert (before["next_lesson_key"], before["test_out_lesson_key"]) == ("L2", "L1")
    assert before["granted_lessons"] == 0
    record_statements(
        employee=employee, statements=answer_statement(ruled.activities.get(key="L1-1"))
    )
    after = visitor.get("/api/v1/learning/").json()["results"][0]
    assert (after["next_lesson_key"], after["granted_lessons"]) == ("L3", 1)
