"""Sums of few people are kept from heads, also where they could be worked out by subtraction."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lms.people.calendar import fiscal_year, office_today
from lms.people.models import Employee
from skills_matrix.checks import check_small_group
from skills_matrix.competencies.models import Competency
from tests.factories import (
    make_assessment,
    make_department,
    make_employee,
    make_process,
    make_target,
    make_tier,
)

MATRIX = "/api/v1/skills/matrix/"
COVERAGE = "/api/v1/skills/coverage/"
FISCAL_YEAR = "/api/v1/skills/matrix/fiscal-year/"

# Section -> how many people work there; the director sits in the division itself.
STAFF = {"a": 7, "b": 6, "c": 2}


@pytest.fixture
def director(competency: Competency) -> Employee:
    """Heads a division of three sections: with a sum of `b` shown, that of `c` would be known."""
    division = make_department("kumin", title="区民部")
    chief, staff = make_tier("director", rank=5000), make_tier("staff", rank=10)
    make_target(competency, 2, tier=staff)
    for key, size in STAFF.items():
        section = make_department(key, title=f"{key}課", parent=division)
        for number in range(size):
            person = make_employee(
                f"7{ord(key):03}{number:02}", department=section, tier=staff, has_user=False
            )
            make_assessment(person, competency, 1 + number % 3)
    make_process("WHOLE", department=division, needs={competency: (2, 3)})
    return make_employee("700000", department=division, tier=chief)


@pytest.fixture
def head(director: Employee, settings: Any, visitor_of: Callable[[Any], Client]) -> Client:
    settings.LMS_HEAD_TIERS = ["director"]
    return visitor_of(director)


def shown_of(body: dict[str, Any]) -> dict[str, bool]:
    """Which groups of a matrix have their sums."""
    groups = {row["unit"]["key"]: row["sums"] for row in body["groups"]} | {"": body["summary"]}
    for sums in groups.values():
        assert bool(sums["assessed"]) is not sums["is_suppressed"]
        assert bool(sums["mean_level"]) is not sums["is_suppressed"]
    return {key: not sums["is_suppressed"] for key, sums in groups.items()}


def test_groups_of_the_heat_map(head: Client, desk: Client) -> None:
    found = shown_of(head.get(MATRIX, {"group_by": "department"}).json())
    assert found == {"": True, "kumin": False, "a": True, "b": False, "c": False}
    assert all(shown_of(desk.get(MATRIX, {"group_by": "department"}).json()).values())


def test_a_heat_map_of_few_people_has_no_sums(head: Client) -> None:
    body = head.get(MATRIX, {"department": "c"}).json()
    assert body["summary"]["people"] == len(body["people"]) == 2
    assert shown_of(body) == {"": False}


def test_the_report_of_a_fiscal_year(head: Client, desk: Client) -> None:
    asked = {"fiscal_year": fiscal_year(office_today()), "by": "department"}
    body = head.get(FISCAL_YEAR, asked).json()
    suppressed = {row["unit"]["key"]: row["end"]["is_suppressed"] for row in body["units"]}
    assert suppressed == {"kumin": True, "a": False, "b": True, "c": True}
    assert not body["total"]["end"]["is_suppressed"]
    (changed,) = [row["change"] for row in body["units"] if row["unit"]["key"] == "c"]
    assert changed["is_suppressed"]
    assert changed["at_target"] == []
    whole = desk.get(FISCAL_YEAR, asked).json()
    assert not any(row["end"]["is_suppressed"] for row in whole["units"])


@pytest.mark.parametrize("asked", [{}, {"kind": "section"}, {"department": "b"}])
def test_coverage_whatever_one_request_leaves_out(head: Client, asked: dict[str, str]) -> None:
    """The process is of the whole division: less `a` and `b`, three people would be left."""
    rows = {row["unit"]["key"]: row for row in head.get(COVERAGE, asked).json()["units"]}
    assert rows["b"]["is_suppressed"]
    assert rows["b"]["covered"] is None
    assert head.get(f"{COVERAGE}section/b/").json()["needs"] == []
    file = head.get(COVERAGE, {**asked, "format": "csv", "list": "coverage"}).content.decode()
    assert "b課" not in file
    assert "c課" not in file


def test_coverage_shows_what_says_nothing_of_few(head: Client, desk: Client) -> None:
    rows = {row["unit"]["key"]: row for row in head.get(COVERAGE).json()["units"]}
    shown = {key for key, row in rows.items() if not row["is_suppressed"]}
    assert shown == {"WHOLE", "a"}
    assert not any(row["is_suppressed"] for row in desk.get(COVERAGE).json()["units"])


def test_one_setting_rules_them_all(head: Client, settings: Any) -> None:
    settings.LMS_SMALLEST_GROUP = 1
    assert all(shown_of(head.get(MATRIX, {"group_by": "department"}).json()).values())
    assert not any(row["is_suppressed"] for row in head.get(COVERAGE).json()["units"])


def test_the_former_setting_is_missed(settings: Any) -> None:
    assert check_small_group(None) == []
    settings.LMS_SKILLS_SMALL_GROUP = 10
    (warning,) = check_small_group(None)
    assert warning.id == "lms_skills.W001"
