"""The matrix: people × competencies, filtered, in order and in groups, with what they add up to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.models import Department, JobTier, Role
from skills_matrix.access import require_matrix
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import ScaleStep, competencies_held, scale
from skills_matrix.engine.arrays import ABSENT, Ints
from skills_matrix.engine.columns import LEVEL_MAX
from skills_matrix.engine.conditions import CellConditions, matching_cells
from skills_matrix.engine.keys import positions_in
from skills_matrix.engine.table import SkillTable, Small
from skills_matrix.exceptions import UnknownFilterValue
from skills_matrix.frames import office_day
from skills_matrix.reports.columns import Column, competencies_shown
from skills_matrix.reports.grid import Grid, MatrixCells, MatrixSums, shown_sums
from skills_matrix.reports.order import rows_in_order
from skills_matrix.reports.roster import (
    GROUPINGS,
    Grouping,
    Roster,
    Scope,
    everyone_in,
    roles_of,
    roster_on,
)
from skills_matrix.reports.table import skill_table, with_details

# How a level is compared -> the lowest and the highest level that match.
LEVEL_RANGES: dict[str, Callable[[int], tuple[int, int]]] = {
    "at_least": lambda level: (level, LEVEL_MAX),
    "at_most": lambda level: (0, level),
    "exactly": lambda level: (level, level),
    "never": lambda level: (ABSENT, ABSENT),
}


@dataclass(frozen=True)
class MatrixFilters(Scope):
    """What narrows the matrix; empty or None = not narrowed.

    `framework` and `group` choose columns. The conditions from `level_is` on must all be met by
    one cell: that of `competency`, or without one, of any column shown. `assurance`: levels are
    derived from evidence at least as sure, instead of as the rule says.
    """

    framework: str = ""
    group: str = ""
    competency: str = ""
    level_is: str = ""
    level: int | None = None
    gap: int | None = None
    expires_within: int | None = None
    older_than: int | None = None
    assurance: int | None = None

    @property
    def conditions(self) -> CellConditions:
        is_asked = self.level is not None or self.level_is == "never"
        ranged = LEVEL_RANGES[self.level_is or "at_least"](self.level or 0)
        return CellConditions(
            levels=ranged if is_asked else None,
            gap=self.gap,
            expires_within=self.expires_within,
            older_than=self.older_than,
        )


@dataclass(frozen=True)
class MatrixLayout:
    """In which order (a key of `SORTS`, after “-” from the other end), by which groups.

    With `collapse` the columns are categories: the level is the mean of what is assessed, the gap
    the worst.
    """

    sort: str = "department"
    group_by: str = ""
    collapse: bool = False


@dataclass(frozen=True)
class MatrixRow:
    staff_number: str
    name: str
    kana: str
    department: Department
    tier: JobTier | None
    roles: list[Role]


@dataclass(frozen=True)
class MatrixGroup:
    """Rows `start` to `start + count`. `titled` None = those in no group."""

    titled: Any
    start: int
    count: int
    sums: MatrixSums


@dataclass(frozen=True)
class Turnover:
    """Of the people in the scope: how many were not there on the earlier day, or are no more."""

    joined: int
    left: int


@dataclass(frozen=True)
class Matrix:
    """`count` rows in all, of which `rows` are the page; grouped by role a person may have several.

    `sums` and `groups` are over all pages; of small groups only for HR.
    """

    as_of: datetime
    compared_to: datetime | None
    count: int
    columns: list[Column]
    scale: list[ScaleStep]
    rows: list[MatrixRow]
    cells: MatrixCells
    sums: MatrixSums
    groups: list[MatrixGroup]
    turnover: Turnover | None


def matrix(
    *,
    viewer: Any,
    filters: MatrixFilters,
    layout: MatrixLayout | None = None,
    as_of: datetime | None = None,
    compared_to: datetime | None = None,
    page: int | None = 1,
    page_size: int = 50,
    what: str | None = "matrix",
) -> Matrix:
    """One page of the matrix, and the sums over all its pages. Looks are logged.

    Args:
        as_of: None = now, which reads the copy instead of deriving.
        compared_to: the moment from which changes are shown; of the people of `as_of`.
        page: from 1; None = everybody, for exports. A page past the end has no rows.
        what: for the log, begins with a key of `PURPOSES`; None = the caller logs what it shows.

    Raises:
        PermissionDenied: the viewer may not see the matrix.
        UnknownFilterValue: a filter names nothing.
    """
    require_matrix(viewer)
    layout = layout or MatrixLayout()
    moment = as_of or timezone.now()
    on = office_day(moment)
    conditions = filters.conditions
    shown = competencies_shown(on, framework=filters.framework, group=filters.group)
    about, asked = _asked(shown, filters.competency, moment)
    everybody = roster_on(on, viewer=viewer, scope=filters)

    def table_of(employee_id: Ints, *, at: datetime | None, levels_only: bool) -> SkillTable:
        return skill_table(
            employee_id=employee_id,
            competencies=asked,
            as_of=at,
            minimum_assurance=filters.assurance,
            levels_only=levels_only,
        )

    levels_only = not conditions.asks_when
    table = table_of(everybody.employee_id, at=as_of, levels_only=levels_only)
    roster = _those_in(everybody, table)
    if not conditions.is_any:
        cells = matching_cells(table, conditions, as_of=moment)
        matched = cells[:, about] if about is not None else cells[:, : len(shown)].any(axis=1)
        kept = np.flatnonzero(matched)
        roster, table = roster.at(kept), table.rows(kept)
    grouping = GROUPINGS[layout.group_by](roster)
    order = rows_in_order(roster, table, about, grouping, layout.sort)
    width = np.arange(len(shown))

    earlier = None
    if compared_to is not None:
        past = table_of(roster.employee_id, at=compared_to, levels_only=True)
        earlier = _like(past.columns(width), roster)
    grid = Grid(roster, table.columns(width), earlier, shown, layout.collapse)

    begin = 0 if page is None else (page - 1) * page_size
    end = order.size if page is None else begin + page_size
    places = grouping.place[order[begin:end]]
    people = roster.at(places)
    detailed = grid.table.rows(places)
    if levels_only and as_of is None and filters.assurance is None:
        detailed = with_details(detailed)
    if what is not None:
        seen = set(people.employee_id.tolist())
        log_skills_views(viewer=viewer, subject_ids=seen, what=what)
    turnover = None
    if compared_to is not None:
        turnover = _turnover(everybody, viewer, filters, compared_to)
    total, groups = _added_up(grid, grouping, viewer, is_grouped=bool(layout.group_by))
    return Matrix(
        as_of=moment,
        compared_to=compared_to,
        count=order.size,
        columns=grid.columns,
        scale=scale(),
        rows=_rows(people),
        cells=grid.cells(places, detailed),
        sums=total,
        groups=groups,
        turnover=turnover,
    )


def _asked(
    shown: list[Competency], key: str, moment: datetime
) -> tuple[int | None, list[Competency]]:
    """The place of the competency that conditions and order are about, and all to be read."""
    if not key:
        return None, shown
    for place, competency in enumerate(shown):
        if competency.key == key:
            return place, shown
    hidden = competencies_held(office_day(moment)).filter(key=key).first()
    if hidden is None:
        raise UnknownFilterValue(
            _("Nothing has the key “%(key)s”.") % {"key": key}, place="competency"
        )
    return len(shown), [*shown, hidden]


def _those_in(roster: Roster, table: SkillTable) -> Roster:
    """The people who are in the table, too: a change may have come between the two readings."""
    if roster.employee_id.size == table.employee_id.size:
        return roster
    return roster.at(np.flatnonzero(np.isin(roster.employee_id, table.employee_id)))


def _like(table: SkillTable, roster: Roster) -> Small:
    """Levels of everybody in the roster, none of those who are not in the table."""
    levels = np.full((roster.employee_id.size, table.competency_id.size), ABSENT, dtype=np.int8)
    order = np.argsort(roster.employee_id)
    levels[order[positions_in(roster.employee_id[order], table.employee_id)]] = table.level
    return levels


# --- what is shown ----------------------------------------------------------------------------


def _added_up(
    grid: Grid, grouping: Grouping, viewer: Any, *, is_grouped: bool
) -> tuple[MatrixSums, list[MatrixGroup]]:
    """All together, and the groups that somebody is in, in their order, which is that of the rows;
    as far as the viewer may see them beside each other."""
    roster, rank = grid.roster, grouping.rank
    everyone = np.arange(roster.employee_id.size)
    sums = {ABSENT: grid.sums(everyone, np.zeros_like(everyone))[0]}
    people = {ABSENT: everyone_in(roster)}
    present, count = np.unique(rank, return_counts=True)
    if is_grouped and present.size:
        sums |= zip(present.tolist(), grid.sums(grouping.place, rank), strict=True)
        people |= replace(grouping, unit=rank).people(roster)
    shown = shown_sums(viewer, sums, people)
    start = np.cumsum(count) - count
    titled = [*grouping.titled.values(), None]
    groups = [
        MatrixGroup(titled[at], begin, size, shown[at])
        for at, begin, size in zip(present.tolist(), start.tolist(), count.tolist(), strict=True)
        if at in sums
    ]
    return shown[ABSENT], groups


def _rows(people: Roster) -> list[MatrixRow]:
    roles = roles_of(people.employee_id.tolist(), people.on)
    return [
        MatrixRow(
            *names, people.departments[department], people.tiers.get(tier), roles[employee_id]
        )
        for names, employee_id, department, tier in zip(
            people.names,
            people.employee_id.tolist(),
            people.department_id.tolist(),
            people.tier_id.tolist(),
            strict=True,
        )
    ]


def _turnover(roster: Roster, viewer: Any, scope: Scope, compared_to: datetime) -> Turnover:
    then = roster_on(office_day(compared_to), viewer=viewer, scope=scope)
    return Turnover(
        joined=int(np.setdiff1d(roster.employee_id, then.employee_id).size),
        left=int(np.setdiff1d(then.employee_id, roster.employee_id).size),
    )
