"""Which cells of the dense matrix are as asked: the conditions a reader can set on them."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from skills_matrix.engine.arrays import ABSENT, DAY, FOREVER, Bools, microseconds
from skills_matrix.engine.table import SkillTable


@dataclass(frozen=True, slots=True)
class CellConditions:
    """What a cell must be like, all of it at once; None = whatever.

    Attributes:
        levels: lowest and highest level, both inclusive; ``(ABSENT, ABSENT)`` = never assessed.
        gap: 0 = the target is reached; more = at least so many levels short of it.
        expires_within: days, inclusive, from the moment on; what has no end does not match.
        older_than: days since the level was last shown or renewed.
    """

    levels: tuple[int, int] | None = None
    gap: int | None = None
    expires_within: int | None = None
    older_than: int | None = None

    @property
    def is_any(self) -> bool:
        """Whether nothing is asked."""
        return self == CellConditions()

    @property
    def asks_when(self) -> bool:
        """Whether the instants of the table are needed."""
        return self.expires_within is not None or self.older_than is not None


def matching_cells(table: SkillTable, conditions: CellConditions, *, as_of: datetime) -> Bools:
    """People × competencies: whether the cell meets all conditions.

    Raises:
        NaiveInstant: ``as_of`` has no time zone.
    """
    instant = microseconds(as_of)
    found = np.ones(table.level.shape, dtype=np.bool_)
    if conditions.levels is not None:
        low, high = conditions.levels
        found &= (table.level >= low) & (table.level <= high)
    if conditions.gap is not None:
        gap = table.gap
        found &= gap == 0 if conditions.gap == 0 else gap >= conditions.gap
    if conditions.expires_within is not None:
        ends = table.expires_at
        within = instant + conditions.expires_within * DAY
        found &= (table.level != ABSENT) & (ends != FOREVER) & (ends <= within)
    if conditions.older_than is not None:
        used = table.used_at
        found &= (used != FOREVER) & (used < instant - conditions.older_than * DAY)
    return found
