"""Grades a table by the rules an author picked: bytes in, report out. Pure."""

from collections.abc import Iterator

import pandas as pd

from courses.exercises.characters import character_fault, tidy
from courses.exercises.columns import (
    address_notes,
    by_line,
    content_notes,
    key_notes,
    postal_notes,
    spelling_notes,
)
from courses.exercises.faults import FAULTS
from courses.exercises.grid import Cell, Grid, Note
from courses.exercises.limits import Limits
from courses.exercises.reading import read_grid
from courses.exercises.report import Report, findings_of
from courses.exercises.scoring import rule_results, score_of
from courses.exercises.spec import Spec
from courses.exercises.table import Table, lay_out
from courses.exercises.values import read_cell

# Faults after which a value cannot be held against the expected one.
_NO_MEANING = {
    "missing",
    "ditto",
    "formulas",
    "one_value",
    "characters",
    "spelling",
    "addresses",
}


def grade(
    data: bytes,
    name: str,
    spec: Spec,
    *,
    expected: tuple[bytes, str] | None = None,
    pass_mark: float | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Report:
    """Grade one file.

    Args:
        name: the file's name, for its ending.
        expected: bytes and name of the table as it should be; None = no such table.
        pass_mark: fraction below which a critical breach keeps the score; None = no cap.

    Raises:
        FileRefused: it cannot be read as this table, so there is nothing to grade.
    """
    grid = read_grid(data, name, formats=spec.formats, limits=limits)
    table = lay_out(grid, spec)
    readings = _readings(table, spec)
    picked = {pick.rule for pick in spec.rules}
    notes = [*grid.notes, *table.notes, *_name_characters(table, grid)]
    notes += _cell_notes(table, readings)
    notes = [note for note in notes if FAULTS[note.fault].rule in picked]
    notes += _column_notes(table, readings, spec, notes, picked)
    wanted = None
    if "content" in picked:
        wanted = expected_meanings(expected, spec, limits=limits) if expected else None
        notes += _content(table, readings, spec, notes, wanted)
    results = tuple(rule_results(grid, table, spec, notes, wanted))
    score, is_capped = score_of(results, pass_mark)
    return Report(
        score=score,
        is_capped=is_capped,
        format=grid.format,
        rows=table.line_count,
        rules=results,
        findings=tuple(findings_of(notes, table, limits)),
    )


def expected_meanings(expected: tuple[bytes, str], spec: Spec, *, limits: Limits) -> pd.DataFrame:
    """What the cells of the expected table mean, all columns of the specification that it has."""
    data, name = expected
    table = lay_out(read_grid(data, name, formats=("csv", "xlsx"), limits=limits), spec)
    return _meanings(_readings(table, spec))


def _readings(table: Table, spec: Spec) -> dict[str, pd.Series]:
    """Column name -> `Reading` of each cell, by line number."""
    columns = {column.name: column for column in spec.columns}
    return {
        name: pd.Series(
            [read_cell(cell, columns[name]) for cell in cells], index=cells.index, dtype=object
        )
        for name in table.places
        for cells in [table.frame[name]]
    }


def _meanings(readings: dict[str, pd.Series]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: cells.map(lambda reading: reading.meaning) for name, cells in readings.items()},
        dtype=object,
    )


def _cell_notes(table: Table, readings: dict[str, pd.Series]) -> Iterator[Note]:
    for name, column in readings.items():
        cells = table.frame[name]
        for line, reading in by_line(column):
            for slip in reading.slips:
                yield Note(slip.fault, line, name, cells[line].text, slip.hint, dict(slip.params))


def _name_characters(table: Table, grid: Grid) -> Iterator[Note]:
    header = next(line for line in grid.lines if line.number == table.header_line)
    for name, index in table.places.items():
        text = header.text(index)
        found = character_fault(text) if text != name else None
        if found:
            fault, character, _ = found
            yield Note(fault, header.number, name, text, name, {"character": character})


def _column_notes(
    table: Table,
    readings: dict[str, pd.Series],
    spec: Spec,
    notes: list[Note],
    picked: set[str],
) -> Iterator[Note]:
    """What the columns as wholes show, of the cells that nothing else is wrong with."""
    spoiled: dict[str, set[int]] = {}
    for note in notes:
        # Spaces are taken off before anything is compared, so they spoil nothing.
        if FAULTS[note.fault].rule != "whitespace":
            spoiled.setdefault(note.column, set()).add(note.line)
    for column in spec.columns:
        if column.name not in readings:
            continue
        cells = table.frame[column.name]
        blank = cells.map(lambda cell: not cell.text.strip() and cell.kind != "merged")
        if "missing" in picked and column.is_required and column.name not in spec.keys:
            for line, is_blank in by_line(blank):
                if is_blank:
                    yield Note("required_empty", line, column.name)
        meant = readings[column.name].map(lambda reading: bool(reading.meaning))
        whole = cells[meant & ~blank & ~cells.index.isin(list(spoiled.get(column.name, ())))]
        texts = whole.map(lambda cell: tidy(cell.text)[0]).astype(str)
        if "spelling" in picked:
            yield from spelling_notes(texts, column)
        if "codes" in picked and column.type == "postal" and not texts.empty:
            yield from postal_notes(texts, column)
        if "addresses" in picked and column.type == "address" and not texts.empty:
            yield from address_notes(texts, column)
    keys = [name for name in spec.keys if name in readings]
    if "keys" in picked and keys:
        frame = table.frame[keys]
        blanks = frame.map(lambda cell: not cell.text.strip() and cell.kind != "merged")
        yield from key_notes(_meanings({name: readings[name] for name in keys}), blanks, spec)


def _content(
    table: Table,
    readings: dict[str, pd.Series],
    spec: Spec,
    notes: list[Note],
    wanted: pd.DataFrame | None,
) -> Iterator[Note]:
    if wanted is None:
        if table.line_count < spec.minimum_rows:
            params = {"found": table.line_count, "wanted": spec.minimum_rows}
            yield Note("rows_lost", params=params)
        return
    found = _meanings(readings)
    told = {(note.line, note.column) for note in notes if FAULTS[note.fault].rule in _NO_MEANING}
    for line, name in told:
        if name in found and line in found.index:
            found.loc[line, name] = None
    present = {
        tuple(
            read_cell(Cell(line.text(table.places[name])), column).meaning or ""
            for name in spec.keys
            for column in spec.columns
            if column.name == name and name in table.places
        )
        for line in table.unread
    }
    columns = [name for name in found.columns if name in wanted.columns]
    for note in content_notes(found[columns], wanted, spec, present=present):
        value = table.frame[note.column][note.line].text if note.fault == "value_differs" else ""
        yield Note(note.fault, note.line, note.column, note.value or value, "", note.params)
