"""What a file holds, before anything is judged. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# `plain`: CSV knows texts only. `merged`: covered by a merged cell, its value stands elsewhere.
Kind = Literal["plain", "text", "number", "date", "time", "formula", "error", "merged"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as plain digits, a date or time as ISO 8601 has it."""

    text: str
    kind: Kind = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file. `number` is the one that the learner's program shows, from 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.text.strip() or cell.kind == "merged" for cell in self.cells)

    def text(self, index: int) -> str:
        return self.cells[index].text if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Note:
    """A breach of a rule: key of `faults.FAULTS`, and where it is.

    `line` 0 = the file as a whole; no `column` = the whole row. `hint` is what to write instead;
    empty = cannot be told.
    """

    fault: str
    line: int = 0
    column: str = ""
    value: str = ""
    hint: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a file with their physical places, and what was wrong with the file itself."""

    format: Literal["csv", "xlsx"]
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
