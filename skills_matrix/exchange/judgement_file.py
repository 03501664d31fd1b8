"""Judgements from a table that HR filled in: CSV or Excel in, rows and faults out. Pure.

`HEADS` names the columns; either name serves as head. A skill is named by its key; `valid_until`
is the last day, may be empty, and so may `note`. Widths of letters and digits do not matter.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from courses.exercises.limits import MIB, Limits
from courses.exercises.refusals import REASONS, FileRefused
from courses.exercises.xlsx_file import read_xlsx
from lms.exceptions import InvalidCsv
from lms.people.csv_table import MAX_BYTES, Fault, read_csv
from skills_matrix.engine.columns import ASSESSMENT_KINDS, LEVELS

HEADS: Final[Mapping[str, str]] = {
    "staff_number": "職員番号",
    "competency": "スキル",
    "level": "レベル",
    "kind": "根拠",
    "assessed_on": "判定日",
    "valid_until": "有効期限",
    "note": "備考",
}
OPTIONAL: Final = {"valid_until", "note"}
# How the kinds of judgement are called in a file.
KINDS: Final[Mapping[str, str]] = {
    "自己評価": "self",
    "上司評価": "supervisor",
    "資格": "certificate",
    "試験": "test",
    "プロジェクト": "project",
    "メンタリング": "mentoring",
    **{kind: kind for kind in ASSESSMENT_KINDS},
}
# HR's whole office, a few judgements each.
LIMITS: Final = Limits(rows=20_000, unpacked_bytes=64 * MIB)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of the file. `valid_until` is the last day it holds; None = no end."""

    line: int
    staff_number: str
    competency: str
    level: int
    kind: str
    assessed_on: date
    valid_until: date | None
    note: str


@dataclass(frozen=True, slots=True)
class JudgementFile:
    rows: tuple[Judgement, ...]
    faults: tuple[Fault, ...]


def read_judgements(data: bytes) -> JudgementFile:
    """The rows that can be read, and why the others cannot.

    Raises:
        InvalidCsv: the file as a whole cannot be read.
    """
    if len(data) > MAX_BYTES:
        message = _("The file is larger than %(megabytes)d MB.") % {"megabytes": MAX_BYTES // 2**20}
        raise InvalidCsv("too_large", message)
    is_excel = zipfile.is_zipfile(io.BytesIO(data))
    header, records, faults = _excel(data) if is_excel else _csv(data)
    places = _places(header)
    faults += [
        Fault(1, HEADS[name], "", "missing_column", _("This column is missing."))
        for name in HEADS
        if name not in places and name not in OPTIONAL
    ]
    if faults:
        return JudgementFile((), tuple(faults))
    rows: list[Judgement] = []
    for line, cells in records:
        given = dict.fromkeys(HEADS, "")
        given |= {
            name: unicodedata.normalize("NFKC", cells[n]).strip() for name, n in places.items()
        }
        if not any(given.values()):
            continue
        try:
            rows.append(_judgement(line, given))
        except _Unreadable as fault:
            faults.append(Fault(line, HEADS[fault.name], fault.value, "unreadable", fault.message))
    return JudgementFile(tuple(rows), tuple(faults))


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


class _Unreadable(Exception):
    def __init__(self, name: str, value: str, message: str) -> None:
        super().__init__(message)
        self.name, self.value, self.message = name, value, message


def _judgement(line: int, given: Mapping[str, str]) -> Judgement:
    read = {name: READ[name](name, given[name]) for name in HEADS}
    if read["valid_until"] is not None and read["valid_until"] < read["assessed_on"]:
        message = _("The last day must not be before the day of the judgement.")
        raise _Unreadable("valid_until", given["valid_until"], message)
    return Judgement(line=line, **read)


def _text(name: str, value: str) -> str:
    if not value:
        raise _Unreadable(name, value, _("This must not be empty."))
    return value


def _note(name: str, value: str) -> str:
    return value


def _level(name: str, value: str) -> int:
    if value not in {str(level) for level in LEVELS}:
        message = _("A level is a number from 0 to %(most)d.") % {"most": max(LEVELS)}
        raise _Unreadable(name, value, message)
    return int(value)


def _kind(name: str, value: str) -> str:
    if value not in KINDS:
        japanese = "、".join(key for key in KINDS if key not in ASSESSMENT_KINDS)
        raise _Unreadable(name, value, _("Write one of: %(kinds)s.") % {"kinds": japanese})
    return KINDS[value]


def _day(name: str, value: str) -> date:
    found = _DAY.fullmatch(value)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise _Unreadable(name, value, _("Write a day as 2026-04-01."))


def _day_or_none(name: str, value: str) -> date | None:
    return _day(name, value) if value else None


READ: Final[Mapping[str, Callable[[str, str], Any]]] = {
    "staff_number": _text,
    "competency": _text,
    "level": _level,
    "kind": _kind,
    "assessed_on": _day,
    "valid_until": _day_or_none,
    "note": _note,
}

Records = Iterable[tuple[int, Sequence[str]]]


def _csv(data: bytes) -> tuple[Sequence[str], Records, list[Fault]]:
    table = read_csv(data)
    return table.header, [(row.line, row.cells) for row in table.rows], list(table.faults)


def _excel(data: bytes) -> tuple[Sequence[str], Records, list[Fault]]:
    """The first sheet that holds anything."""
    try:
        grid = read_xlsx(data, limits=LIMITS)
    except FileRefused as fault:
        message = _(REASONS[fault.reason]) % fault.params
        raise InvalidCsv(fault.reason, message) from fault
    lines = [(line.number, [cell.text for cell in line.cells]) for line in grid.lines]
    return lines[0][1], lines[1:], []


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by either of its names."""
    return {
        name: place
        for name, head in HEADS.items()
        for place, found in enumerate(header)
        if found.strip() in (name, head)
    }
