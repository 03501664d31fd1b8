"""What every file of the matrix holds, whatever the format. Pure but for the words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from skills_matrix.engine.arrays import ABSENT, Array
from skills_matrix.engine.comparison import CHANGES
from skills_matrix.reports.matrix import Matrix, MatrixRow

Value = str | int | float | None

CHANGE_TITLES: dict[str, Promise] = {
    "rose": pgettext_lazy("change of a level", "rose"),
    "fell": pgettext_lazy("change of a level", "fell"),
    "appeared": pgettext_lazy("change of a level", "newly assessed"),
    "ended": pgettext_lazy("change of a level", "ended"),
}


@dataclass(frozen=True)
class MatrixExport:
    """A matrix of all pages, and what a reader of the file must know about it.

    Attributes:
        conditions: title and value of everything that narrows or orders it, in words.
        by: who exported it, in words.
    """

    found: Matrix
    conditions: list[tuple[str, str]]
    by: str
    at: datetime


def person_heads() -> list[str]:
    """Titles of the columns that say who it is."""
    return [
        _("Staff number"),
        _("Full name"),
        _("Kana"),
        _("Department"),
        _("Job tier"),
        _("Roles"),
    ]


def person_values(row: MatrixRow) -> list[str]:
    """In the order of `person_heads`."""
    return [
        row.staff_number,
        row.name,
        row.kana,
        row.department.title,
        row.tier.title if row.tier else "",
        " / ".join(role.title for role in row.roles),
    ]


@dataclass(frozen=True)
class Block:
    """Values of every person (row) in every competency (column). `title` has a `%(skill)s`."""

    name: str
    label: Promise
    title: Promise
    values: Array


def blocks_of(found: Matrix) -> list[Block]:
    """The levels, and whatever else there is: targets; of categories the lowest; the difference."""
    cells = found.cells
    made = [Block("level", gettext_lazy("Level"), gettext_lazy("%(skill)s"), cells.level)]
    if cells.lowest is None:
        title = gettext_lazy("%(skill)s (target)")
        made.append(Block("target", gettext_lazy("Target"), title, cells.target))
    else:
        title = gettext_lazy("%(skill)s (lowest)")
        made.append(Block("lowest", gettext_lazy("Lowest level"), title, cells.lowest))
    if cells.before is not None:
        title = gettext_lazy("%(skill)s (before)")
        made.append(Block("before", gettext_lazy("Level before"), title, cells.before))
    return made


def numbers_of(values: Array) -> Iterator[list[Value]]:
    """Row by row what a cell shows; None = none. Means have one digit, as on the page."""
    for row in values if values.dtype == np.int8 else values.round(1):
        yield [None if value == ABSENT else value for value in row.tolist()]


def change_words() -> list[str]:
    """By the engine's number of a change; the last, for `ABSENT`, is empty."""
    return [*(str(CHANGE_TITLES[name]) for name in CHANGES), ""]
