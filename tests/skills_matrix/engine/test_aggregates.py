"""Departments added up: one office by hand, and parts against the whole."""

from skills_matrix.engine.aggregates import department_levels, sum_department_levels
from skills_matrix.engine.schema import empty_frame
from tests.skills_matrix.engine.office import (
    DEPARTMENTS,
    MATRIX,
    Office,
    assert_same_rows,
    derive_matrix,
    for_every,
    offices,
    plain,
    rows,
)

PEOPLE = rows(
    "people",
    {"employee_id": 1, "department_id": 10},
    {"employee_id": 2, "department_id": 10},
    {"employee_id": 3, "department_id": 10},
    {"employee_id": 4, "department_id": 20},
)
CELLS = (
    # employee, competency, level, target
    (1, 1, 0, 2),
    (2, 1, 3, 2),
    (3, 1, None, 2),
    (1, 2, 2, None),
    (4, 1, 2, 2),
    (9, 1, 4, 1),
)


def cells() -> object:
    blank = dict.fromkeys(empty_frame("cells").columns)
    return rows(
        "cells",
        *(
            {**blank, "employee_id": e, "competency_id": c, "level": level, "target": target}
            for e, c, level, target in CELLS
        ),
    )


def test_a_department_is_counted_by_competency_also_where_nobody_has_any() -> None:
    found = department_levels(
        cells(), PEOPLE, rows("competencies", *({"competency_id": c} for c in (1, 2)))
    )
    counts = ("people", "assessed", "targeted", "at_target", "mean_level")
    histogram = tuple(f"level_{level}" for level in range(5))
    assert plain(found, "department_id", "competency_id", *counts, *histogram) == [
        (10, 1, 3, 2, 3, 1, 1.5, 1, 0, 0, 1, 0),
        (10, 2, 3, 1, 0, 0, 2.0, 0, 0, 1, 0, 0),
        (20, 1, 1, 1, 1, 1, 2.0, 0, 0, 1, 0, 0),
        (20, 2, 1, 0, 0, 0, None, 0, 0, 0, 0, 0),
    ]


def test_only_the_competencies_asked_about_are_counted() -> None:
    found = department_levels(cells(), PEOPLE, rows("competencies", {"competency_id": 2}))
    assert plain(found, "department_id", "competency_id", "assessed") == [(10, 2, 1), (20, 2, 0)]


@for_every(offices(*MATRIX))
def test_departments_add_up_over_partitions_that_cut_through_them(office: Office) -> None:
    cells, competencies = derive_matrix(office)["cells"], office["competencies"]
    parts = [
        department_levels(
            cells, office["people"][office["people"]["employee_id"] % 2 == remainder], competencies
        )
        for remainder in (0, 1)
    ]
    whole = department_levels(cells, office["people"], competencies)
    assert_same_rows(sum_department_levels(parts), whole)


@for_every(offices(*MATRIX))
def test_the_sum_of_departments_is_the_count_of_cells(office: Office) -> None:
    derived = derive_matrix(office)
    cells, table = derived["cells"], derived["department_levels"]
    assert set(table["department_id"]) <= set(DEPARTMENTS)
    assert table["assessed"].sum() == cells["level"].notna().sum()
    assert table["targeted"].sum() == cells["target"].notna().sum()
    reached = (cells["gap"] == 0) & (cells["level"] >= cells["target"])
    assert table["at_target"].sum() == reached.fillna(False).sum()
