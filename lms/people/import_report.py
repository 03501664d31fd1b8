"""What an import did or refused, for people to read."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.csv_table import Fault
from lms.people.importing import CHANGES, Change

FILES = {"people": gettext_lazy("people"), "departments": gettext_lazy("departments")}
FAULTS_SHOWN = 200
# A spreadsheet runs a cell that begins with one of these.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class ImportReport:
    """The outcome of one file, a key of `FILES`.

    `rows` is how many rows carried values. With any fault `changes` is empty. `changes` without
    `is_written` are what would have been: a dry run, or the other file of the import was refused.
    `keys` is line and staff number of every row of a file of people that was taken, also of those
    that change nothing.
    """

    file: str
    rows: int
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_written: bool = False
    keys: tuple[tuple[int, str], ...] = ()

    @property
    def is_refused(self) -> bool:
        return bool(self.faults)

    def summary(self) -> str:
        """One line, e.g. `people: 200 rows, 0 changes`, and the changes by kind."""
        counts = {"file": FILES[self.file], "rows": self.rows, "number": len(self.faults)}
        if self.is_refused:
            return _("%(file)s: %(rows)d rows, %(number)d faults; nothing was taken.") % counts
        kinds = Counter(change.kind for change in self.changes)
        counts["number"] = len(self.changes)
        parts = [_("%(file)s: %(rows)d rows, %(number)d changes") % counts]
        parts += [f"{CHANGES[kind]} {number}" for kind, number in kinds.items()]
        if not self.is_written:
            parts.append(_("nothing written"))
        return ", ".join(parts)

    def fault_table(self) -> str:
        """The faults as a table for a terminal; a long list is cut, and says so."""
        lines = _aligned([_fault_titles(), *map(_fault_cells, self.faults[:FAULTS_SHOWN])])
        if len(self.faults) > FAULTS_SHOWN:
            rest = len(self.faults) - FAULTS_SHOWN
            lines.append(_("… and %(number)d more.") % {"number": rest})
        return "\n".join(lines)

    def change_table(self) -> str:
        """The changes as a table for a terminal."""
        titles = (_("line"), _("key"), _("change"), _("detail"))
        return "\n".join(
            _aligned(
                [
                    titles,
                    *(
                        (str(row.line), row.key, str(CHANGES[row.kind]), row.detail)
                        for row in self.changes
                    ),
                ]
            )
        )


def write_faults(faults: Iterable[tuple[str, Fault]], file: IO[str]) -> None:
    """Write faults with the file they are of as CSV; open it with `utf-8-sig` and no newline."""
    writer = csv.writer(file)
    writer.writerow([_("file"), *_fault_titles()])
    for name, fault in faults:
        writer.writerow([inert(cell) for cell in (name, *_fault_cells(fault))])


def _fault_titles() -> tuple[str, ...]:
    return (_("line"), _("column"), _("value"), _("reason"))


def _fault_cells(fault: Fault) -> tuple[str, ...]:
    return (str(fault.line), fault.column, fault.value, fault.message)


def inert(cell: str) -> str:
    """The cell so that a spreadsheet shows it instead of running it."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]


def _width(text: str) -> int:
    """Columns of a terminal: Japanese characters take two."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in text)
