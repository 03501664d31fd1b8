"""Learning plans over HTTP: what is planned, what courses do not reach, and who sees whose."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lms.enrolment.services import enrol
from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.assessments.models import SkillsView
from skills_matrix.competencies.models import Assurance, Competency, LevelRule
from skills_matrix.projects.models import Project
from tests.api.problems import places_of, problem_of
from tests.factories import (
    complete_course,
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_need,
    make_project,
    make_role,
    make_target,
    require,
)

MINE = "/api/v1/plans/me/"
CHOICES = "/api/v1/plans/choices/"
Office = dict[str, Employee]


def teach(key: str, minutes: int, awards: dict[Competency, int], *, is_open: bool = True) -> Any:
    course = make_course(key, title=f"研修{key}")
    course.duration = timedelta(minutes=minutes)
    course.save()
    for competency, level in awards.items():
        make_award(course, competency, level)
    if is_open:
        make_audience_rule(course)
    return course


@pytest.fixture
def skills(competency: Competency) -> list[Competency]:
    return [competency, make_competency("K2", title="業務を図にする"), make_competency("K3")]


@pytest.fixture
def project(skills: list[Competency]) -> Project:
    """Level 2 in K1 is a must, level 2 in K2 and 4 in K3 are wished for."""
    project = make_project("RPA", title="RPAの導入")
    for need, level, is_must in zip(skills, (2, 2, 4), (True, False, False), strict=True):
        make_need(project, need, level, is_must=is_must)
    return project


def test_the_plan_names_courses_in_order_with_days_and_what_each_closes(
    visitor: Client, project: Project, skills: list[Competency]
) -> None:
    basics = teach("B", 30, {})
    reading = teach("R", 90, {skills[0]: 2})
    require(reading, basics)
    teach("M", 60, {skills[1]: 2})
    teach("LONG", 400, {skills[0]: 2, skills[1]: 2})
    teach("SECRET", 1, {skills[0]: 3, skills[1]: 3}, is_open=False)
    today = office_today()
    plan = visitor.get(f"{MINE}?project=RPA&hours_per_week=1").json()
    assert plan["aim"] == {"key": "RPA", "title": "RPAの導入", "kind": "project"}
    assert [step["course"]["key"] for step in plan["steps"]] == ["B", "R", "M"]
    first, second, third = plan["steps"]
    assert (first["closes"], first["why"]) == ([], "opens")
    assert first["opens"] == [{"key": "R", "title": "研修R"}]
    assert second["closes"] == [
        {
            "competency": {"key": "K1", "title": "データを読む"},
            "before": 0,
            "after": 2,
            "needed": 2,
        }
    ]
    assert [row["key"] for row in second["after"]] == ["B"]
    assert (plan["minutes"], plan["ends_on"]) == (180, str(today + timedelta(days=20)))
    assert third["ends_on"] == plan["ends_on"]
    assert [week["starts_on"] for week in plan["weeks"]] == [
        str(today + timedelta(days=7 * number)) for number in range(3)
    ]
    assert [part["minutes"] for part in plan["weeks"][0]["parts"]] == [30, 30]
    states = {row["competency"]["key"]: row["state"] for row in plan["goals"]}
    assert states == {"K1": "closes", "K2": "closes", "K3": "left"}


def test_a_deadline_that_cannot_be_met_names_both_ways_out(
    visitor: Client, project: Project, skills: list[Competency]
) -> None:
    teach("R", 240, {skills[0]: 2})
    day = office_today() + timedelta(days=6)
    plan = visitor.get(f"{MINE}?project=RPA&before={day}").json()
    assert (plan["is_in_time"], plan["hours_needed"]) == (False, 4)
    assert plan["ends_on"] == str(office_today() + timedelta(days=13))
    again = visitor.get(f"{MINE}?project=RPA&before={day}&hours_per_week=4").json()
    assert (again["is_in_time"], again["ends_on"]) == (True, str(day))


def test_what_no_course_closes_says_what_does(
    visitor: Client, employee: Employee, project: Project, skills: list[Competency]
) -> None:
    make_assessment(employee, skills[2], 1)
    teach("S", 30, {skills[2]: 3})
    other = make_project("BI", title="見える化")
    make_need(other, skills[2], 4)
    left = visitor.get(f"{MINE}?project=RPA").json()["goals"][2]
    assert (left["level"], left["reached"], left["needed"], left["state"]) == (1, 3, 4, "left")
    assert left["project"] == {"key": "BI", "title": "見える化"}
    assert left["by_mentor"] is True
    assert left["otherwise"] == "A supervisor who judges the level to be higher raises it."


def test_what_a_rule_does_not_count_is_no_way(
    visitor: Client, project: Project, skills: list[Competency]
) -> None:
    """A course in the browser and a mentor's session are less sure than a supervised test."""
    teach("R", 30, {skills[0]: 2})
    LevelRule.objects.create(
        name="highest_valid",
        minimum_assurance=Assurance.SUPERVISED_TEST,
        effective_from=office_today(),
    )
    plan = visitor.get(f"{MINE}?project=RPA").json()
    assert plan["steps"] == []
    assert [row["by_mentor"] for row in plan["goals"]] == [False, False, False]


def test_what_is_begun_is_planned_as_far_as_it_is_left(
    visitor: Client, employee: Employee, project: Project, skills: list[Competency]
) -> None:
    course = teach("R", 60, {skills[0]: 2})
    enrol(employee=employee, course=course, on=office_today())
    (step,) = visitor.get(f"{MINE}?project=RPA").json()["steps"]
    assert (step["is_taking"], step["is_assigned"], step["is_again"]) == (True, False, False)
    assert step["minutes"] == 60
    complete_course(employee, course)
    plan = visitor.get(f"{MINE}?project=RPA").json()
    assert plan["steps"] == []
    assert plan["goals"][0]["state"] == "met"


def test_a_mandatory_course_is_marked_with_its_day(
    visitor: Client, project: Project, skills: list[Competency]
) -> None:
    course = teach("R", 60, {skills[0]: 2}, is_open=False)
    make_audience_rule(course, is_mandatory=True, due="days", due_days=30)
    (step,) = visitor.get(f"{MINE}?project=RPA").json()["steps"]
    assert (step["is_assigned"], step["why"]) == (True, "due")
    assert step["due_on"] is not None


def test_a_role_asks_what_its_targets_ask(
    visitor: Client, skills: list[Competency], competency: Competency
) -> None:
    role, other = make_role("DAT", title="データ担当"), make_role("ICT")
    make_target(skills[0], 3, role=role)
    make_target(skills[1], 2, role=other)
    make_target(skills[2], 1)
    teach("R", 60, {skills[0]: 3})
    plan = visitor.get(f"{MINE}?role=DAT").json()
    assert plan["aim"] == {"key": "DAT", "title": "データ担当", "kind": "role"}
    assert [(row["competency"]["key"], row["needed"]) for row in plan["goals"]] == [("K1", 3)]
    assert [step["course"]["key"] for step in plan["steps"]] == ["R"]


def test_one_can_plan_for_what_is_not_over_and_asks_for_something(
    visitor: Client, project: Project, skills: list[Competency]
) -> None:
    make_need(make_project("OVER", status=Project.Status.CLOSED), skills[0], 1)
    make_need(make_project("IDEA", status=Project.Status.PROPOSED), skills[0], 1)
    make_project("EMPTY")
    make_target(skills[0], 3, role=make_role("DAT", title="データ担当"))
    make_role("NOTHING")
    assert visitor.get(CHOICES).json() == {
        "projects": [{"key": "RPA", "title": "RPAの導入"}],
        "roles": [{"key": "DAT", "title": "データ担当"}],
    }


@pytest.mark.parametrize(
    ("query", "code", "place"),
    [
        ("", "invalid_parameter", "project"),
        ("project=RPA&role=DAT", "invalid_parameter", "project"),
        ("project=RPA&before=2020-01-01", "invalid_parameter", "before"),
        ("project=RPA&hours_per_week=0", "invalid_parameter", "hours_per_week"),
        ("role=NOBODY", "unknown_filter_value", "role"),
    ],
)
def test_what_cannot_be_planned_is_refused(
    visitor: Client, project: Project, query: str, code: str, place: str
) -> None:
    assert places_of(problem_of(visitor.get(f"{MINE}?{query}"), 400, code)) == [place]


def test_a_proposal_of_others_is_not_there(visitor: Client, skills: list[Competency]) -> None:
    make_need(make_project("IDEA", status=Project.Status.PROPOSED), skills[0], 1)
    problem_of(visitor.get(f"{MINE}?project=IDEA"), 404, "not_found")


def test_hr_sees_somebodys_plan_and_the_look_is_logged(
    desk: Client, office: Office, project: Project, visitor_of: Callable[[Any], Client]
) -> None:
    address = f"/api/v1/plans/people/{office['b'].staff_number}/?project=RPA"
    plan = desk.get(address).json()
    assert plan["person"] == {"staff_number": "200002", "name": "乙"}
    assert plan["goals"][0]["level"] == 1
    (look,) = SkillsView.objects.all()
    assert (look.subject, look.what) == (office["b"], "plan")
    problem_of(visitor_of(office["c"]).get(address), 404, "not_visible")
    own = visitor_of(office["b"]).get(address).json()
    assert own["goals"] == plan["goals"]
    assert SkillsView.objects.count() == 1


def test_the_queries_do_not_depend_on_needs_or_courses(
    visitor: Client,
    project: Project,
    skills: list[Competency],
    queries_of: Callable[[Client, str], int],
) -> None:
    def add(number: int) -> None:
        for index in range(number):
            skill = make_competency()
            make_need(project, skill, 2)
            make_need(make_project(), skill, 4)
            before = teach(f"A{skill.pk}", 20, {skill: 1})
            require(teach(f"B{skill.pk}", 30, {skill: 2 + index % 2}), before)
            make_need(project, make_competency(), 3)

    add(2)
    few = queries_of(visitor, f"{MINE}?project=RPA")
    add(5)
    assert queries_of(visitor, f"{MINE}?project=RPA") == few
    assert few <= 45
