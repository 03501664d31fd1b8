"""How the faults of a file add up to a score. Pure.

    score = Σ weight × (1 - failed / checked) / Σ weight

over the picked rules that had anything to check in this file. `checked` counts what the rule looks
at (cells, rows, names, or the file as one), `failed` those of them with a fault. A breach of a
critical rule caps the score one hundredth below the pass mark, however good the rest is. The score
is 1 exactly when nothing is wrong.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from courses.exercises.faults import FAULTS
from courses.exercises.grid import Grid, Note
from courses.exercises.report import RuleResult
from courses.exercises.spec import CODES, DEGREES, NUMERIC, WORDS, Column, Spec
from courses.exercises.table import Table
from courses.exercises.texts import RULES

# The finest step of a score; what is not perfect is at least so far from 1.
STEP = 0.0001
BELOW_PASS = 0.01

# Rules about values of certain types; the others look at every cell.
_TYPES = {
    "numbers": NUMERIC,
    "units": NUMERIC,
    "dates": {"date"},
    "times": {"time"},
    "codes": CODES,
    "coordinates": DEGREES,
    "addresses": {"address"},
    "spelling": WORDS,
    "characters": WORDS,
}
_WHOLE_ROWS = {"row_missing", "row_unknown"}


def rule_results(
    grid: Grid, table: Table, spec: Spec, notes: Iterable[Note], wanted: pd.DataFrame | None
) -> Iterator[RuleResult]:
    """One result per picked rule, in the author's order.

    Args:
        wanted: the expected table; None = there is none.
    """
    # Two faults of one rule in one place are one failure; a whole row costs all its values.
    width = 1 if wanted is None else len(wanted.columns)
    costs: dict[str, dict[tuple[object, ...], int]] = {}
    for note in notes:
        place = (note.line, note.column, note.params.get("key"))
        cost = width if note.fault in _WHOLE_ROWS else 1
        costs.setdefault(FAULTS[note.fault].rule, {})[place] = cost
    for pick in spec.rules:
        checked = _checked(pick.rule, grid, table, spec, wanted)
        failed = sum(costs.get(pick.rule, {}).values())
        if RULES[pick.rule].counts == "file":
            failed = min(1, failed)
        # What is too much (a title, a column, a row) fails without having been asked for.
        yield RuleResult(pick.rule, pick.weight, pick.is_critical, max(checked, failed), failed)


def score_of(results: Iterable[RuleResult], pass_mark: float | None) -> tuple[float, bool]:
    """The score, and whether a critical breach holds it down.

    Args:
        pass_mark: None = not graded, so there is nothing to keep away from.
    """
    counted = [item for item in results if item.checked]
    if not any(item.failed for item in counted):
        return 1.0, False
    total = sum(item.weight for item in counted)
    gained = sum(item.weight * (1 - item.failed / item.checked) for item in counted)
    score = min(round(gained / total, 4), 1 - STEP)
    is_broken = any(item.is_critical and item.failed for item in counted)
    if not is_broken or pass_mark is None or score < pass_mark:
        return score, False
    return max(0.0, round(pass_mark - BELOW_PASS, 4)), True


def _checked(rule: str, grid: Grid, table: Table, spec: Spec, wanted: pd.DataFrame | None) -> int:
    """How many things the rule looks at in this file; 0 = it does not apply."""
    about = RULES[rule]
    if grid.format not in about.formats:
        return 0
    match about.counts:
        case "file":
            return 1
        case "lines":
            return len(grid.lines)
        case "names":
            return len(spec.columns)
        case "rows":
            return len(table.frame) if spec.keys else 0
        case "content":
            return int(wanted.size) if wanted is not None else min(1, spec.minimum_rows)
        case "cells":
            return sum(
                _cells_checked(rule, column, table.frame[column.name])
                for column in spec.columns
                if column.name in table.frame and column.type in _TYPES.get(rule, {column.type})
            )


def _cells_checked(rule: str, column: Column, cells: "pd.Series[Any]") -> int:
    # Empty cells count where they must not be empty, names where they can be at fault.
    if rule == "missing":
        return len(cells)
    filled = int(cells.map(lambda cell: bool(cell.text.strip())).sum())
    has_name = rule in ("whitespace", "characters") or (rule == "units" and column.unit)
    return filled + 1 if has_name else filled
