"""Projects by HTTP: proposing, steps, figures, team, evidence and the chain."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lms.people.calendar import office_today
from skills_matrix.projects.models import Project
from tests.api.problems import places_of, problem_of
from tests.factories import make_competency, make_employee, make_project
from tests.skills_matrix.projects.conftest import RunningProject, running  # noqa: F401 - fixture

JSON: dict[str, Any] = {"content_type": "application/json"}
ONE = "/api/v1/projects/RPA/"
FIGURE = {"phase": "measured", "cases_per_year": "1", "minutes_per_case": "26460", "how": "記録簿"}

VisitorOf = Callable[[Any], Client]


@pytest.fixture
def office(running: RunningProject) -> RunningProject:  # noqa: F811 - the fixture
    return running


def proposal(**changed: Any) -> dict[str, Any]:
    return {"title_ja": "窓口案内の見直し", "measure": "M11", "effort": "S"} | changed


def test_a_proposal_is_made_assessed_and_taken_back(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    make_competency("BX-D1")
    visitor = visitor_of(office.person)
    body = proposal(
        department=office.section.key, needs=[{"competency": "BX-D1", "level": 2, "is_must": True}]
    )
    made = visitor.post("/api/v1/projects/", body, **JSON)
    assert made.status_code == 201, made.content
    found = made.json()
    address = f"/api/v1/projects/{found['key']}/"
    assert (found["status"], found["proposed_by"]) == ("proposed", office.person.name)
    assert [(step["step"], step["to"]) for step in found["next_steps"]] == [("withdraw", "closed")]
    assert found["needs"][0]["competency"]["key"] == "BX-D1"
    for phase, minutes, day in (("before", 10, str(office_today())), ("forecast", 4, None)):
        figure = {"phase": phase, "minutes_per_case": minutes, "measured_on": day}
        answer = visitor.post(f"{address}figures/", FIGURE | figure, **JSON)
        assert answer.status_code == 201, answer.content
    head = visitor_of(office.head)
    found = head.get(address).json()
    assert [step["step"] for step in found["next_steps"]] == ["assess", "decline"]
    assert found["next_steps"][0]["missing"] == []
    moved = head.post(f"{address}moves/", {"to": "assessed"}, **JSON).json()
    assert (moved["status"], moved["may_undo"]) == ("assessed", True)
    assert head.post(f"{address}moves/undo/").json()["status"] == "proposed"
    steps = [row["step"] for row in head.get(address).json()["history"]]
    assert steps == ["propose", "assess", "undo"]


def test_a_proposal_of_others_is_not_found(office: RunningProject, visitor_of: VisitorOf) -> None:
    made = visitor_of(office.person).post("/api/v1/projects/", proposal(), **JSON).json()
    address = f"/api/v1/projects/{made['key']}/"
    stranger = visitor_of(make_employee())
    for suffix in ("", "figures/", "members/", "chain/"):
        assert stranger.get(f"{address}{suffix}").status_code == 404
    problem_of(stranger.post(f"{address}moves/", {"to": "closed"}, **JSON), 404, "not_found")
    keys = {row["key"] for row in stranger.get("/api/v1/projects/").json()["results"]}
    assert keys == {"RPA"}


def test_a_step_that_lacks_something_says_what(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    lead = visitor_of(office.lead_person)
    answer = lead.post(f"{ONE}moves/", {"to": "measured"}, **JSON)
    problem = problem_of(answer, 409, "incomplete")
    assert "cases, minutes" in problem["detail"]
    (step, *_rest) = lead.get(ONE).json()["next_steps"]
    assert (step["step"], len(step["missing"])) == ("measure", 2)


def test_a_member_has_no_step_and_no_figure_to_give(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    visitor = visitor_of(office.person)
    found = visitor.get(ONE).json()
    assert (found["next_steps"], found["may_edit"], found["may_lead"]) == ([], False, False)
    problem_of(visitor.post(f"{ONE}moves/", {"to": "closed"}, **JSON), 409, "no_such_step")
    figure = FIGURE | {"measured_on": str(office_today())}
    problem_of(visitor.post(f"{ONE}figures/", figure, **JSON), 409, "not_allowed")
    problem_of(visitor.patch(ONE, {"places": 9}, **JSON), 409, "not_allowed")


def test_nobody_tries_out_staff_numbers(office: RunningProject, visitor_of: VisitorOf) -> None:
    body = FIGURE | {"measured_on": str(office_today())}
    stranger = visitor_of(make_employee())
    for number in (office.person.staff_number, "000000"):
        member = {"staff_number": number, "part": "member", "joined_on": "2026-05-01"}
        problem_of(stranger.post(f"{ONE}members/", member, **JSON), 409, "not_allowed")
        figure = body | {"measured_by": number}
        problem_of(stranger.post(f"{ONE}figures/", figure, **JSON), 409, "not_allowed")
        left = {"left_on": "2026-06-01"}
        problem_of(stranger.patch(f"{ONE}members/{number}/", left, **JSON), 404, "not_found")


def test_the_known_case_by_http(office: RunningProject, visitor_of: VisitorOf) -> None:
    lead = visitor_of(office.lead_person)
    day = str(office_today())
    for phase, minutes in (("before", 1471 * 60), ("measured", 441 * 60)):
        figure = FIGURE | {"phase": phase, "minutes_per_case": minutes, "measured_on": day}
        answer = lead.post(f"{ONE}figures/", figure, **JSON)
        assert answer.status_code == 201, answer.content
    ledger = visitor_of(make_employee()).get(f"{ONE}figures/").json()
    measured = ledger["benefit"]["measured"]
    assert (measured["before"], measured["after"], measured["saved"]) == (1471, 441, 1030)
    assert round(measured["rate"] * 100) == 70
    assert (measured["yen"], ledger["benefit"]["forecast"], ledger["may_record"]) == (
        None,
        None,
        [],
    )
    sums = lead.get("/api/v1/benefits/").json()
    assert sums["measured"]["saved"] == 1030
    assert [(row["measure"], row["measured"]["saved"]) for row in sums["by_measure"]] == [
        ("M08", 1030)
    ]
    assert sums["by_department"][0]["department"]["key"] == office.section.key


def test_names_of_the_team_are_for_the_team(office: RunningProject, visitor_of: VisitorOf) -> None:
    assert len(visitor_of(office.person).get(f"{ONE}members/").json()["members"]) == 2
    assert visitor_of(office.lead_person).get(f"{ONE}members/").json()["may_change"] is True
    found = visitor_of(make_employee()).get(ONE).json()
    assert (found["team"]["members"], found["team"]["taken"]) == (None, 2)
    assert (found["history"], found["proposed_by"]) == ([], None)


def test_work_is_confirmed_shown_in_the_chain_and_taken_back(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    office.become(Project.Status.MEASURED)
    lead = visitor_of(office.lead_person)
    address = f"{ONE}members/{office.person.staff_number}/confirmation/"
    wrong = lead.put(address, {"part": "member", "levels": {"XX": 3}}, **JSON)
    assert places_of(problem_of(wrong, 409, "level")) == ["XX"]
    done = lead.put(address, {"part": "member", "levels": {"BX-P3": 3}}, **JSON)
    assert done.status_code == 200, done.content
    chain = visitor_of(office.head).get(f"{ONE}chain/").json()
    rows = {row["staff_number"]: row["links"] for row in chain["members"]}
    (link,) = rows[office.person.staff_number]
    assert (link["competency"]["key"], link["level"], link["kind"]) == ("BX-P3", 3, "project")
    taken_back = lead.post(f"{address}withdrawal/", {"reason": "人違い"}, **JSON)
    assert taken_back.status_code == 200, taken_back.content
    chain = visitor_of(office.head).get(f"{ONE}chain/").json()
    assert all(row["links"] == [] for row in chain["members"])


def test_members_come_and_go(office: RunningProject, visitor_of: VisitorOf) -> None:
    lead = visitor_of(office.lead_person)
    person = make_employee()
    body = {"staff_number": person.staff_number, "part": "learner", "joined_on": "2026-05-01"}
    assert lead.post(f"{ONE}members/", body, **JSON).json()["taken"] == 3
    problem_of(lead.post(f"{ONE}members/", body, **JSON), 409, "already_member")
    left = lead.patch(f"{ONE}members/{person.staff_number}/", {"left_on": "2026-06-01"}, **JSON)
    assert left.json()["taken"] == 2


def test_the_dx_office_begins_from_a_template(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    make_project("P11", needs={make_competency(): 2})
    address = "/api/v1/projects/P11/copies/"
    problem_of(visitor_of(office.person).post(address, {}, **JSON), 403, "permission_denied")
    made = visitor_of(office.office).post(address, {}, **JSON)
    assert (made.status_code, made.json()["key"], made.json()["status"]) == (
        201,
        "P11-1",
        "proposed",
    )
    changed = visitor_of(office.office).patch(
        "/api/v1/projects/P11-1/", {"places": 6, "starts_on": "2026-04-01"}, **JSON
    )
    assert (changed.json()["places"], changed.json()["starts_on"]) == (6, "2026-04-01")


def test_the_years_of_the_chain_are_for_the_dx_office_and_hr(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    problem_of(visitor_of(office.head).get("/api/v1/benefits/chain/"), 403, "permission_denied")
    assert visitor_of(office.office).get("/api/v1/benefits/chain/").json() == {"years": []}


def test_a_projects_demand_is_in_the_coverage_and_its_file(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    hr = visitor_of(make_employee(permissions=["lms_skills.view_skills_matrix"]))
    office.project.department = None
    office.project.save()
    answer = hr.get("/api/v1/skills/coverage/?kind=project")
    (unit,) = answer.json()["units"]
    assert (unit["unit"]["key"], unit["unit"]["department"]) == ("RPA", None)
    file = hr.get("/api/v1/skills/coverage/?format=csv&list=coverage&kind=project")
    assert "RPA" in file.content.decode("utf-8-sig")
    assert hr.get("/api/v1/skills/coverage/project/RPA/").json()["needs"][0]["need"]["needed"] == 1
