"""How people stand to their targets, category by category."""

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import ABSENT, Array, arrays_of, frame_of
from skills_matrix.engine.keys import group_pairs, positions_in


def category_standings(cells: pd.DataFrame, competencies: pd.DataFrame) -> pd.DataFrame:
    """Of each person and category, the competencies with a target taken together.

    Not knowing is not level 0: ``mean_level`` is of those of them that have a level, and
    ``assessed`` says how many that are.

    Args:
        cells: frame ``cells``; rows about other competencies are passed over.
        competencies: frame ``competencies``; those without a parent have no category.

    Returns:
        Frame ``category_standings``, by employee_id and category_id.

    Raises:
        FrameError: an input is not as its schema says.
    """
    matrix, known = arrays_of("cells", cells), arrays_of("competencies", competencies)
    order = np.argsort(known["competency_id"])
    place = positions_in(known["competency_id"][order], matrix["competency_id"])
    rows = np.flatnonzero((place != ABSENT) & (matrix["target"] != ABSENT))
    category = known["parent_id"][order[place[rows]]]
    rows, category = rows[category != ABSENT], category[category != ABSENT]
    pairs = group_pairs(matrix["employee_id"][rows], category)
    level = matrix["level"][rows].astype(np.int64)
    target = matrix["target"][rows].astype(np.int64)
    has = level != ABSENT

    def summed(values: Array) -> Array:
        return np.bincount(pairs.group, weights=values, minlength=len(pairs))

    targeted, assessed = summed(np.ones(rows.size)), summed(has)
    mean = np.full(len(pairs), np.nan)
    np.divide(summed(np.where(has, level, 0)), assessed, out=mean, where=assessed > 0)
    return frame_of(
        "category_standings",
        {
            "employee_id": pairs.first,
            "category_id": pairs.second,
            "targeted": targeted.astype(np.int64),
            "assessed": assessed.astype(np.int64),
            "at_target": summed(has & (level >= target)).astype(np.int64),
            "mean_level": mean,
            "mean_target": summed(target) / np.maximum(targeted, 1),
        },
    )
