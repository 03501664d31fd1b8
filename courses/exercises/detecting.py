"""Guesses what the columns of a table are, for the author to correct. Pure."""

import re
from collections import Counter
from itertools import combinations
from unicodedata import normalize

from courses.exercises.grid import Cell, Line
from courses.exercises.limits import Limits
from courses.exercises.reading import read_grid
from courses.exercises.refusals import FileRefused
from courses.exercises.spec import Column, ColumnType
from courses.exercises.values import read_cell

# The narrow ones first; the last takes everything.
_TYPES: tuple[ColumnType, ...] = (
    "date",
    "time",
    "code-lg",
    "postal",
    "phone",
    "lat",
    "lon",
    "integer",
    "number",
)
_UNIT = re.compile(r"[(（\[]([^()（）\[\]]{1,10})[)）\]]$")
_ADDRESS = re.compile(r"住所|所在地|address", re.IGNORECASE)
# Numbers could be degrees; only a name says so.
_DEGREES = {"lat": re.compile("緯度|lat", re.IGNORECASE), "lon": re.compile("経度|lon|lng", re.I)}
# So few different values, each in several rows, are a list to choose from.
_CHOICES, _ROWS_A_CHOICE = 12, 3


def detect_columns(data: bytes, name: str, *, limits: Limits) -> tuple[list[Column], list[str]]:
    """Columns and key of a clean table whose first row names them.

    Raises:
        FileRefused: it cannot be read, or has no name or no row.
    """
    grid = read_grid(data, name, formats=("csv", "xlsx"), limits=limits)
    lines = [line for line in grid.lines if not line.is_blank]
    if not lines:
        raise FileRefused("empty")
    names = [cell.text.strip() for cell in lines[0].cells]
    if len(lines) < 2:
        raise FileRefused("no_rows")
    columns = [
        _column(title, [_cell(line, index) for line in lines[1:]])
        for index, title in enumerate(names)
        if title and names.index(title) == index
    ]
    return columns, _keys(columns, names, lines[1:])


def _cell(line: Line, index: int) -> Cell:
    return line.cells[index] if index < len(line.cells) else Cell("")


def _column(name: str, cells: list[Cell]) -> Column:
    filled = [cell for cell in cells if cell.text.strip()]
    fitting = (item for item in _TYPES if filled and _fits(item, name, filled))
    kind: ColumnType = next(fitting, "text")
    unit = _UNIT.search(name)
    if kind == "text" and _ADDRESS.search(name):
        kind = "address"
    is_number = kind in ("integer", "number")
    return Column(
        name=name,
        type=kind,
        unit=unit[1] if unit and is_number else "",
        is_required=len(filled) == len(cells),
        allowed=_choices(filled) if kind == "text" else (),
    )


def _fits(kind: ColumnType, name: str, cells: list[Cell]) -> bool:
    if kind in _DEGREES and not _DEGREES[kind].search(normalize("NFKC", name)):
        return False
    column = Column(name=name, type=kind)
    return all(not read_cell(cell, column).slips for cell in cells)


def _choices(cells: list[Cell]) -> tuple[str, ...]:
    counts = Counter(cell.text for cell in cells)
    is_list = len(counts) <= _CHOICES and all(count > 1 for count in counts.values())
    return tuple(sorted(counts)) if is_list and len(cells) >= len(counts) * _ROWS_A_CHOICE else ()


def _keys(columns: list[Column], names: list[str], lines: list[Line]) -> list[str]:
    """The fewest of the first columns that no two rows share and none leaves empty."""
    filled = [column.name for column in columns if column.is_required]
    for count in (1, 2, 3):
        for keys in combinations(filled, count):
            at = [names.index(name) for name in keys]
            if len({tuple(line.text(index) for index in at) for line in lines}) == len(lines):
                return list(keys)
    return []
