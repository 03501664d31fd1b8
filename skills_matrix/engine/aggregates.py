"""The matrix added up. Counts and histograms add over partitions; medians would not."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import ABSENT, Array, Ints, arrays_of, frame_of
from skills_matrix.engine.columns import LEVELS
from skills_matrix.engine.keys import group_pairs, positions_in, unique_ids

_HISTOGRAM: Final = tuple(f"level_{level}" for level in LEVELS)
_COUNTS: Final = ("people", "assessed", "targeted", "at_target", *_HISTOGRAM)


def department_levels(
    cells: pd.DataFrame, people: pd.DataFrame, competencies: pd.DataFrame
) -> pd.DataFrame:
    """How each department stands in each of ``competencies``.

    Args:
        cells: frame ``cells``; rows about other people or other competencies are passed over.
        people: frame ``people``. To count a whole subtree, give the department at its top.
        competencies: frame ``competencies``.

    Returns:
        Frame ``department_levels``, by department_id and competency_id.

    Raises:
        FrameError: an input is not as its schema says.
    """
    who, matrix = arrays_of("people", people), arrays_of("cells", cells)
    columns = unique_ids(arrays_of("competencies", competencies)["competency_id"])
    order = np.argsort(who["employee_id"])
    departments = unique_ids(who["department_id"])
    home = positions_in(departments, who["department_id"])
    person = positions_in(who["employee_id"][order], matrix["employee_id"])
    column = positions_in(columns, matrix["competency_id"])
    rows = np.flatnonzero((person != ABSENT) & (column != ABSENT))
    cell = home[order[person[rows]]] * columns.size + column[rows]
    level, target = matrix["level"][rows], matrix["target"][rows]
    assessed, targeted = level != ABSENT, target != ABSENT
    size = departments.size * columns.size
    histogram = np.bincount(
        cell[assessed] * len(LEVELS) + level[assessed], minlength=size * len(LEVELS)
    ).reshape(size, len(LEVELS))
    counts = {
        "people": np.repeat(np.bincount(home, minlength=departments.size), columns.size),
        "assessed": histogram.sum(axis=1),
        "targeted": np.bincount(cell[targeted], minlength=size),
        "at_target": np.bincount(cell[targeted & assessed & (level >= target)], minlength=size),
        **{key: histogram[:, level] for level, key in enumerate(_HISTOGRAM)},
    }
    return _with_mean(
        np.repeat(departments, columns.size), np.tile(columns, departments.size), counts
    )


def sum_department_levels(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Add up frames ``department_levels`` whose people do not overlap.

    Raises:
        FrameError: a part is not as its schema says.
    """
    arrays = [arrays_of("department_levels", part) for part in parts]
    none = np.empty(0, dtype=np.int64)
    joined = {
        key: np.concatenate([none, *(part[key] for part in arrays)])
        for key in ("department_id", "competency_id", *_COUNTS)
    }
    pairs = group_pairs(joined["department_id"], joined["competency_id"])
    counts = {}
    for key in _COUNTS:
        counts[key] = np.zeros(len(pairs), dtype=np.int64)
        np.add.at(counts[key], pairs.group, joined[key])
    return _with_mean(pairs.first, pairs.second, counts)


def _with_mean(departments: Ints, columns: Ints, counts: dict[str, Array]) -> pd.DataFrame:
    total = sum(level * counts[key] for level, key in enumerate(_HISTOGRAM))
    mean = np.full(departments.size, np.nan)
    np.divide(total, counts["assessed"], out=mean, where=counts["assessed"] > 0)
    return frame_of(
        "department_levels",
        {"department_id": departments, "competency_id": columns, "mean_level": mean, **counts},
    )
