"""A small office with skills, and HR's browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lms.people.models import Employee
from skills_matrix.competencies.models import Competency
from tests.factories import (
    make_assessment,
    make_competency,
    make_department,
    make_employee,
    make_framework,
    make_role,
    make_target,
    make_tier,
)

HR = ["lms_skills.view_skills_matrix", "lms_core.view_all_employees"]


@pytest.fixture
def competency(db: None) -> Competency:
    framework = make_framework("DSS", title="リテラシー標準")
    framework.source_note_ja = "出典の注記"
    framework.save()
    group = make_competency("data", title="データ", framework=framework, is_group=True)
    return make_competency("K1", title="データを読む", parent=group)


@pytest.fixture
def hr(db: None) -> Employee:
    return make_employee("000001", name="人事 太郎", kana="アア", permissions=HR)


@pytest.fixture
def desk(hr: Employee, visitor_of: Callable[[Any], Client]) -> Client:
    """The browser of somebody in HR."""
    return visitor_of(hr)


@pytest.fixture
def office(competency: Competency) -> dict[str, Employee]:
    """Three people in two sections of one division; two of them have a level."""
    division = make_department("kumin", title="区民部")
    tax = make_department("zeimu", title="税務課", parent=division)
    care = make_department("kaigo", title="介護課", parent=division)
    chief, staff = make_tier("chief", rank=5000), make_tier("staff", rank=10)
    leader = make_role("leader", title="DX推進リーダー")
    people = {
        "a": make_employee("200001", name="甲", department=tax, tier=chief, roles=[leader]),
        "b": make_employee("200002", name="乙", department=tax, tier=staff),
        "c": make_employee("200003", name="丙", department=care, tier=staff),
    }
    make_target(competency, 2, tier=staff)
    make_assessment(people["a"], competency, 3)
    make_assessment(people["b"], competency, 1)
    return people
