"""The primitives against the same thing said in plain Python."""

from collections import defaultdict

import numpy as np
from hypothesis import strategies as st

from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.keys import best_rows, group_pairs, join, positions_in, unique_ids
from tests.skills_matrix.engine.office import for_every

# Close together, far apart, and so far that a table of them would not fit.
ids = st.one_of(st.integers(0, 6), st.integers(0, 10_000), st.integers(0, 2**62))
columns = st.lists(ids, max_size=30)


def array(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@for_every(columns, columns)
def test_different_ids_ascend(left: list[int], right: list[int]) -> None:
    assert unique_ids(array(left), array(right)).tolist() == sorted({*left, *right})


@for_every(columns, columns)
def test_an_id_is_found_where_it_stands_or_nowhere(known: list[int], wanted: list[int]) -> None:
    different = sorted(set(known))
    found = positions_in(array(different), array(wanted)).tolist()
    assert found == [different.index(i) if i in different else ABSENT for i in wanted]


@for_every(st.lists(st.tuples(ids, ids), max_size=30))
def test_rows_with_the_same_pair_share_a_group(pairs: list[tuple[int, int]]) -> None:
    first, second = array([a for a, _ in pairs]), array([b for _, b in pairs])
    grouped = group_pairs(first, second)
    assert list(zip(grouped.first.tolist(), grouped.second.tolist(), strict=True)) == sorted(
        set(pairs)
    )
    assert [sorted(set(pairs))[group] for group in grouped.group] == pairs


@for_every(st.lists(st.tuples(st.integers(0, 4), ids, st.integers(-3, 3)), min_size=1, max_size=30))
def test_the_best_row_is_highest_by_each_criterion_in_turn(
    given_rows: list[tuple[int, int, int]],
) -> None:
    by_group = defaultdict(list)
    for group, *criteria in given_rows:
        by_group[group].append(tuple(criteria))
    names = sorted(by_group)
    group = array([names.index(name) for name, *_ in given_rows])
    first, second = array([row[1] for row in given_rows]), array([row[2] for row in given_rows])
    best = best_rows(group, len(names), first, second)
    assert [(first[row], second[row]) for row in best] == [max(by_group[name]) for name in names]
    assert group[best].tolist() == list(range(len(names)))


@for_every(columns, columns)
def test_a_join_pairs_every_two_rows_with_equal_keys(left: list[int], right: list[int]) -> None:
    found = join(array(left), array(right))
    assert sorted(zip(*(side.tolist() for side in found), strict=True)) == [
        (i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b
    ]
