"""Targets and gaps, by hand and against the rules told in plain Python."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from skills_matrix.engine.cells import applicable_targets, effective_targets, matrix_cells
from skills_matrix.engine.schema import empty_frame
from tests.skills_matrix.engine.office import (
    AS_OF,
    MATRIX,
    Office,
    assert_same_rows,
    day,
    derive_all,
    derive_matrix,
    for_every,
    offices,
    plain,
    rows,
    shuffled,
)


def target(number: int, level: int, **more: Any) -> dict[str, Any]:
    return {"target_id": number, "level": level, **more}


@pytest.mark.parametrize(
    ("case", "tier", "roles", "targets", "expected"),
    [
        ("no target", 1, [], [], None),
        ("everybody's", 1, [], [target(1, 2)], (1, 2)),
        ("everybody's, without a tier", None, [], [target(1, 2)], (1, 2)),
        ("my tier's", 1, [], [target(1, 2, tier_id=1)], (1, 2)),
        ("another tier's", 1, [], [target(1, 2, tier_id=2)], None),
        ("a tier's, without a tier", None, [], [target(1, 2, tier_id=1)], None),
        ("my role's", 1, [5], [target(1, 2, role_id=5)], (1, 2)),
        ("another role's", 1, [6], [target(1, 2, role_id=5)], None),
        ("my role's, without a tier", None, [5], [target(1, 2, role_id=5)], (1, 2)),
        ("tier and role both mine", 1, [5], [target(1, 2, tier_id=1, role_id=5)], (1, 2)),
        ("tier mine, role not", 1, [6], [target(1, 2, tier_id=1, role_id=5)], None),
        ("role mine, tier not", 2, [5], [target(1, 2, tier_id=1, role_id=5)], None),
        ("role mine, no tier", None, [5], [target(1, 2, tier_id=1, role_id=5)], None),
        ("two roles, the higher counts", 1, [5, 6],
         [target(1, 2, role_id=5), target(2, 3, role_id=6)], (2, 3)),
        ("a lower one for my role does not lower everybody's", 1, [5],
         [target(1, 3), target(2, 1, role_id=5)], (1, 3)),
        ("of equals the lowest id", 1, [5],
         [target(2, 3), target(1, 3, role_id=5), target(3, 3, tier_id=1)], (1, 3)),
        ("a target of 0 is a target", 1, [], [target(1, 0)], (1, 0)),
        ("raised today", 1, [],
         [target(1, 2, effective_until=AS_OF), target(2, 3, effective_from=AS_OF)], (2, 3)),
        ("to be raised tomorrow", 1, [],
         [target(1, 2, effective_until=day("2026-04-02")),
          target(2, 3, effective_from=day("2026-04-02"))], (1, 2)),
    ],
)  # fmt: skip
def test_the_highest_target_that_applies_is_the_target(
    case: str,
    tier: int | None,
    roles: list[int],
    targets: list[dict[str, Any]],
    expected: tuple[int, int] | None,
) -> None:
    found = effective_targets(
        rows("people", {"tier_id": tier}),
        rows("person_roles", *({"role_id": role} for role in roles)),
        rows("targets", *targets),
        as_of=AS_OF,
    )
    assert plain(found, "target_id", "target") == ([expected] if expected else [])


def test_roles_of_people_who_are_not_asked_about_are_passed_over() -> None:
    found = effective_targets(
        rows("people", {"employee_id": 2}),
        rows("person_roles", {"employee_id": 1, "role_id": 5}),
        rows("targets", target(1, 2, role_id=5)),
        as_of=AS_OF,
    )
    assert len(found) == 0


@pytest.mark.parametrize(
    ("case", "level", "asked", "expected"),
    [
        ("never assessed", None, 3, (None, 3, 3)),
        ("assessed at level 0", 0, 3, (0, 3, 3)),
        ("one short", 2, 3, (2, 3, 1)),
        ("reached", 3, 3, (3, 3, 0)),
        ("surpassed", 4, 3, (4, 3, 0)),
        ("no target", 2, None, (2, None, None)),
        ("a target of 0, never assessed", None, 0, (None, 0, 0)),
    ],
)
def test_the_gap_is_what_is_missing_to_the_target(
    case: str, level: int | None, asked: int | None, expected: tuple[int | None, ...]
) -> None:
    found = matrix_cells(
        rows("people", {}),
        rows("levels", *([] if level is None else [{"competency_id": 1, "level": level}])),
        empty_frame("self_levels"),
        rows(
            "effective_targets", *([] if asked is None else [{"competency_id": 1, "target": asked}])
        ),
    )
    assert plain(found, "level", "target", "gap") == [expected]


def test_a_self_level_stands_beside_and_closes_no_gap() -> None:
    found = matrix_cells(
        rows("people", {}),
        empty_frame("levels"),
        rows(
            "self_levels",
            {"competency_id": 1, "self_level": 4},
            {"competency_id": 2, "self_level": 1},
        ),
        rows("effective_targets", {"competency_id": 1, "target": 3}),
    )
    assert plain(found, "competency_id", "level", "self_level", "target", "gap") == [
        (1, None, 4, 3, 3),
        (2, None, 1, None, None),
    ]


def test_a_cell_says_where_its_level_came_from_and_nothing_when_there_is_none() -> None:
    found = matrix_cells(
        rows("people", {}),
        rows(
            "levels",
            {
                "competency_id": 1,
                "level": 2,
                "since": day("2025-05-01"),
                "expires_at": day("2027-05-01"),
                "achieved_at": day("2025-06-01"),
                "source": "course",
                "source_id": 8,
                "course_id": 9,
                "kind": "course",
                "assurance": 1,
            },
        ),
        empty_frame("self_levels"),
        rows("effective_targets", {"competency_id": 2, "target": 1, "target_id": 6}),
    )
    columns = ("source", "source_id", "course_id", "kind", "assurance", "target_id")
    assert plain(found, "competency_id", *columns) == [
        (1, "course", 8, 9, "course", 1, None),
        (2, None, None, None, None, None, 6),
    ]
    assert plain(found, "since", "expires_at", "achieved_at") == [
        (day("2025-05-01"), day("2027-05-01"), day("2025-06-01")),
        (None, None, None),
    ]


def test_cells_are_of_the_people_asked_about_only() -> None:
    found = matrix_cells(
        rows("people", {"employee_id": 2}),
        rows("levels", *({"employee_id": i, "competency_id": 1, "level": i} for i in (1, 2, 3))),
        rows("self_levels", {"employee_id": 3, "competency_id": 1, "self_level": 1}),
        empty_frame("effective_targets"),
    )
    assert plain(found, "employee_id", "level") == [(2, 2)]


def told_targets(office: Office) -> list[tuple[int, int, int, int]]:
    """Every target that applies, as the rule reads."""
    roles = plain(office["person_roles"], "employee_id", "role_id")
    applying = []
    targets = plain(office["targets"], *office["targets"].columns)
    for employee, tier in plain(office["people"], "employee_id", "tier_id"):
        for number, competency, of_tier, of_role, level, start, end in targets:
            now = start <= AS_OF and (end is None or end > AS_OF)
            tier_matches = of_tier is None or of_tier == tier
            role_matches = of_role is None or (employee, of_role) in roles
            if now and tier_matches and role_matches:
                applying.append((employee, competency, level, number))
    return applying


@for_every(offices("people", "person_roles", "targets"))
def test_targets_and_the_rule_in_plain_words_agree(office: Office) -> None:
    given_frames = office["people"], office["person_roles"], office["targets"]
    told = told_targets(office)
    applying = applicable_targets(*given_frames, as_of=AS_OF)
    columns = ("employee_id", "competency_id", "target", "target_id")
    assert sorted(plain(applying, *columns)) == sorted(told)
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for employee, competency, level, number in told:
        pair = (employee, competency)
        best[pair] = max(best.get(pair, (-1, 0)), (level, -number))
    assert plain(effective_targets(*given_frames, as_of=AS_OF), *columns) == [
        (*pair, level, -number) for pair, (level, number) in sorted(best.items())
    ]


@for_every(offices(*MATRIX))
def test_there_is_a_cell_wherever_there_is_something_to_say(office: Office) -> None:
    derived = derive_matrix(office)
    people = set(office["people"]["employee_id"])
    pairs = {
        pair
        for name in ("levels", "self_levels", "effective_targets")
        for pair in plain(derived[name], "employee_id", "competency_id")
        if pair[0] in people
    }
    assert plain(derived["cells"], "employee_id", "competency_id") == sorted(pairs)


@for_every(offices(), st.integers(0, 99))
def test_the_order_of_rows_does_not_matter_anywhere(office: Office, seed: int) -> None:
    other = derive_all({name: shuffled(frame, seed) for name, frame in office.items()})
    for name, frame in derive_all(office).items():
        # Evidence alone comes in no order of its own.
        key = ("employee_id", "competency_id", "source", "source_id", "achieved_at")
        assert_same_rows(frame, other[name], *(key if name == "evidence" else ()))


@for_every(offices(), st.integers(0, 1))
def test_partitions_of_people_give_the_rows_of_the_whole(office: Office, remainder: int) -> None:
    part = {
        name: frame[frame["employee_id"] % 2 == remainder] if "employee_id" in frame else frame
        for name, frame in office.items()
    }
    whole, of_part = derive_all(office), derive_all(part)
    for name in (
        *("levels", "self_levels", "effective_targets", "cells", "scores", "reasons"),
        *("showing_projects", "level_steps"),
    ):
        assert_same_rows(of_part[name], whole[name][whole[name]["employee_id"] % 2 == remainder])


@for_every(offices(*MATRIX))
def test_before_everything_the_matrix_is_empty(office: Office) -> None:
    derived = derive_matrix(office, as_of=AS_OF - timedelta(days=30))
    for name in ("evidence", "levels", "self_levels", "effective_targets", "cells"):
        assert_same_rows(derived[name], empty_frame(name))
