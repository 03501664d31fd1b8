"""The learner's way through a data exercise, over HTTP; another learner's things are not there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.models import Activity, Course
from lms.people.models import Employee
from tests.api.problems import places_of, problem_of
from tests.factories import (
    CLEAN_TABLE,
    MESSY_TABLE,
    answer_statement,
    make_audience_rule,
    make_course,
    make_employee,
    make_enrolment,
    make_exercise,
    make_lesson,
    make_tier,
    make_user,
    publish_course,
)

ADDRESS = "/api/v1/courses/C/exercises/X1/"
ATTEMPTS = ADDRESS + "attempts/"


@pytest.fixture
def course(employee: Employee) -> Course:
    """A published course for everybody, that the visitor takes, with the exercise X1."""
    made = make_course("C", lessons=0, is_published=False)
    make_exercise(make_lesson(made, "L1"))
    publish_course(made)
    make_audience_rule(made)
    make_enrolment(employee, made)
    return made


@pytest.fixture
def colleague(course: Course, visitor_of: Callable[[Any], Client]) -> Client:
    """Another learner of the same course."""
    other = make_employee()
    make_enrolment(other, course)
    return visitor_of(other)


def hand_in(client: Client, data: bytes = CLEAN_TABLE, name: str = "表.csv") -> Any:
    return client.post(ATTEMPTS, {"file": SimpleUploadedFile(name, data)})


def test_the_exercise_says_what_to_do_with_which_file_and_why(
    visitor: Client, course: Course
) -> None:
    told = visitor.get(ADDRESS).json()
    assert told["instructions"] == "表を整えてください。"
    assert told["file"] == {
        "name": "messy.csv",
        "size_bytes": len(MESSY_TABLE),
        "url": ADDRESS + "file/",
    }
    assert [rule["code"] for rule in told["rules"]] == ["dates", "units", "content"]
    assert told["rules"][0]["title"] == "Dates are written 2022-10-19"
    assert told["rules"][0]["why"]
    assert told["columns"][2] == {
        "name": "定員（人）",
        "type": "integer",
        "unit": "人",
        "is_required": False,
        "is_key": False,
        "allowed": [],
    }
    assert (told["pass_mark"], told["attempt_count"], told["attempts"]) == (1.0, 0, [])
    # The answer is nowhere in it.
    assert "2022-10-20" not in visitor.get(ADDRESS).content.decode()


def test_rules_and_findings_come_in_the_readers_language(visitor: Client, course: Course) -> None:
    japanese = {"headers": {"accept-language": "ja"}}
    told = visitor.get(ADDRESS, **japanese).json()
    assert told["rules"][0]["title"] == "日付を「2022-10-19」の形で書く"
    hand_in(visitor, MESSY_TABLE)
    rules = visitor.get(ATTEMPTS + "1/", **japanese).json()["rules"]
    assert rules[0]["findings"][0]["what"] == "日付が和暦で書かれています。"
    assert rules[0]["findings"][0]["fix"] == "「2022-10-19」と書いてください。"


def test_the_file_comes_as_the_author_gave_it_and_is_never_shown(
    visitor: Client, course: Course
) -> None:
    response = visitor.get(ADDRESS + "file/")
    assert response.content == MESSY_TABLE
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="messy.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_handed_in_is_graded_rule_by_rule_and_place_by_place(
    visitor: Client, course: Course
) -> None:
    response = hand_in(visitor, MESSY_TABLE)
    assert response.status_code == 201
    told = response.json()
    assert (told["number"], told["is_passed"], told["faults"]) == (1, False, 3)
    assert (told["file_name"], told["file_size"]) == ("表.csv", len(MESSY_TABLE))
    dates, units, content = told["rules"]
    assert (dates["failed"], dates["checked"]) == (2, 2)
    assert dates["findings"][0] == {
        "fault": "date_era",
        "line": 2,
        "column": "開催日",
        "cell": "B2",
        "value": "令和４年10月19日",
        "hint": "2022-10-19",
        "what": "The date is in the Japanese calendar.",
        "fix": "Write “2022-10-19”.",
    }
    assert (units["failed"], content["failed"]) == (1, 0)
    assert content["findings"] == []


def test_the_best_try_moves_the_course_and_any_number_is_taken(
    visitor: Client, course: Course
) -> None:
    for data in (MESSY_TABLE, CLEAN_TABLE, MESSY_TABLE):
        assert hand_in(visitor, data).status_code == 201
    listed = visitor.get(ATTEMPTS).json()
    assert [row["number"] for row in listed["results"]] == [3, 2, 1]
    assert [row["is_passed"] for row in listed["results"]] == [False, True, False]
    activity = visitor.get("/api/v1/courses/C/").json()["lessons"][0]["activities"][0]
    assert (activity["key"], activity["best_score"], activity["done"]) == ("X1", 1.0, True)
    assert activity["attempts"] == 3
    assert visitor.get(ADDRESS).json()["attempt_count"] == 3


def test_my_own_file_comes_back_as_it_was(visitor: Client, course: Course) -> None:
    hand_in(visitor, MESSY_TABLE)
    response = visitor.get(ATTEMPTS + "1/file/")
    assert response.content == MESSY_TABLE
    assert "filename*=utf-8''%E8%A1%A8.csv" in response["Content-Disposition"]


def test_a_file_no_longer_kept_is_not_there_but_its_report_is(
    visitor: Client, course: Course, settings: Any
) -> None:
    settings.LMS_EXERCISE_FILES_KEPT = 1
    hand_in(visitor)
    hand_in(visitor)
    problem_of(visitor.get(ATTEMPTS + "1/file/"), 404, "not_found")
    assert visitor.get(ATTEMPTS + "1/").status_code == 200


def test_what_another_learner_handed_in_is_not_there(
    visitor: Client, colleague: Client, course: Course
) -> None:
    hand_in(visitor)
    for address in (ATTEMPTS + "1/", ATTEMPTS + "1/file/"):
        assert visitor.get(address).status_code == 200
        problem_of(colleague.get(address), 404, "not_found")
    assert colleague.get(ATTEMPTS).json()["count"] == 0
    assert colleague.get(ADDRESS).json()["attempts"] == []
    # Theirs is another number one.
    assert hand_in(colleague, MESSY_TABLE).json()["number"] == 1
    assert visitor.get(ATTEMPTS + "1/").json()["score"] == 1.0


EVERY = [
    ("get", ADDRESS),
    ("get", ADDRESS + "file/"),
    ("get", ATTEMPTS),
    ("post", ATTEMPTS),
    ("get", ATTEMPTS + "1/"),
    ("get", ATTEMPTS + "1/file/"),
]


@pytest.mark.parametrize(("method", "address"), EVERY)
def test_whoever_does_not_take_the_course_is_refused(
    method: str, address: str, course: Course, visitor_of: Callable[[Any], Client]
) -> None:
    outsider = visitor_of(make_employee())
    problem_of(getattr(outsider, method)(address), 403, "not_enrolled")


@pytest.mark.parametrize(("method", "address"), EVERY)
def test_a_course_that_is_not_mine_is_not_there(
    method: str, address: str, course: Course, visitor_of: Callable[[Any], Client]
) -> None:
    course.audience.update(condition={"tier": [make_tier().key]})  # type: ignore[attr-defined]
    outsider = visitor_of(make_employee())
    problem_of(getattr(outsider, method)(address), 404, "course_not_available")


@pytest.mark.parametrize(("method", "address"), EVERY)
def test_nobody_and_whoever_is_no_employee_are_refused(
    method: str, address: str, course: Course, visitor_of: Callable[[Any], Client]
) -> None:
    assert getattr(Client(), method)(address).status_code in (401, 403)
    problem_of(getattr(visitor_of(make_user()), method)(address), 403, "not_an_employee")


@pytest.mark.parametrize(("method", "address"), EVERY)
def test_a_machine_needs_the_scope(
    method: str, address: str, course: Course, employee: Employee, machine_of: Callable[..., Client]
) -> None:
    machine = machine_of(employee, "courses:read", "learning:write")
    problem_of(getattr(machine, method)(address), 403, "insufficient_scope")


def test_a_machine_with_the_scope_hands_in(
    course: Course, employee: Employee, machine_of: Callable[..., Client]
) -> None:
    machine = machine_of(employee, "exercises:write", "exercises:read")
    assert hand_in(machine).status_code == 201
    assert machine.get(ATTEMPTS + "1/").json()["score"] == 1.0


def test_an_exercise_that_is_not_published_is_not_there(visitor: Client, course: Course) -> None:
    Activity.objects.filter(kind="exercise").update(live=False)
    problem_of(visitor.get(ADDRESS), 404, "not_found")
    problem_of(hand_in(visitor), 404, "not_found")
    problem_of(visitor.get(ADDRESS.replace("X1", "L1")), 404, "not_found")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "empty"),
        ("a.exe", b"MZ", "neither a CSV"),
        ("a.xlsx", CLEAN_TABLE, "renaming"),
        ("a.csv", b"x,y\r\n1,2\r\n", "None of the columns"),
        ("a.csv", "番号,開催日,定員（人）\r\n".encode(), "no row"),
        ("a.csv", b"a\x00b", "NUL"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason_and_is_no_try(
    visitor: Client, course: Course, name: str, data: bytes, words: str
) -> None:
    problem = problem_of(hand_in(visitor, data, name), 400, "exercise_file_refused")
    assert words in problem["detail"]
    assert visitor.get(ATTEMPTS).json()["count"] == 0


def test_no_file_at_all_and_another_kind_of_body_are_told(visitor: Client, course: Course) -> None:
    problem = problem_of(visitor.post(ATTEMPTS, {"file": "text"}), 400, "invalid")
    assert places_of(problem) == ["file"]
    problem_of(
        visitor.post(ATTEMPTS, "{}", content_type="application/json"),
        415,
        "unsupported_media_type",
    )


def test_what_is_too_large_is_refused_before_it_is_read(
    visitor: Client, course: Course, settings: Any
) -> None:
    settings.LMS_COURSES_EXERCISE_LIMITS = {"file_bytes": 100_000}
    problem_of(hand_in(visitor, b"x" * 200_000), 413, "body_too_large")
    # A little more than a file may be, but not than a body may be.
    problem_of(hand_in(visitor, b"x" * 100_001), 400, "exercise_file_refused")


def test_no_browser_says_how_it_went(visitor: Client, course: Course) -> None:
    exercise = Activity.objects.get(kind="exercise")
    problem = problem_of(
        visitor.post(
            "/api/v1/xapi/statements",
            [answer_statement(exercise)],
            content_type="application/json",
        ),
        400,
        "graded_by_server",
    )
    assert places_of(problem) == [exercise.iri]
    assert visitor.get(ADDRESS).json()["attempt_count"] == 0


def test_a_lesson_shows_where_the_exercise_stands(visitor: Client, course: Course) -> None:
    blocks = visitor.get("/api/v1/courses/C/").json()["lessons"][0]["blocks"]
    assert [(block["type"], block.get("activity_key")) for block in blocks] == [
        ("rich_text", None),
        ("exercise", "X1"),
    ]


def test_the_number_of_queries_does_not_grow_with_the_tries(
    visitor: Client, course: Course, queries_of: Callable[[Client, str], int]
) -> None:
    hand_in(visitor, MESSY_TABLE)
    before = [queries_of(visitor, address) for address in (ADDRESS, ATTEMPTS, ATTEMPTS + "1/")]
    for _ in range(4):
        hand_in(visitor, MESSY_TABLE)
    assert before == [
        queries_of(visitor, address) for address in (ADDRESS, ATTEMPTS, ATTEMPTS + "1/")
    ]
    assert max(before) < 20
