from typing import Any

import pytest

from courses.models import Course
from lms.enrolment.paths.selectors import MyPath, paths_of
from lms.enrolment.services import enrol
from lms.flows import record_statements
from lms.people.calendar import office_today
from lms.people.models import Employee
from tests.factories import (
    complete_course,
    make_audience_rule,
    make_course,
    make_path,
    make_tier,
    read_statement,
    require,
)

pytestmark = pytest.mark.django_db


def offered(key: str, **rule: Any) -> Course:
    course = make_course(key, minutes=60, lessons=2)
    make_audience_rule(course, **rule)
    return course


@pytest.fixture
def courses(learner: Employee) -> dict[str, Course]:
    """A before B before C; D is optional, E not meant for the person, F not published."""
    made = {key: offered(key) for key in "ABCD"}
    made["E"] = offered("E", tier=make_tier())
    made["F"] = make_course("F", is_published=False)
    require(made["B"], made["A"])
    require(made["C"], made["B"])
    return made


def the_path(employee: Employee) -> MyPath:
    (path,) = paths_of(employee, office_today())
    return path


def states(path: MyPath) -> dict[str, str]:
    return {row.course.key: row.state.value for row in path.nodes}


def test_each_course_of_a_path_says_how_i_stand(
    learner: Employee, courses: dict[str, Course]
) -> None:
    make_path("P", [courses[key] for key in "CEBAF"], optional=[courses["D"]])
    complete_course(learner, courses["A"])
    path = the_path(learner)
    assert states(path) == {
        "E": "closed",
        "A": "done",
        "D": "open",
        "B": "open",
        "C": "locked",
    }
    assert [row.stage for row in path.nodes] == [0, 0, 0, 1, 2]
    assert path.edges == (("B", "C"), ("A", "B"))
    assert (path.done, path.total) == (1, 3)
    assert path.next is not None
    assert path.next.course == courses["B"]
    assert path.nodes[-1].locked_by == (courses["B"],)


def test_what_is_begun_comes_before_what_can_be_begun(
    learner: Employee, courses: dict[str, Course]
) -> None:
    make_path("P", [courses["A"], courses["D"]])
    enrol(employee=learner, course=courses["D"], on=office_today())
    record_statements(
        employee=learner, statements=read_statement(courses["D"].activities.get(key="L1"))
    )
    path = the_path(learner)
    assert states(path) == {"A": "open", "D": "running"}
    assert path.next is not None
    assert path.next.course == courses["D"]
    # A whole hour, and three quarters of one: a lesson of two with an activity each is read.
    assert path.left.total_seconds() == 60 * (60 + 45)


def test_courses_are_joined_through_one_that_is_no_step(
    learner: Employee, courses: dict[str, Course]
) -> None:
    make_path("P", [courses["A"], courses["C"]])
    path = the_path(learner)
    assert path.edges == (("A", "C"),)
    assert path.nodes[-1].locked_by == (courses["B"],)


def test_a_course_that_counts_as_a_step_does_it(
    learner: Employee, courses: dict[str, Course]
) -> None:
    courses["A"].audience.get().equal_courses.add(courses["D"])
    make_path("P", [courses["A"], courses["B"]])
    complete_course(learner, courses["D"])
    assert states(the_path(learner)) == {"A": "done", "B": "open"}


def test_a_path_that_is_not_shown_or_holds_nothing_of_mine_is_not_mine(
    learner: Employee, courses: dict[str, Course]
) -> None:
    make_path("hidden", [courses["A"]], live=False)
    make_path("others", [courses["E"]], optional=[courses["A"]])
    assert paths_of(learner, office_today()) == []


def test_a_path_that_is_done_asks_nothing_more(
    learner: Employee, courses: dict[str, Course]
) -> None:
    make_path("P", [courses["A"]], optional=[courses["D"]])
    complete_course(learner, courses["A"])
    path = the_path(learner)
    assert (path.done, path.total, path.next, path.left.total_seconds()) == (1, 1, None, 0)
