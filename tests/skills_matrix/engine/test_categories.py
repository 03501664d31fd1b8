"""Competencies taken together say what their parts say."""

import numpy as np
from hypothesis import strategies as st

from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.categories import category_levels, sums_by_category
from skills_matrix.engine.comparison import CHANGES, change_counts, level_changes
from skills_matrix.engine.table import unit_levels
from tests.skills_matrix.engine.office import MATRIX, Office, derive_matrix, for_every, offices
from tests.skills_matrix.engine.test_table import laid_out


@for_every(offices(*MATRIX), st.integers(1, 3))
def test_a_category_has_the_mean_the_lowest_and_the_worst_of_its_parts(
    office: Office, wanted: int
) -> None:
    table = laid_out(office, derive_matrix(office)["cells"])
    categories = min(wanted, table.competency_id.size)
    category = np.arange(table.competency_id.size) % max(categories, 1)
    found = category_levels(table, category, categories)
    for person in range(table.employee_id.size):
        for place in range(categories):
            own = np.flatnonzero(category == place)
            levels = [level for level in table.level[person, own].tolist() if level != ABSENT]
            mean = sum(levels) / len(levels) if levels else np.nan
            np.testing.assert_equal(found.mean_level[person, place], mean)
            assert found.lowest[person, place] == min(levels, default=ABSENT)
            assert found.gap[person, place] == table.gap[person, own].max()


@for_every(offices(*MATRIX))
def test_the_sums_of_categories_are_those_of_their_parts(office: Office) -> None:
    table = laid_out(office, derive_matrix(office)["cells"])
    unit = np.arange(table.employee_id.size) % 2
    sums = unit_levels(table, unit)
    category = np.zeros(table.competency_id.size, dtype=np.int64)
    found = sums_by_category(sums, category, min(1, category.size))
    for name in ("targeted", "at_target", "assessed"):
        whole = getattr(sums, name).sum(axis=1)
        assert getattr(found, name).sum(axis=1).tolist() == whole.tolist()
    assert found.people.tolist() == sums.people.tolist()


def test_a_cell_rises_falls_appears_or_ends() -> None:
    before = np.array([[1, 2, ABSENT, 0, ABSENT, 3]], dtype=np.int8)
    after = np.array([[2, 0, 0, ABSENT, ABSENT, 3]], dtype=np.int8)
    changes = level_changes(before, after)
    words = [CHANGES[kind] if kind != ABSENT else None for kind in changes[0].tolist()]
    assert words == ["rose", "fell", "appeared", "ended", None, None]


def test_changes_are_counted_by_unit() -> None:
    before = np.array([[1], [1], [ABSENT]], dtype=np.int8)
    after = np.array([[2], [3], [4]], dtype=np.int8)
    counts = change_counts(level_changes(before, after), np.array([7, 5, 7]))
    assert counts[:, 0].tolist() == [[1, 0, 0, 0], [1, 0, 1, 0]]
    assert change_counts(np.zeros((0, 2), dtype=np.int8), np.array([], dtype=np.int64)).shape == (
        (0, 2, len(CHANGES))
    )
