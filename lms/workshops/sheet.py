"""The attendance sheet (出席簿) as a file to print or keep."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.people.import_report import inert
from lms.workshops.models import Registration


def sheet_csv(rows: Iterable[Registration]) -> bytes:
    """With a mark that tells spreadsheets it is UTF-8; the last column is for signatures.

    Args:
        rows: as of `lms.workshops.access.seats_visible_to`.
    """
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(
        [
            pgettext("attendance sheet", "No."),
            _("Staff number"),
            _("Full name"),
            _("Kana"),
            _("Department"),
            pgettext("attendance sheet", "Seat"),
            pgettext("attendance sheet", "Attendance"),
            pgettext("attendance sheet", "Recorded at"),
            pgettext("attendance sheet", "Signature"),
        ]
    )
    for number, row in enumerate(rows, start=1):
        at = timezone.localtime(row.attendance_at) if row.attendance_at else None
        cells = (
            str(number),
            row.employee.staff_number,
            row.employee.name,
            row.employee.kana,
            department_of(row),
            row.get_state_display(),
            row.get_attendance_display() if row.attendance else "",
            f"{at:%Y-%m-%d %H:%M}" if at else "",
            "",
        )
        writer.writerow([inert(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def department_of(row: Registration) -> str:
    """Of the person's main posting that day; "" = they had none."""
    postings = row.employee.main_postings  # type: ignore[attr-defined]
    return postings[0].department.title if postings else ""
