"""The matrix as dense arrays, people × competencies: the cells again, for whoever reads all of it.

A row a person, a column a competency. Nothing here decides anything that ``cells`` does not: it is
the same matrix laid out so that sums over the whole office cost what NumPy costs.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from skills_matrix.engine.arrays import (
    ABSENT,
    FOREVER,
    Array,
    Bools,
    Floats,
    Ints,
    arrays_of,
    is_everything,
)
from skills_matrix.engine.cells import missing_levels
from skills_matrix.engine.columns import LEVELS
from skills_matrix.engine.keys import positions_in

Small = npt.NDArray[np.int8]

# A cell's values and what stands where there is none.
SMALL: Final = ("level", "self_level", "target", "assurance")
INSTANTS: Final = ("since", "expires_at", "used_at")
# Rows that one byte can count.
_RUN: Final = 255


@dataclass(frozen=True, slots=True)
class SkillTable:
    """People × competencies.

    Attributes:
        employee_id: of each row, in any order.
        competency_id: of each column, in any order.
        level, self_level, target, assurance: int8, ``ABSENT`` = none.
        since, expires_at, used_at: microseconds UTC of the level; ``FOREVER`` = no level, or for
            ``expires_at`` no end.
    """

    employee_id: Ints
    competency_id: Ints
    level: Small
    self_level: Small
    target: Small
    assurance: Small
    since: Ints
    expires_at: Ints
    used_at: Ints

    @property
    def gap(self) -> Small:
        """Levels missing to the target, ``ABSENT`` = no target."""
        return missing_levels(self.level, self.target)

    def rows(self, at: Ints) -> "SkillTable":
        """The people at these places, in that order."""
        if is_everything(at, self.employee_id.size):
            return self
        return SkillTable(
            self.employee_id[at],
            self.competency_id,
            *(_taken(getattr(self, name), at, 0) for name in (*SMALL, *INSTANTS)),
        )

    def columns(self, at: Ints) -> "SkillTable":
        """The competencies at these places, in that order."""
        if is_everything(at, self.competency_id.size):
            return self
        return SkillTable(
            self.employee_id,
            self.competency_id[at],
            *(_taken(getattr(self, name), at, 1) for name in (*SMALL, *INSTANTS)),
        )


def _taken(values: Array, at: Ints, axis: int) -> Array:
    """``values`` at these places; one value that stands everywhere is not written out."""
    if any(values.strides) or not values.size:
        return values.take(at, axis=axis)
    shape = list(values.shape)
    shape[axis] = at.size
    return np.broadcast_to(values[0, 0], shape)


FIELDS: Final = tuple(field.name for field in fields(SkillTable))


def table_of_cells(cells: pd.DataFrame, employee_id: Ints, competency_id: Ints) -> SkillTable:
    """The cells of these people and competencies, laid out.

    Args:
        cells: frame ``cells``; rows about anybody or anything else are passed over.
        employee_id: different ids, in the order wanted; so are competency_id.

    Raises:
        FrameError: ``cells`` is not as its schema says.
    """
    values = arrays_of("cells", cells)
    person = places_of(employee_id, values["employee_id"])
    column = places_of(competency_id, values["competency_id"])
    at = np.flatnonzero((person != ABSENT) & (column != ABSENT))
    where = person[at] * competency_id.size + column[at]
    shape = employee_id.size, competency_id.size

    def laid_out(name: str, absent: int, dtype: Any) -> Any:
        whole = np.full(shape, absent, dtype=dtype)
        whole.reshape(-1)[where] = values[name][at]
        return whole

    return SkillTable(
        employee_id,
        competency_id,
        *(laid_out(name, ABSENT, np.int8) for name in SMALL),
        *(laid_out(name, FOREVER, np.int64) for name in INSTANTS),
    )


def places_of(ids: Ints, wanted: Ints) -> Ints:
    """Where each of ``wanted`` stands in ``ids``, which are in any order."""
    order = np.argsort(ids)
    found = positions_in(ids[order], wanted)
    return np.where(found == ABSENT, ABSENT, order[found]) if ids.size else found


@dataclass(frozen=True, slots=True)
class UnitLevels:
    """How each unit stands in each competency: arrays of units × competencies.

    Attributes:
        unit: id of each row, ascending.
        people: people of each unit.
        histogram: units × competencies × levels: people at each level.
        targeted: people with a target; at_target: of those, whoever reaches it.
    """

    unit: Ints
    people: Ints
    histogram: Ints
    targeted: Ints
    at_target: Ints

    @property
    def assessed(self) -> Ints:
        """People with a level."""
        total: Ints = self.histogram.sum(axis=2)
        return total

    @property
    def mean_level(self) -> Floats:
        """Mean level of the assessed; NaN = nobody is."""
        total = self.histogram @ np.array(LEVELS)
        mean = np.full(total.shape, np.nan)
        np.divide(total, self.assessed, out=mean, where=self.assessed > 0)
        return mean


def unit_levels(table: SkillTable, unit: Ints) -> UnitLevels:
    """Sums by unit, for example by department or tier; ``unit`` has one id for each row."""
    level, target = table.level, table.target
    units, home = _units_of(unit)
    if (home[1:] < home[:-1]).any():
        order = np.argsort(home, kind="stable")
        level, target = level[order], target[order]
    people = np.bincount(home, minlength=units.size)
    # A byte counts as far as `_RUN` rows at memory's speed; the counts of the runs are added up.
    runs = -(-people // _RUN)
    run_of_unit = np.cumsum(runs) - runs
    nth = np.arange(int(runs.sum())) - np.repeat(run_of_unit, runs)
    begin = np.repeat(np.cumsum(people) - people, runs) + nth * _RUN

    def counted(which: Bools) -> Ints:
        if not begin.size:
            return np.zeros((0, table.competency_id.size), dtype=np.int64)
        few = np.add.reduceat(which.view(np.uint8), begin, axis=0, dtype=np.uint8)
        total: Ints = np.add.reduceat(few, run_of_unit, axis=0, dtype=np.int64)
        return total

    targeted = target != ABSENT
    return UnitLevels(
        unit=units,
        people=people,
        histogram=np.stack([counted(level == step) for step in LEVELS], axis=2),
        targeted=counted(targeted),
        at_target=counted(targeted & (level >= target)),
    )


def _units_of(unit: Ints) -> tuple[Ints, Ints]:
    """The different units, ascending, and the place of each row's; often there is only one."""
    if unit.size and (unit == unit[0]).all():
        return unit[:1], np.zeros(unit.size, dtype=np.int64)
    units, home = np.unique(unit, return_inverse=True)
    return units, home
