"""Competencies taken together by their category: for people, and for sums of people."""

from dataclasses import dataclass, replace

import numpy as np

from skills_matrix.engine.arrays import ABSENT, Floats, Ints
from skills_matrix.engine.table import SkillTable, Small, UnitLevels


@dataclass(frozen=True, slots=True)
class CategoryLevels:
    """People × categories.

    Attributes:
        mean_level: of the competencies with a level; NaN = none has one.
        lowest: the lowest of these levels, ``ABSENT`` = none.
        gap: the worst of the gaps, ``ABSENT`` = no competency has a target.
    """

    mean_level: Floats
    lowest: Small
    gap: Small


def category_levels(table: SkillTable, category: Ints, categories: int) -> CategoryLevels:
    """The levels of each person by category.

    Args:
        category: of each column, the place of its category, 0 to ``categories`` - 1; every
            category has a column.
    """
    order, begin = _runs(category, categories)
    if not begin.size:
        nothing = np.zeros((table.employee_id.size, 0))
        return CategoryLevels(nothing, nothing.astype(np.int8), nothing.astype(np.int8))
    level = table.level[:, order]
    has = level != ABSENT
    count = np.add.reduceat(has, begin, axis=1, dtype=np.int64)
    total = np.add.reduceat(np.where(has, level, 0), begin, axis=1, dtype=np.int64)
    mean = np.full(count.shape, np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    high = np.int8(np.iinfo(np.int8).max)
    lowest = np.minimum.reduceat(np.where(has, level, high), begin, axis=1)
    return CategoryLevels(
        mean_level=mean,
        lowest=np.where(count > 0, lowest, np.int8(ABSENT)),
        gap=np.maximum.reduceat(table.gap[:, order], begin, axis=1),
    )


def sums_by_category(sums: UnitLevels, category: Ints, categories: int) -> UnitLevels:
    """The sums of units with the competencies of a category added up: pairs instead of people."""
    order, begin = _runs(category, categories)
    if not begin.size:
        return sums

    def added(values: Ints) -> Ints:
        total: Ints = np.add.reduceat(values[:, order], begin, axis=1)
        return total

    return replace(
        sums,
        histogram=added(sums.histogram),
        targeted=added(sums.targeted),
        at_target=added(sums.at_target),
    )


def _runs(category: Ints, categories: int) -> tuple[Ints, Ints]:
    """The columns category by category, and where each category begins among them."""
    order = np.argsort(category, kind="stable")
    return order, np.searchsorted(category[order], np.arange(categories))
