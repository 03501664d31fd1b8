"""Projects by HTTP: proposing, steps, figures, team, evidence and the chain."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from lms.people.calendar import office_today
from skills_matrix.projects.models import Project
from tests.api.problems import places_of, problem_of
from tests.factories import make_assessment, make_competency, make_employee, make_project
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


def test_whoever_may_edit_changes_the_words_in_both_languages(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    proposer = visitor_of(office.person)
    body = proposal(summary_ja="【いまの作業】\n紙を見て打ち込む。", department=office.section.key)
    made = proposer.post("/api/v1/projects/", body, **JSON).json()
    address = f"/api/v1/projects/{made['key']}/"
    assert made["words"] == {
        "title_ja": body["title_ja"],
        "title_en": "",
        "summary_ja": body["summary_ja"],
        "summary_en": "",
    }
    words = {"title_ja": "窓口案内", "title_en": "The counter", "summary_ja": "紙。"}
    changed = proposer.patch(address, words, **JSON).json()
    assert changed["words"] == words | {"summary_en": ""}
    assert (changed["title"], changed["summary"]) == ("The counter", "紙。")
    assert proposer.patch(address, {"title_ja": " "}, **JSON).status_code == 400
    entry = ModelLogEntry.objects.get(action="lms_skills.project_set")
    before, after = (entry.data[name] for name in ("before", "after"))
    assert (before["summary_ja"], after["summary_ja"]) == (body["summary_ja"], "紙。")
    head = visitor_of(office.head)
    assert head.get(address).json()["words"] is None
    problem_of(head.patch(address, words, **JSON), 409, "not_allowed")
    Project.objects.filter(key=made["key"]).update(status=Project.Status.ASSESSED)
    problem_of(proposer.patch(address, words, **JSON), 409, "not_allowed")
    assert proposer.get(address).json()["words"] is None
    dx = visitor_of(office.office)
    assert dx.patch(address, {"title_ja": "案内"}, **JSON).json()["words"]["title_ja"] == "案内"
    lead = visitor_of(office.lead_person)
    problem_of(lead.patch(ONE, words, **JSON), 409, "not_allowed")


def test_the_dx_office_begins_from_a_template(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    make_project("P11", needs={make_competency(): 2})
    address = "/api/v1/projects/P11/copies/"
    problem_of(visitor_of(office.person).post(address, {}, **JSON), 403, "permission_denied")
    refused = visitor_of(office.office).post(address, {"key": "catalogue"}, **JSON)
    assert places_of(problem_of(refused, 409, "key_reserved")) == ["key"]
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


def test_the_board_says_whose_turn_it_is(office: RunningProject, visitor_of: VisitorOf) -> None:
    address = "/api/v1/project-board/"

    def cards(person: Any, query: str = "") -> dict[str, Any]:
        columns = visitor_of(person).get(f"{address}{query}").json()["columns"]
        assert columns[0]["status"] == "proposed"
        return {card["key"]: card for column in columns for card in column["cards"]}

    card = cards(office.lead_person)["RPA"]
    assert (card["taken"], card["waits_for"]["step"]) == (2, "measure")
    assert (card["waits_for"]["who"], len(card["waits_for"]["missing"])) == (["office", "lead"], 2)
    assert (card["is_mine"], card["is_my_turn"]) == (True, True)
    member = cards(office.person)["RPA"]
    assert (member["is_mine"], member["is_my_turn"]) == (True, False)
    assert cards(office.head)["RPA"]["is_mine"] is False
    assert set(cards(office.office, "?whose=my_turn")) == {"RPA"}
    make_project("AAA", status=Project.Status.RUNNING)
    assert list(cards(office.lead_person)) == ["RPA", "AAA"]
    assert cards(office.office, "?whose=mine") == cards(office.person, "?whose=my_turn") == {}
    assert set(cards(office.person, f"?measure=M08&department={office.section.key}")) == {"RPA"}
    assert cards(office.person, "?measure=M99") == {}


def test_the_board_asks_as_often_for_one_project_as_for_many(
    office: RunningProject, visitor_of: VisitorOf, django_assert_num_queries: Any
) -> None:
    visitor = visitor_of(office.office)
    visitor.get("/api/v1/project-board/")
    with CaptureQueriesContext(connection) as alone:
        visitor.get("/api/v1/project-board/")
    for number in range(5):
        make_project(f"Q{number}", status=Project.Status.RUNNING)
    with django_assert_num_queries(len(alone)):
        visitor.get("/api/v1/project-board/")


def test_all_ways_on_are_told_with_names_only_to_the_team(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    def ways(person: Any) -> dict[str, Any]:
        return {row["step"]: row for row in visitor_of(person).get(ONE).json()["ways"]}

    told = ways(office.person)
    assert (set(told), told["measure"]["is_onward"]) == ({"measure", "stop"}, True)
    assert told["measure"]["who"] == [
        {"part": "office", "names": []},
        {"part": "lead", "names": [office.lead_person.name]},
    ]
    stranger = ways(make_employee())
    assert [row["names"] for row in stranger["measure"]["who"]] == [[], []]
    office.become(Project.Status.PROPOSED)
    heads = ways(office.office)["assess"]["who"][1]
    assert heads == {"part": "head", "names": [office.head.name]}


def test_people_are_looked_up_by_whoever_looks_after_the_team(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    person = make_employee(name="桜田 一葉", department=office.section)
    address = f"{ONE}people/?search=桜田"
    found = visitor_of(office.lead_person).get(address).json()
    assert [row["staff_number"] for row in found["people"]] == [person.staff_number]
    assert (found["people"][0]["department"]["key"], found["is_cut"]) == (office.section.key, False)
    for other in (office.person, office.head, make_employee()):
        problem_of(visitor_of(other).get(address), 403, "permission_denied")


def test_a_proposer_finds_who_measured_as_long_as_figures_are_theirs_to_give(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    proposer = visitor_of(office.person)
    key = proposer.post("/api/v1/projects/", proposal(), **JSON).json()["key"]
    somebody = make_employee(name="桜田 一葉", department=office.section)
    address = f"/api/v1/projects/{key}/people/?search=桜田"
    (found,) = proposer.get(address).json()["people"]
    body = FIGURE | {"phase": "before", "measured_on": str(office_today())}
    by_whom = {"measured_by": found["staff_number"]}
    answer = proposer.post(f"/api/v1/projects/{key}/figures/", body | by_whom, **JSON)
    assert answer.json()["figures"][0]["measured_by"] == somebody.name
    Project.objects.filter(key=key).update(status=Project.Status.ASSESSED)
    problem_of(proposer.get(address), 403, "permission_denied")


def measured(office: RunningProject, visitor_of: VisitorOf) -> Any:
    """The project before, expected and measured: 100, 40 and 25 hours. The DX office's client."""
    visitor = visitor_of(office.office)
    for phase, hours in (("before", 100), ("forecast", 40), ("measured", 25)):
        day = None if phase == "forecast" else str(office_today())
        body = FIGURE | {"phase": phase, "minutes_per_case": hours * 60, "measured_on": day}
        assert visitor.post(f"{ONE}figures/", body, **JSON).status_code == 201
    return visitor


def test_sums_have_entries_of_one_kind_each(office: RunningProject, visitor_of: VisitorOf) -> None:
    visitor = measured(office, visitor_of)
    sums = visitor.get("/api/v1/benefits/").json()
    (row,) = sums["by_measure"]
    assert (row["measured"]["saved"], row["forecast"]["saved"]) == (75, 60)
    year = sums["by_year"][0]["fiscal_year"]

    def entries(query: str) -> list[tuple[str, float]]:
        rows = visitor.get(f"/api/v1/benefits/entries/?{query}").json()["results"]
        return [(one["saving"]["phase"], one["saving"]["saved"]) for one in rows]

    assert entries("measure=M08") == entries(f"fiscal_year={year}") == [("measured", 75)]
    assert entries(f"kind=forecast&department={office.section.key}") == [("forecast", 60)]
    for nothing in ("measure=M99", "department=-", f"kind=forecast&fiscal_year={year}"):
        assert entries(nothing) == []
    (entry,) = visitor.get("/api/v1/benefits/entries/").json()["results"]
    assert (entry["before"]["hours_per_year"], entry["after"]["how"]) == (100, "記録簿")


def test_the_chain_lists_what_it_counts_and_tells_nothing_of_few(
    office: RunningProject, visitor_of: VisitorOf, settings: Any
) -> None:
    visitor = measured(office, visitor_of)
    make_assessment(office.person, office.skill, 3)
    hr = visitor_of(make_employee(permissions=["lms_skills.view_skills_matrix"]))
    (year,) = hr.get("/api/v1/benefits/chain/").json()["years"]
    address = f"/api/v1/benefits/chain/{year['fiscal_year']}/"
    lists = hr.get(address).json()
    (row,) = lists["competencies"]
    assert (row["competency"]["key"], row["people"], year["competencies"]) == ("BX-P3", 1, 1)
    assert [(one["project"]["key"], one["people"]) for one in lists["projects"]] == [("RPA", 2)]
    settings.LMS_SMALLEST_GROUP = 2
    lists = visitor.get(address).json()
    assert (lists["is_told"], lists["competencies"][0]["people"]) == (True, None)
    settings.LMS_SMALLEST_GROUP = 3
    lists = visitor.get(address).json()
    assert (lists["is_told"], lists["courses"], lists["competencies"]) == (False, [], [])
    problem_of(hr.get("/api/v1/benefits/chain/1999/"), 404, "not_visible")
    problem_of(visitor_of(office.person).get(address), 403, "permission_denied")


def test_templates_and_choices_are_for_everybody(
    office: RunningProject, visitor_of: VisitorOf
) -> None:
    make_project("P11", needs={office.skill: 2})
    found = visitor_of(office.person).get("/api/v1/project-templates/").json()
    assert found["may_begin"] is False
    (template,) = found["templates"]
    assert (template["key"], template["needs"][0]["level"]) == ("P11", 2)
    assert visitor_of(office.office).get("/api/v1/project-templates/").json()["may_begin"] is True
    choices = visitor_of(office.person).get("/api/v1/project-choices/").json()
    assert "BX-P3" in {row["key"] for row in choices["competencies"]}
