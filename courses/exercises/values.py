"""One cell at a time: what is wrong with it, and what it means. Pure.

A cell is read in layers (a mark that stands for something else, spaces, several values, the value
itself), and each layer belongs to one rule, so that one slip is told once.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from courses.exceptions import InvalidDate
from courses.exercises.characters import character_fault, tidy
from courses.exercises.grid import Cell
from courses.exercises.numbers import read_number
from courses.exercises.spec import CODES, DEGREES, NUMERIC, WORDS, Column
from courses.japanese_dates import parse_date


class Slip(NamedTuple):
    """A fault of a cell: key of `faults.FAULTS`; `hint` empty = what is meant cannot be told."""

    fault: str
    hint: str = ""
    params: tuple[tuple[str, object], ...] = ()


class Reading(NamedTuple):
    """What a cell was found to be.

    Attributes:
        meaning: the value in one notation, for comparing; "" = none, None = not understood.
    """

    slips: tuple[Slip, ...]
    meaning: str | None


_DITTO = re.compile(r"[〃々仝〻]+|同上|同左|同右|上に同じ|ditto|\"|''|″|”|↑", re.IGNORECASE)
_MISSING = re.compile(
    r"[-‐‑–—―ー−~〜]+|\.{2,}|…+|・{2,}|\?+|なし|無し|該当なし|該当無し|不明|未定|未詳|不詳|空欄"
    r"|n/?a|null|none|nan|nil|#n/a|#[a-z]+[!?/0]*",
    re.IGNORECASE,
)
_LIST = {
    "words": re.compile(r"[、，;；\n/／・]"),
    "typed": re.compile(r"[、;；\n・~〜～]|から|および|及び"),
    # A comma between two degrees, a slash between two codes; both mean other things elsewhere.
    "degrees": re.compile(r"[、,，;；\n/／・]|(?<=\d)\s+(?=\d)"),
    "codes": re.compile(r"[、,，;；\n/／・]"),
}
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_HOURS = {"正午": "12:00"}
_LOOSE_TIME = re.compile(
    r"(?P<half>午前|午後|am|pm|a\.m\.|p\.m\.)? *(?P<hour>[0-9]{1,2})"
    r" *(?:(?:[:.時]) *(?:(?P<minute>[0-9]{1,2})(?: *分)?(?::00)?|(?P<thirty>半))?|時)?"
    r" *(?P<after>am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_POSTAL = re.compile(r"[0-9]{3}-?[0-9]{4}")
_PHONE = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")
_MINUTES = re.compile(
    r"(?:北緯|東経)?[NE]? *([0-9]{1,3}) *[°度] *([0-9]{1,2}) *[′'分] *"
    r"(?:([0-9]{1,2}(?:\.[0-9]+)?) *(?:\"|''|′′|秒))? *[NE]?"
)
_RANGES = {"lat": (20.0, 46.0), "lon": (122.0, 154.0)}


def read_cell(cell: Cell, column: Column) -> Reading:
    """What is wrong with the cell, and what it means. A blank cell has neither."""
    text = cell.text
    if cell.kind == "merged":
        return Reading((), None)
    if not text.strip():
        return Reading((), "")
    if cell.kind == "formula" or (cell.kind == "plain" and re.match(r"=.", text)):
        return Reading((Slip("formula"),), None)
    if text.strip() in column.symbols:
        return Reading((), "")
    stripped = normalize("NFKC", text).strip()
    if _DITTO.fullmatch(stripped):
        return Reading((Slip("ditto_mark"),), None)
    if stripped not in column.allowed and (cell.kind == "error" or _MISSING.fullmatch(stripped)):
        return Reading((Slip("missing_mark"),), "")
    if _holds_several(text.strip(), column):
        return Reading((Slip("several_values"),), None)
    tidied, space = tidy(text)
    slips = [Slip(space, tidied)] if space else []
    slip, meaning = _value(Cell(tidied, cell.kind), column)
    return Reading((*slips, *slip), meaning)


def _holds_several(text: str, column: Column) -> bool:
    if column.type in WORDS:
        kind = "words"
        if not column.is_atomic or text in column.allowed:
            return False
    elif column.type in DEGREES:
        kind = "degrees"
    elif column.type in CODES:
        kind = "codes"
    else:
        kind = "typed"
    parts = [part for part in _LIST[kind].split(normalize("NFKC", text)) if part.strip()]
    if len(parts) < 2:
        return False
    # In a date or a number only what has digits on both sides is two of them.
    return kind == "words" or sum(bool(re.search(r"[0-9]", part)) for part in parts) > 1


def _value(cell: Cell, column: Column) -> tuple[tuple[Slip, ...], str | None]:
    """The faults of a tidied value and its meaning."""
    if column.type in WORDS:
        return _words(cell.text)
    if column.type in NUMERIC:
        faults, number = read_number(cell, unit=column.unit, is_whole=column.type == "integer")
        return tuple(Slip(fault, number or "") for fault in faults), number
    slip, meaning = _READERS[column.type](cell)
    return ((slip,) if slip else ()), meaning


def _words(text: str) -> tuple[tuple[Slip, ...], str | None]:
    found = character_fault(text)
    if found is None:
        return (), plain_words(text)
    fault, character, hint = found
    return (Slip(fault, hint, (("character", character),)),), None


def plain_words(text: str) -> str:
    """The words without what only looks different: width and spaces."""
    return re.sub(r"\s+", "", normalize("NFKC", text))


Read = tuple[Slip | None, str | None]


def _date(cell: Cell) -> Read:
    text = cell.text
    try:
        day = date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else parse_date(text)
    except InvalidDate as fault:
        hint = fault.hint
        if fault.code == "outside_era":
            hint = parse_date(hint).isoformat()
        return Slip(f"date_{fault.code}", hint), None
    except ValueError:
        return Slip("date_not_a_day"), None
    iso = day.isoformat()
    if text == iso:
        return None, iso
    plain = normalize("NFKC", text)
    if re.match(r"[MTSHR明大昭平令]", plain, re.IGNORECASE):
        return Slip("date_era", iso), iso
    if "年" in plain:
        return Slip("date_kanji", iso), iso
    return Slip("date_fullwidth" if plain != text else "date_notation", iso), iso


def _time(cell: Cell) -> Read:
    text = cell.text
    if _TIME.fullmatch(text):
        return None, text
    if text in _HOURS:
        return Slip("time_notation", _HOURS[text]), _HOURS[text]
    found = _LOOSE_TIME.fullmatch(normalize("NFKC", text))
    if not found:
        return Slip("not_a_time"), None
    hour = int(found["hour"])
    minute = 30 if found["thirty"] else int(found["minute"] or 0)
    half = (found["half"] or found["after"] or "").lower()
    is_afternoon = half.startswith("p") or half == "午後"
    if half and hour > 12:
        return Slip("not_a_time"), None
    if is_afternoon and hour < 12:
        hour += 12
    has_time = half or found["minute"] or found["thirty"] or re.search("[:時]", found[0])
    if not has_time or hour > 23 or minute > 59:
        return Slip("not_a_time"), None
    value = f"{hour:02}:{minute:02}"
    return Slip("time_notation", value), value


def check_digit(five: str) -> str:
    """The sixth digit of a local government code: weights 6 to 2, modulo 11."""
    total = sum(int(digit) * weight for digit, weight in zip(five, range(6, 1, -1), strict=True))
    return str((11 - total % 11) % 10)


def _is_local_government_code(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{6}", text)) and check_digit(text[:5]) == text[5]


def _local_government_code(cell: Cell) -> Read:
    plain = normalize("NFKC", cell.text)
    if not re.fullmatch(r"[0-9]{4,6}", plain):
        return Slip("lg_not_a_code"), None
    if len(plain) == 6:
        if not _is_local_government_code(plain):
            return Slip("lg_wrong_check_digit"), None
        return _as_text(cell, plain)
    if _is_local_government_code(plain.zfill(6)):
        return Slip("lg_zero_lost", plain.zfill(6)), plain.zfill(6)
    five = plain.zfill(5)
    return Slip("lg_no_check_digit", five + check_digit(five)), five + check_digit(five)


def _as_text(cell: Cell, value: str) -> Read:
    """A code is text in half-width digits."""
    if cell.kind == "number":
        return Slip("code_as_number", value), value
    if cell.text != value:
        return Slip("code_fullwidth", value), value
    return None, value


def _postal(cell: Cell) -> Read:
    plain = re.sub(r"[〒\s]", "", normalize("NFKC", cell.text))
    plain = re.sub(r"[‐‑–—―ー−]", "-", plain)
    if not _POSTAL.fullmatch(plain):
        return Slip("not_a_postal_code"), None
    digits = plain.replace("-", "")
    whole = f"{digits[:3]}-{digits[3:]}"
    if cell.kind == "number":
        return Slip("code_as_number", whole), whole
    if not _POSTAL.fullmatch(cell.text):
        return Slip("postal_notation", whole), whole
    return None, whole


def _phone(cell: Cell) -> Read:
    if _PHONE.fullmatch(cell.text):
        return None, cell.text
    plain = re.sub(r"[‐‑–—―ー−]", "-", normalize("NFKC", cell.text))
    plain = re.sub(r"^(?:tel|電話)[:.]? *", "", plain, flags=re.IGNORECASE).replace(" ", "")
    dashed = re.sub(r"[()]", "-", plain).strip("-")
    if _PHONE.fullmatch(dashed):
        return Slip("phone_notation", dashed), dashed
    return Slip("not_a_phone_number"), None


def _degrees(kind: str) -> Callable[[Cell], Read]:
    low, high = _RANGES[kind]

    def read(cell: Cell) -> Read:
        plain = normalize("NFKC", cell.text).replace("’", "'")
        if minutes := _MINUTES.fullmatch(plain):
            whole, part, seconds = (float(item or 0) for item in minutes.groups())
            value = f"{whole + part / 60 + seconds / 3600:.6f}"
            return Slip("degrees_minutes", value), _degrees_meaning(value)
        trimmed = re.sub(r"^(?:北緯|東経)|[°度NE]$", "", plain).strip()
        if not _DEGREES.fullmatch(trimmed):
            return Slip("not_degrees"), None
        number = float(trimmed)
        if not low <= number <= high:
            others = [span for name, span in _RANGES.items() if name != kind]
            is_swapped = any(start <= number <= end for start, end in others)
            return Slip("degrees_swapped" if is_swapped else "degrees_outside"), None
        if trimmed != cell.text:
            return Slip("degrees_notation", trimmed), _degrees_meaning(trimmed)
        return None, _degrees_meaning(trimmed)

    return read


def _degrees_meaning(text: str) -> str:
    return f"{float(text):.5f}"


_READERS: dict[str, Callable[[Cell], Read]] = {
    "date": _date,
    "time": _time,
    "code-lg": _local_government_code,
    "postal": _postal,
    "phone": _phone,
    "lat": _degrees("lat"),
    "lon": _degrees("lon"),
}
