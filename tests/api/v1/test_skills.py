from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lms.people.calendar import office_today
from lms.people.models import Employee
from skills_matrix.assessments.models import Assessment, SkillsView
from skills_matrix.competencies.models import (
    AgeingRule,
    Assurance,
    Competency,
    CompetencyMapping,
    LevelRule,
)
from tests.api.problems import problem_of
from tests.factories import (
    complete_course,
    make_assessment,
    make_audience_rule,
    make_award,
    make_competency,
    make_course,
    make_employee,
    make_framework,
    make_scale,
    make_target,
)

MINE = "/api/v1/skills/me/"


def cell_address(employee: Employee, competency: Competency) -> str:
    return f"/api/v1/skills/cells/{employee.staff_number}/{competency.key}/"


# --- my skills --------------------------------------------------------------------------------


def test_my_skills_say_level_target_gap_and_source(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    make_scale()
    course = make_course("C1", title="データ入門")
    make_award(course, competency, 1)
    complete_course(employee, course)
    make_target(competency, 2)
    make_assessment(
        employee,
        competency,
        3,
        kind=Assessment.Kind.SELF,
        assurance=Assurance.SELF_DECLARED,
    )
    advanced = make_course("C2", title="データ応用", minutes=60)
    make_award(advanced, competency, 2)
    make_audience_rule(advanced)
    found = visitor.get(MINE, headers={"accept-language": "ja"}).json()
    assert found["as_of"] == office_today().isoformat()
    assert found["framework_note"] == "出典の注記"
    assert [step["level"] for step in found["scale"]] == [0, 1, 2, 3, 4]
    assert found["summary"] == {"targets": 1, "met": 0, "one_short": 1, "lacking": 0}
    (row,) = found["competencies"]
    assert row["competency"] == {
        "key": "K1",
        "title": "データを読む",
        "group": {"key": "data", "title": "データ"},
        "framework": {"key": "DSS", "title": "リテラシー標準"},
    }
    assert (row["level"], row["self_level"], row["target"], row["gap"]) == (1, 3, 2, 1)
    assert row["source"]["kind"] == "course"
    assert row["source"]["title"] == "データ入門"
    assert row["source"]["date"] == office_today().isoformat()
    assert row["source"]["assurance"]["value"] == Assurance.BROWSER_QUIZ
    assert row["closing_course"] == {"key": "C2", "title": "データ応用", "minutes": 60}
    assert row["expires_at"] is None


def test_a_skill_never_assessed_has_no_level(visitor: Client, competency: Competency) -> None:
    make_target(competency, 2)
    (row,) = visitor.get(MINE).json()["competencies"]
    assert (row["level"], row["source"], row["closing_course"]) == (None, None, None)


def test_the_number_of_queries_for_my_skills_does_not_depend_on_their_number(
    visitor: Client, employee: Employee, queries_of: Callable[[Client, str], int]
) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            competency = make_competency(parent=make_competency(is_group=True))
            make_target(competency, 2)
            make_assessment(employee, competency, 1)

    add(3)
    few = queries_of(visitor, MINE)
    add(27)
    assert len(visitor.get(MINE).json()["competencies"]) == 30
    assert queries_of(visitor, MINE) == few


# --- one cell ---------------------------------------------------------------------------------


def test_a_cell_explains_itself(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    course = make_course("C1", title="データ入門", lessons=1)
    make_award(course, competency, 1, valid_for_days=365)
    complete_course(employee, course, score=0.9)
    tier = employee.postings.get().tier
    make_target(competency, 2, tier=tier)
    make_target(competency, 1)
    make_assessment(
        employee,
        competency,
        4,
        assessed_at=timezone.now() - timedelta(days=30),
        valid_until=timezone.now() - timedelta(days=1),
    )
    advanced = make_course("C2")
    make_award(advanced, competency, 2)
    make_audience_rule(advanced)
    found = visitor.get(cell_address(employee, competency)).json()
    assert (found["level"], found["target"], found["gap"]) == (1, 2, 1)
    assert found["employee"] == {"staff_number": "100001", "name": "区民 花子"}
    assert found["competency"]["framework"]["version"] == "1.0"
    assert found["rule"]["key"] == "highest_valid"
    assert found["minimum_assurance"]["value"] == Assurance.BROWSER_QUIZ
    winning = [row for row in found["evidence"] if row["is_winning"]]
    assert [row["course_key"] for row in winning] == ["C1"]
    assert winning[0]["award"] == {
        "level": 1,
        "valid_for_days": 365,
        "effective_from": "2020-04-01",
    }
    assert winning[0]["scores"][0]["best_score"] == 0.9
    assert winning[0]["expires_at"] == found["expires_at"]
    (expired,) = [row for row in found["evidence"] if row["kind"] == "supervisor"]
    assert not expired["is_valid"]
    assert expired["course_key"] is None
    assert expired["why"]
    assert [row["level"] for row in found["targets"] if row["applies"]] == [2]
    assert {(row["tier"] or {}).get("key") for row in found["targets"]} == {tier.key, None}
    assert [(row["key"], row["level"]) for row in found["raise_by"]] == [("C2", 2)]


def test_a_cell_says_who_judged_how_fresh_it_is_and_what_renewed_it(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    chief = make_employee("100002", name="課長 一郎")
    now = timezone.now()
    Assessment.objects.filter(
        pk=make_assessment(employee, competency, 2, assessed_at=now - timedelta(days=80)).pk
    ).update(assessor=chief.user)
    make_assessment(
        employee,
        competency,
        1,
        kind=Assessment.Kind.PROJECT,
        assurance=Assurance.PROJECT_OUTCOME,
        assessed_at=now - timedelta(days=50),
    )
    AgeingRule.objects.create(
        competency=competency, kind="validity", days=100, effective_from=date(2020, 4, 1)
    )
    LevelRule.objects.create(name="highest_valid", effective_from=date(2024, 4, 1))
    found = visitor.get(cell_address(employee, competency)).json()
    assert found["rule"]["effective_from"] == "2024-04-01"
    assert found["assurance"]["value"] == Assurance.SUPERVISOR
    assert found["freshness"] == pytest.approx(0.5, abs=0.001)
    (winning,) = [row for row in found["evidence"] if row["is_winning"]]
    assert winning["assessor"] == "課長 一郎"
    assert winning["renewed_at"] == found["renewed_at"] is not None
    assert winning["expires_at"] == found["expires_at"] is not None
    assert found["raise_by"] == []
    assert "supervisor" in found["raise_otherwise"]


def test_a_cell_names_the_competency_that_evidence_came_from(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    earlier = make_competency(
        "OLD", title="古いスキル", framework=make_framework("F0", version="0.9")
    )
    CompetencyMapping.objects.create(
        earlier=earlier, later=competency, effective_from=date(2024, 4, 1)
    )
    make_assessment(employee, earlier, 4)
    found = visitor.get(cell_address(employee, competency)).json()
    (row,) = found["evidence"]
    assert row["earlier"]["title"] == "古いスキル"
    assert row["earlier"]["framework"]["version"] == "0.9"
    # There is no level above the fourth.
    assert (found["level"], found["raise_otherwise"]) == (4, "")


def test_a_cell_without_any_fact_is_empty(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    found = visitor.get(cell_address(employee, competency)).json()
    assert (found["level"], found["target"], found["evidence"]) == (None, None, [])


def test_a_cell_of_another_day_knows_only_what_was_known(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    make_assessment(employee, competency, 2, assessed_at=timezone.now() - timedelta(days=2))
    address = cell_address(employee, competency)
    assert visitor.get(address).json()["level"] == 2
    past = visitor.get(f"{address}?as_of={office_today() - timedelta(days=10)}").json()
    assert past["level"] is None


def test_hr_sees_every_cell_and_is_logged(
    desk: Client, hr: Employee, employee: Employee, competency: Competency
) -> None:
    assert desk.get(cell_address(employee, competency)).status_code == 200
    view = SkillsView.objects.get()
    assert (view.viewer, view.subject) == (hr.user, employee)


def test_an_employee_learns_nothing_of_anothers_cell(
    visitor: Client, office: dict[str, Employee], competency: Competency
) -> None:
    theirs = problem_of(visitor.get(cell_address(office["a"], competency)), 404, "not_visible")
    nobody = problem_of(
        visitor.get(f"/api/v1/skills/cells/999999/{competency.key}/"), 404, "not_visible"
    )
    assert theirs == nobody
    assert not SkillsView.objects.exists()


def test_a_cell_of_a_competency_that_there_is_not_is_not_found(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    for key in ("nothing", "data"):
        address = f"/api/v1/skills/cells/{employee.staff_number}/{key}/"
        problem_of(visitor.get(address), 404, "not_visible")


def test_the_day_of_a_cell_must_be_a_day(
    visitor: Client, employee: Employee, competency: Competency
) -> None:
    address = cell_address(employee, competency)
    for day in ("2025-02-30", date.max.isoformat(), ""):
        problem_of(visitor.get(f"{address}?as_of={day}"), 400, "invalid_parameter")
