"""How a level came to be: step by step, and the last step against the level itself."""

from typing import Any

import pytest

from skills_matrix.engine.chain import held_evidence
from skills_matrix.engine.levels import current_levels
from skills_matrix.engine.steps import level_steps
from tests.skills_matrix.engine.office import (
    AS_OF,
    EVIDENCE,
    Office,
    day,
    for_every,
    offices,
    plain,
    rows,
)

MARCH, JUNE, AUGUST, LATER = (
    day(text) for text in ("2025-03-01", "2025-06-01", "2025-08-01", "2026-09-01")
)


def piece(number: int, level: int, since: Any, until: Any = None, **more: Any) -> dict[str, Any]:
    over = until is not None and until <= AS_OF
    return {
        "source_id": number,
        "level": level,
        "achieved_at": since,
        "expires_at": until,
        # A newer one of the same kind would supersede the older.
        "kind": ("certificate", "test")[number - 1],
        "state": "expired" if over else "valid",
        "is_valid": not over,
        **more,
    }


SUPERSEDED = {"kind": "supervisor", "state": "superseded", "is_valid": False}


@pytest.mark.parametrize(
    ("evidence", "steps"),
    [
        pytest.param([piece(1, 2, MARCH)], [(MARCH, None, 2, False, 1)], id="it comes"),
        pytest.param(
            [piece(1, 1, MARCH), piece(2, 3, JUNE)],
            [(MARCH, None, 1, False, 1), (JUNE, 1, 3, False, 2)],
            id="it rises",
        ),
        pytest.param(
            [piece(1, 3, MARCH), piece(2, 1, JUNE)],
            [(MARCH, None, 3, False, 1)],
            id="what shows less changes nothing",
        ),
        pytest.param(
            [piece(1, 3, MARCH, AUGUST), piece(2, 1, JUNE)],
            [(MARCH, None, 3, False, 1), (AUGUST, 3, 1, True, 1)],
            id="it falls to what is left, by what ended",
        ),
        pytest.param(
            [piece(1, 2, MARCH, AUGUST)],
            [(MARCH, None, 2, False, 1), (AUGUST, 2, None, True, 1)],
            id="it ends",
        ),
        pytest.param(
            [piece(1, 2, MARCH, LATER)], [(MARCH, None, 2, False, 1)], id="not before its time"
        ),
        pytest.param(
            [piece(1, 3, MARCH, **SUPERSEDED), piece(2, 2, JUNE, kind="supervisor")],
            [(MARCH, None, 3, False, 1), (JUNE, 3, 2, False, 2)],
            id="a newer judgement of the kind lowers it",
        ),
        pytest.param(
            [piece(1, 2, MARCH, AUGUST), piece(2, 2, JUNE)],
            [(MARCH, None, 2, False, 1)],
            id="other evidence carries it on",
        ),
        pytest.param([piece(1, 2, MARCH, kind="self")], [], id="belief is no level"),
        pytest.param([piece(1, 2, MARCH, assurance=1)], [], id="not sure enough"),
    ],
)
def test_steps(evidence: list[dict[str, Any]], steps: list[tuple[Any, ...]]) -> None:
    for order in (1, -1):
        found = level_steps(rows("evidence", *evidence[::order]), as_of=AS_OF, minimum_assurance=2)
        assert plain(found, "at", "before", "after", "is_end", "source_id") == steps


@for_every(offices("completions", "awards", "assessments", "mappings", "ageing"))
def test_the_last_step_is_the_level_of_today(office: Office) -> None:
    evidence = held_evidence(**{name: office[name] for name in EVIDENCE}, as_of=AS_OF)
    pair = ["employee_id", "competency_id"]
    last = level_steps(evidence, as_of=AS_OF).groupby(pair, as_index=False).last()
    # `last` skips NA, so the rows are read again by their moment.
    steps = level_steps(evidence, as_of=AS_OF).merge(last[[*pair, "at"]], on=[*pair, "at"])
    held = steps[steps["after"].notna()]
    levels = current_levels(evidence)
    assert plain(held, *pair, "after") == plain(levels, *pair, "level")


@for_every(offices("completions", "awards", "assessments", "mappings", "ageing"))
def test_each_step_begins_where_the_one_before_ended(office: Office) -> None:
    evidence = held_evidence(**{name: office[name] for name in EVIDENCE}, as_of=AS_OF)
    held: dict[tuple[int, int], Any] = {}
    for person, skill, before, after in plain(
        level_steps(evidence, as_of=AS_OF), "employee_id", "competency_id", "before", "after"
    ):
        assert held.get((person, skill)) == before
        assert before != after
        held[person, skill] = after
