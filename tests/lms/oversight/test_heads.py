from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.oversight.heads import (
    Post,
    departments_overseen_by,
    heads_among,
    heads_of_staff,
    may_oversee,
    staff_overseen_by,
)
from lms.people.models import Employee
from lms.people.selectors import VIEW_ALL_EMPLOYEES
from tests.factories import make_department, make_employee, make_posting, make_tier, make_user

ON = date(2026, 11, 25)
MOVED = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("posts", "heads"),
    [
        ([], {}),
        ([Post(1, 10, True, 50)], {1: {10}}),
        # A deputy of a lower tier at the same place does not head it; equals do together.
        ([Post(1, 10, True, 60), Post(1, 11, True, 50)], {1: {10}}),
        ([Post(1, 10, True, 50), Post(1, 11, True, 50)], {1: {10, 11}}),
        # Concurrent: only where nobody has it as their main place.
        ([Post(1, 10, True, 50), Post(1, 11, False, 60)], {1: {10}}),
        ([Post(1, 11, False, 50)], {1: {11}}),
        ([Post(1, 10, True, 50), Post(2, 10, False, 50)], {1: {10}, 2: {10}}),
    ],
)
def test_who_heads_a_department(posts: list[Post], heads: dict[int, set[int]]) -> None:
    assert heads_among(posts) == heads


@dataclass
class Office:
    people: dict[str, Employee]
    departments: dict[str, Any]


@pytest.fixture
def office(db: None) -> Office:
    """A 部 with two 課, people named for what they are."""
    staff, chief, manager, director = (
        make_tier("G1", rank=10),
        make_tier("G3", rank=30),
        make_tier("G5", rank=50),
        make_tier("G6", rank=60),
    )
    division = make_department("0400")
    tax = make_department("0402", parent=division)
    pension = make_department("0404", parent=division)
    other = make_department("0500")
    people = {
        "director": make_employee(department=division, tier=director),
        "head": make_employee(department=tax, tier=manager),
        "employee": make_employee(department=tax, tier=staff),
        "chief": make_employee(department=tax, tier=chief),
        "pensioner": make_employee(department=pension, tier=staff),
        "stranger": make_employee(department=other, tier=staff),
        "hr": make_employee(department=other, tier=chief, permissions=[VIEW_ALL_EMPLOYEES]),
        "past head": make_employee(department=tax, tier=manager, ends_on=MOVED),
        "gone": make_employee(department=tax, tier=staff, ends_on=MOVED),
        "seconded head": make_employee(department=tax, tier=manager, ends_on=MOVED),
        "seconded in": make_employee(department=other, tier=staff),
        "seconded out": make_employee(department=tax, tier=staff, ends_on=MOVED),
        "blocked": make_employee(department=other, tier=manager),
    }
    # Now a plain member elsewhere; helping in the section beside a post elsewhere; moved out.
    make_posting(people["past head"], department=other, tier=staff, starts_on=MOVED)
    make_posting(people["seconded head"], department=pension, tier=manager, starts_on=MOVED)
    make_posting(people["seconded in"], department=tax, tier=staff, is_main=False)
    make_posting(people["seconded out"], department=other, tier=staff, starts_on=MOVED)
    account = people["blocked"].user
    assert account is not None
    account.is_active = False
    account.save()
    return Office(people, {"tax": tax, "pension": pension, "division": division, "other": other})


TAX = {"employee", "chief"}
PENSION = {"pensioner"}
OVERSEEN = {
    "head": TAX,
    "director": {"head", "seconded head"} | TAX | PENSION,
    "seconded head": PENSION,
    "past head": set(),
    "employee": set(),
    "chief": set(),
    "gone": set(),
    "seconded in": set(),
    "blocked": set(),
}


@pytest.mark.parametrize("who", OVERSEEN)
def test_somebody_oversees_their_section_and_nothing_beyond(office: Office, who: str) -> None:
    viewer = office.people[who].user
    assert viewer is not None
    names = {row.pk: name for name, row in office.people.items()}
    assert {names[row.pk] for row in staff_overseen_by(viewer, ON)} == OVERSEEN[who]
    assert may_oversee(viewer, ON) is bool(OVERSEEN[who])


def test_hr_oversees_everybody(office: Office) -> None:
    viewer = office.people["hr"].user
    assert viewer is not None
    assert staff_overseen_by(viewer, ON).count() == len(office.people)
    assert departments_overseen_by(viewer, ON) == {row.pk for row in office.departments.values()}


def test_who_is_no_employee_oversees_nobody(office: Office) -> None:
    for viewer in (AnonymousUser(), make_user("outside")):
        assert not staff_overseen_by(viewer, ON).exists()
        assert not may_oversee(viewer, ON)


def test_a_head_of_then_oversaw_then(office: Office) -> None:
    past = office.people["past head"]
    assert past.user is not None
    day = date(2025, 11, 25)
    overseen = set(staff_overseen_by(past.user, day))
    assert office.people["seconded out"] in overseen
    assert past not in overseen


def test_the_nearest_head_above_is_never_oneself(office: Office) -> None:
    people = office.people
    found = heads_of_staff(ON)
    assert found[people["employee"].pk] == {people["head"].pk}
    assert found[people["head"].pk] == {people["director"].pk}
    assert found[people["pensioner"].pk] == {people["seconded head"].pk}
    assert people["director"].pk not in found


def test_which_tiers_head_a_department_is_the_offices(office: Office, settings: Any) -> None:
    settings.LMS_HEAD_TIERS = ["G3"]
    chief = office.people["chief"].user
    assert chief is not None
    overseen = set(staff_overseen_by(chief, ON))
    assert overseen == {office.people["head"], office.people["employee"]}
