"""The dense matrix says what the cells say, and its sums are those of the cells."""

import numpy as np
import pytest

from skills_matrix.engine.aggregates import department_levels
from skills_matrix.engine.arrays import ABSENT, FOREVER, arrays_of
from skills_matrix.engine.columns import LEVELS
from skills_matrix.engine.table import INSTANTS, SMALL, SkillTable, Small, unit_levels
from tests.skills_matrix.engine.office import (
    MATRIX,
    Office,
    derive_matrix,
    for_every,
    laid_out,
    offices,
)


@for_every(offices(*MATRIX))
def test_every_cell_stands_in_its_place_and_nothing_else_does(office: Office) -> None:
    cells = derive_matrix(office)["cells"]
    table = laid_out(office, cells)
    values = arrays_of("cells", cells)
    filled = 0
    for row in range(len(cells)):
        person = np.flatnonzero(table.employee_id == values["employee_id"][row])
        column = np.flatnonzero(table.competency_id == values["competency_id"][row])
        for name in (*SMALL, *INSTANTS, "gap"):
            assert getattr(table, name)[person, column].tolist() == [values[name][row]]
        filled += 1
    known = (table.level >= 0) | (table.self_level >= 0) | (table.target >= 0)
    assert int(known.sum()) == filled


@for_every(offices(*MATRIX))
def test_sums_by_department_are_those_of_the_cells(office: Office) -> None:
    cells = derive_matrix(office)["cells"]
    table = laid_out(office, cells)
    home = dict(
        zip(office["people"]["employee_id"], office["people"]["department_id"], strict=True)
    )
    unit = np.array([home[person] for person in table.employee_id], dtype=np.int64)
    found = unit_levels(table, unit)
    sums = arrays_of(
        "department_levels", department_levels(cells, office["people"], office["competencies"])
    )
    for row in range(sums["department_id"].size):
        at = (
            int(np.searchsorted(found.unit, sums["department_id"][row])),
            int(np.flatnonzero(table.competency_id == sums["competency_id"][row])[0]),
        )
        assert found.people[at[0]] == sums["people"][row]
        for name in ("assessed", "targeted", "at_target"):
            assert getattr(found, name)[at] == sums[name][row]
        assert [found.histogram[at][step] for step in LEVELS] == [
            sums[f"level_{step}"][row] for step in LEVELS
        ]
        np.testing.assert_equal(found.mean_level[at], sums["mean_level"][row])
    assert found.histogram.shape[:2] == (found.unit.size, table.competency_id.size)


@for_every(offices(*MATRIX))
def test_chosen_rows_and_columns_are_those_of_the_whole(office: Office) -> None:
    table = laid_out(office, derive_matrix(office)["cells"])
    rows = np.arange(table.employee_id.size)[::-1]
    columns = np.array([table.competency_id.size - 1, 0])
    part = table.rows(rows).columns(columns)
    np.testing.assert_array_equal(part.level, table.level[rows][:, columns])
    np.testing.assert_array_equal(part.since, table.since[rows][:, columns])
    np.testing.assert_array_equal(part.employee_id, table.employee_id[rows])


@pytest.mark.parametrize("sizes", [[], [1], [255], [256], [510, 3], [1, 600, 255, 254, 1021]])
@pytest.mark.parametrize("in_order", [True, False])
def test_sums_of_units_of_any_size_are_counted_by_hand(sizes: list[int], in_order: bool) -> None:
    """A byte counts only so far: each unit is longer, shorter or just as long."""
    random = np.random.default_rng(len(sizes))
    unit = np.repeat(np.arange(len(sizes)) * 7, sizes)
    if not in_order:
        unit = random.permutation(unit)
    level, target = random.integers(ABSENT, 5, (2, unit.size, 3), dtype=np.int8)
    # A column that everybody fills goes furthest.
    level[:, 0], target[:, 0] = 4, 4
    table = levels_and_targets(level, target)
    found = unit_levels(table, unit)
    assert found.unit.tolist() == [7 * n for n in range(len(sizes))]
    assert found.people.tolist() == sizes
    assert found.histogram.shape == (len(sizes), 3, len(LEVELS))
    for row, one in enumerate(found.unit):
        mine, asked = level[unit == one], target[unit == one]
        for column in range(3):
            held, wanted = mine[:, column].tolist(), asked[:, column].tolist()
            assert found.histogram[row, column].tolist() == [held.count(step) for step in LEVELS]
            assert found.targeted[row, column] == len(wanted) - wanted.count(ABSENT)
            assert found.at_target[row, column] == sum(
                w != ABSENT and h >= w for h, w in zip(held, wanted, strict=True)
            )


def levels_and_targets(level: Small, target: Small) -> SkillTable:
    """A table that has nothing else, as the copy is read for sums."""
    nothing = np.broadcast_to(np.int8(ABSENT), level.shape)
    never = np.broadcast_to(np.int64(FOREVER), level.shape)
    people, width = np.arange(level.shape[0]), np.arange(level.shape[1])
    return SkillTable(people, width, level, nothing, target, nothing, never, never, never)


def test_what_stands_nowhere_is_not_written_out_when_rows_and_columns_are_chosen() -> None:
    random = np.random.default_rng(1)
    level, target = random.integers(ABSENT, 5, (2, 6, 4), dtype=np.int8)
    part = levels_and_targets(level, target).rows(np.array([5, 0, 5])).columns(np.array([3, 1]))
    np.testing.assert_array_equal(part.level, level[[5, 0, 5]][:, [3, 1]])
    assert part.since.shape == part.self_level.shape == (3, 2)
    assert part.since.strides == part.self_level.strides == (0, 0)
    assert (part.since == FOREVER).all()
    assert (part.self_level == ABSENT).all()
