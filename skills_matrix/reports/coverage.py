"""Coverage for readers: the units in numbers, the risks, and one unit with its holders."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.models import Department, Employee, Posting
from lms.people.selectors import postings_on
from skills_matrix.access import (
    employees_with_skills_visible_to,
    groups_withheld_from,
    may_see_matrix,
)
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import ScaleStep, scale
from skills_matrix.engine.arrays import ABSENT, arrays_of, microseconds
from skills_matrix.engine.columns import RISK_REASONS
from skills_matrix.exceptions import NotVisible
from skills_matrix.frames import office_day
from skills_matrix.reports.covering import Covering, cover, members_of
from skills_matrix.reports.units import Unit, Units, units_visible_to
from skills_matrix.reports.values import moment_at

# Who is about to go is named first.
STATES: Final = ("leaving", "expiring", "secure")


@dataclass(frozen=True)
class Need:
    """One row per unit, competency and level. `reason` "" = not at risk, with `rank` 0.

    `bus_factor` None = nobody is needed.
    """

    unit: Unit
    competency: Competency
    level: int
    needed: int
    people: int
    assessed: int
    holders: int
    leaving: int
    expiring: int
    secure: int
    shortage: int
    bus_factor: int | None
    reason: str
    missing: int
    rank: int


@dataclass(frozen=True)
class UnitRow:
    """A unit in numbers: how many needs, of them covered or at risk, by reason.

    `is_suppressed`: too small for this viewer; then everything but the unit is None.
    """

    unit: Unit
    is_suppressed: bool
    people: int | None
    needs: int | None
    covered: int | None
    by_reason: dict[str, int] | None
    least_bus_factor: int | None


@dataclass(frozen=True)
class CoverageReport:
    """`risks` come with the gravest first, `needs` by unit. Suppressed units are in neither."""

    as_of: datetime
    horizon_on: date
    units: list[UnitRow]
    needs: list[Need]
    risks: list[Need]
    choices: list[tuple[Department, int]]
    scale: list[ScaleStep]


@dataclass(frozen=True)
class Holder:
    """A member at the level. `leaves_on` is the first day without; `falls_at` the level's end."""

    employee: Employee
    posting: Posting
    level: int
    state: str
    leaves_on: date | None
    falls_at: datetime | None


@dataclass(frozen=True)
class HeldNeed:
    """A need with the holders whose name the viewer may see, and how many there are besides."""

    need: Need
    holders: list[Holder]
    unnamed: int


@dataclass(frozen=True)
class UnitCoverage:
    as_of: datetime
    horizon_on: date
    row: UnitRow
    needs: list[HeldNeed]
    scale: list[ScaleStep]


def coverage_report(
    *,
    viewer: Any,
    as_of: datetime | None = None,
    days: int,
    department: str = "",
    kind: str = "",
) -> CoverageReport:
    """The units that the viewer may see, in numbers without names.

    Raises:
        PermissionDenied: the viewer sees no unit.
        UnknownFilterValue: there is no such department for the viewer.
    """
    on = office_day(as_of or timezone.now())
    units = units_visible_to(viewer, on, department=department, kind=kind, with_projects=True)
    found = cover(units, as_of=as_of, days=days)
    small = small_units(found, units, viewer)
    needs = [need for need in needs_of(found, units.listed) if need.unit.id not in small]
    return CoverageReport(
        as_of=found.as_of,
        horizon_on=horizon_day(found, days),
        units=_in_numbers(found, units.listed, needs, small),
        needs=needs,
        risks=sorted((need for need in needs if need.rank), key=lambda need: need.rank),
        choices=units.choices,
        scale=scale(),
    )


def unit_coverage(
    *, viewer: Any, kind: str, key: str, as_of: datetime | None = None, days: int
) -> UnitCoverage:
    """One unit with the names of its holders. Every look at somebody is logged.

    Raises:
        PermissionDenied: the viewer sees no unit.
        NotVisible: there is no such unit, or not for this viewer; it does not say which.
    """
    on = office_day(as_of or timezone.now())
    units = units_visible_to(viewer, on, kind=kind, key=key, with_projects=True)
    if not units.listed:
        raise NotVisible(_("No such section or business process."))
    found = cover(units, as_of=as_of, days=days)
    small = small_units(found, units, viewer)
    needs = [need for need in needs_of(found, units.listed) if need.unit.id not in small]
    rows = _in_numbers(found, units.listed, needs, small)
    if not rows:
        raise NotVisible(_("No such section or business process."))
    named = {} if small else _named(found, employees_with_skills_visible_to(viewer), on)
    held = _with_holders(needs, found, named)
    shown = {holder.employee.pk for need in held for holder in need.holders}
    log_skills_views(viewer=viewer, subject_ids=shown, what=f"coverage:{kind}:{key}"[:64])
    return UnitCoverage(
        as_of=found.as_of,
        horizon_on=horizon_day(found, days),
        row=rows[0],
        needs=held,
        scale=scale(),
    )


def horizon_day(found: Covering, days: int) -> date:
    """The last day within the horizon."""
    return office_day(found.as_of) + timedelta(days=days)


def small_units(found: Covering, units: Units, viewer: Any) -> set[int]:
    """Ids of units in which a number would be somebody's level, by itself or by subtraction.

    Decided over every unit the viewer may see: what one request leaves out another would show.
    """
    if may_see_matrix(viewer):
        return set()
    every = units_visible_to(viewer, office_day(found.as_of), with_projects=True)
    people = members_of(every, found.as_of)
    of_unit: dict[int, set[int]] = defaultdict(set)
    for unit_id, person in zip(people["unit_id"], people["employee_id"], strict=True):
        of_unit[int(unit_id)].add(int(person))
    withheld = groups_withheld_from(
        viewer, {(unit.kind, unit.key): frozenset(of_unit[unit.id]) for unit in every.listed}
    )
    return {unit.id for unit in units.listed if (unit.kind, unit.key) in withheld}


def needs_of(found: Covering, units: Iterable[Unit]) -> list[Need]:
    """By unit, competency in the order of the frameworks, and level from high to low."""
    by_id = {unit.id: unit for unit in units}
    place = {row.pk: number for number, row in enumerate(found.competencies)}
    at_risk = {tuple(row[:3]): tuple(row[3:]) for row in _lists("risks", found.risks)}
    reasons = ("", *RISK_REASONS)
    needs = []
    for row in _lists("coverage", found.coverage):
        unit_id, competency_id, level = row[:3]
        needed, people, assessed, holders, leaving, expiring, secure, shortage, spare = row[3:]
        reason, missing, rank = at_risk.get((unit_id, competency_id, level), (ABSENT, 0, 0))
        needs.append(
            Need(
                unit=by_id[unit_id],
                competency=found.competencies[place[competency_id]],
                level=level,
                needed=needed,
                people=people,
                assessed=assessed,
                holders=holders,
                leaving=leaving,
                expiring=expiring,
                secure=secure,
                shortage=shortage,
                bus_factor=None if spare == ABSENT else spare,
                reason=reasons[reason + 1],
                missing=missing,
                rank=rank,
            )
        )
    return sorted(needs, key=lambda need: (need.unit.id, place[need.competency.pk], -need.level))


def _lists(name: str, frame: pd.DataFrame) -> Iterator[list[int]]:
    """The rows of a frame as lists, words by their place and absence by -1."""
    columns = arrays_of(name, frame)
    for values in zip(*(columns[key].tolist() for key in columns), strict=True):
        yield list(values)


def _in_numbers(
    found: Covering, units: Iterable[Unit], needs: Iterable[Need], small: set[int]
) -> list[UnitRow]:
    """Each unit with people or needs; a section without people is no section to cover."""
    people = Counter(found.members["unit_id"].tolist())
    of_unit: dict[int, list[Need]] = defaultdict(list)
    for need in needs:
        of_unit[need.unit.id].append(need)
    rows = []
    for unit in units:
        if unit.id in small:
            rows.append(UnitRow(unit, True, None, None, None, None, None))
        elif people[unit.id] or unit.kind == "process":
            mine = [need for need in of_unit[unit.id] if need.needed]
            reasons = Counter(need.reason for need in mine)
            rows.append(
                UnitRow(
                    unit=unit,
                    is_suppressed=False,
                    people=people[unit.id],
                    needs=len(mine),
                    covered=sum(not need.shortage for need in mine),
                    by_reason={reason: reasons[reason] for reason in RISK_REASONS},
                    least_bus_factor=min(
                        (need.bus_factor for need in mine if need.bus_factor is not None),
                        default=None,
                    ),
                )
            )
    return rows


def _named(found: Covering, visible: QuerySet[Employee], on: date) -> dict[int, Posting]:
    """Main postings of the members whose name may be shown, by employee."""
    postings = postings_on(on).filter(
        is_main=True,
        employee__in=visible.filter(pk__in=found.members["employee_id"].tolist()),
    )
    return {
        posting.employee_id: posting
        for posting in postings.select_related("employee", "department", "tier")
    }


def _with_holders(
    needs: Iterable[Need], found: Covering, named: Mapping[int, Posting]
) -> list[HeldNeed]:
    """The holders of each need: who is about to go first, then by kana."""
    table = found.table
    column = {pk: number for number, pk in enumerate(table.competency_id.tolist())}
    leaves = dict(
        zip(
            found.members["employee_id"].tolist(),
            arrays_of("members", found.members)["leaves_at"].tolist(),
            strict=True,
        )
    )
    members = np.flatnonzero(np.isin(table.employee_id, found.members["employee_id"]))
    horizon = microseconds(found.until)
    held = []
    for need in needs:
        at = column[need.competency.pk]
        holders = []
        for row in members[table.level[members, at] >= need.level].tolist():
            person = int(table.employee_id[row])
            if person not in named:
                continue
            leaves_at, falls = leaves[person], bool(found.later[row, at] < need.level)
            goes = leaves_at <= horizon
            leaves_on = moment_at(leaves_at)
            holders.append(
                Holder(
                    employee=named[person].employee,
                    posting=named[person],
                    level=int(table.level[row, at]),
                    state="leaving" if goes else "expiring" if falls else "secure",
                    leaves_on=office_day(leaves_on) if goes and leaves_on else None,
                    falls_at=moment_at(int(table.expires_at[row, at])) if falls else None,
                )
            )
        holders.sort(
            key=lambda holder: (
                STATES.index(holder.state),
                holder.employee.kana,
                holder.employee.staff_number,
            )
        )
        held.append(HeldNeed(need, holders, need.holders - len(holders)))
    return held
