"""Rows for the worksheets of a small workbook, written as they come.

openpyxl makes the workbook: styles, heads, panes, printing. It takes 25 µs a cell, so half a
million of them are put in here as the text they are in the file: `<row>` and `<c>` of
ECMA-376 part 1, 18.3.1. Text is always an inline string, which nothing takes for a formula.
"""

import re
from collections.abc import Iterable, Mapping
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_END = b"</sheetData>"
_LAST = b"</worksheet>"
# Staff numbers are text on purpose: no green corner that offers to make numbers of them.
_DIGITS_ARE_TEXT = (
    b'<ignoredErrors><ignoredError sqref="A1:A1048576" numberStoredAsText="1"/></ignoredErrors>'
)
_QUOTE = {'"': "&quot;"}
_BYTES_AT_ONCE = 1 << 16


def text_end(value: str, style: int) -> str:
    """What follows the address in a cell of text."""
    if not value:
        return f' s="{style}"/>'
    safe = escape(ILLEGAL_CHARACTERS_RE.sub("", value))
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'


def number_end(value: float, style: int) -> str:
    """What follows the address in a cell with a number."""
    return f' s="{style}"><v>{value}</v></c>'


def row_of(number: int, letters: Iterable[str], ends: Iterable[str], *, height: int = 0) -> str:
    """A row from what follows each address; an empty end leaves the cell out.

    `height` in points; 0 = as high as usual.
    """
    cells = "".join(
        f'<c r="{letter}{number}"{end}' for letter, end in zip(letters, ends, strict=True) if end
    )
    high = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{high}>{cells}</row>'


def save_with_rows(
    book: Workbook,
    rows: Mapping[str, Iterable[str]],
    *,
    links: Mapping[str, Iterable[tuple[str, str]]],
    through: IO[bytes],
    target: IO[bytes],
) -> None:
    """Save the workbook with these rows under those that it has.

    Args:
        rows: by the title of the sheet, which has at least one row.
        links: by the title of the sheet, cells and the place in the workbook they lead to.
        through: an empty file for the workbook as openpyxl writes it.
    """
    book.save(through)
    further = {
        f"xl/worksheets/sheet{number}.xml": (rows[sheet.title], links.get(sheet.title, ()))
        for number, sheet in enumerate(book.worksheets, start=1)
        if sheet.title in rows
    }
    with ZipFile(through) as source, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=4) as made:
        for name in source.namelist():
            content = source.read(name)
            if name not in further:
                made.writestr(name, content)
                continue
            # A workbook may leave out how far a sheet reaches; the small one said it wrongly.
            above, end, below = _DIMENSION.sub(b"", content).partition(_END)
            with made.open(name, "w") as sheet_file:
                sheet_file.write(above)
                waiting: list[str] = []
                size = 0
                lines, places = further[name]
                for row in lines:
                    waiting.append(row)
                    size += len(row)
                    if size > _BYTES_AT_ONCE:
                        sheet_file.write("".join(waiting).encode())
                        waiting, size = [], 0
                sheet_file.write("".join(waiting).encode())
                sheet_file.write(end + _with_links(below, places))


def _with_links(below: bytes, links: Iterable[tuple[str, str]]) -> bytes:
    """What follows the rows, in the order that the schema asks for."""
    found = "".join(
        f'<hyperlink ref="{cell}" location="{escape(place, _QUOTE)}"/>' for cell, place in links
    )
    if found:
        margins = b"<pageMargins"
        links_xml = f"<hyperlinks>{found}</hyperlinks>".encode()
        below = below.replace(margins, links_xml + margins, 1)
    return below.replace(_LAST, _DIGITS_ARE_TEXT + _LAST)
