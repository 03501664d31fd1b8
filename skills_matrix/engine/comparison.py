"""What changed between two moments, cell by cell."""

from typing import Final

import numpy as np

from skills_matrix.engine.arrays import ABSENT, Ints
from skills_matrix.engine.table import Small

CHANGES: Final = ("rose", "fell", "appeared", "ended")


def level_changes(before: Small, after: Small) -> Small:
    """Index into ``CHANGES`` of each cell, ``ABSENT`` = the same level, or none at both moments."""
    had, has = before != ABSENT, after != ABSENT
    conditions = [
        had & has & (after > before),
        had & has & (after < before),
        ~had & has,
        had & ~has,
    ]
    return np.select(conditions, range(len(CHANGES)), ABSENT).astype(np.int8)


def change_counts(changes: Small, unit: Ints) -> Ints:
    """Units × columns × ``CHANGES``: how many people's cells changed so, by unit ascending.

    Args:
        unit: one id for each row of ``changes``.
    """
    units, home = np.unique(unit, return_inverse=True)
    order = np.argsort(home, kind="stable")
    begin = np.searchsorted(home[order], np.arange(units.size))
    shape = units.size, changes.shape[1], len(CHANGES)
    if not units.size:
        return np.zeros(shape, dtype=np.int64)
    rows = changes[order]
    return np.stack(
        [np.add.reduceat(rows == kind, begin, axis=0, dtype=np.int64) for kind in range(shape[2])],
        axis=2,
    )
