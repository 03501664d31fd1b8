"""CSV bytes → rows with their line numbers, tolerantly: every fault is noted, few end it. Pure.

RFC 4180, read as it is used: lines may end in LF alone, as long as all do.
"""

import codecs
import re

from courses.exercises.grid import Cell, Grid, Line, Note
from courses.exercises.limits import Limits
from courses.exercises.refusals import FileRefused

_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_JAPANESE = re.compile("[\u3000-\ufaff]")
# What Python's cp932 makes of the five bytes that mean nothing in it.
_NOT_IN_CP932 = re.compile("[\x80-\xa0\uf8f0-\uf8f3]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_DELIMITERS = (",", "\t", ";")


def read_csv(data: bytes, *, limits: Limits) -> Grid:
    """The rows of a CSV file. A blank line is a row without cells; the end of the last is none.

    Raises:
        FileRefused: not text in any encoding an office writes, or over a limit.
    """
    text, notes = _decoded(data)
    if "\0" in text:
        raise FileRefused("nul", line=_line_at(text, text.index("\0")))
    delimiter = _delimiter(text)
    if delimiter != ",":
        notes.append(Note("other_delimiter", line=1))
    lines, faults = _split(text, delimiter, limits)
    return Grid("csv", tuple(lines), (*notes, *faults))


def _decoded(data: bytes) -> tuple[str, list[Note]]:
    for mark, name in _UTF16:
        if data.startswith(mark):
            try:
                return data.removeprefix(mark).decode(name), [Note("utf16")]
            except UnicodeDecodeError as error:
                raise FileRefused("unknown_encoding", line=1) from error
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8"), []
    except UnicodeDecodeError as error:
        stop = error.start
    # Most broken UTF-8 could be read as CP932, as nonsense. Japanese before the break tells.
    has_mark = data.startswith(codecs.BOM_UTF8)
    if not has_mark and not _JAPANESE.search(body[:stop].decode("utf-8")):
        try:
            text = body.decode("cp932")
        except UnicodeDecodeError as error:
            stop = error.start
        else:
            if not _NOT_IN_CP932.search(text):
                return text, [Note("cp932")]
    raise FileRefused("unknown_encoding", line=body.count(b"\n", 0, stop) + 1)


def _delimiter(text: str) -> str:
    """The comma, unless the first lines have none and something else instead."""
    head = "\n".join(text.splitlines()[:20])
    if "," in head:
        return ","
    return max(_DELIMITERS, key=head.count)


def _split(text: str, delimiter: str, limits: Limits) -> tuple[list[Line], list[Note]]:
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    lines: list[Line] = []
    notes: list[Note] = []
    cells: list[Cell] = []
    # A line break inside a value is none of the file's line ends.
    ends: dict[str, int] = {}
    position, number, began, may_quote = 0, 1, 1, True

    def finish_line() -> None:
        # A line with nothing on it, not even a comma, is a row without cells.
        is_empty = len(cells) == 1 and not cells[0].text
        lines.append(Line(began, () if is_empty else tuple(cells)))
        if len(lines) > limits.rows:
            raise FileRefused("too_many_rows", limit=limits.rows)
        cells.clear()

    while position < len(text) or cells:
        value = None
        if may_quote and text.startswith('"', position):
            quoted = _QUOTED.match(text, position)
            if quoted is None:
                # No quote closes from here on, so no later one is tried either.
                notes.append(Note("quote_open", line=number))
                may_quote = False
            else:
                position = quoted.end()
                value = quoted[0][1:-1].replace('""', '"')
        rest = plain.match(text, position)
        tail = rest[0] if rest else ""
        if value is None:
            value = tail
            if may_quote and '"' in tail:
                notes.append(Note("quote_inside", line=number, value=tail[:100]))
        elif tail:
            notes.append(Note("quote_inside", line=number, value=(value + tail)[:100]))
            value += tail
        position += len(tail)
        if len(value) > limits.cell_characters:
            raise FileRefused("cell_too_long", line=number, limit=limits.cell_characters)
        number += len(_LINE_END.findall(value))
        cells.append(Cell(value))
        if len(cells) > limits.columns:
            raise FileRefused("too_many_columns", line=began, limit=limits.columns)
        if text.startswith(delimiter, position):
            position += 1
            if position == len(text):
                cells.append(Cell(""))
                finish_line()
            continue
        finish_line()
        if end := _LINE_END.match(text, position):
            position = end.end()
            ends.setdefault(end[0], number)
        number += 1
        began = number
    if len(ends) > 1 or "\r" in ends:
        notes.append(Note("line_ends", line=ends.get("\r") or max(ends.values())))
    return lines, notes


def _line_at(text: str, index: int) -> int:
    return len(_LINE_END.findall(text[:index])) + 1
