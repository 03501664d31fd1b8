"""What if these people moved: coverage before beside after. Nothing is written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.calendar import office_today
from lms.people.models import Department, Employee, JobTier, Posting, Role
from lms.people.selectors import postings_on
from lms.personnel.access import may_manage_personnel
from lms.personnel.models import PersonnelChange
from lms.personnel.services import as_if_applied
from skills_matrix.access import employees_with_skills_visible_to, require_whole_matrix
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.chain import Chain, chain_of
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import (
    ScaleStep,
    competencies_held,
    level_rule_on,
    scale,
)
from skills_matrix.engine.coverage import asked_needs, coverage
from skills_matrix.engine.members import unit_members
from skills_matrix.engine.schema import frame_from_rows
from skills_matrix.engine.table import SkillTable, table_of_cells
from skills_matrix.engine.whatif import coverage_changes, move_people, needs_kept
from skills_matrix.exceptions import UnknownFilterValue
from skills_matrix.frames import Frames, midnight, postings_frame, process_needs_frame, read_frames
from skills_matrix.reports.units import Unit, Units, units_visible_to
from skills_matrix.reports.values import rows_of

MOST_FOUND: Final = 20


@dataclass(frozen=True)
class Move:
    """A wish by keys. `department` "" = leaves the office; `tier` "" = keeps the one held."""

    staff_number: str
    department: str = ""
    tier: str = ""
    roles: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True)
class MovedPerson:
    """A wish with its rows. `posting` is what the person holds on that day otherwise."""

    employee: Employee
    posting: Posting | None
    department: Department | None
    tier: JobTier | None
    roles: list[Role]


@dataclass(frozen=True)
class Change:
    """One row per need whose coverage the moves change (frame `coverage_changes`)."""

    unit: Unit
    competency: Competency
    level: int
    change: str
    needed_before: int
    needed: int
    holders_before: int
    holders: int
    shortage_before: int
    shortage: int


@dataclass(frozen=True)
class UnitSize:
    """People of a unit that gains or loses somebody."""

    unit: Unit
    before: int
    after: int


@dataclass(frozen=True)
class WhatIf:
    on: date
    moves: list[MovedPerson]
    changes: list[Change]
    sizes: list[UnitSize]
    scale: list[ScaleStep]


def what_if(*, viewer: Any, on: date, moves: Sequence[Move]) -> WhatIf:
    """The whole office at the beginning of that day, of today as it is now, with and without them.

    Everything ordered until then and every level that ends until then counts in both. Looks at
    the people moved are logged.

    Raises:
        PermissionDenied: the viewer may not see the matrix.
        UnknownFilterValue: a move names somebody or something that does not exist, or somebody
            twice; its place is `moves.N.field`, from 0.
    """
    require_whole_matrix(viewer)
    moved = _named(viewer, on, moves)
    as_of = timezone.now() if on == office_today() else midnight(on)
    plan = Planning.at(viewer, on, as_of)
    before = plan.office()
    people, roles, postings = move_people(
        before.frames.people,
        before.frames.person_roles,
        before.postings,
        *_as_frames(moved),
        as_of=as_of,
    )
    frames = replace(before.frames, people=people, person_roles=roles)
    found = plan.compared(before, Office(frames, postings), moved)
    log_skills_views(viewer=viewer, subject_ids=[row.employee.pk for row in moved], what="what-if")
    return found


def what_if_applied(*, viewer: Any, change: PersonnelChange, on: date) -> WhatIf:
    """The same for a personnel file that is not applied: the office that its import would make.

    The import is done and taken back, so that whoever joins, concurrent postings and orders of
    other days count as they will. Looks at whoever is posted otherwise are logged.

    Raises:
        PermissionDenied: the viewer may not see the matrix, or not the file.
        ChangeRefused: see `as_if_applied`.
    """
    require_whole_matrix(viewer)
    if not may_manage_personnel(viewer):
        raise PermissionDenied
    as_of = timezone.now() if on == office_today() else midnight(on)
    plan = Planning.at(viewer, on, as_of)
    before, were = plan.office(), _mains_on(on)
    with as_if_applied(change):
        after, are = plan.office(), _mains_on(on)
    moved = [
        moved_person
        for pk in sorted(were.keys() | are.keys())
        if (moved_person := _moved_between(were.get(pk), are.get(pk)))
    ]
    found = plan.compared(before, after, moved)
    # Whoever would join is nobody yet, and is not known to have any skill.
    known = Employee.objects.filter(pk__in=[row.employee.pk for row in moved])
    log_skills_views(viewer=viewer, subject_ids=known.values_list("pk", flat=True), what="what-if")
    return found


def _mains_on(on: date) -> dict[int, Posting]:
    """Every main posting of that day by employee, with all that a move says. Three queries."""
    rows = postings_on(on).filter(is_main=True)
    return {
        posting.employee_id: posting
        for posting in rows.select_related("employee", "department", "tier").prefetch_related(
            "roles"
        )
    }


def _moved_between(was: Posting | None, now: Posting | None) -> MovedPerson | None:
    """None = the person is posted as before."""
    if _place(was) == _place(now):
        return None
    held = was or now
    assert held is not None  # noqa: S101 - tells mypy
    return MovedPerson(
        employee=held.employee,
        posting=was,
        department=now.department if now else None,
        tier=now.tier if now else None,
        roles=list(now.roles.all()) if now else [],
    )


def _place(posting: Posting | None) -> Any:
    if posting is None:
        return None
    roles = frozenset(role.pk for role in posting.roles.all())
    return posting.department_id, posting.tier_id, roles


@dataclass(frozen=True)
class Movable:
    """Somebody with the main posting of today; None = holds none."""

    employee: Employee
    posting: Posting | None


def movable_people(*, viewer: Any, search: str) -> tuple[list[Movable], bool]:
    """The first people by name, kana or staff number, and whether there are more.

    Raises:
        PermissionDenied: the viewer may not see the matrix.
    """
    require_whole_matrix(viewer)
    words = Q()
    for word in search.split():
        words &= Q(name__icontains=word) | Q(kana__icontains=word) | Q(staff_number=word)
    people = list(
        employees_with_skills_visible_to(viewer)
        .filter(words)
        .order_by("kana", "staff_number")[: MOST_FOUND + 1]
    )
    shown = people[:MOST_FOUND]
    held = _held_on(office_today(), shown)
    return [Movable(row, held.get(row.pk)) for row in shown], len(people) > MOST_FOUND


def _held_on(on: date, people: Iterable[Employee]) -> dict[int, Posting]:
    """Main postings of that day by employee."""
    rows = postings_on(on).filter(is_main=True, employee__in=[row.pk for row in people])
    return {
        posting.employee_id: posting
        for posting in rows.select_related("department", "tier").prefetch_related("roles")
    }


@dataclass(frozen=True)
class Office:
    """What is known of people and where they work."""

    frames: Frames
    postings: pd.DataFrame


@dataclass(frozen=True)
class Planning:
    """A day, and all that two offices of that day are compared by."""

    on: date
    as_of: datetime
    held: QuerySet[Competency]
    units: Units

    @classmethod
    def at(cls, viewer: Any, on: date, as_of: datetime) -> "Planning":
        return cls(on, as_of, competencies_held(on), units_visible_to(viewer, on))

    def office(self) -> Office:
        """As the database has it now."""
        return Office(
            read_frames(employees=Employee.objects.all(), competencies=self.held, as_of=self.as_of),
            postings_frame(self.units.department_ids, self.on),
        )

    def compared(self, before: Office, after: Office, moved: list[MovedPerson]) -> WhatIf:
        processes = process_needs_frame(self.units.processes, self.held)
        rule = level_rule_on(self.on)
        was, now = (
            _Side.of(
                chain_of(office.frames, rule=rule, as_of=self.as_of),
                office.postings,
                self.units,
                self.as_of,
            )
            for office in (before, after)
        )
        asked = needs_kept(was.asked, now.asked)
        covered = [
            coverage(
                side.table,
                side.table.level,
                side.members,
                pd.concat([processes, needs], ignore_index=True),
                until=self.as_of,
            )
            for side, needs in zip((was, now), asked, strict=True)
        ]
        return WhatIf(
            on=self.on,
            moves=moved,
            changes=_changes(coverage_changes(*covered), self.units.listed, self.held),
            sizes=_sizes(was.members, now.members, self.units.listed),
            scale=scale(),
        )


@dataclass(frozen=True)
class _Side:
    """One of the two offices."""

    table: SkillTable
    members: pd.DataFrame
    asked: pd.DataFrame

    @classmethod
    def of(cls, chain: Chain, postings: pd.DataFrame, units: Units, as_of: datetime) -> "_Side":
        table = table_of_cells(
            chain.cells,
            np.sort(chain.frames.people["employee_id"].to_numpy()),
            chain.frames.competencies["competency_id"].to_numpy(),
        )
        members = unit_members(postings, units.frame, units.departments_frame, as_of=as_of)
        return cls(table, members, asked_needs(table, members, units.frame))


def _as_frames(moved: Iterable[MovedPerson]) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = list(moved)
    return (
        frame_from_rows(
            "moves",
            [
                (
                    row.employee.pk,
                    row.department.pk if row.department else None,
                    row.tier.pk if row.tier else None,
                )
                for row in rows
            ],
        ),
        frame_from_rows(
            "move_roles", [(row.employee.pk, role.pk) for row in rows for role in row.roles]
        ),
    )


def _named(viewer: Any, on: date, moves: Sequence[Move]) -> list[MovedPerson]:
    """The rows that the moves name. Six queries."""
    people = {
        row.staff_number: row
        for row in employees_with_skills_visible_to(viewer).filter(
            staff_number__in=[move.staff_number for move in moves]
        )
    }
    departments, tiers, roles = (
        {row.key: row for row in model._default_manager.all()}
        for model in (Department, JobTier, Role)
    )
    held = _held_on(on, people.values())
    found: dict[str, MovedPerson] = {}
    for number, move in enumerate(moves):
        place = f"moves.{number}"
        if move.staff_number in found:
            raise UnknownFilterValue(
                _("Each person moves once only."), place=f"{place}.staff_number"
            )
        person = _row(people, move.staff_number, f"{place}.staff_number")
        posting = held.get(person.pk)
        found[move.staff_number] = MovedPerson(
            employee=person,
            posting=posting,
            department=_row(departments, move.department, f"{place}.department")
            if move.department
            else None,
            tier=_row(tiers, move.tier, f"{place}.tier")
            if move.tier
            else posting.tier
            if posting
            else None,
            roles=[_row(roles, key, f"{place}.roles") for key in move.roles],
        )
    return list(found.values())


def _row(rows: Mapping[str, Any], key: str, place: str) -> Any:
    if key not in rows:
        raise UnknownFilterValue(_("Nothing has the key “%(key)s”.") % {"key": key}, place=place)
    return rows[key]


def _changes(
    changes: pd.DataFrame, units: Sequence[Unit], held: Iterable[Competency]
) -> list[Change]:
    competencies = {row.pk: row for row in held}
    return [
        Change(
            unit=units[row.unit_id],
            competency=competencies[row.competency_id],
            level=row.level,
            change=row.change,
            needed_before=row.needed_before,
            needed=row.needed,
            holders_before=row.holders_before,
            holders=row.holders,
            shortage_before=row.shortage_before,
            shortage=row.shortage,
        )
        for row in rows_of(changes)
    ]


def _sizes(before: pd.DataFrame, after: pd.DataFrame, units: Iterable[Unit]) -> list[UnitSize]:
    was, now = (Counter(frame["unit_id"].tolist()) for frame in (before, after))
    return [
        UnitSize(unit, was[unit.id], now[unit.id]) for unit in units if was[unit.id] != now[unit.id]
    ]
