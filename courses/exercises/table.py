"""Finding the table in the rows of a file: its header, its columns, its data. Pure.

What stands around the data is noted and left aside, so that one title row does not make every
value wrong.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

import pandas as pd

from courses.exercises.grid import Cell, Grid, Line, Note
from courses.exercises.refusals import FileRefused
from courses.exercises.spec import Spec
from courses.exercises.values import plain_words

# The header stands among the first lines or nowhere.
_HEADER_WITHIN = 30
_TOTAL = re.compile(r"(?:合|小|総|累)?計|総計|合算|平均|total|subtotal|average", re.IGNORECASE)
_NOTE = re.compile(r"^[※＊*◆■□●○【〔（(「]|^(?:注|出典|備考|資料|凡例|更新)")


@dataclass(frozen=True)
class Table:
    """The data of a file under the names of the specification.

    Attributes:
        frame: one row per data row, indexed by line number; one column of `Cell` for every
            column of the specification that was found.
        places: column name -> its index in the file.
        unread: lines whose values are shifted, so that nothing is said of their cells.
        notes: what is wrong with header and rows.
    """

    frame: pd.DataFrame
    places: dict[str, int]
    header_line: int
    unread: tuple[Line, ...]
    notes: tuple[Note, ...]

    @property
    def line_count(self) -> int:
        return len(self.frame) + len(self.unread)


def lay_out(grid: Grid, spec: Spec) -> Table:
    """The table in the rows of a file.

    Raises:
        FileRefused: no column of the specification is there, or no data row.
    """
    lines = _without_trailing_blanks(grid)
    header = _header(lines, spec)
    width = _width(header, lines)
    places, notes = _columns(header, width, lines, spec)
    notes += [Note("title_row", line.number, value=_shown(line)) for line in _above(lines, header)]
    data, unread = [], []
    for line in lines:
        if line.number <= header.number:
            continue
        note = _stray(line, header, spec, places, width)
        if note is None:
            data.append(line)
            continue
        notes.append(note)
        if note.fault == "ragged_row":
            unread.append(line)
    if not data and not unread:
        raise FileRefused("no_rows")
    frame = pd.DataFrame(
        {
            name: pd.Series(
                [line.cells[at] if at < len(line.cells) else Cell("") for line in data],
                index=[line.number for line in data],
                dtype=object,
            )
            for name, at in places.items()
        },
        index=pd.Index([line.number for line in data], dtype="int64"),
    )
    return Table(frame, places, header.number, tuple(unread), tuple(notes))


def _without_trailing_blanks(grid: Grid) -> list[Line]:
    """Excel keeps formatted rows below the data; in CSV a blank row was written by somebody."""
    lines = list(grid.lines)
    while grid.format == "xlsx" and lines and lines[-1].is_blank:
        lines.pop()
    return lines


def plain_name(name: str) -> str:
    return plain_words(name).casefold()


def bare_name(name: str) -> str:
    """A column's name without the unit in brackets at its end."""
    return re.sub(r"[(\[][^()\[\]]*[)\]]$", "", plain_name(name)) or plain_name(name)


def _header(lines: list[Line], spec: Spec) -> Line:
    wanted = {bare_name(column.name) for column in spec.columns}
    candidates = [line for line in lines if not line.is_blank][:_HEADER_WITHIN]
    found = [len(wanted & {bare_name(cell.text) for cell in line.cells}) for line in candidates]
    if not found or max(found) == 0:
        names = ", ".join(column.name for column in spec.columns[:5])
        raise FileRefused("not_this_table", columns=names)
    return candidates[found.index(max(found))]


def _width(header: Line, lines: Iterable[Line]) -> int:
    """How many columns the table has: the header's, empty names included if data is below."""
    named = [n for n, cell in enumerate(header.cells, start=1) if cell.text.strip()]
    used = max((_last(line) for line in lines if line.number > header.number), default=0)
    return max(max(named), min(used, len(header.cells)))


def _last(line: Line) -> int:
    return max((n for n, cell in enumerate(line.cells, start=1) if cell.text.strip()), default=0)


def _columns(
    header: Line, width: int, lines: list[Line], spec: Spec
) -> tuple[dict[str, int], list[Note]]:
    """Column name -> index in the file, and the faults of the names."""
    names = [header.text(index) for index in range(width)]
    places: dict[str, int] = {}
    for same in (str, plain_name, bare_name):
        for position, column in enumerate(spec.columns):
            if column.name in places:
                continue
            found = [
                n
                for n, name in enumerate(names)
                if n not in places.values() and name.strip() and same(name) == same(column.name)
            ]
            if found:
                # Of two columns with the same name, the one that stands where it should.
                places[column.name] = min(found, key=lambda n: abs(n - position))
    _place_by_position(names, places, spec)
    notes = [
        note
        for column in spec.columns
        if column.name in places
        for note in _name_notes(names, column.name, column.unit, places, header)
    ]
    notes += [
        Note("header_missing", header.number, column.name)
        for column in spec.columns
        if column.name not in places
    ]
    body = [line for line in lines if line.number > header.number]
    for index, name in enumerate(names):
        if index in places.values():
            continue
        if name.strip():
            is_repeated = plain_name(name) in {plain_name(column) for column in places}
            fault = "header_repeated" if is_repeated else "header_unknown"
            notes.append(Note(fault, header.number, name, name))
        elif any(line.text(index).strip() for line in body):
            notes.append(Note("header_empty", header.number, value=f"{index + 1}"))
        else:
            notes.append(Note("blank_column", header.number, value=f"{index + 1}"))
    # Commas behind the last name, in every line: columns that somebody formatted and left.
    if len(header.cells) > width:
        notes.append(Note("blank_column", header.number, value=f"{width + 1}"))
    return places, notes


def _place_by_position(names: list[str], places: dict[str, int], spec: Spec) -> None:
    """A column whose name is not known stands where it should, if nothing else stands there."""
    if len(names) != len(spec.columns):
        return
    for index, column in enumerate(spec.columns):
        if column.name not in places and index not in places.values():
            places[column.name] = index


def _name_notes(
    names: list[str], wanted: str, unit: str, places: dict[str, int], header: Line
) -> list[Note]:
    name = names[places[wanted]]
    if name == wanted:
        return []
    fault = "header_differs"
    if not name.strip():
        fault = "header_empty"
    elif re.search(r"[\r\n]", name.strip()):
        fault = "header_line_break"
    elif re.sub(r"\s", "", name) == wanted:
        is_edge = name.strip() == wanted
        fault = "edge_space" if is_edge else "wide_space" if "\u3000" in name else "space_run"
    elif names.count(name) > 1:
        fault = "header_repeated"
    elif unit and unit not in normalize("NFKC", name) and bare_name(name) == bare_name(wanted):
        fault = "unit_not_in_header"
    return [Note(fault, header.number, wanted, name, wanted)]


def _above(lines: list[Line], header: Line) -> list[Line]:
    return [line for line in lines if line.number < header.number]


def _stray(line: Line, header: Line, spec: Spec, places: dict[str, int], width: int) -> Note | None:
    """Why the row is no data; None = it is."""
    if line.is_blank:
        return Note("blank_row", line.number)
    filled = [cell.text for cell in line.cells if cell.text.strip()]
    names = {bare_name(cell.text) for cell in header.cells if cell.text.strip()}
    if len(filled) > 1 and sum(bare_name(text) in names for text in filled) * 2 > len(filled):
        return Note("second_header", line.number, value=_shown(line))
    first = plain_name(filled[0])
    if _TOTAL.fullmatch(first.strip("()【】")) and first not in _first_values(spec):
        return Note("total_row", line.number, value=_shown(line))
    if len(filled) == 1 and len(places) > 2 and not _is_lone_key(line, spec, places):
        return Note("note_row", line.number, value=_shown(line))
    if _NOTE.match(filled[0]) and len(filled) * 3 <= len(places):
        return Note("note_row", line.number, value=_shown(line))
    if all(cell.kind == "plain" for cell in line.cells) and len(line.cells) != len(header.cells):
        params = {"found": len(line.cells), "wanted": len(header.cells)}
        return Note("ragged_row", line.number, value=_shown(line), params=params)
    return None


def _first_values(spec: Spec) -> set[str]:
    """Words that the author lets stand in the first column, even if they look like a total."""
    return {plain_name(value) for value in spec.columns[0].allowed}


def _is_lone_key(line: Line, spec: Spec, places: dict[str, int]) -> bool:
    """A row with its key and nothing else is data that is not known yet."""
    at = {places[name] for name in spec.keys if name in places}
    return any(line.text(index).strip() and not _NOTE.match(line.text(index)) for index in at)


def _shown(line: Line) -> str:
    return " | ".join(cell.text for cell in line.cells if cell.text.strip())
