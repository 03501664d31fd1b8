from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lms.people.models import Employee
from skills_matrix.projects.access import Who
from skills_matrix.projects.models import Project
from skills_matrix.projects.selectors import facts_of
from skills_matrix.projects.steps import steps_open_to
from tests.api.problems import places_of, problem_of
from tests.factories import (
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_employee,
    make_need,
    make_project,
    make_role,
    make_user,
)

PROJECTS = "/api/v1/projects/"
MINE = "/api/v1/suggestions/me/"


def test_a_project_shows_its_figures(visitor: Client) -> None:
    make_project(
        "RPA",
        title="RPAの導入",
        measure="M08",
        lead_role=make_role("leader", title="推進リーダー"),
        before=1471,
        after=441,
        total=35,
    )
    (row,) = visitor.get(PROJECTS).json()["results"]
    assert row["lead_role"] == {"key": "leader", "title": "推進リーダー"}
    assert (row["measure"], row["status"], row["effort"]) == ("M08", "template", "S")
    baseline = row["baseline"]
    assert (baseline["before"], baseline["after"], baseline["saving"]) == (1471, 441, 1030)
    assert baseline["total"] == 35
    assert baseline["saving_rate"] == pytest.approx(1030 / 1471)
    assert baseline["unit"] == "時間"


def test_a_project_without_figures_says_so(visitor: Client) -> None:
    make_project("P1")
    assert visitor.get(PROJECTS).json()["results"][0]["baseline"] is None


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["P1", "P2", "P3"]),
        ("measure=M01", ["P1", "P2"]),
        ("status=approved", ["P2", "P3"]),
        ("measure=M01&status=approved", ["P2"]),
        ("measure=M08&status=closed", []),
    ],
)
def test_projects_can_be_narrowed(visitor: Client, query: str, keys: list[str]) -> None:
    make_project("P1")
    make_project("P2", status=Project.Status.APPROVED)
    make_project("P3", measure="M08", status=Project.Status.APPROVED)
    rows = visitor.get(f"{PROJECTS}?{query}").json()["results"]
    assert [row["key"] for row in rows] == keys


def test_a_measure_that_no_project_serves_is_refused(visitor: Client) -> None:
    problem = problem_of(visitor.get(f"{PROJECTS}?measure=M99"), 400, "unknown_filter_value")
    assert places_of(problem) == ["measure"]


def test_a_project_lists_what_it_needs_musts_first(visitor: Client) -> None:
    project = make_project("P1")
    make_need(project, make_competency("nice", title="便利"), 3, is_must=False)
    make_need(project, make_competency("must", title="必須"), 1)
    found = visitor.get(f"{PROJECTS}P1/").json()
    assert found["needs"] == [
        {
            "competency": {"key": "must", "title": "必須"},
            "level": 1,
            "headcount": 1,
            "is_must": True,
        },
        {
            "competency": {"key": "nice", "title": "便利"},
            "level": 3,
            "headcount": 1,
            "is_must": False,
        },
    ]


@pytest.mark.django_db
def test_projects_are_for_everybody_who_is_signed_in(
    visitor_of: Callable[[Any], Client],
) -> None:
    make_project("P1")
    assert visitor_of(make_user()).get(f"{PROJECTS}P1/").status_code == 200


def test_a_project_that_there_is_not_is_not_found(visitor: Client) -> None:
    problem_of(visitor.get(f"{PROJECTS}P9/"), 404, "not_found")


def test_the_number_of_queries_does_not_depend_on_the_number_of_projects(
    visitor: Client, queries_of: Callable[[Client, str], int]
) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            make_project(lead_role=make_role(), before=2, needs={make_competency(): 1})

    add(3)
    few = queries_of(visitor, PROJECTS), queries_of(visitor, MINE)
    add(27)
    assert visitor.get(PROJECTS).json()["count"] == visitor.get(MINE).json()["count"] == 30
    assert (queries_of(visitor, PROJECTS), queries_of(visitor, MINE)) == few


def test_suggestions_come_best_first_with_their_reasons(
    visitor: Client, employee: Employee
) -> None:
    held, nearly, lacking = (make_competency(key) for key in ("held", "nearly", "lacking"))
    make_assessment(employee, held, 2)
    make_assessment(employee, nearly, 1)
    make_project("far", needs={lacking: 3})
    make_project("close", needs={held: 2, nearly: 2})
    make_project("fits", needs={held: 1})
    course = make_course("C1", minutes=40)
    make_audience_rule(course)
    make_award(course, nearly, 2)
    body = visitor.get(MINE).json()
    rows = body["results"]
    assert [row["project"]["key"] for row in rows] == ["fits", "close", "far"]
    assert [row["rank"] for row in rows] == [1, 2, 3]
    scores = [row["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)
    close = rows[1]
    assert close["counts"] == {"met": 1, "one_short": 1, "lacking": 0}
    reasons = {reason["competency"]["key"]: reason for reason in close["reasons"]}
    assert reasons["held"]["status"] == "met"
    assert reasons["nearly"]["status"] == "one_short"
    assert (reasons["nearly"]["needed"], reasons["nearly"]["level"]) == (2, 1)
    assert reasons["nearly"]["closing_course"]["key"] == "C1"
    assert reasons["nearly"]["text"]
    (reason,) = rows[2]["reasons"]
    assert (reason["status"], reason["level"], reason["closing_course"]) == (
        "lacking",
        None,
        None,
    )


def test_suggestions_come_in_pages(visitor: Client) -> None:
    for _ in range(5):
        make_project(needs={make_competency(): 1})
    pages = [visitor.get(f"{MINE}?page_size=2&page={page}").json() for page in (1, 2, 3, 4)]
    assert [len(page["results"]) for page in pages] == [2, 2, 1, 0]
    assert [row["rank"] for page in pages for row in page["results"]] == [1, 2, 3, 4, 5]
    assert {(page["count"], page["pages"]) for page in pages} == {(5, 3)}


def test_running_and_closed_projects_are_not_suggested(visitor: Client) -> None:
    for status in (Project.Status.RUNNING, Project.Status.CLOSED):
        make_project(status=status, needs={make_competency(): 1})
    assert visitor.get(MINE).json()["count"] == 0


def test_a_proposal_with_its_work_has_two_figures_and_waits_for_the_own_head(
    visitor: Client, employee: Employee
) -> None:
    make_competency("K1")
    body = {
        "title_ja": "申請書の入力を減らす",
        "summary_ja": "紙の申請書を打ち込んでいる。",
        "measure": "M01",
        "effort": "S",
        "needs": [{"competency": "K1", "level": 2}],
        "work": {"cases_per_year": 1200, "minutes_per_case": 15, "minutes_expected": "4.5"},
    }
    answer = visitor.post(PROJECTS, body, content_type="application/json")
    assert answer.status_code == 201
    made = answer.json()
    own = employee.postings.get().department
    assert (made["status"], made["department"]["key"]) == ("proposed", own.key)
    forecast = made["benefit"]["forecast"]
    assert (forecast["before"], forecast["after"], forecast["saved"]) == (300, 90, 210)
    assert made["benefit"]["measured"] is None
    ledger = visitor.get(f"{PROJECTS}{made['key']}/figures/").json()["figures"]
    assert [(row["phase"], row["cases_per_year"]) for row in ledger] == [
        ("before", 1200),
        ("forecast", 1200),
    ]
    project = Project.objects.get(key=made["key"])
    assert [step.missing for step in steps_open_to("proposed", {Who.HEAD}, facts_of(project))] == [
        (),
        (),
    ]


def test_a_proposal_whose_work_makes_no_sense_leaves_nothing_behind(visitor: Client) -> None:
    body = {
        "title_ja": "あ",
        "measure": "M01",
        "effort": "S",
        "work": {"cases_per_year": -1, "minutes_per_case": 15, "minutes_expected": 1},
    }
    answer = visitor.post(PROJECTS, body, content_type="application/json")
    problem = problem_of(answer, 400, "invalid")
    assert places_of(problem) == ["work.cases_per_year"]
    assert not Project.objects.exists()


def test_what_is_like_an_idea_is_shown_with_its_status_and_hours_if_i_may_see_it(
    visitor: Client,
) -> None:
    make_project("OCR", title="AI-OCRによる申請書の読み取り", before=1471, after=441)
    secret = make_project("S1", title="申請書の読み取りを変える", status=Project.Status.PROPOSED)
    secret.proposed_by = make_employee()
    secret.save()
    make_project("MAP", title="防災マップの公開")
    rows = visitor.get(f"{PROJECTS}similar/", {"text": "紙の申請書の読み取り"}).json()
    assert [row["project"]["key"] for row in rows] == ["OCR"]
    assert rows[0]["project"]["status"] == "template"
    assert rows[0]["project"]["baseline"]["saving"] == 1030
    assert rows[0]["benefit"] == {"forecast": None, "measured": None}
    (row,) = visitor.get(f"{PROJECTS}similar/", {"text": "防災マップの公開"}).json()
    assert row["is_same"] is True
    problem_of(visitor.get(f"{PROJECTS}similar/"), 400, "invalid_parameter")
