"""A list of staff numbers that somebody pasted or uploaded, and whom it names."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.exceptions import InvalidCell, InvalidCsv
from lms.people.cells import plain, read_staff_number
from lms.people.csv_table import Fault, decode_csv
from lms.people.models import Employee
from lms.people.people_file import PEOPLE_COLUMNS
from lms.people.selectors import Viewer, employees_visible_to

# The column of a file in which the numbers stand, by either title.
TITLES = {
    title
    for column in PEOPLE_COLUMNS
    if column.field == "staff_number"
    for title in (column.title, column.field)
}


@dataclass(frozen=True)
class StaffList:
    """Each number once, with the line it first stands on. `faults` = lines that are no number."""

    lines: Mapping[str, int]
    faults: tuple[Fault, ...] = ()


def read_pasted(text: str) -> StaffList:
    """One number a line. Of cells copied from a spreadsheet the first one counts."""
    return _read(
        (line, words.split("\t")[0]) for line, words in enumerate(text.splitlines(), start=1)
    )


def read_uploaded(data: bytes) -> StaffList:
    """The column of staff numbers of a CSV file; a file of one column needs no title.

    Raises:
        InvalidCsv: `wrong_encoding`; `missing_column` there are several and none is titled so.
    """
    _encoding, text = decode_csv(data)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header = [plain(cell) for cell in rows[0]] if rows else []
    column = next((n for n, title in enumerate(header) if title in TITLES), None)
    if column is None and any(len(row) > 1 for row in rows):
        raise InvalidCsv("missing_column", _("There is no column of staff numbers."))
    first = 0 if column is None else 1
    place = column or 0
    return _read(
        (line, row[place])
        for line, row in enumerate(rows[first:], start=first + 1)
        if len(row) > place
    )


def employees_listed(viewer: Viewer, listed: StaffList) -> tuple[list[Employee], list[Fault]]:
    """Whom the list names, in its order; and what is wrong with it, by line."""
    found = {
        row.staff_number: row
        for row in employees_visible_to(viewer).filter(staff_number__in=listed.lines)
    }
    unknown = {number: line for number, line in listed.lines.items() if number not in found}
    faults = [*listed.faults, *_unknown(viewer, unknown)]
    people = [found[number] for number in listed.lines if number in found]
    return people, sorted(faults, key=lambda fault: fault.line)


def _read(cells: Iterable[tuple[int, str]]) -> StaffList:
    lines: dict[str, int] = {}
    faults = []
    for line, cell in cells:
        if not cell.strip():
            continue
        try:
            lines.setdefault(read_staff_number(cell), line)
        except InvalidCell as fault:
            faults.append(Fault(line, "", cell.strip(), fault.code, fault.message))
    return StaffList(lines, tuple(faults))


def _unknown(viewer: Viewer, numbers: Mapping[str, int]) -> Iterable[Fault]:
    if not numbers:
        return
    shortened = {
        number.lstrip("0"): number
        for number in employees_visible_to(viewer)
        .filter(staff_number__startswith="0")
        .values_list("staff_number", flat=True)
    }
    for number, line in numbers.items():
        full = shortened.get(number)
        message = (
            _("There is no %(code)s, but a %(full)s. Were its leading zeros lost?")
            if full
            else _("There is no %(code)s.")
        )
        yield Fault(line, "", number, "unknown_code", message % {"code": number, "full": full})
