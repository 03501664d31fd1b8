"""An Excel file (.xlsx) → rows with their line numbers. Pure.

The zip is looked at before anything of it is parsed: Python's zipfile never yields more than an
entry declares, so the declared sizes bound what is unpacked.
"""

import io
import re
import zipfile
import zlib
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

# openpyxl parses safely only where this is installed.
import defusedxml  # noqa: F401
from openpyxl import load_workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from courses.exercises.grid import Cell, Grid, Line, Note
from courses.exercises.limits import Limits
from courses.exercises.refusals import FileRefused

_DOCTYPES = tuple(
    mark.encode(name)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for name in ("utf-8", "utf-16-le", "utf-16-be")
)
_OBJECT = re.compile(r"xl/(charts|media|embeddings)/[^/]+")
_ANCHOR = re.compile(rb"<(?:\w+:)?(?:twoCell|oneCell|absolute)Anchor\b")
# What openpyxl raises for a file that is not what its format says.
_DAMAGE = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    EOFError,
    OverflowError,
    zlib.error,
    InvalidFileException,
    NotImplementedError,
    RuntimeError,
    OSError,
)


def read_xlsx(data: bytes, *, limits: Limits) -> Grid:
    """The rows of the first sheet that holds anything.

    Raises:
        FileRefused: damaged, encrypted, with macros or entities, or over a limit.
    """
    objects = _checked_parts(data, limits)
    try:
        book = load_workbook(io.BytesIO(data), keep_links=False)
        sheets = [sheet for sheet in book.worksheets if _cells(sheet)]
        if not sheets:
            raise FileRefused("empty")
        lines = _lines(sheets[0], limits)
        merged = [str(item) for item in sheets[0].merged_cells.ranges]
    except _DAMAGE as error:
        raise FileRefused("damaged_excel") from error
    notes = [Note("object", value=name) for name in objects]
    notes += [Note("other_sheet", value=sheet.title) for sheet in sheets[1:]]
    notes += [
        Note("merged", line=int(re.sub(r"\D", "", area.split(":")[0])), value=area)
        for area in merged
    ]
    return Grid("xlsx", tuple(lines), tuple(notes))


def _checked_parts(data: bytes, limits: Limits) -> list[str]:
    """Names of the parts that are pictures, charts or shapes."""
    objects = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > limits.entries:
                raise FileRefused("excel_too_large")
            if sum(part.file_size for part in parts) > limits.unpacked_bytes:
                raise FileRefused("excel_too_large")
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise FileRefused("not_a_table")
            for part in parts:
                if part.flag_bits & 1:
                    raise FileRefused("damaged_excel")
                if "vbaproject" in part.filename.lower():
                    raise FileRefused("excel_active")
                content = archive.read(part)
                if part.filename.endswith((".xml", ".rels", ".vml")) and any(
                    mark in content for mark in _DOCTYPES
                ):
                    raise FileRefused("excel_active")
                if _OBJECT.fullmatch(part.filename) or (
                    part.filename.startswith("xl/drawings/drawing") and _ANCHOR.search(content)
                ):
                    objects.append(part.filename)
    except (*_DAMAGE, zipfile.LargeZipFile) as error:
        raise FileRefused("damaged_excel") from error
    return objects


def _cells(sheet: Any) -> dict[tuple[int, int], ExcelCell | MergedCell]:
    """Cells that are really there: a format on row 1,048,576 makes no million rows."""
    return {
        place: cell
        for place, cell in sheet._cells.items()
        if isinstance(cell, MergedCell) or cell.value is not None
    }


def _lines(sheet: Any, limits: Limits) -> list[Line]:
    found = _cells(sheet)
    covered = {place for place, cell in found.items() if isinstance(cell, MergedCell)}
    held = [place for place in found if place not in covered]
    last, width = max(row for row, _ in held), max(column for _, column in held)
    if last > limits.rows:
        raise FileRefused("too_many_rows", limit=limits.rows)
    if width > limits.columns:
        raise FileRefused("too_many_columns", line=1, limit=limits.columns)
    rows: dict[int, list[Cell]] = defaultdict(lambda: [Cell("", "text")] * width)
    for (row, column), cell in found.items():
        if row > last or column > width:
            continue
        value = Cell("", "merged") if (row, column) in covered else _cell(cell)
        if len(value.text) > limits.cell_characters:
            raise FileRefused("cell_too_long", line=row, limit=limits.cell_characters)
        rows[row][column - 1] = value
    return [Line(number, tuple(rows[number])) for number in range(1, last + 1)]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        # Array formulas are objects of openpyxl's; their text is what the learner typed.
        return Cell(str(getattr(value, "text", value)), "formula")
    if cell.data_type == "e":
        return Cell(str(value), "error")
    match value:
        case bool():
            return Cell("TRUE" if value else "FALSE", "text")
        case int() | float():
            return Cell(format(value, ".15g"), "number")
        case datetime():
            is_day = value.time() == time()
            return Cell(
                value.date().isoformat() if is_day else value.isoformat(" ", "minutes"), "date"
            )
        case date():
            return Cell(value.isoformat(), "date")
        case time():
            return Cell(value.isoformat("minutes"), "time")
        case timedelta():
            minutes = int(value.total_seconds()) // 60
            return Cell(f"{minutes // 60:02}:{minutes % 60:02}", "time")
    return Cell(str(value), "text")


def column_letter(index: int) -> str:
    """Column as the spreadsheet names it; `index` from 0."""
    return get_column_letter(index + 1)
