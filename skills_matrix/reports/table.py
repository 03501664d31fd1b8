"""The matrix of some people as one table: of this moment from the copy, of any other derived."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from lms.people.models import Employee
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.arrays import Ints
from skills_matrix.engine.table import SkillTable, table_of_cells
from skills_matrix.materialised.selectors import current_table, is_current
from skills_matrix.materialised.services import refresh_matrix


def skill_table(
    *,
    employees: QuerySet[Employee],
    competencies: Sequence[Competency],
    as_of: datetime | None,
    levels_only: bool = False,
) -> SkillTable:
    """One row per person with a main posting then, by id; one column per competency, in order.

    Args:
        as_of: None = now.
        levels_only: for sums; only level and target are sure to be filled.
    """
    wanted = [row.pk for row in competencies]
    if as_of is None:
        now = timezone.now()
        if not is_current(now=now):
            refresh_matrix(now=now)
        table = current_table(employees, levels_only=levels_only)
        return table.columns(places(table.competency_id.tolist(), wanted))
    chain = derive_chain(
        employees=employees,
        competencies=Competency.objects.filter(pk__in=wanted),
        as_of=as_of,
    )
    people = np.sort(chain.frames.people["employee_id"].to_numpy())
    return table_of_cells(chain.cells, people, np.array(wanted, dtype=np.int64))


def places(ids: Sequence[int], wanted: Sequence[int]) -> Ints:
    """Where each of ``wanted`` stands in ``ids``; all of them do."""
    at = {value: place for place, value in enumerate(ids)}
    return np.array([at[value] for value in wanted], dtype=np.int64)
