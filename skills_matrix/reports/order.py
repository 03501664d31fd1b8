"""In which order the people of the matrix stand."""

import numpy as np

from skills_matrix.engine.arrays import ABSENT, Array, Floats, Ints
from skills_matrix.engine.table import SkillTable, Small
from skills_matrix.reports.roster import Grouping, Roster, ordered, rank_of


def _by_department(roster: Roster, table: SkillTable, about: int | None) -> list[Array]:
    return [
        rank_of(roster.department_id, roster.departments),
        *_by_tier(roster, table, about),
    ]


def _by_kana(roster: Roster, table: SkillTable, about: int | None) -> list[Array]:
    return [np.arange(roster.employee_id.size)]


def _by_tier(roster: Roster, table: SkillTable, about: int | None) -> list[Array]:
    return [rank_of(roster.tier_id, roster.tiers)]


def _by_level(roster: Roster, table: SkillTable, about: int | None) -> list[Array]:
    return [_known(table.level, about)]


def _by_gap(roster: Roster, table: SkillTable, about: int | None) -> list[Array]:
    return [_known(table.gap, about)]


def _known(values: Small, about: int | None) -> Floats:
    """The value in one column, or the sum of all; NaN, which comes last, where there is none."""
    has = values != ABSENT
    if about is not None:
        return np.where(has[:, about], values[:, about], np.nan)
    total = np.where(has, values, 0).sum(axis=1, dtype=np.int64)
    return np.where(has.any(axis=1), total, np.nan)


SORTS = {
    "department": _by_department,
    "kana": _by_kana,
    "tier": _by_tier,
    "level": _by_level,
    "gap": _by_gap,
}


def rows_in_order(
    roster: Roster, table: SkillTable, about: int | None, grouping: Grouping, sort: str
) -> Ints:
    """The memberships of the grouping, group by group and in order within each."""
    keys = SORTS[sort.removeprefix("-")](roster, table, about)
    turned = [-key for key in keys] if sort.startswith("-") else keys
    return ordered(
        [grouping.rank, *(key[grouping.place] for key in turned), grouping.place],
        grouping.place.size,
    )
