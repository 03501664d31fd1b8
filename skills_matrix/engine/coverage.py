"""What sections, processes and projects need against who can do it: now, and at a horizon.

Everything is counted from the matrix laid out (``table.py``), one pass for the levels and one for
the targets; only who leaves and whose level falls is looked at again.
"""

from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from skills_matrix.engine.arrays import (
    ABSENT,
    Bools,
    Ints,
    arrays_of,
    frame_of,
    microseconds,
)
from skills_matrix.engine.columns import LEVELS, RISK_REASONS, UNIT_KINDS
from skills_matrix.engine.keys import positions_in, unique_ids
from skills_matrix.engine.table import SkillTable, places_of

_SECTION: Final = UNIT_KINDS.index("section")
_NONE, _NOW, _LEAVINGS, _EXPIRIES, _SINGLE = range(-1, len(RISK_REASONS))
# Absent, then the levels.
_STEPS: Final = len(LEVELS) + 1
# Cells counted at once.
_RUN: Final = 1 << 17
_NEED: Final = ("unit_id", "competency_id", "level")

Small = npt.NDArray[np.int8]


def asked_needs(table: SkillTable, members: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """What each section needs by its members' targets, at each level that somebody is asked for.

    At a level it needs as many people as are asked for that level or a higher one.

    Returns:
        Frame ``unit_needs`` of the sections; a target of level 0 asks for nothing.

    Raises:
        FrameError: an input is not as its schema says.
    """
    kinds, who = arrays_of("units", units), arrays_of("members", members)
    sections = np.sort(kinds["unit_id"][kinds["kind"] == _SECTION])
    home = positions_in(sections, who["unit_id"])
    row = places_of(table.employee_id, who["employee_id"])
    known = np.flatnonzero((home != ABSENT) & (row != ABSENT))
    asked = _at_or_above(table.target, row[known], home[known], sections.size)
    exactly = asked.copy()
    exactly[:, :, :-1] -= asked[:, :, 1:]
    unit, column, level = np.nonzero(exactly[:, :, 1:])
    return frame_of(
        "unit_needs",
        {
            "unit_id": sections[unit],
            "competency_id": table.competency_id[column],
            "level": level + 1,
            "needed": asked[unit, column, level + 1],
        },
    )


def coverage(
    table: SkillTable,
    later: Small,
    members: pd.DataFrame,
    needs: pd.DataFrame,
    *,
    until: datetime,
) -> pd.DataFrame:
    """How each need is covered. A holder who leaves and expires is counted as leaving.

    Args:
        later: the levels of ``table`` as they stand at ``until`` without anything new.
        members: frame ``members``; who is not in ``table`` is passed over.
        needs: frame ``unit_needs``.
        until: the horizon. Who leaves, and what ends, at that very moment is gone by then.

    Returns:
        Frame ``coverage``, row by row as ``needs``.

    Raises:
        FrameError: an input is not as its schema says.
        NaiveInstant: ``until`` has no time zone.
    """
    horizon = microseconds(until)
    who, asked = arrays_of("members", members), arrays_of("unit_needs", needs)
    units = unique_ids(asked["unit_id"])
    home = positions_in(units, who["unit_id"])
    row = places_of(table.employee_id, who["employee_id"])
    known = np.flatnonzero((home != ABSENT) & (row != ABSENT))
    home, row, leaves_at = home[known], row[known], who["leaves_at"][known]
    # Columns that nobody needs are not counted.
    columns = unique_ids(asked["competency_id"])
    at = places_of(table.competency_id, columns)
    now = _columns(table.level, at)
    then = np.minimum(now, _columns(later, at))
    falls: Bools = np.any(then < now, axis=1)[row]
    leaves = leaves_at <= horizon

    def counted(values: Small, which: Bools | None = None) -> Ints:
        if which is None:
            return _at_or_above(values, row, home, units.size)
        return _at_or_above(values, row[which], home[which], units.size)

    present = counted(now)
    need = (
        positions_in(units, asked["unit_id"]),
        positions_in(columns, asked["competency_id"]),
        asked["level"].astype(np.int64),
    )
    holders = present[need]
    leaving = counted(now, leaves)[need]
    falling = falls & ~leaves
    expiring = counted(now, falling)[need] - counted(then, falling)[need]
    needed = asked["needed"]
    spare = np.maximum(holders - needed + 1, 0)
    return frame_of(
        "coverage",
        {
            **{key: asked[key] for key in _NEED},
            "needed": needed,
            "people": np.bincount(home, minlength=units.size)[need[0]],
            "assessed": present[need[0], need[1], 0],
            "holders": holders,
            "leaving": leaving,
            "expiring": expiring,
            "secure": holders - leaving - expiring,
            "shortage": np.maximum(needed - holders, 0),
            "bus_factor": np.where(needed > 0, spare, ABSENT),
        },
    )


def coverage_risks(covered: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The needs at risk, the gravest first.

    By reason; within a reason business processes and projects before sections, because their
    needs are what the work takes and not the sum of what everybody is asked for; then by the
    share that is missing, then by how many.

    Args:
        covered: frame ``coverage``.
        units: frame ``units``, which has every unit of ``covered``.

    Returns:
        Frame ``risks``, by rank.

    Raises:
        FrameError: an input is not as its schema says.
    """
    rows, kinds = arrays_of("coverage", covered), arrays_of("units", units)
    sections = np.sort(kinds["unit_id"][kinds["kind"] == _SECTION])
    needed, holders = rows["needed"], rows["holders"]
    staying = holders - rows["leaving"]
    reason = np.select(
        [
            holders < needed,
            staying < needed,
            rows["secure"] < needed,
            (holders == 1) & (needed == 1),
        ],
        [_NOW, _LEAVINGS, _EXPIRIES, _SINGLE],
        _NONE,
    )
    left = np.select([reason == _NOW, reason == _LEAVINGS], [holders, staying], rows["secure"])
    missing = np.where(reason == _SINGLE, 0, np.maximum(needed - left, 0))
    share = missing / np.maximum(needed, 1)
    is_section = positions_in(sections, rows["unit_id"]) != ABSENT
    order = np.lexsort(
        (
            rows["level"],
            rows["competency_id"],
            rows["unit_id"],
            -missing,
            -share,
            is_section,
            reason,
        )
    )
    order = order[reason[order] != _NONE]
    return frame_of(
        "risks",
        {
            **{key: rows[key][order] for key in _NEED},
            "reason": reason[order],
            "missing": missing[order],
            "rank": np.arange(1, order.size + 1),
        },
    )


def _columns(values: Small, at: Ints) -> Small:
    """These columns; one that is ``ABSENT`` has nobody in it."""
    if at.size == values.shape[1] and np.array_equal(at, np.arange(at.size)):
        return values
    chosen = np.full((values.shape[0], at.size), ABSENT, dtype=np.int8)
    known = at != ABSENT
    chosen[:, known] = values[:, at[known]]
    return chosen


def _at_or_above(values: Small, row: Ints, home: Ints, units: int) -> Ints:
    """Units × columns × levels: how many people have that value or a higher one.

    In runs of units that fit the processor's cache, so that a larger office costs only its size.

    Args:
        row: of each member, where its values are.
        home: of each member, the place of its unit.
    """
    width = values.shape[1]
    if (np.diff(home) < 0).any():
        order = np.argsort(home, kind="stable")
        row, home = row[order], home[order]
    counts = np.zeros((units, width * _STEPS), dtype=np.int64)
    column = np.arange(width) * _STEPS + 1
    run = max(1, _RUN // max(width, 1))
    for begin in range(0, row.size, run):
        here = home[begin : begin + run]
        low, high = int(here[0]), int(here[-1]) + 1
        code = values[row[begin : begin + run]] + column
        code += (here[:, np.newaxis] - low) * (width * _STEPS)
        found = np.bincount(code.reshape(-1), minlength=(high - low) * width * _STEPS)
        counts[low:high] += found.reshape(high - low, width * _STEPS)
    exact = counts.reshape(units, width, _STEPS)[:, :, :0:-1]
    total: Ints = np.cumsum(exact, axis=2)[:, :, ::-1]
    return total
