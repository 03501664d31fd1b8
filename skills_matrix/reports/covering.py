"""From rows to the engine's coverage: which people, which levels, now and at the horizon."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
from django.db.models import QuerySet
from django.utils import timezone

from lms.people.models import Employee
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.arrays import microseconds
from skills_matrix.engine.cells import matrix_cells
from skills_matrix.engine.coverage import asked_needs, coverage, coverage_risks
from skills_matrix.engine.falling import levels_until
from skills_matrix.engine.members import unit_members
from skills_matrix.engine.schema import empty_frame
from skills_matrix.engine.table import SkillTable, table_of_cells
from skills_matrix.frames import (
    midnight,
    office_day,
    postings_frame,
    process_needs_frame,
    project_members_frame,
    project_needs_frame,
)
from skills_matrix.reports.table import skill_table
from skills_matrix.reports.units import Units


@dataclass(frozen=True)
class Covering:
    """Everything behind the coverage of some units (grains in engine/schema.py).

    `later` has the levels of `table` as they stand at `until`.
    """

    as_of: datetime
    until: datetime
    competencies: list[Competency]
    table: SkillTable
    later: npt.NDArray[np.int8]
    members: pd.DataFrame
    coverage: pd.DataFrame
    risks: pd.DataFrame


def horizon_of(as_of: datetime, days: int) -> datetime:
    """The end of the day so many days later in the office: a posting that ends then is over."""
    return midnight(office_day(as_of) + timedelta(days=days + 1))


def members_of(units: Units, as_of: datetime) -> pd.DataFrame:
    """Frame ``members`` of sections and processes by postings, of projects by their teams."""
    on = office_day(as_of)
    return pd.concat(
        [
            unit_members(
                postings_frame(units.department_ids, on),
                units.frame,
                units.departments_frame,
                as_of=as_of,
            ),
            project_members_frame(units.projects, on),
        ],
        ignore_index=True,
    )


def cover(units: Units, *, as_of: datetime | None, days: int) -> Covering:
    """The coverage of these units. The number of queries depends on nothing.

    Args:
        as_of: None = now, which reads the copy instead of deriving.
        days: how far the horizon lies ahead.
    """
    moment = as_of or timezone.now()
    on, until = office_day(moment), horizon_of(moment, days)
    held = competencies_held(on)
    members = members_of(units, moment)
    competencies = list(held)
    table = skill_table(
        employee_id=np.sort(members["employee_id"].unique()),
        competencies=competencies,
        as_of=as_of,
    )
    later = levels_at_horizon(table, held, as_of=moment, until=until)
    needs = pd.concat(
        [
            process_needs_frame(units.processes, held),
            project_needs_frame(units.projects, held),
            asked_needs(table, members, units.frame),
        ],
        ignore_index=True,
    )
    covered = coverage(table, later, members, needs, until=until)
    return Covering(
        as_of=moment,
        until=until,
        competencies=competencies,
        table=table,
        later=later,
        members=members,
        coverage=covered,
        risks=coverage_risks(covered, units.frame),
    )


def levels_at_horizon(
    table: SkillTable, competencies: QuerySet[Competency], *, as_of: datetime, until: datetime
) -> npt.NDArray[np.int8]:
    """The levels of `table` at `until`, if nothing happens. Derived only for whom they change."""
    ends = table.expires_at <= microseconds(until)
    concerned = table.employee_id[np.any(ends, axis=1)]
    chain = derive_chain(
        employees=Employee.objects.filter(pk__in=concerned.tolist()),
        competencies=competencies,
        as_of=as_of,
    )
    lasting = levels_until(
        chain.evidence,
        until=until,
        minimum_assurance=chain.rule.minimum_assurance,
        rule=chain.rule.name,
    )
    cells = matrix_cells(
        chain.frames.people,
        lasting,
        empty_frame("self_levels"),
        empty_frame("effective_targets"),
    )
    then = table_of_cells(cells, table.employee_id, table.competency_id)
    return np.where(ends, then.level, table.level)
