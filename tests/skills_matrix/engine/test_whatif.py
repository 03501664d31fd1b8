"""What if these people moved: who is where then, and which needs differ."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from skills_matrix.engine.schema import check_frame, empty_frame
from skills_matrix.engine.whatif import coverage_changes, move_people, needs_kept
from tests.skills_matrix.engine.office import (
    AS_OF,
    LONG_AGO,
    Office,
    for_every,
    offices,
    plain,
    rows,
)
from tests.skills_matrix.engine.test_coverage import covered_row

PEOPLE = rows(
    "people",
    {"employee_id": 1, "department_id": 10, "tier_id": 1},
    {"employee_id": 2, "department_id": 20, "tier_id": 2},
)
ROLES = rows("person_roles", {"employee_id": 1, "role_id": 7}, {"employee_id": 2, "role_id": 7})
SOON = AS_OF + timedelta(days=9)
POSTINGS = rows(
    "postings",
    {"posting_id": 4, "employee_id": 1, "department_id": 10, "ends_at": SOON},
    {"posting_id": 5, "employee_id": 1, "department_id": 20, "is_main": False},
    {"posting_id": 6, "employee_id": 1, "department_id": 10, "starts_at": SOON},
    {"posting_id": 7, "employee_id": 2, "department_id": 20},
)
STAYS = (2, 20, LONG_AGO, None)


@pytest.mark.parametrize(
    ("move", "roles", "people", "person_roles", "postings"),
    [
        pytest.param(
            {"department_id": 30},
            [],
            [(2, 20, 2), (1, 30, 1)],
            [(2, 7)],
            [STAYS, (1, 30, AS_OF, None)],
            id="a move ends every posting and role, and keeps the tier",
        ),
        pytest.param(
            {"department_id": 10, "tier_id": 3},
            [8, 9],
            [(2, 20, 2), (1, 10, 3)],
            [(2, 7), (1, 8), (1, 9)],
            [STAYS, (1, 10, AS_OF, None)],
            id="a promotion with two roles",
        ),
        pytest.param(
            {"department_id": None}, [8], [(2, 20, 2)], [(2, 7)], [STAYS], id="leaves the office"
        ),
        pytest.param(
            {"employee_id": 5, "department_id": 10, "tier_id": 1},
            [],
            [(1, 10, 1), (2, 20, 2), (5, 10, 1)],
            [(1, 7), (2, 7)],
            [
                (1, 10, LONG_AGO, SOON),
                (1, 20, LONG_AGO, None),
                (1, 10, SOON, None),
                STAYS,
                (5, 10, AS_OF, None),
            ],
            id="somebody joins",
        ),
    ],
)
def test_a_person_moves(
    move: dict[str, Any],
    roles: list[int],
    people: list[tuple[Any, ...]],
    person_roles: list[tuple[int, int]],
    postings: list[tuple[int, int, datetime, datetime | None]],
) -> None:
    moved = move_people(
        PEOPLE,
        ROLES,
        POSTINGS,
        rows("moves", move),
        rows("move_roles", *({"role_id": role} for role in roles)),
        as_of=AS_OF,
    )
    assert plain(moved[0], "employee_id", "department_id", "tier_id") == people
    assert plain(moved[1], "employee_id", "role_id") == person_roles
    found = plain(moved[2], "employee_id", "department_id", "starts_at", "ends_at")
    assert found == postings


@for_every(offices("people", "person_roles", "postings", "moves", "move_roles"))
def test_nobody_else_is_touched_and_nobody_moved_stays(office: Office) -> None:
    names = ("people", "person_roles", "postings")
    moved = move_people(**office_of(office, *names, "moves", "move_roles"), as_of=AS_OF)
    ids = set(office["moves"]["employee_id"])
    for name, frame in zip(names, moved, strict=True):
        check_frame(name, frame)
        others = office[name][~office[name]["employee_id"].isin(ids)]
        kept = frame[~frame["employee_id"].isin(ids)]
        pd.testing.assert_frame_equal(
            kept.reset_index(drop=True), others.reset_index(drop=True), check_exact=True
        )
    placed = office["moves"].dropna(subset="department_id")
    found = moved[0][moved[0]["employee_id"].isin(ids)]
    assert set(found["employee_id"]) == set(placed["employee_id"])
    assert len(moved[2][moved[2]["employee_id"].isin(ids)]) == len(placed)


def office_of(office: Office, *names: str) -> Office:
    return {name: office[name] for name in names}


def test_a_place_that_somebody_leaves_stays_to_be_filled() -> None:
    before = rows(
        "unit_needs",
        {"level": 2, "needed": 3},
        {"level": 3, "needed": 1},
        {"unit_id": 2, "level": 2, "needed": 1},
    )
    after = rows(
        "unit_needs",
        {"level": 2, "needed": 2},
        {"unit_id": 2, "level": 2, "needed": 2},
        {"unit_id": 2, "level": 4, "needed": 1},
    )
    was, now = needs_kept(before, after)
    columns = ("unit_id", "level", "needed")
    assert plain(was, *columns) == [(1, 2, 3), (1, 3, 1), (2, 2, 1), (2, 4, 0)]
    assert plain(now, *columns) == [(1, 2, 3), (1, 3, 1), (2, 2, 2), (2, 4, 1)]
    for frame in (was, now):
        check_frame("unit_needs", frame)


# needed and holders before, needed and holders after
@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((2, 2), (2, 1), "falls"),
        ((0, 0), (1, 0), "falls"),
        ((2, 1), (2, 0), "worse"),
        ((2, 0), (2, 1), "better"),
        ((2, 1), (2, 2), "recovers"),
        ((1, 2), (1, 1), "thin"),
        ((1, 3), (1, 2), None),
        ((1, 1), (1, 1), None),
        ((2, 1), (2, 1), None),
        ((0, 0), (1, 1), None),
        ((1, 1), (1, 4), None),
    ],
)
def test_what_a_planner_has_to_know(
    before: tuple[int, int], after: tuple[int, int], change: str | None
) -> None:
    was, now = (
        rows("coverage", covered_row(1, 2, needed, holders, 0, 0))
        for needed, holders in (before, after)
    )
    found = plain(
        coverage_changes(was, now),
        *("change", "needed_before", "holders_before", "needed", "holders"),
    )
    assert found == ([(change, *before, *after)] if change else [])


def test_what_falls_comes_first_and_of_it_the_largest_share() -> None:
    needs = [(1, 4, 2), (2, 1, 0), (3, 2, 1), (4, 2, 0)]
    before = [(1, 4, 4), (2, 1, 1), (3, 2, 0), (4, 2, 1)]
    was, now = (
        rows("coverage", *(covered_row(1, level, needed, n, 0, 0) for level, needed, n in given))
        for given in (before, needs)
    )
    assert plain(coverage_changes(was, now), "level", "change") == [
        (2, "falls"),
        (1, "falls"),
        (4, "worse"),
        (3, "better"),
    ]


def test_nothing_moves_without_moves() -> None:
    same = move_people(
        PEOPLE, ROLES, POSTINGS, empty_frame("moves"), empty_frame("move_roles"), as_of=AS_OF
    )
    for found, given in zip(same, (PEOPLE, ROLES, POSTINGS), strict=True):
        pd.testing.assert_frame_equal(found, given)
