"""Group, join and choose by integer keys, whatever the order of the rows.

Each function is linear in its rows, or nearly so: nothing here sorts the facts, and nothing calls
Python per group.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from skills_matrix.engine.arrays import ABSENT, Array, Bools, Ints

# Ids within this many times their own number are looked up in a table, others are hashed.
_TABLE_FACTOR: Final = 4
_TABLE_FLOOR: Final = 1 << 20


def unique_ids(*columns: Ints) -> Ints:
    """The different ids of all columns, ascending."""
    return _numbered(np.concatenate(columns) if len(columns) > 1 else columns[0])[1]


def _numbered(ids: Ints) -> tuple[Ints, Ints]:
    """The place of each id among the different ids, and those ids, ascending."""
    if not ids.size:
        return ids.astype(np.int64), ids.astype(np.int64)
    low, span = _span(ids)
    if span > _TABLE_FACTOR * ids.size + _TABLE_FLOOR:
        different, places = np.unique(ids, return_inverse=True)
        return places, different
    offset = ids - low
    seen = np.zeros(span, dtype=np.bool_)
    seen[offset] = True
    different = np.flatnonzero(seen)
    # Without a hole among the ids, the offset is the place.
    places = offset if different.size == span else (np.cumsum(seen) - 1)[offset]
    return places, different + low


def positions_in(ids: Ints, wanted: Ints) -> Ints:
    """Where each of ``wanted`` stands in the ascending ``ids``; ``ABSENT`` = nowhere."""
    if not ids.size or not wanted.size:
        return np.full(wanted.size, ABSENT, dtype=np.int64)
    low, span = _span(ids)
    if span > _TABLE_FACTOR * (ids.size + wanted.size) + _TABLE_FLOOR:
        found = np.minimum(np.searchsorted(ids, wanted), ids.size - 1)
        return np.where(ids[found] == wanted, found, ABSENT)
    offset = wanted - low
    # Read unsigned, ids below the lowest are beyond the highest.
    unsigned = offset.view(np.uint64)
    if ids.size == span:
        # Without a hole among the ids, the offset is the place.
        return np.where(unsigned < np.uint64(span), offset, ABSENT)
    # One place more than there are ids, which no id fills: everything out of range lands there.
    table = np.full(span + 1, ABSENT, dtype=np.int64)
    table[ids - low] = np.arange(ids.size)
    return table[np.minimum(unsigned, np.uint64(span)).view(np.int64)]


def _span(ids: Ints) -> tuple[int, int]:
    low = int(ids.min())
    return low, int(ids.max()) - low + 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Groups of rows by a pair of ids, ascending by first and then second id.

    Attributes:
        group: number of the group of each row.
        first: first id of each group.
        second: second id of each group.
    """

    group: Ints
    first: Ints
    second: Ints

    def __len__(self) -> int:
        return int(self.first.size)


def group_pairs(first: Ints, second: Ints) -> Pairs:
    """Group rows by two ids. Memory: 9 bytes for each *possible* pair of the ids that occur."""
    (row, firsts), (column, seconds) = _numbered(first), _numbered(second)
    width = max(seconds.size, 1)
    cell = row * width + column
    seen = np.zeros(firsts.size * width, dtype=np.bool_)
    seen[cell] = True
    present = np.flatnonzero(seen)
    group = cell if present.size == seen.size else (np.cumsum(seen) - 1)[cell]
    return Pairs(group, firsts[present // width], seconds[present % width])


def best_rows(group: Ints, groups: int, *criteria: Array) -> Ints:
    """The row of each group that is highest by the first criterion, then the second, and so on.

    Rows equal in every criterion must be interchangeable; any one of them is returned.

    Args:
        group: number of the group of each row; each of ``range(groups)`` occurs.
        groups: how many groups there are.
        criteria: integers, one array for each criterion.
    """
    rows, mine = np.arange(group.size), group
    for criterion in criteria:
        if rows.size == groups:
            break
        values = criterion if rows.size == group.size else criterion[rows]
        equal = values == highest(mine, groups, values)[mine]
        rows, mine = rows[equal], mine[equal]
    chosen = np.empty(groups, dtype=np.int64)
    chosen[mine] = rows
    return chosen


def highest(group: Ints, groups: int, values: Ints) -> Ints:
    """The highest value of each group."""
    best = np.full(groups, np.iinfo(np.int64).min)
    np.maximum.at(best, group, values)
    return best


def lowest(group: Ints, groups: int, values: Ints) -> Ints:
    """The lowest value of each group."""
    best = np.full(groups, np.iinfo(np.int64).max)
    np.minimum.at(best, group, values)
    return best


def join(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Rows of ``left`` and of ``right`` with equal keys, every left row with all its right rows."""
    order = np.argsort(right, kind="stable")
    keys = unique_ids(right)
    size = np.bincount(positions_in(keys, right), minlength=keys.size)
    begin = np.cumsum(size) - size
    key = positions_in(keys, left)
    matched = np.flatnonzero(key != ABSENT)
    key = key[matched]
    row, place = runs(begin[key], size[key])
    return matched[row], order[place]


def runs(begin: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Rows that each have a run of places: every row with all of its places, in order."""
    row = np.repeat(np.arange(count.size), count)
    return row, np.arange(row.size) + (begin - (np.cumsum(count) - count)).take(row)


def in_force(start: Ints, end: Ints, instant: int) -> Bools:
    """Whether start <= instant < end."""
    return (start <= instant) & (instant < end)
