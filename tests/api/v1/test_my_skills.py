"""My own skills over HTTP: the next step of each gap, what ends, how it came, who looked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from lms.enrolment.services import enrol
from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.models import Competency
from skills_matrix.frames import midnight
from tests.factories import (
    complete_course,
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_need,
    make_project,
    make_target,
    make_tier,
    make_user,
)

MINE, TREND, LOOKS = (f"/api/v1/skills/{name}/" for name in ("me", "trend", "looks"))


def test_a_gap_names_the_course_and_the_project_that_close_it(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    make_target(competency, 2)
    make_need(make_project("P1"), competency, level=3)
    (row,) = visitor.get(MINE).json()["competencies"]
    assert (row["closing_course"], row["closing_project"]["key"]) == (None, "P1")
    assert row["raise_otherwise"] == "A supervisor who judges the level to be higher raises it."
    course = make_course("C1")
    make_award(course, competency, 2)
    make_audience_rule(course)
    (row,) = visitor.get(MINE).json()["competencies"]
    assert (row["closing_course"]["key"], row["is_taking"]) == ("C1", False)
    assert (row["closing_project"]["key"], row["raise_otherwise"]) == ("P1", "")
    enrol(employee=employee, course=course, on=office_today())
    (row,) = visitor.get(MINE).json()["competencies"]
    assert row["is_taking"] is True
    make_assessment(employee, competency, 2)
    (row,) = visitor.get(MINE).json()["competencies"]
    assert (row["closing_course"], row["closing_project"], row["raise_otherwise"]) == (
        None,
        None,
        "",
    )


def test_what_ends_soon_is_told_with_what_renews_it(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    ends = midnight(office_today() + timedelta(days=100))
    make_target(competency, 2)
    make_assessment(employee, competency, 2, valid_until=ends)
    make_assessment(employee, make_competency("FAR"), 2, valid_until=ends + timedelta(days=100))
    course = make_course("C1")
    make_award(course, competency, 2)
    make_audience_rule(course)
    mine = visitor.get(MINE).json()
    (row,) = mine["expiring"]
    assert row["competency"]["key"] == competency.key
    assert row["last_day"] == str(office_today() + timedelta(days=99))
    assert (row["level"], row["falls_to"], row["course"]["key"]) == (2, None, "C1")
    assert (row["misses_target"], row["by_project"]) == (True, False)
    assert mine["expiring_until"] == str(office_today() + timedelta(days=180))


def test_the_queries_do_not_depend_on_gaps_projects_or_ends(
    visitor: Client, employee: Employee, queries_of: Callable[[Client, str], int]
) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            skill, other = make_competency(), make_competency()
            make_target(skill, 3)
            make_need(make_project(), skill, level=3)
            course = make_course()
            make_award(course, skill, 3)
            make_audience_rule(course)
            make_assessment(employee, other, 1, valid_until=timezone.now() + timedelta(days=10))

    add(2)
    few = {address: queries_of(visitor, address) for address in (MINE, TREND)}
    add(10)
    mine = visitor.get(MINE).json()
    assert (
        len(mine["expiring"]) == sum(row["gap"] is not None for row in mine["competencies"]) == 12
    )
    assert {address: queries_of(visitor, address) for address in few} == few


# --- how it came to be ------------------------------------------------------------------------


def test_each_step_says_what_caused_it_and_the_counts_add_up(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    now = timezone.now()
    ended = now - timedelta(days=30)
    make_assessment(
        employee, competency, 1, assessed_at=now - timedelta(days=400), valid_until=ended
    )
    course = make_course("C1", lessons=1)
    make_award(course, competency, 2)
    complete_course(employee, course)
    trend = visitor.get(TREND).json()
    assert [
        (step["before"], step["after"], step["kind"], step["course_key"], step["is_end"])
        for step in trend["steps"]
    ] == [
        (None, 2, "course", "C1", False),
        (1, None, "supervisor", None, True),
        (None, 1, "supervisor", None, False),
    ]
    assert trend["steps"][0]["title"] == course.title
    assert [count["levels"] for count in trend["counts"]] == [
        [0, 1, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 1, 0, 0],
    ]
    assert trend["counts"][-1]["on"] == str(office_today())
    assert trend["counts"][-1]["levels"] == trend["points"][-1]["levels"]


def test_without_any_level_there_is_no_history(visitor: Client) -> None:
    trend = visitor.get(TREND).json()
    assert (trend["steps"], trend["counts"]) == ([], [])


# --- who looked -------------------------------------------------------------------------------


def test_a_look_tells_the_post_of_its_day_and_what_was_seen(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    office = make_department("HR")
    hr = make_employee(name="人事 太郎", department=office, tier=make_tier("G3"))
    tier = hr.postings.get().tier
    log_skills_views(viewer=hr.user, subject_ids=[employee.pk], what=f"cell:{competency.key}")
    log_skills_views(
        viewer=hr.user, subject_ids=[employee.pk], what=f"coverage:section:{office.key}"
    )
    log_skills_views(viewer=hr.user, subject_ids=[employee.pk], what="coverage:process:GONE")
    log_skills_views(viewer=make_user(), subject_ids=[employee.pk], what="matrix")
    log_skills_views(viewer=make_user(), subject_ids=[employee.pk], what="unheard-of")
    found = visitor.get(LOOKS).json()["results"]
    assert [look["data"] for look in found] == [
        "Your skills",
        "Levels and targets of all your skills",
        "Levels of the skills that “GONE” needs",
        f"Levels of the skills that “{office.title}” needs",
        f"“{competency.title}”: level, target and all evidence",
    ]
    assert [look["post"] for look in found] == ["", "", *[f"{office.title} {tier.title}"] * 3]
    assert found[0]["why"] == "Work in personnel"


def test_looks_come_page_by_page_with_the_same_queries(
    visitor: Client, employee: Employee, queries_of: Callable[[Client, str], int]
) -> None:
    def look(number: int) -> None:
        for _ in range(number):
            viewer: Any = make_employee().user
            log_skills_views(viewer=viewer, subject_ids=[employee.pk], what="matrix")

    look(2)
    few = queries_of(visitor, LOOKS)
    look(20)
    assert queries_of(visitor, LOOKS) == few
    page = visitor.get(LOOKS, {"page": 3, "page_size": 10}).json()
    assert (page["count"], page["pages"], len(page["results"])) == (22, 3, 2)


def test_the_categories_stand_to_their_targets(visitor: Client, employee: Employee) -> None:
    heading = make_competency("HEAD", is_group=True)
    for level, target in ((1, 2), (3, 3), (None, 4), (2, None)):
        skill = make_competency(parent=heading)
        if target is not None:
            make_target(skill, target)
        if level is not None:
            make_assessment(employee, skill, level)
    (row,) = visitor.get(MINE).json()["categories"]
    assert (row["category"]["key"], row["framework"]["key"]) == ("HEAD", heading.framework.key)
    assert (row["with_target"], row["assessed"], row["at_target"]) == (3, 2, 1)
    assert (row["mean_level"], row["mean_target"]) == (2.0, 3.0)
