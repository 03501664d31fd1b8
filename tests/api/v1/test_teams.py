"""The composer over HTTP: who may, what it shows, and what is logged."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lms.jobs.models import JobRun
from skills_matrix.assessments.models import SkillsView
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.teams.models import TeamRequest
from tests.factories import (
    make_assessment,
    make_competency,
    make_department,
    make_employee,
    make_project,
)

TEAMS = "/api/v1/teams/"
RUN = ["lms_skills.run_projects"]


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    """A holder, a learner, and a project of two places; they sit in sections of their own."""
    skill = make_competency("K1", title="データ分析")
    found = {}
    for number, (name, level) in enumerate([("甲", 4), ("乙", 3), ("丙", 2)], start=1):
        section = make_department(title=f"{name}課")
        found[name] = make_employee(f"30000{number}", name=name, department=section)
        make_assessment(found[name], skill, level)
    make_project("P1", title="窓口改善", status=Project.Status.APPROVED, needs={skill: 3})
    Project.objects.update(places=2)
    return found


@pytest.fixture
def dx(db: None, visitor_of: Callable[[Any], Client]) -> Client:
    return visitor_of(make_employee("300009", name="推進 花子", permissions=RUN, is_posted=False))


def post(client: Client, body: dict[str, Any] | None = None) -> Any:
    return client.post(TEAMS, {"seconds": 20, **(body or {})}, content_type="application/json")


def test_a_composition_is_asked_for_and_read(people: dict[str, Any], dx: Client) -> None:
    made = post(dx, {"pins": [{"staff_number": "300002", "project": "P1"}]})
    assert made.status_code == 201
    told = dx.get(f"{TEAMS}{made.json()['request']['uuid']}/").json()
    assert (told["request"]["status"], told["request"]["is_final"], told["gap"]) == (
        "optimal",
        True,
        0.0,
    )
    assert told["score"] == told["bound"]
    (team,) = told["teams"]
    assert team["project"] == {"key": "P1", "title": "窓口改善"}
    assert {one["name"] for one in team["members"]} == {"乙", "丙"}
    assert {one["section"] for one in team["members"]} == {"乙課", "丙課"}
    assert team["lessons"] == [
        {
            "learner": "300003",
            "mentor": "300002",
            "competency": {"key": "K1", "title": "データ分析"},
        }
    ]
    assert [(one["person"]["name"], one["project"]["key"]) for one in told["pins"]] == [
        ("乙", "P1")
    ]
    (row,) = dx.get(TEAMS).json()["results"]
    assert (row["asked_by"], row["has_failed"]) == ("推進 花子", False)


def test_a_failed_job_is_told(people: dict[str, Any], dx: Client) -> None:
    post(dx)
    JobRun.objects.update(state=JobRun.State.FAILED)
    assert dx.get(TEAMS).json()["results"][0]["has_failed"] is True


def test_everybody_whose_skills_are_shown_is_told_so(people: dict[str, Any], dx: Client) -> None:
    uuid = post(dx).json()["request"]["uuid"]
    seen = set(
        SkillsView.objects.filter(what=f"team:{uuid}").values_list(
            "subject__staff_number", flat=True
        )
    )
    assert "300003" in seen
    assert len(seen) == 2


@pytest.mark.parametrize("permissions", [[], ["lms_skills.view_skills_matrix"]])
def test_nobody_but_the_dx_office_sees_or_asks(
    people: dict[str, Any],
    dx: Client,
    visitor_of: Callable[[Any], Client],
    permissions: list[str],
) -> None:
    uuid = post(dx).json()["request"]["uuid"]
    other = visitor_of(make_employee(permissions=permissions))
    assert post(other).status_code == 403
    assert other.get(TEAMS).status_code == 403
    assert other.get(f"{TEAMS}{uuid}/").status_code == 404
    assert other.put(f"{TEAMS}{uuid}/adoption/").status_code == 404
    assert other.get(f"{TEAMS}{uuid}/compared/?other={uuid}").status_code == 404


def test_what_makes_it_impossible_is_told(people: dict[str, Any], dx: Client) -> None:
    told = post(dx, {"rules": {"learners": 2}}).json()
    assert told["request"]["status"] == "impossible"
    assert told["teams"] == []
    (found,) = told["impossible"]
    assert [one["key"] for one in found["projects"]] == ["P1"]
    assert "窓口改善" in found["text"]
    first = found["relaxations"][0]
    assert first["rules"] == ["learner"]
    (breach,) = first["breaches"]
    assert (breach["asked"], breach["given"], breach["available"]) == (2, 1, 1)


def test_adopting_and_taking_back(people: dict[str, Any], dx: Client) -> None:
    uuid = post(dx).json()["request"]["uuid"]
    address = f"{TEAMS}{uuid}/adoption/"
    assert dx.put(address).json()["request"]["adopted_at"]
    assert ProjectMember.objects.count() == 2
    again = dx.put(address)
    assert (again.status_code, again.json()["code"]) == (409, "adopted")
    assert dx.delete(address).json()["request"]["adopted_at"] is None
    assert not ProjectMember.objects.exists()


def test_two_compositions_side_by_side(people: dict[str, Any], dx: Client) -> None:
    first, second = (
        post(dx, {"pins": [{"staff_number": number, "project": "P1"}]}).json()["request"]["uuid"]
        for number in ("300001", "300002")
    )
    (row,) = dx.get(f"{TEAMS}{first}/compared/?other={second}").json()["projects"]
    assert [one["name"] for one in row["only_first"]] == ["甲"]
    assert [one["name"] for one in row["only_second"]] == ["乙"]
    assert [one["name"] for one in row["both"]] == ["丙"]
    assert row["covered"] == [1, 1]
    assert dx.get(f"{TEAMS}{first}/compared/?other={uuid4()}").status_code == 404


def test_a_fault_names_its_place(people: dict[str, Any], dx: Client) -> None:
    told = post(dx, {"projects": ["X"]})
    assert (told.status_code, told.json()["code"]) == (409, "unknown_project")
    assert told.json()["errors"][0]["place"] == "projects"
    assert post(dx, {"rules": {"hours_per_person": 0}}).status_code == 400


def test_reading_a_composition_takes_as_many_queries_for_ten_projects(
    people: dict[str, Any], dx: Client, django_assert_max_num_queries: Any
) -> None:
    skill = Project.objects.get(key="P1").needs.get().competency
    for number in range(2, 6):
        make_project(f"P{number}", status=Project.Status.APPROVED, needs={skill: 3})
    Project.objects.update(places=1, hours_per_week=1)
    uuid = post(dx, {"rules": {"learners": 0}}).json()["request"]["uuid"]
    with django_assert_max_num_queries(24):
        assert len(dx.get(f"{TEAMS}{uuid}/").json()["teams"]) == 5


def test_what_may_be_asked_for(people: dict[str, Any], dx: Client) -> None:
    ProjectMember.objects.create(
        project=Project.objects.get(), employee=people["甲"], joined_on="2026-01-01"
    )
    told = dx.get(f"{TEAMS}choices/").json()
    assert told["projects"] == [
        {
            "key": "P1",
            "title": "窓口改善",
            "places": 2,
            "hours_per_week": 4,
            "members": 1,
            "needs": 1,
        }
    ]
    assert told["critical"] == [{"key": "K1", "title": "データ分析"}]
    assert told["rules"]["hours_per_person"] == 8


def test_people_are_found_by_name_and_number(
    people: dict[str, Any], dx: Client, visitor_of: Callable[[Any], Client]
) -> None:
    told = dx.get(f"{TEAMS}people/?search=甲").json()
    assert told == {
        "people": [{"staff_number": "300001", "name": "甲", "section": "甲課"}],
        "is_cut": False,
    }
    assert dx.get(f"{TEAMS}people/?search=300002").json()["people"][0]["name"] == "乙"
    other = visitor_of(make_employee(permissions=["lms_skills.view_skills_matrix"]))
    assert other.get(f"{TEAMS}people/?search=甲").status_code == 403
    assert other.get(f"{TEAMS}choices/").status_code == 403


def test_the_cheapest_way_out_is_taken(people: dict[str, Any], dx: Client) -> None:
    rules = {"learners": 2}
    first = post(dx, {"rules": rules}).json()
    way = {"impossible": 0, "relaxation": 0}
    told = post(dx, {"rules": rules, "earlier": first["request"]["uuid"], "ways": [way]}).json()
    assert told["request"]["status"] == "optimal"
    assert told["earlier"] == first["request"]["uuid"]
    (conceded,) = told["concessions"]
    assert (conceded["rule"], conceded["given"]) == ("learner", 1)
    assert "窓口改善" in conceded["text"]
    unknown = post(dx, {"earlier": str(uuid4())})
    assert unknown.status_code == 404


def test_waiting_for_the_answer_is_one_look(people: dict[str, Any], dx: Client) -> None:
    uuid = post(dx).json()["request"]["uuid"]
    seen = SkillsView.objects.filter(what=f"team:{uuid}")
    TeamRequest.objects.update(is_final=False)
    count = seen.count()
    dx.get(f"{TEAMS}{uuid}/")
    assert seen.count() == count
    TeamRequest.objects.update(is_final=True)
    dx.get(f"{TEAMS}{uuid}/")
    assert seen.count() == 2 * count
