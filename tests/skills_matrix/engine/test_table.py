"""The dense matrix says what the cells say, and its sums are those of the cells."""

import numpy as np

from skills_matrix.engine.aggregates import department_levels
from skills_matrix.engine.arrays import arrays_of
from skills_matrix.engine.columns import LEVELS
from skills_matrix.engine.table import INSTANTS, SMALL, unit_levels
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
