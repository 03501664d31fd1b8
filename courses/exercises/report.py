"""What is said about one file: a score, how each rule fared, and every place of a fault. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from courses.exercises.faults import FAULTS
from courses.exercises.grid import Note
from courses.exercises.limits import Limits
from courses.exercises.table import Table
from courses.exercises.xlsx_file import column_letter

# How much of a wrong value a report repeats.
SHOWN = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: rule and fault by key, and where it is.

    Attributes:
        line: as the learner's program counts, from 1; 0 = the file as a whole.
        column: the column's name; empty = the whole row.
        cell: as a spreadsheet names it, `C12`; empty where there is no one cell.
        value: as it was given, shortened; control characters shown as pictures.
        hint: what to write instead; empty = must be looked up.
    """

    rule: str
    fault: str
    line: int
    column: str
    cell: str
    value: str
    hint: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """How a picked rule fared. `checked` 0 = the file had nothing it applies to."""

    rule: str
    weight: float
    is_critical: bool
    checked: int
    failed: int


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one file. `findings` name at most `Limits.findings` places a rule.

    `is_capped`: a critical rule was broken, so that the score stays below the pass mark.
    """

    score: float
    is_capped: bool
    format: str
    rows: int
    rules: tuple[RuleResult, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def findings_of(notes: Iterable[Note], table: Table, limits: Limits) -> Iterator[Finding]:
    """In the order of the file; of each rule only the first so many."""
    told: Counter[str] = Counter()
    for note in sorted(
        notes, key=lambda item: (item.line, table.places.get(item.column, -1), item.fault)
    ):
        rule = FAULTS[note.fault].rule
        told[rule] += 1
        if told[rule] > limits.findings:
            continue
        at = table.places.get(note.column)
        yield Finding(
            rule=rule,
            fault=note.fault,
            line=note.line,
            column=note.column,
            cell=f"{column_letter(at)}{note.line}" if at is not None and note.line else "",
            value=shown(note.value),
            hint=shown(note.hint),
            params=dict(note.params),
        )


def shown(text: str) -> str:
    """Safe to print: shortened, and with pictures for what would steer the reader's screen."""
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return "".join(_picture(character) for character in cut)


def _picture(character: str) -> str:
    code = ord(character)
    if character in "\t\n\r":
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    if (
        code in (0x7F, 0x200B, 0x200E, 0x200F, 0xFEFF)
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0x80 <= code < 0xA0
    ):
        return f"<U+{code:04X}>"
    return character
