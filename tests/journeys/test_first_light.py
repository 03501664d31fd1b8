"""The product's main job by HTTP: statement → progress → evidence → cell → suggestion."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lms.people.models import Employee
from tests.factories import (
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
from tests.factories.learning import response_worth
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"


class Browser:
    """A signed-in person who speaks JSON."""

    def __init__(self, username: str) -> None:
        self.client = Client(headers={"Accept-Language": "ja"})
        answer = self.client.post(
            "/_allauth/browser/v1/auth/login",
            {"username": username, "password": PASSWORD},
            content_type="application/json",
        )
        assert answer.status_code == 200, answer.content

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def say(self, verb: str, iri: str, **result: Any) -> Any:
        said = {"id": str(uuid4()), "verb": {"id": verb}, "object": {"id": iri}}
        if result:
            said["result"] = result
        answer = self.client.post(
            "/api/v1/xapi/statements",
            said,
            content_type="application/json",
            headers={"X-Experience-API-Version": "1.0.3"},
        )
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def learner() -> Employee:
    """A chief of a section; one course for the tier awards RPA level 2, one project needs it."""
    tier, section = make_tier("G3"), make_department("0404", measures=["M08"])
    person = make_employee("100001", name="熊谷 健", department=section, tier=tier)
    rpa, privacy = make_competency("RPA", title="RPA"), make_competency("PRIV", title="個人情報")
    course = make_course("C204", title="RPA実践", lessons=1, activities=1, pass_mark=0.8)
    make_audience_rule(course, tier=tier)
    make_award(course, rpa, level=2, valid_for_days=365)
    make_target(rpa, level=2, tier=tier)
    project = make_project("P11", title="RPA対象業務の拡大", measure="M08", before=1471, after=441)
    make_need(project, rpa, level=2)
    make_need(project, privacy, level=1, is_must=False)
    return person


def test_one_answered_question_becomes_a_matrix_cell_and_a_suggestion(learner: Employee) -> None:
    me = Browser("100001")

    # The course is mine by my tier; before it, the skill is a gap and the project out of reach.
    (mine,) = me.get("learning/")["results"]
    assert (mine["course"]["key"], mine["progress"]["fraction"]) == ("C204", 0)
    (before,) = me.get("suggestions/me/")["results"]
    assert before["counts"] == {"met": 0, "one_short": 0, "lacking": 2}
    closing = {item["competency"]["key"]: item["closing_course"] for item in before["reasons"]}
    assert closing["RPA"]["key"] == "C204"

    # I open it, claim a score for no answer, then answer right, and read the lesson.
    assert me.client.put("/api/v1/courses/C204/enrolment/").status_code in {200, 201}
    (lesson,) = me.get("courses/C204/")["lessons"]
    (question,) = lesson["activities"]
    me.say(ANSWERED, question["iri"], score={"scaled": 1.0}, response="", completion=True)
    assert me.get("courses/C204/")["progress"]["fraction"] == 0
    me.say(ANSWERED, question["iri"], score={"scaled": 1.0}, response=response_worth(1.0))
    assert me.get("courses/C204/")["progress"] == {"done": 1, "total": 2, "fraction": 0.5}
    me.say(COMPLETED, lesson["iri"])
    course = me.get("courses/C204/")
    assert course["progress"]["fraction"] == 1
    assert course["completed_at"]

    # My skills show the level against my tier's target, and where it came from.
    skills = {item["competency"]["key"]: item for item in me.get("skills/me/")["competencies"]}
    assert (skills["RPA"]["level"], skills["RPA"]["target"], skills["RPA"]["gap"]) == (2, 2, 0)
    assert skills["RPA"]["source"]["title"] == "RPA実践"

    # HR sees the same cell and what is behind it.
    make_user("hr", permissions=["lms_core.view_all_employees", "lms_skills.view_skills_matrix"])
    hr = Browser("hr")
    matrix = hr.get("skills/matrix/?department=0404&tier=G3")
    (row,) = matrix["people"]
    column = [item["key"] for item in matrix["competencies"]].index("RPA")
    assert (row["name"], row["levels"][column], row["gaps"][column]) == ("熊谷 健", 2, 0)
    why = hr.get("skills/cells/100001/RPA/")
    (evidence,) = why["evidence"]
    assert (evidence["course_key"], evidence["is_winning"]) == ("C204", True)
    assert evidence["award"]["valid_for_days"] == 365
    assert evidence["expires_at"] == why["expires_at"]
    assert evidence["scores"][0]["best_score"] == 1
    assert why["rule"]["key"] == "highest_valid"

    # And the project is nearer, with its reasons.
    (after,) = me.get("suggestions/me/")["results"]
    assert after["counts"] == {"met": 1, "one_short": 0, "lacking": 1}
    assert after["score"] > before["score"]
    assert after["is_relevant"]
    assert after["project"]["baseline"]["saving"] == 1030
