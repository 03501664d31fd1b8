"""Whose level falls: edge by edge, and against the chain on the day itself."""

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from skills_matrix.engine.chain import held_evidence
from skills_matrix.engine.falling import falling_levels, levels_until
from skills_matrix.engine.levels import current_levels
from tests.skills_matrix.engine.office import (
    AS_OF,
    EVIDENCE,
    Office,
    assert_same_rows,
    day,
    for_every,
    offices,
    plain,
    rows,
)

HORIZON = day("2026-06-30")
EARLY, LAST, LATE = day("2026-05-01"), HORIZON, day("2026-06-30") + timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("shown", "falls"),
    [
        pytest.param([(2, None)], [], id="for good"),
        pytest.param([(2, LAST)], [(2, LAST, None)], id="ends exactly at the horizon"),
        pytest.param([(2, LATE)], [], id="ends right after it"),
        pytest.param([(3, EARLY), (1, None)], [(3, EARLY, 1)], id="falls to what is left"),
        pytest.param([(3, EARLY), (0, None)], [(3, EARLY, 0)], id="level 0 is not nothing"),
        pytest.param([(3, EARLY), (3, None)], [], id="other evidence shows the same level"),
        pytest.param([(3, EARLY), (3, LAST)], [(3, LAST, None)], id="the later end counts"),
        pytest.param([(3, EARLY), (2, LAST), (1, None)], [(3, EARLY, 2)], id="the first fall only"),
        pytest.param([(3, EARLY), (2, EARLY)], [(3, EARLY, None)], id="both end together"),
    ],
)
def test_a_level_falls(shown: list[tuple[int, Any]], falls: list[tuple[Any, ...]]) -> None:
    evidence = rows(
        "evidence",
        *(
            {"source_id": number, "level": level, "expires_at": ends}
            for number, (level, ends) in enumerate(shown)
        ),
    )
    found = falling_levels(evidence, current_levels(evidence), until=HORIZON)
    assert plain(found, "level", "falls_at", "falls_to") == falls


def test_the_soonest_comes_first() -> None:
    evidence = rows(
        "evidence",
        {"employee_id": 1, "source_id": 1, "level": 2, "expires_at": LAST},
        {"employee_id": 2, "source_id": 2, "level": 2, "expires_at": EARLY},
    )
    found = falling_levels(evidence, current_levels(evidence), until=HORIZON)
    assert found["employee_id"].tolist() == [2, 1]


_RULES = ("awards", "mappings", "ageing")


def endless(rules: pd.DataFrame) -> pd.DataFrame:
    """Those that began, without their end."""
    begun = rules[rules["effective_from"] <= AS_OF]
    return begun.assign(
        effective_until=begun["effective_until"].where(begun["effective_from"].isna())
    )


@for_every(offices("completions", "awards", "assessments", "ageing"))
def test_it_is_what_the_chain_will_say_if_nothing_happens(office: Office) -> None:
    """With rules that stay in force and facts that are known today."""
    until = AS_OF + timedelta(days=3)
    still = {
        **office,
        **{name: endless(office[name]) for name in _RULES},
        "completions": office["completions"][office["completions"]["completed_at"] <= AS_OF],
        "assessments": office["assessments"][office["assessments"]["assessed_at"] <= AS_OF],
    }
    now, then = (
        held_evidence(**{name: still[name] for name in EVIDENCE}, as_of=moment)
        for moment in (AS_OF, until)
    )
    pair = ("employee_id", "competency_id")
    columns = [*pair, "level", "since", "expires_at"]
    assert_same_rows(levels_until(now, until=until)[columns], current_levels(then)[columns], *pair)


@for_every(offices("completions", "awards", "assessments", "ageing"))
def test_what_falls_is_what_is_lower_at_the_horizon(office: Office) -> None:
    until = AS_OF + timedelta(days=3)
    evidence = held_evidence(**{name: office[name] for name in EVIDENCE}, as_of=AS_OF)
    levels = current_levels(evidence)
    falling = falling_levels(evidence, levels, until=until)
    both = levels.merge(
        levels_until(evidence, until=until),
        on=["employee_id", "competency_id"],
        how="left",
        suffixes=("", "_then"),
    )
    lower = both[both["level_then"].fillna(-1) < both["level"]]
    assert_same_rows(
        falling[["employee_id", "competency_id"]],
        lower[["employee_id", "competency_id"]],
        "employee_id",
        "competency_id",
    )
    assert (falling["falls_to"].fillna(-1) < falling["level"]).all()
