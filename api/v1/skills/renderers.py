"""The matrix as a file: one row a person, for each competency a column of levels and of targets."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from rest_framework.renderers import BaseRenderer

from lms.people.calendar import office_today
from skills_matrix.engine.arrays import ABSENT
from skills_matrix.reports.matrix import Matrix, MatrixRow

Value = str | int | float | None

# A spreadsheet takes text that starts so for a formula, whoever wrote it.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_BIGGEST_IN_MEMORY = 1 << 20
PERSON_COLUMNS = 6


def head_of(found: Matrix) -> list[str]:
    """The titles of the columns."""
    people = [
        _("Staff number"),
        _("Full name"),
        _("Kana"),
        _("Department"),
        _("Job tier"),
        _("Roles"),
    ]
    skills = []
    for competency in found.columns:
        words = {"skill": competency.title}
        skills += [competency.title, _("%(skill)s (target)") % words]
    return people + skills


def rows_of(found: Matrix) -> Iterator[list[Value]]:
    """One row a person; an empty level = never assessed, an empty target = not asked for."""
    cells = found.cells
    levels, targets = cells.level.tolist(), cells.target.tolist()
    for row, own, asked in zip(found.rows, levels, targets, strict=True):
        pairs = (value for pair in zip(own, asked, strict=True) for value in pair)
        yield [*_person(row), *(None if value == ABSENT else value for value in pairs)]


def _person(row: MatrixRow) -> list[Value]:
    return [
        row.staff_number,
        row.name,
        row.kana,
        row.department.title,
        row.tier.title if row.tier else "",
        " / ".join(role.title for role in row.roles),
    ]


class FileRenderer(BaseRenderer):
    """Chosen by Accept or ?format=; the view then answers with `file` instead of data."""

    def file(self, found: Matrix) -> FileResponse:
        """The whole of it, written to disk and sent from there in pieces."""
        # The response closes it once it is sent.
        target = tempfile.SpooledTemporaryFile(max_size=_BIGGEST_IN_MEMORY)  # noqa: SIM115
        self.write(found, target)
        target.seek(0)
        return FileResponse(
            target,
            as_attachment=True,
            filename=f"skills-matrix-{office_today(found.as_of)}.{self.format}",
            content_type=self.media_type,
        )

    def write(self, found: Matrix, target: Any) -> None:
        raise NotImplementedError


class CsvRenderer(FileRenderer):
    """UTF-8 with a byte-order mark, which Excel needs to read Japanese."""

    media_type = "text/csv"
    format = "csv"

    def write(self, found: Matrix, target: IO[bytes]) -> None:
        text = io.TextIOWrapper(target, "utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow([harmless(title) for title in head_of(found)])
        for row in rows_of(found):
            writer.writerow([harmless(value) for value in row])
        text.detach()


def harmless(value: Value) -> Value:
    """Text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


class XlsxRenderer(FileRenderer):
    """A workbook without formulas: text is stored as text."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"

    def write(self, found: Matrix, target: IO[bytes]) -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_("Skills matrix"))
        head = head_of(found)
        sheet.freeze_panes = "C2"
        for number in range(1, len(head) + 1):
            width = 16 if number <= PERSON_COLUMNS else 10
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(found.rows) + 1}"
        sheet.append([self._heading(sheet, title) for title in head])
        for row in rows_of(found):
            sheet.append([self._cell(sheet, value) for value in row])
        book.save(target)

    def _heading(self, sheet: Any, title: str) -> Any:
        cell = self._cell(sheet, title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8F1FE")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell

    def _cell(self, sheet: Any, value: Value) -> Any:
        if not isinstance(value, str):
            return value
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        return cell
