"""From evidence to level, by hand and against the rule told in plain Python."""

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from skills_matrix.engine.evidence import derive_evidence
from skills_matrix.engine.exceptions import UnknownRule
from skills_matrix.engine.levels import counted, current_levels, self_levels
from tests.skills_matrix.engine.office import (
    AS_OF,
    Office,
    assert_same_rows,
    day,
    for_every,
    offices,
    plain,
    rows,
    shuffled,
)


def seen(number: int, level: int, **more: Any) -> dict[str, Any]:
    return {"source_id": number, "level": level, **more}


def believed(number: int, level: int) -> dict[str, Any]:
    return seen(number, level, kind="self", assurance=0)


EXPIRED = {"state": "expired", "is_valid": False}
COURSE = {"source": "course", "kind": "course", "course_id": 9}


@pytest.mark.parametrize(
    ("case", "evidence", "level", "winner"),
    [
        ("the highest wins", [seen(1, 1), seen(2, 3), seen(3, 2)], 3, 2),
        ("what has expired does not count", [seen(1, 1), seen(2, 3, **EXPIRED)], 1, 1),
        ("a level of 0 is a level", [seen(1, 0)], 0, 1),
        ("self-belief lifts nothing", [seen(1, 1), believed(2, 4)], 1, 1),
        ("a strong self-belief neither", [seen(1, 1), {**believed(2, 4), "assurance": 9}], 1, 1),
        ("of equals the better assured", [seen(1, 2, assurance=5), seen(2, 2)], 2, 1),
        ("then the one that expires later",
         [seen(1, 2, expires_at=day("2027-01-01")), seen(2, 2, expires_at=day("2026-06-01"))],
         2, 1),
        ("and never is latest",
         [seen(1, 2), seen(2, 2, expires_at=day("2099-01-01"))], 2, 1),
        ("then the newer",
         [seen(1, 2, achieved_at=day("2026-01-01")), seen(2, 2, achieved_at=day("2025-01-01"))],
         2, 1),
        ("then an assessment", [seen(1, 2), seen(2, 2, **COURSE)], 2, 1),
        ("then the higher id", [seen(1, 2), seen(2, 2)], 2, 2),
        ("but level comes before assurance", [seen(1, 3, assurance=1), seen(2, 2)], 3, 1),
    ],
)  # fmt: skip
def test_the_highest_valid_evidence_is_the_level(
    case: str, evidence: list[dict[str, Any]], level: int, winner: int
) -> None:
    for order in (1, -1):
        found = current_levels(rows("evidence", *evidence[::order]))
        assert plain(found, "level", "source_id") == [(level, winner)]


@pytest.mark.parametrize(
    ("minimum", "expected"), [(0, [(3, 1)]), (2, [(3, 1)]), (3, [(1, 4)]), (5, [])]
)
def test_evidence_below_the_asked_assurance_is_passed_over(
    minimum: int, expected: list[tuple[int, int]]
) -> None:
    evidence = rows("evidence", seen(1, 3, assurance=2, **COURSE), seen(2, 1, assurance=4))
    found = current_levels(evidence, minimum_assurance=minimum)
    assert plain(found, "level", "assurance") == [
        (level, {1: 2, 4: 4}[assurance]) for level, assurance in expected
    ]


def test_nobody_has_a_level_by_self_belief_or_expired_evidence_alone() -> None:
    found = current_levels(rows("evidence", believed(1, 3), seen(2, 2, **EXPIRED)))
    assert plain(found, "employee_id") == []


def test_a_level_is_held_from_the_earliest_to_the_latest_of_its_evidence() -> None:
    evidence = rows(
        "evidence",
        seen(1, 2, achieved_at=day("2024-05-01"), expires_at=day("2027-05-01"), assurance=1),
        seen(2, 2, achieved_at=day("2025-05-01"), expires_at=day("2026-05-01")),
        seen(3, 1, achieved_at=day("2020-05-01")),
        seen(4, 2, achieved_at=day("2021-05-01"), expires_at=day("2022-05-01"), **EXPIRED),
    )
    found = current_levels(evidence)
    assert plain(found, "since", "expires_at", "achieved_at", "source_id") == [
        (day("2024-05-01"), day("2027-05-01"), day("2025-05-01"), 2)
    ]


def test_the_winner_brings_where_it_came_from() -> None:
    found = current_levels(rows("evidence", seen(7, 2, assurance=1, **COURSE)))
    assert plain(found, "source", "source_id", "course_id", "kind", "assurance") == [
        ("course", 7, 9, "course", 1)
    ]


def test_self_belief_stands_beside_the_level() -> None:
    evidence = rows("evidence", believed(1, 4), seen(2, 1), {**believed(3, 2), **EXPIRED})
    assert plain(self_levels(evidence), "employee_id", "competency_id", "self_level") == [(1, 1, 4)]


def test_a_rule_nobody_named_is_refused() -> None:
    with pytest.raises(UnknownRule, match="kindest"):
        current_levels(rows("evidence"), rule="kindest")


def evidence_of(office: Office) -> Any:
    return derive_evidence(
        office["completions"], office["awards"], office["assessments"], as_of=AS_OF
    )


@for_every(offices("completions", "awards", "assessments"), st.integers(0, 3))
def test_the_engine_and_the_rule_in_plain_words_agree(office: Office, minimum: int) -> None:
    evidence = evidence_of(office)
    by_pair = defaultdict(list)
    for row in evidence.astype(object).to_dict("records"):
        if row["is_valid"] and row["kind"] != "self" and row["assurance"] >= minimum:
            by_pair[row["employee_id"], row["competency_id"]].append(row)
    expected = []
    for pair, held in sorted(by_pair.items()):
        level = max(row["level"] for row in held)
        at_level = [row for row in held if row["level"] == level]
        ends = [row["expires_at"] for row in at_level]
        forever = any(end is None or end != end for end in ends)
        since = min(row["achieved_at"] for row in at_level)
        assurance = max(row["assurance"] for row in at_level)
        expected.append((*pair, level, since, None if forever else max(ends), assurance))
    found = current_levels(evidence, minimum_assurance=minimum)
    columns = ("employee_id", "competency_id", "level", "since", "expires_at", "assurance")
    assert plain(found, *columns) == expected


@for_every(offices("completions", "awards", "assessments"), st.integers(0, 99))
def test_the_order_of_evidence_does_not_matter(office: Office, seed: int) -> None:
    evidence = evidence_of(office)
    other = shuffled(evidence, seed)
    assert_same_rows(current_levels(evidence), current_levels(other))
    assert_same_rows(self_levels(evidence), self_levels(other))


@for_every(offices("completions", "awards", "assessments"), st.integers(0, 3))
def test_only_counted_evidence_makes_the_level(office: Office, minimum: int) -> None:
    evidence = evidence_of(office)
    counts = counted(evidence, minimum_assurance=minimum)
    assert np.array_equal(counts.index, evidence.index)
    assert_same_rows(
        current_levels(evidence[counts]), current_levels(evidence, minimum_assurance=minimum)
    )


@for_every(offices("completions", "awards", "assessments"))
def test_more_asked_assurance_never_raises_a_level(office: Office) -> None:
    evidence = evidence_of(office)
    lax, strict = (
        {
            (employee, competency): level
            for employee, competency, level in plain(
                current_levels(evidence, minimum_assurance=minimum),
                "employee_id",
                "competency_id",
                "level",
            )
        }
        for minimum in (1, 2)
    )
    assert strict.keys() <= lax.keys()
    assert all(strict[pair] <= lax[pair] for pair in strict)
