"""A personnel change in words and columns, for the page and for the file HR takes away."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from courses.bilingual import in_language
from courses.models import Course
from lms.people.import_report import inert
from lms.people.models import Department, EmploymentType, JobTier, Role
from lms.personnel.effects import KINDS, Effect


@dataclass(frozen=True)
class Titles:
    """Titles by code, in the reader's language. A code whose row is gone is its own title."""

    departments: Mapping[str, str]
    tiers: Mapping[str, str]
    roles: Mapping[str, str]
    courses: Mapping[str, str]
    employments: Mapping[str, str]

    def place(self, place: dict[str, Any] | None) -> str:
        """e.g. `税務課 主任 常勤 DXリーダー（兼務：国保年金課）`; nothing for no posting."""
        if place is None:
            return ""
        parts = [
            self.departments.get(place["department"], place["department"]),
            self.tiers.get(place["tier"], place["tier"]),
            # A preview made before employment types were known says nothing of them.
            *(self.employments.get(key, key) for key in [place.get("employment")] if key),
            *(self.roles.get(key, key) for key in place["roles"]),
        ]
        text = " ".join(parts)
        if place["concurrent"]:
            also = ", ".join(self.departments.get(key, key) for key in place["concurrent"])
            text += _(" (also %(departments)s)") % {"departments": also}
        return text

    def training(self, keys: Iterable[str]) -> list[str]:
        return [self.courses.get(key, key) for key in keys]


@dataclass(frozen=True)
class Shown:
    """One person of a change, as a row to read."""

    line: str
    staff_number: str
    name: str
    kinds: str
    before: str
    after: str
    starts: list[str]
    stops: list[str]
    carries: list[str]
    changes: list[str]


def titles() -> Titles:
    def of(rows: Iterable[Any]) -> dict[str, str]:
        return {row.key: in_language(row, "title") for row in rows}

    return Titles(
        of(Department.objects.all()),
        of(JobTier.objects.all()),
        of(Role.objects.all()),
        of(Course.objects.all()),
        of(EmploymentType.objects.all()),
    )


def counts(effects: Iterable[Effect]) -> list[tuple[str, Any, int]]:
    """Of each kind its name, its title and how many people; a person may be of several."""
    number = Counter(kind for row in effects for kind in row["kinds"])
    return [(kind, title, number[kind]) for kind, title in KINDS.items()]


def training_counts(effects: Iterable[Effect]) -> dict[str, int]:
    """How many times training starts, stops and carries over."""
    rows = list(effects)
    return {part: sum(len(row[part]) for row in rows) for part in ("starts", "stops", "carries")}


def chosen(effects: Iterable[Effect], *, kind: str, text: str) -> list[Effect]:
    """Those of a kind ("" = every one) whose staff number or name has the text in it."""
    return [
        row
        for row in effects
        if (not kind or kind in row["kinds"])
        and (text in row["staff_number"] or text in row["name"])
    ]


def shown(effects: Iterable[Effect], titles: Titles) -> list[Shown]:
    return [
        Shown(
            line=str(row["line"] or ""),
            staff_number=row["staff_number"],
            name=row["name"],
            kinds=", ".join(str(KINDS[kind]) for kind in row["kinds"]),
            before=titles.place(row["before"]),
            after=titles.place(row["after"]),
            starts=titles.training(row["starts"]),
            stops=titles.training(row["stops"]),
            carries=titles.training(row["carries"]),
            changes=row["changes"],
        )
        for row in effects
    ]


def columns() -> tuple[str, ...]:
    return (
        _("line"),
        _("staff number"),
        _("name"),
        _("change"),
        _("posting before"),
        _("posting after"),
        _("Training that starts"),
        _("Training that stops"),
        _("Training that carries over"),
        _("detail"),
    )


def as_csv(rows: Iterable[Shown]) -> bytes:
    """With a mark that tells spreadsheets it is UTF-8."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns())
    for row in rows:
        cells = (
            *(row.line, row.staff_number, row.name, row.kinds, row.before, row.after),
            *(" / ".join(part) for part in (row.starts, row.stops, row.carries, row.changes)),
        )
        writer.writerow([inert(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")
