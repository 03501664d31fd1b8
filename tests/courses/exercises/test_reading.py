"""Files as they come: what is read, with which line numbers, and what is refused and why."""

import io
import time
import tracemalloc
import zipfile

import pytest

from courses.exercises.grid import Grid
from courses.exercises.limits import Limits
from courses.exercises.reading import read_grid
from courses.exercises.refusals import REASONS, FileRefused
from tests.courses.exercises.tables import clean_rows, xlsx_bytes

LIMITS = Limits()
BOTH = ("csv", "xlsx")


def read(data: bytes, name: str = "a.csv", formats: tuple[str, ...] = BOTH) -> Grid:
    return read_grid(data, name, formats=formats, limits=LIMITS)


def texts(grid: Grid) -> list[tuple[int, list[str]]]:
    return [(line.number, [cell.text for cell in line.cells]) for line in grid.lines]


def faults(grid: Grid) -> list[tuple[str, int]]:
    return [(note.fault, note.line) for note in grid.notes]


@pytest.mark.parametrize(
    ("data", "lines", "noted"),
    [
        (b"a,b\r\n1,2\r\n", [(1, ["a", "b"]), (2, ["1", "2"])], []),
        (b"a,b\n1,2", [(1, ["a", "b"]), (2, ["1", "2"])], []),
        (b"a,b\r\n\r\n1,2\r\n", [(1, ["a", "b"]), (2, []), (3, ["1", "2"])], []),
        (b"a,\r\n", [(1, ["a", ""])], []),
        (b"a,", [(1, ["a", ""])], []),
        (b'"a","b ""c"", d"\r\n', [(1, ["a", 'b "c", d'])], []),
        (b'"a\r\nb",c\r\nd,e', [(1, ["a\r\nb", "c"]), (3, ["d", "e"])], []),
        (b'"a\nb",c\r\nd,e\r\n', [(1, ["a\nb", "c"]), (3, ["d", "e"])], []),
        (b"a,b\r\n1,2\n", [(1, ["a", "b"]), (2, ["1", "2"])], [("line_ends", 2)]),
        (b"a,b\r1,2\r", [(1, ["a", "b"]), (2, ["1", "2"])], [("line_ends", 1)]),
        (b'a,b "c"\r\n', [(1, ["a", 'b "c"'])], [("quote_inside", 1)]),
        (b'"a"b,c\r\n', [(1, ["ab", "c"])], [("quote_inside", 1)]),
        (
            b'a,b\r\n"c,d\r\ne,f\r\n',
            [(1, ["a", "b"]), (2, ['"c', "d"]), (3, ["e", "f"])],
            [("quote_open", 2)],
        ),
        (b"a\tb\r\n1\t2\r\n", [(1, ["a", "b"]), (2, ["1", "2"])], [("other_delimiter", 1)]),
        (b"a;b\r\n", [(1, ["a", "b"])], [("other_delimiter", 1)]),
        ("日,月\n".encode("cp932"), [(1, ["日", "月"])], [("cp932", 0)]),
        ("日,月\n".encode("utf-16"), [(1, ["日", "月"])], [("utf16", 0)]),
        (b"\xef\xbb\xbfa,b\n", [(1, ["a", "b"])], []),
    ],
)
def test_csv_is_read_as_it_is_meant_and_every_slip_is_noted(
    data: bytes, lines: list[tuple[int, list[str]]], noted: list[tuple[str, int]]
) -> None:
    grid = read(data)
    assert texts(grid) == lines
    assert faults(grid) == noted


def test_excel_is_read_by_its_cells_with_dates_and_numbers_as_they_are_meant() -> None:
    grid = read(xlsx_bytes(clean_rows(2)), "a.XLSX")
    assert grid.format == "xlsx"
    assert [line.number for line in grid.lines] == [1, 2, 3]
    assert grid.lines[1].cells[10].text == "10"
    assert grid.lines[1].cells[10].kind == "number"


def test_a_format_on_the_last_row_makes_no_million_rows() -> None:
    def far(sheet: object) -> None:
        sheet["A1048576"].number_format = "0"  # type: ignore[index]
        sheet["XFD1"].number_format = "0"  # type: ignore[index]

    assert len(read(xlsx_bytes(clean_rows(2), far), "a.xlsx").lines) == 3


def packed(**parts: bytes) -> bytes:
    """The workbook of a clean table with parts replaced or added (`__` = `/`)."""
    out = io.BytesIO()
    changed = {name.replace("__", "/").replace("_DOT_", "."): data for name, data in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_bytes(clean_rows(2)))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in changed:
                target.writestr(name, source.read(name))
        for name, data in changed.items():
            target.writestr(name, data)
    return out.getvalue()


SHEET = "xl__worksheets__sheet1_DOT_xml"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b"<worksheet>&b;</worksheet>"
)


def _deep() -> bytes:
    return b"<worksheet>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</worksheet>"


def _nested(depth: int = 5) -> bytes:
    data = b"x" * 1000
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl.zip", data)
        data = out.getvalue()
    return data


HOSTILE = {
    "nothing": (b"", "a.csv", "empty"),
    "spaces only": (b" \r\n \r\n", "a.csv", "empty"),
    "too large": (b"a," * (2 * 1024 * 1024), "a.csv", "too_large"),
    "a NUL": (b"a,b\r\n1,\x002\r\n", "a.csv", "nul"),
    "a picture": (b"\x89PNG\r\n\x1a\n\xff\xfe\xff\x00", "a.csv", "unknown_encoding"),
    "bytes of no encoding": ("日本\n".encode() + b"\xff\n", "a.csv", "unknown_encoding"),
    "half a UTF-16": (b"\xff\xfea", "a.csv", "unknown_encoding"),
    "a PDF": (b"%PDF-1.7", "a.csv", "not_a_table"),
    "a program": (b"MZ\x90", "a.exe", "not_a_table"),
    "no ending": (b"a,b\n1,2\n", "table", "not_a_table"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.xls", "old_excel"),
    "a password": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.xlsx", "damaged_excel"),
    "Excel named CSV": (packed(), "a.csv", "not_as_named"),
    "CSV named Excel": (b"a,b\n1,2\n", "a.xlsx", "not_as_named"),
    "macros by name": (packed(), "a.xlsm", "excel_active"),
    "macros inside": (packed(xl__vbaProject_DOT_bin=b"x"), "a.xlsx", "excel_active"),
    "an endless line": (b"a" * 1_000_000, "a.csv", "cell_too_long"),
    "an endless quote": (b'"' + b'a""' * 100_000, "a.csv", "cell_too_long"),
    "a thousand columns": (b"a," * 1000, "a.csv", "too_many_columns"),
    "ten thousand rows": (b"a,b\n" * 10_000, "a.csv", "too_many_rows"),
    "half a zip": (packed()[:-200], "a.xlsx", "damaged_excel"),
    "another zip": (_nested(), "a.xlsx", "not_a_table"),
    "an entity bomb": (packed(**{SHEET: LAUGHS}), "a.xlsx", "excel_active"),
    "an entity bomb in UTF-16": (
        packed(**{SHEET: LAUGHS.decode().encode("utf-16")}), "a.xlsx", "excel_active"
    ),
    "a bomb of zeros": (packed(**{SHEET: b"0" * 100_000_000}), "a.xlsx", "excel_too_large"),
    "very deep XML": (packed(**{SHEET: _deep()}), "a.xlsx", None),
    "not XML": (packed(**{SHEET: b"<worksheet"}), "a.xlsx", "damaged_excel"),
    "another workbook": (packed(xl__workbook_DOT_xml=b"<x/>"), "a.xlsx", None),
    "a thousand parts": (
        packed(**{f"x{n}": b"" for n in range(1000)}), "a.xlsx", "excel_too_large"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_refused_quickly_with_its_reason(name: str) -> None:
    data, file, reason = HOSTILE[name]
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(FileRefused) as refusal:
        read(data, file)
    seconds, (_, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusal.value.reason in REASONS
    assert refusal.value.message
    assert reason in (None, refusal.value.reason)
    assert seconds < 6
    assert peak < 200 * 1024 * 1024


def test_a_format_the_author_does_not_take_is_refused() -> None:
    with pytest.raises(FileRefused, match="CSV"):
        read(xlsx_bytes(clean_rows(1)), "a.xlsx", ("csv",))


def test_no_entity_is_ever_resolved_outside() -> None:
    outside = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><worksheet/>'
    with pytest.raises(FileRefused) as refusal:
        read(packed(**{SHEET: outside}), "a.xlsx")
    assert refusal.value.reason == "excel_active"
