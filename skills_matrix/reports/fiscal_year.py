"""How sections or tiers stood at the beginning and at the end of a fiscal year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from skills_matrix.access import require_matrix
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.arrays import ABSENT
from skills_matrix.frames import midnight, office_day
from skills_matrix.reports.columns import Column, competencies_shown
from skills_matrix.reports.grid import Grid, MatrixSums, shown_sums
from skills_matrix.reports.roster import GROUPINGS, Scope, everyone_in, roster_on
from skills_matrix.reports.table import skill_table

TOTAL = ABSENT
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class UnitYear:
    """`titled` None = all together. A unit without people at one of the ends has none there."""

    titled: Any
    start: MatrixSums | None
    end: MatrixSums | None


@dataclass(frozen=True)
class FiscalYearReport:
    """`ends_on` is the last day counted: 31 March, or today while the year runs."""

    fiscal_year: int
    starts_on: date
    ends_on: date
    columns: list[Column]
    total: UnitYear
    units: list[UnitYear]


def fiscal_year_report(
    *,
    viewer: Any,
    fiscal_year: int,
    scope: Scope,
    by: str = "department",
    framework: str = "",
    group: str = "",
    minimum_assurance: int | None = None,
    collapse: bool = True,
) -> FiscalYearReport:
    """The sums at the end of 1 April, after the transfers of the year, and at its end.

    Both with the people, postings and rules of the day, for the competencies held at the end.

    Args:
        by: department or tier.
        collapse: by category instead of by competency.

    Raises:
        PermissionDenied: the viewer may not see the matrix.
        UnknownFilterValue: a filter names nothing.
    """
    require_matrix(viewer)
    now = timezone.now()
    begin = midnight(date(fiscal_year, 4, 2)) - _MOMENT
    over = midnight(date(fiscal_year + 1, 4, 1)) - _MOMENT
    end = None if over >= now else over
    ends_on = office_day(end or now)
    competencies = competencies_shown(ends_on, framework=framework, group=group)

    def sums_at(moment: datetime | None) -> tuple[list[Column], dict[int, MatrixSums], Any]:
        return _sums(
            competencies, moment, viewer, scope, by, minimum_assurance, is_collapsed=collapse
        )

    _columns, started, _titled = sums_at(begin)
    columns, ended, titled = sums_at(end)
    return FiscalYearReport(
        fiscal_year=fiscal_year,
        starts_on=office_day(begin),
        ends_on=ends_on,
        columns=columns,
        total=UnitYear(None, started.get(TOTAL), ended.get(TOTAL)),
        units=[
            UnitYear(row, started.get(pk), ended.get(pk))
            for pk, row in titled.items()
            if pk in started or pk in ended
        ],
    )


def _sums(
    competencies: list[Competency],
    moment: datetime | None,
    viewer: Any,
    scope: Scope,
    by: str,
    minimum_assurance: int | None,
    *,
    is_collapsed: bool,
) -> tuple[list[Column], dict[int, MatrixSums], dict[int, Any]]:
    """The sums of each unit by id, of all under `TOTAL`, and what the ids stand for."""
    roster = roster_on(office_day(moment or timezone.now()), viewer=viewer, scope=scope)
    table = skill_table(
        employee_id=roster.employee_id,
        competencies=competencies,
        as_of=moment,
        minimum_assurance=minimum_assurance,
        levels_only=True,
    )
    roster = roster.at(np.flatnonzero(np.isin(roster.employee_id, table.employee_id)))
    grid = Grid(roster, table, None, competencies, is_collapsed)
    grouping = GROUPINGS[by](roster)
    sums: dict[int, MatrixSums] = {}
    if grouping.place.size:
        everybody = np.zeros_like(grouping.place)
        sums = dict(
            zip(
                np.unique(grouping.unit).tolist(),
                grid.sums(grouping.place, grouping.unit),
                strict=True,
            )
        )
        sums[TOTAL] = grid.sums(grouping.place, everybody)[0]
        sums = shown_sums(viewer, sums, grouping.people(roster) | {TOTAL: everyone_in(roster)})
    return grid.columns, sums, grouping.titled
