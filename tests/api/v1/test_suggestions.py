"""Suggestions as the person, the head of the section and HR read them, and what is answered."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lms.people.models import Department, Employee
from skills_matrix.assessments.models import SkillsView
from skills_matrix.mentoring.models import MentorOffer
from skills_matrix.projects.models import Project, ProjectMember
from skills_matrix.suggestions.services import answer_suggestion
from tests.api.problems import places_of, problem_of
from tests.factories import (
    complete_course,
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_project,
    make_tier,
)

MINE = "/api/v1/suggestions/me/"
ANSWERS = f"{MINE}answers/"
HR = ("lms_core.view_all_employees", "lms_skills.view_skills_matrix")
RUN = "lms_skills.run_projects"


def one(key: str) -> str:
    return f"{MINE}projects/{key}/"


def answer_to(key: str) -> str:
    return f"{one(key)}answer/"


def of(person: Employee) -> str:
    return f"/api/v1/suggestions/people/{person.staff_number}/"


@pytest.fixture
def section(settings: Any, db: None) -> Department:
    settings.LMS_HEAD_TIERS = ["G5"]
    return make_department("zeimu", title="税務課")


@pytest.fixture
def person(section: Department) -> Employee:
    """Meets one need by a course and one by a judgement, is short of one, lacks two."""
    person = make_employee("100007", name="区民 太郎", department=section)
    shown, judged, nearly, far, never = (
        make_competency(key, title=title)
        for key, title in [
            ("shown", "表計算"),
            ("judged", "業務の分析"),
            ("nearly", "データの整理"),
            ("far", "自動化"),
            ("never", "統計"),
        ]
    )
    done, closing = (
        make_course("C1", title="表計算入門"),
        make_course("C2", title="整理術", minutes=90),
    )
    make_award(done, shown, 2)
    make_audience_rule(closing)
    make_award(closing, nearly, 2)
    complete_course(person, done)
    make_assessment(person, judged, 3, assessed_at=datetime(2026, 4, 1, 3, tzinfo=UTC))
    make_assessment(person, nearly, 1)
    make_assessment(person, far, 1)
    mentor = make_employee()
    make_assessment(mentor, far, 4)
    MentorOffer.objects.create(employee=mentor, learners=1, offered_at=timezone.now())
    make_project("P1", needs={shown: 2, judged: 2, nearly: 2, far: 3, never: 1})
    make_project("P2", needs={judged: 1})
    return person


def reasons_of(body: Any, project: str = "P1") -> dict[str, Any]:
    (row,) = [row for row in body["results"] if row["project"]["key"] == project]
    return {reason["competency"]["key"]: reason for reason in row["reasons"]}


def test_reasons_say_evidence_ways_and_what_would_change(
    person: Employee, visitor_of: Callable[[Any], Client]
) -> None:
    client = visitor_of(person)
    body = client.get(MINE, headers={"accept-language": "ja"}).json()
    reasons = reasons_of(body)
    assert reasons["judged"]["text"] == ("「業務の分析」はレベル2が必要です。現在のレベルは3です。")
    assert reasons["judged"]["evidence_text"] == "根拠：上司による評価（2026年4月1日）"
    assert reasons["judged"]["evidence"]["achieved_at"] == "2026-04-01T03:00:00Z"
    assert "研修「表計算入門」の修了" in reasons["shown"]["evidence_text"]
    assert reasons["shown"]["evidence"]["course_key"] == "C1"
    for key in ("judged", "shown"):
        assert (reasons[key]["ways"], reasons[key]["change_text"]) == ([], "")
        assert reasons[key]["score_if_met"] is None
    assert reasons["nearly"]["closing_course"]["minutes"] == 90
    assert reasons["nearly"]["ways"] == ["研修「整理術」（目安1時間30分）を修了すると満たせます。"]
    assert reasons["far"]["mentors"] == 1
    assert any("メンター" in way for way in reasons["far"]["ways"])
    assert reasons["never"]["evidence"] is None
    assert reasons["never"]["ways"] == ["上司がより高いレベルと評価すると上がります。"]
    (row,) = [row for row in body["results"] if row["project"]["key"] == "P1"]
    for key in ("nearly", "far", "never"):
        assert reasons[key]["score_if_met"] > row["score"]
    before, after = (round(100 * score) for score in (row["score"], reasons["far"]["score_if_met"]))
    assert reasons["far"]["change_text"] == f"満たすと、適合度は{before}%から{after}%に上がります。"


def test_finishing_what_is_named_gives_the_score_that_was_told(
    person: Employee, visitor_of: Callable[[Any], Client]
) -> None:
    from skills_matrix.competencies.models import Competency

    told = reasons_of(visitor_of(person).get(MINE).json())["never"]["score_if_met"]
    make_assessment(person, Competency.objects.get(key="never"), 1)
    assert visitor_of(person).get(one("P1")).json()["score"] == told


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_person_the_head_and_hr_read_the_same_byte_for_byte(
    person: Employee, section: Department, visitor_of: Callable[[Any], Client], language: str
) -> None:
    readers = {
        "me": (visitor_of(person), MINE),
        "myself by number": (visitor_of(person), of(person)),
        "head": (visitor_of(make_employee(department=section, tier=make_tier("G5"))), of(person)),
        "hr": (visitor_of(make_employee(permissions=HR)), of(person)),
    }
    bodies = {
        name: client.get(address, headers={"accept-language": language}).content
        for name, (client, address) in readers.items()
    }
    assert set(bodies.values()) == {bodies["me"]}
    assert "表計算".encode() in bodies["me"]
    looks = SkillsView.objects.filter(subject=person)
    assert [look.what for look in looks] == ["suggestions"] * 2


def test_nobody_else_reads_them(
    person: Employee, section: Department, visitor_of: Callable[[Any], Client]
) -> None:
    for stranger in (
        make_employee(department=section),
        make_employee(tier=make_tier("G5")),
        make_employee(permissions=[RUN]),
    ):
        problem_of(visitor_of(stranger).get(of(person)), 404, "not_visible")
    assert not SkillsView.objects.exists()


def test_a_no_stands_apart_and_is_gone_for_others_and_a_hidden_match_for_others_only(
    person: Employee, section: Department, visitor_of: Callable[[Any], Client]
) -> None:
    me = visitor_of(person)
    hr = visitor_of(make_employee(permissions=HR))

    def keys(client: Client, address: str) -> list[tuple[str, int]]:
        body = client.get(address).json()
        assert body["count"] == len(body["results"])
        return [(row["project"]["key"], row["rank"]) for row in body["results"]]

    assert keys(me, MINE) == keys(hr, of(person)) == [("P2", 1), ("P1", 2)]
    said = me.put(answer_to("P2"), {"choice": "hidden"}, content_type="application/json")
    assert said.status_code == 200
    assert keys(me, MINE) == [("P2", 1), ("P1", 2)]
    assert keys(hr, of(person)) == [("P1", 1)]

    body = {"choice": "not_for_me", "reason": "other", "note": "介護のため"}
    me.put(answer_to("P2"), body, content_type="application/json")
    assert keys(me, MINE) == keys(hr, of(person)) == [("P1", 1)]
    assert keys(me, f"{MINE}?part=not_for_me") == [("P2", 1)]
    (answer,) = me.get(ANSWERS).json()["answers"]
    assert (answer["choice"], answer["reason"], answer["note"]) == tuple(body.values())

    assert me.delete(answer_to("P2")).status_code == 204
    assert me.get(ANSWERS).json()["answers"] == []
    assert keys(me, MINE) == keys(hr, of(person)) == [("P2", 1), ("P1", 2)]


def test_what_is_wrong_with_an_answer_is_said_at_its_field(
    person: Employee, visitor_of: Callable[[Any], Client]
) -> None:
    me = visitor_of(person)
    answer = me.put(answer_to("P1"), {"choice": "not_for_me"}, content_type="application/json")
    assert places_of(problem_of(answer, 409, "no_reason")) == ["reason"]
    answer = me.put(answer_to("P1"), {"choice": "withdrawn"}, content_type="application/json")
    problem_of(answer, 400, "invalid")
    problem_of(
        me.put(answer_to("XX"), {"choice": "hidden"}, content_type="application/json"),
        404,
        "not_found",
    )


def test_a_project_that_i_am_in_is_not_suggested(
    person: Employee, visitor_of: Callable[[Any], Client]
) -> None:
    project = Project.objects.get(key="P2")
    project.status = Project.Status.APPROVED
    project.save()
    member = ProjectMember.objects.create(
        project=project, employee=person, joined_on=timezone.localdate()
    )
    me = visitor_of(person)
    assert [row["project"]["key"] for row in me.get(MINE).json()["results"]] == ["P1"]
    problem_of(me.get(one("P2")), 404, "not_found")
    member.left_on = timezone.localdate()
    member.save()
    assert me.get(one("P2")).json()["rank"] == 1


def test_who_is_interested_is_told_to_the_dx_office_and_logged(
    person: Employee, visitor_of: Callable[[Any], Client]
) -> None:
    answer_suggestion(employee=person, project=Project.objects.get(key="P1"), choice="interested")
    address = "/api/v1/projects/P1/interested/"
    (row,) = visitor_of(make_employee(permissions=[RUN])).get(address).json()["people"]
    assert (row["staff_number"], row["name"]) == ("100007", "区民 太郎")
    assert SkillsView.objects.get().what == "interested:project:P1"
    for stranger in (person, make_employee(permissions=HR)):
        problem_of(visitor_of(stranger).get(address), 404, "not_found")
    look = visitor_of(person).get("/api/v1/skills/looks/").json()["results"][0]
    assert "事業P1" in look["data"]


def test_how_often_i_am_told_of_new_matches_is_mine_to_choose(
    person: Employee, visitor_of: Callable[[Any], Client], settings: Any
) -> None:
    settings.LMS_SKILLS_MATCH_NOTICES = 3
    me, address = visitor_of(person), f"{MINE}notices/"
    assert me.get(address).json() == {"most_a_month": 3}
    changed = me.patch(address, {"most_a_month": 0}, content_type="application/json")
    assert changed.json() == me.get(address).json() == {"most_a_month": 0}
    wrong = me.patch(address, {"most_a_month": 31}, content_type="application/json")
    assert places_of(problem_of(wrong, 400, "invalid")) == ["most_a_month"]


def test_the_number_of_queries_does_not_depend_on_projects_or_needs(
    person: Employee,
    visitor_of: Callable[[Any], Client],
    queries_of: Callable[[Client, str], int],
) -> None:
    me = visitor_of(person)
    few = queries_of(me, MINE)
    for _ in range(6):
        make_project(needs={make_competency(): 1, make_competency(): 2})
    assert queries_of(me, MINE) == few
