"""The cells of the matrix and what they add up to, by competency or by category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from skills_matrix.access import groups_withheld_from
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.arrays import ABSENT, FOREVER, Array, Floats, Ints
from skills_matrix.engine.categories import category_levels, sums_by_category
from skills_matrix.engine.comparison import change_counts, level_changes
from skills_matrix.engine.small_groups import Group
from skills_matrix.engine.table import SkillTable, Small, unit_levels
from skills_matrix.reports.columns import categories_of, columns_of
from skills_matrix.reports.roster import Roster


@dataclass(frozen=True)
class MatrixCells:
    """Rows × columns; `ABSENT` or `FOREVER` = none, as in the engine.

    `lowest` only of categories, `before` and `change` (index into CHANGES) only of a difference.
    """

    level: Array
    target: Small
    gap: Small
    since: Ints
    expires_at: Ints
    lowest: Small | None = None
    before: Array | None = None
    change: Small | None = None

    def rows(self, begin: int, end: int) -> "MatrixCells":
        """The cells of the people from `begin` to before `end`."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(
            self, **{name: it[begin:end] for name, it in values.items() if it is not None}
        )


@dataclass(frozen=True)
class MatrixSums:
    """What people add up to, one value for each column.

    Of a category pairs of person and competency are counted. `changes`: columns × CHANGES.
    `is_suppressed`: too few people for this viewer; then only `people` is known.
    """

    people: int
    assessed: Ints
    with_target: Ints
    at_target: Ints
    mean_level: Floats
    changes: Ints | None = None
    is_suppressed: bool = False

    @classmethod
    def withheld(cls, people: int) -> "MatrixSums":
        """In place of sums that the viewer must not see."""
        none = np.empty(0, dtype=np.int64)
        return cls(people, none, none, none, np.empty(0), is_suppressed=True)

    def less(self, other: "MatrixSums") -> "MatrixSums":
        """The difference in everything; withheld, if one of the two is."""
        if self.is_suppressed or other.is_suppressed:
            return MatrixSums.withheld(self.people - other.people)
        return MatrixSums(
            people=self.people - other.people,
            assessed=self.assessed - other.assessed,
            with_target=self.with_target - other.with_target,
            at_target=self.at_target - other.at_target,
            mean_level=self.mean_level - other.mean_level,
        )


class Grid:
    """Everybody the filters leave, column by column or category by category.

    `earlier` are the levels of the same people and competencies at the earlier moment.
    """

    def __init__(
        self,
        roster: Roster,
        table: SkillTable,
        earlier: Small | None,
        competencies: Sequence[Competency],
        is_collapsed: bool,
    ) -> None:
        self.roster, self.table, self.earlier = roster, table, earlier
        self.category: Ints | None = None
        if is_collapsed:
            self.columns, self.category = categories_of(competencies)
        else:
            self.columns = columns_of(competencies)
        self.before = None if earlier is None else self._levels(earlier)
        self.change = (
            None if self.before is None else level_changes(self.before, self._levels(table.level))
        )

    def _levels(self, level: Small) -> Array:
        if self.category is None:
            return level
        table = replace(self.table, level=level)
        mean = category_levels(table, self.category, len(self.columns)).mean_level
        return np.where(np.isnan(mean), ABSENT, mean)

    def cells(self, places: Ints, detailed: SkillTable) -> MatrixCells:
        """The cells of the people at these places; `detailed` is their part of the table."""
        before = None if self.before is None else self.before[places]
        change = None if self.change is None else self.change[places]
        if self.category is None:
            return MatrixCells(
                level=detailed.level,
                target=detailed.target,
                gap=detailed.gap,
                since=detailed.since,
                expires_at=detailed.expires_at,
                before=before,
                change=change,
            )
        found = category_levels(detailed, self.category, len(self.columns))
        never = np.full(found.gap.shape, FOREVER)
        return MatrixCells(
            level=np.where(np.isnan(found.mean_level), ABSENT, found.mean_level),
            target=np.full_like(found.gap, ABSENT),
            gap=found.gap,
            since=never,
            expires_at=never,
            lowest=found.lowest,
            before=before,
            change=change,
        )

    def sums(self, places: Ints, unit: Ints) -> list[MatrixSums]:
        """Of the people at these places by unit, ascending; of nobody at all one of zeros."""
        found = unit_levels(self.table.rows(places), unit)
        if self.category is not None:
            found = sums_by_category(found, self.category, len(self.columns))
        changes = None if self.change is None else change_counts(self.change[places], unit)
        if not found.unit.size:
            nothing = np.zeros(len(self.columns), dtype=np.int64)
            return [MatrixSums(0, nothing, nothing, nothing, np.full(nothing.shape, np.nan))]
        # Of all units at once: asked for one by one, each would reckon those of all the others.
        assessed, mean = found.assessed, found.mean_level
        return [
            MatrixSums(
                people=people,
                assessed=assessed[row],
                with_target=found.targeted[row],
                at_target=found.at_target[row],
                mean_level=mean[row],
                changes=None if changes is None else changes[row],
            )
            for row, people in enumerate(found.people.tolist())
        ]


def shown_sums(
    viewer: Any,
    sums: Mapping[Group, MatrixSums],
    people: Mapping[Group, frozenset[int]],
) -> dict[Group, MatrixSums]:
    """The sums of groups that stand side by side, as far as the viewer may see them.

    Args:
        people: ids of the people of each group; that of all together among them, if it is shown.
    """
    hidden = groups_withheld_from(viewer, people)
    return {
        group: MatrixSums.withheld(found.people) if group in hidden else found
        for group, found in sums.items()
    }
