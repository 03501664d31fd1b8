"""The list of assignments as a file HR takes away. One row per assignment."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from lms.oversight.assignments import STATES, DescribedAssignment
from lms.oversight.texts import reason_text
from lms.people.calendar import office_today
from lms.people.import_report import inert

Row = list[str | int]


def columns() -> tuple[str, ...]:
    return (
        _("staff number"),
        _("name"),
        _("name in kana"),
        _("department"),
        _("job tier"),
        _("course"),
        pgettext("assignments", "state"),
        pgettext("assignments", "due"),
        pgettext("assignments", "due by the rule"),
        pgettext("assignments", "done"),
        pgettext("assignments", "of"),
        pgettext("assignments", "finished on"),
        pgettext("assignments", "why they must"),
        pgettext("assignments", "why late"),
        pgettext("assignments", "exempt until"),
        _("reason for the extension"),
    )


def cells(row: DescribedAssignment) -> Row:
    employee, assignment = row.assignment.employee, row.assignment
    return [
        employee.staff_number,
        employee.name,
        employee.kana,
        " / ".join(item.title for item in row.department),
        row.tier.title if row.tier else "",
        assignment.course.title,
        str(STATES[row.state]),
        _day(row.due_on),
        _day(assignment.due_on),
        row.done,
        row.total,
        _day(assignment.completed_at and office_today(assignment.completed_at)),
        row.why,
        reason_text(row),
        _day(row.exempt_until),
        row.extension.reason if row.extension else "",
    ]


def as_csv(rows: Iterable[DescribedAssignment]) -> bytes:
    """With a mark that tells spreadsheets it is UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns())
    for row in rows:
        writer.writerow([inert(value) if isinstance(value, str) else value for value in cells(row)])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[DescribedAssignment]) -> bytes:
    """Texts stay texts: zeros of staff numbers are kept, and nothing is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(pgettext("assignments", "Duties"))
    sheet.freeze_panes = "A2"
    sheet.append(list(columns()))
    for row in rows:
        sheet.append([inert(value) if isinstance(value, str) else value for value in cells(row)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# By what a file's name ends in: its media type, and what writes it.
FORMATS: Mapping[str, tuple[str, Callable[[Iterable[Any]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (XLSX, as_xlsx),
}


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
