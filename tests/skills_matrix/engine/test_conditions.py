"""Which cells meet the conditions that a reader sets."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from skills_matrix.engine.arrays import ABSENT, DAY, FOREVER, microseconds
from skills_matrix.engine.conditions import CellConditions, matching_cells
from skills_matrix.engine.table import SkillTable

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
NOW = microseconds(AS_OF)

# One person; level, target, days until the level ends, days since it was last shown.
CELLS = [
    (ABSENT, ABSENT, None, None),
    (ABSENT, 2, None, None),
    (0, 2, None, 10),
    (2, 2, 30, 400),
    (3, ABSENT, 31, 5),
    (1, 2, None, 400),
]


def small(values: list[int]) -> Any:
    return np.array([values], dtype=np.int8)


def instants(values: list[int | None]) -> Any:
    return np.array([[FOREVER if value is None else NOW + value * DAY for value in values]])


@pytest.fixture
def table() -> SkillTable:
    level, target, ends, used = (list(column) for column in zip(*CELLS, strict=True))
    last = instants([None if days is None else -days for days in used])
    return SkillTable(
        employee_id=np.array([1]),
        competency_id=np.arange(len(CELLS)),
        level=small(level),
        self_level=small([ABSENT] * len(CELLS)),
        target=small(target),
        assurance=small(level),
        since=last,
        expires_at=instants(ends),
        used_at=last,
    )


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (CellConditions(), [0, 1, 2, 3, 4, 5]),
        (CellConditions(levels=(ABSENT, ABSENT)), [0, 1]),
        (CellConditions(levels=(0, 1)), [2, 5]),
        (CellConditions(levels=(2, 4)), [3, 4]),
        (CellConditions(gap=0), [3]),
        (CellConditions(gap=1), [1, 2, 5]),
        (CellConditions(gap=2), [1, 2]),
        (CellConditions(gap=1, levels=(0, 4)), [2, 5]),
        (CellConditions(expires_within=29), []),
        (CellConditions(expires_within=30), [3]),
        (CellConditions(expires_within=31), [3, 4]),
        (CellConditions(older_than=399), [3, 5]),
        (CellConditions(older_than=400), []),
        (CellConditions(older_than=5, expires_within=365), [3]),
    ],
)
def test_a_cell_must_meet_every_condition(
    table: SkillTable, conditions: CellConditions, expected: list[int]
) -> None:
    found = matching_cells(table, conditions, as_of=AS_OF)
    assert np.flatnonzero(found[0]).tolist() == expected


def test_only_time_asks_for_instants() -> None:
    assert CellConditions().is_any
    assert not CellConditions(gap=0).is_any
    assert not CellConditions(gap=0).asks_when
    assert CellConditions(older_than=0).asks_when
