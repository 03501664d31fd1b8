from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courses.models import Course
from lms.enrolment.models import Enrolment
from lms.people.models import Employee
from tests.api.problems import problem_of
from tests.factories import (
    complete_course,
    make_audience_rule,
    make_course,
    make_enrolment,
    make_path,
    make_tier,
    read_statement,
    require,
)

PATHS = "/api/v1/paths/"


def offered(key: str, **rule: Any) -> Course:
    course = make_course(key, title=f"講座{key}", title_en=f"Course {key}", minutes=60)
    make_audience_rule(course, **rule)
    return course


@pytest.fixture
def courses(employee: Employee) -> dict[str, Course]:
    """A before B; C is optional, D not meant for me."""
    made = {key: offered(key) for key in "ABC"} | {"D": offered("D", tier=make_tier())}
    require(made["B"], made["A"])
    make_path("P1", [made[key] for key in "ABD"], optional=[made["C"]], title="道筋")
    return made


@pytest.mark.usefixtures("courses")
def test_my_paths_say_how_far_i_am_and_what_comes_next(visitor: Client) -> None:
    body = visitor.get(PATHS).json()
    assert (body["count"], body["page"], body["pages"]) == (1, 1, 1)
    assert body["results"] == [
        {
            "key": "P1",
            "title": "道筋",
            "summary": "",
            "progress": {"done": 0, "total": 2, "fraction": 0.0},
            "minutes_left": 120,
            "next": {"key": "A", "title": "Course A"},
        }
    ]


def test_a_path_is_a_graph_of_how_i_stand(
    visitor: Client, employee: Employee, courses: dict[str, Course]
) -> None:
    complete_course(employee, courses["A"])
    found = visitor.get(f"{PATHS}P1/").json()
    assert [(row["course"]["key"], row["state"], row["stage"]) for row in found["nodes"]] == [
        ("A", "done", 0),
        ("D", "closed", 0),
        ("C", "open", 0),
        ("B", "open", 1),
    ]
    assert found["edges"] == [{"before": "A", "after": "B"}]
    assert found["progress"] == {"done": 1, "total": 2, "fraction": 0.5}
    assert found["next"]["key"] == "B"
    nodes = {row["course"]["key"]: row for row in found["nodes"]}
    assert nodes["A"]["completed_at"].endswith("Z")
    assert nodes["C"]["is_optional"]
    assert nodes["D"]["progress"] is None
    assert nodes["B"]["next_lesson_key"] == "L1"


@pytest.mark.usefixtures("courses")
def test_what_waits_names_what_comes_first(visitor: Client) -> None:
    nodes = {row["course"]["key"]: row for row in visitor.get(f"{PATHS}P1/").json()["nodes"]}
    assert (nodes["B"]["state"], nodes["B"]["locked_by"]) == (
        "locked",
        [{"key": "A", "title": "Course A"}],
    )
    rows = {row["course"]["key"]: row for row in visitor.get("/api/v1/learning/").json()["results"]}
    assert rows["B"]["locked_by"] == [{"key": "A", "title": "Course A"}]
    assert rows["A"]["locked_by"] == []


@pytest.mark.usefixtures("courses")
def test_enrolling_in_what_waits_is_refused_with_the_courses_to_do_first(visitor: Client) -> None:
    problem = problem_of(visitor.put("/api/v1/courses/B/enrolment/"), 409, "prerequisites_missing")
    assert "Course A" in problem["detail"]
    assert not Enrolment.objects.exists()


def test_an_assigned_course_that_waits_can_neither_be_launched_nor_recorded(
    visitor: Client, employee: Employee, courses: dict[str, Course]
) -> None:
    make_enrolment(employee, courses["B"], source=Enrolment.Source.ASSIGNED)
    launch = "/api/v1/courses/B/activities/L1-1/launch/"
    problem_of(visitor.get(launch), 409, "prerequisites_missing")
    said = read_statement(courses["B"].activities.get(key="L1"))
    sent = visitor.post("/api/v1/xapi/statements", said, "application/json")
    problem_of(sent, 409, "prerequisites_missing")
    complete_course(employee, courses["A"])
    assert visitor.get(launch).status_code == 200


def test_a_course_says_which_paths_it_is_part_of_and_what_comes_next(
    visitor: Client, employee: Employee, courses: dict[str, Course]
) -> None:
    (place,) = visitor.get("/api/v1/courses/A/").json()["paths"]
    assert (place["key"], place["title"]) == ("P1", "道筋")
    assert place["next"] == {"key": "B", "title": "Course B"}
    waiting = visitor.get("/api/v1/courses/B/").json()
    assert waiting["locked_by"] == [{"key": "A", "title": "Course A"}]
    # What was left behind comes after the last.
    assert waiting["paths"][0]["next"]["key"] == "A"
    complete_course(employee, courses["A"])
    assert visitor.get("/api/v1/courses/B/").json()["paths"][0]["next"] is None


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize("key", ["P9", "hidden", "others"])
def test_a_path_that_is_not_mine_is_not_found(visitor: Client, key: str) -> None:
    make_path("hidden", Course.objects.filter(key="A"), live=False)
    make_path("others", Course.objects.filter(key="D"))
    problem_of(visitor.get(f"{PATHS}{key}/"), 404, "not_found")
    assert visitor.get(PATHS).json()["count"] == 1


@pytest.mark.usefixtures("courses")
def test_my_paths_come_page_by_page(visitor: Client) -> None:
    make_path("P2", Course.objects.filter(key="A"))
    body = visitor.get(PATHS, {"page": 2, "page_size": 1}).json()
    assert [row["key"] for row in body["results"]] == ["P2"]
    assert (body["count"], body["pages"]) == (2, 2)


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize("address", [PATHS, f"{PATHS}P1/", "/api/v1/courses/A/"])
def test_the_number_of_queries_does_not_grow_with_paths_or_courses(
    visitor: Client, queries_of: Callable[[Client, str], int], address: str
) -> None:
    few = queries_of(visitor, address)
    first = Course.objects.get(key="A")
    for number in range(4):
        courses = [offered(f"X{number}{part}") for part in range(3)]
        require(courses[2], courses[0], first)
        make_path(f"more{number}", [first, *courses])
    assert queries_of(visitor, address) == few
