"""The cells of one row by field name, each read by a function that takes it or says why not. Pure.

Widths are made plain where they carry no meaning (numbers, codes, kana). Names keep every
character, because 﨑 and 神 have forms that normalising would quietly replace.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from courses.exceptions import InvalidDate
from courses.japanese_dates import MESSAGES
from lms.exceptions import InvalidCell
from lms.people.csv_table import CsvTable, Fault, Row

Value = TypeVar("Value")

_STAFF_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,31}")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_KANA = re.compile("[ァ-ヺー・ ]+")
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_SPACES = re.compile(r"[ \u3000\t]+")
# Control characters, and the private area in which systems keep characters of their own (外字).
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


@dataclass(frozen=True)
class Column:
    """A column of a file: its field, its Japanese title; the English title is the field."""

    field: str
    title: str
    is_required: bool = False


@dataclass(frozen=True)
class Layout:
    """Where the file has which field."""

    positions: dict[str, int]
    titles: dict[str, str]

    def has(self, name: str) -> bool:
        return name in self.positions


@dataclass
class RowReader:
    """Takes the cells of one row, gathering faults instead of stopping at the first."""

    row: Row
    layout: Layout
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str:
        position = self.layout.positions.get(name)
        return "" if position is None else self.row.cells[position].strip()

    def take(self, name: str, read: Callable[[str], Value], absent: Value) -> Value:
        """The cell as `read` understands it; `absent` where it is empty or cannot be taken."""
        text = self.text(name)
        if not text:
            return absent
        try:
            return read(text)
        except InvalidCell as fault:
            self.refuse(name, text, fault.code, fault.message)
        except InvalidDate as fault:
            self.refuse(name, text, fault.code, _(MESSAGES[fault.code]) % {"hint": fault.hint})
        return absent

    def require(self, name: str, read: Callable[[str], Value], absent: Value) -> Value:
        """As `take`, and an empty cell is a fault."""
        if not self.text(name):
            self.refuse(name, "", "required", _("The value is missing."))
            return absent
        return self.take(name, read, absent)

    def refuse(self, name: str, value: str, code: str, message: str) -> None:
        title = self.layout.titles.get(name, "")
        self.faults.append(Fault(self.row.line, title, value, code, message))


def lay_out(
    table: CsvTable, columns: Iterable[Column], ignored: Iterable[str] = ()
) -> tuple[Layout, list[Fault]]:
    """Find the columns in the header, by their Japanese or English titles."""
    columns = tuple(columns)
    field_of = {plain(name): column for column in columns for name in (column.title, column.field)}
    left_out = {plain(name) for name in ignored}
    layout = Layout({}, {})
    faults = []
    for position, title in enumerate(table.header):
        if plain(title) in left_out:
            continue
        column = field_of.get(plain(title))
        if column is None:
            message = _("The column is not known. Remove it, or name it as one to ignore.")
            faults.append(Fault(1, title, "", "unknown_column", message))
        elif layout.has(column.field):
            message = _("Another column has the same meaning.")
            faults.append(Fault(1, title, "", "repeated_column", message))
        else:
            layout.positions[column.field] = position
            layout.titles[column.field] = title
    faults += [
        Fault(1, column.title, "", "missing_column", _("The column is missing."))
        for column in columns
        if column.is_required and not layout.has(column.field)
    ]
    return layout, faults


def plain(text: str) -> str:
    """The text in its plain width, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def read_staff_number(text: str) -> str:
    """Leading zeros stay; a number that a spreadsheet has reshaped (1.2E+05) is refused."""
    number = plain(text)
    if not _STAFF_NUMBER.fullmatch(number):
        raise InvalidCell(
            "bad_staff_number", _("A staff number is up to 32 letters, digits and hyphens.")
        )
    return number


def read_key(text: str) -> str:
    key = plain(text)
    if not _KEY.fullmatch(key):
        raise InvalidCell(
            "bad_code",
            _("A code is up to 64 letters, digits, hyphens, underscores and full stops."),
        )
    return key


def read_keys(text: str) -> tuple[str, ...]:
    """Codes separated by semicolons, each once, in the order written."""
    parts = (part.strip() for part in plain(text).split(";"))
    return tuple(dict.fromkeys(read_key(part) for part in parts if part))


def read_name(text: str, limit: int = 100) -> str:
    name = _SPACES.sub(" ", text)
    if _UNPRINTABLE.search(name):
        raise InvalidCell(
            "unprintable",
            _("The value has a line break, a control character or a character of one system only."),
        )
    return _within(name, limit)


def read_title(text: str) -> str:
    return read_name(text, limit=200)


def read_kana(text: str) -> str:
    """Full-width katakana with plain spaces, so that names sort alike however they were typed."""
    kana = _SPACES.sub(" ", plain(text)).translate(_HIRAGANA_TO_KATAKANA)
    if not _KANA.fullmatch(kana):
        raise InvalidCell("bad_kana", _("Write it in katakana or hiragana."))
    return _within(kana, 100)


def read_email(text: str) -> str:
    address = plain(text)
    try:
        validate_email(address)
    except ValidationError:
        raise InvalidCell("bad_email", _("It is not an e-mail address.")) from None
    return _within(address, 254)


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidCell(
            "too_long", _("The value is longer than %(limit)d characters.") % {"limit": limit}
        )
    return text
