"""CSV bytes of unknown encoding → rows with the lines of the file they stand on. Pure.

Office systems write CP932, newer ones UTF-8, spreadsheets add a BOM. A fault of the file as a whole
is raised; a fault of one row is kept beside the rows, so that all can be shown at once.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.exceptions import InvalidCsv

MAX_BYTES = 20 * 1024 * 1024
MAX_FIELD_LENGTH = 1_000

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_JAPANESE = re.compile("[\u3000-\ufaff]")
# What Python's cp932 makes of the five bytes that mean nothing in it.
_NOT_IN_CP932 = re.compile("[\x80-\xa0\uf8f0-\uf8f3]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One row per thing in a file that cannot be taken.

    `line` counts physical lines from 1. No `column` = the row or the file as a whole.
    """

    line: int
    column: str
    value: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row per record. `line` is the physical line it begins on; cells follow the header."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """`faults` are of rows that are not in `rows`. Rows without any value are in neither."""

    encoding: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_csv(
    data: bytes, *, max_bytes: int = MAX_BYTES, max_field_length: int = MAX_FIELD_LENGTH
) -> CsvTable:
    """Read a table whose first record names its columns.

    Raises:
        InvalidCsv: too large, neither UTF-8 nor CP932, a NUL, a quote that does not close or is
            followed by text, no header, or an empty or repeated name in it.
    """
    if len(data) > max_bytes:
        raise InvalidCsv(
            "too_large",
            _("The file is larger than %(megabytes)d MB.") % {"megabytes": max_bytes // 2**20},
        )
    encoding, text = decode_csv(data)
    if "\0" in text:
        line = _line_at(text, text.index("\0"))
        raise InvalidCsv("nul", _("The file contains a NUL character."), line=line)
    records = _records(text)
    header_line, names = next(records, (1, []))
    header = _checked_header(names, header_line)
    rows, faults = [], []
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        fault = _row_fault(line, cells, header, max_field_length)
        if fault:
            faults.append(fault)
        else:
            rows.append(Row(line, tuple(cells[: len(header)])))
    return CsvTable(encoding, header, tuple(rows), tuple(faults))


def decode_csv(data: bytes) -> tuple[str, str]:
    """The encoding, `utf-8` or `cp932`, and the text without a byte order mark.

    Raises:
        InvalidCsv: neither fits; names the byte at which the one that was meant stops.
    """
    if data.startswith(_UTF16_MARKS):
        raise InvalidCsv(
            "wrong_encoding",
            _("The file is UTF-16. Save it as UTF-8 or Shift_JIS (CP932)."),
            line=1,
        )
    has_mark = data.startswith(codecs.BOM_UTF8)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return "utf-8", body.decode("utf-8")
    except UnicodeDecodeError as error:
        stop = error.start
    # Most broken UTF-8 could be read as CP932, as nonsense. Japanese before the break tells.
    if not has_mark and not _JAPANESE.search(body[:stop].decode("utf-8")):
        try:
            return "cp932", _decoded_cp932(body)
        except UnicodeDecodeError as error:
            stop = error.start
    raise InvalidCsv(
        "wrong_encoding",
        _("Byte %(byte)d is neither UTF-8 nor Shift_JIS (CP932).")
        % {"byte": stop + len(data) - len(body)},
        line=body.count(b"\n", 0, stop) + 1,
    )


def _decoded_cp932(body: bytes) -> str:
    text = body.decode("cp932")
    if stray := _NOT_IN_CP932.search(text):
        start = len(text[: stray.start()].encode("cp932"))
        raise UnicodeDecodeError("cp932", body, start, start + 1, "undefined byte")
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the physical line it begins on; blank lines too, as empty records."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error as fault:
            raise InvalidCsv(
                "broken_quotes",
                _("A quoted value does not end where it should (%(detail)s).") % {"detail": fault},
                line=line,
            ) from fault
        if record is None:
            return
        yield line, record


def _checked_header(names: list[str], line: int) -> tuple[str, ...]:
    header = [name.strip() for name in names]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise InvalidCsv("no_header", _("The first line names no columns."), line=line)
    if "" in header:
        raise InvalidCsv(
            "empty_header",
            _("Column %(number)d has no name.") % {"number": header.index("") + 1},
            line=line,
        )
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise InvalidCsv(
            "repeated_header",
            _("The first line names %(names)s more than once.") % {"names": ", ".join(repeated)},
            line=line,
        )
    return tuple(header)


def _row_fault(
    line: int, cells: list[str], header: tuple[str, ...], max_field_length: int
) -> Fault | None:
    if len(cells) < len(header) or any(cells[len(header) :]):
        return Fault(
            line,
            "",
            "",
            "wrong_cell_count",
            _("The row has %(found)d values; the first line names %(wanted)d columns.")
            % {"found": len(cells), "wanted": len(header)},
        )
    for name, cell in zip(header, cells, strict=False):
        if len(cell) > max_field_length:
            return Fault(
                line,
                name,
                cell[:40] + "…",
                "too_long",
                _("The value is longer than %(limit)d characters.") % {"limit": max_field_length},
            )
    return None


def _line_at(text: str, index: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:index])) + 1
