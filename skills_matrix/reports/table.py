"""The matrix of some people as one table: of this moment from the copy, of any other derived."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from lms.people.models import Employee
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.engine.arrays import ABSENT, Ints
from skills_matrix.engine.keys import positions_in
from skills_matrix.engine.table import SkillTable, table_of_cells
from skills_matrix.frames import Facts, read_facts
from skills_matrix.materialised.selectors import current_table, is_current, state_stamp
from skills_matrix.materialised.services import refresh_matrix

# Naming more people than this to the database costs more than reading everybody.
FEW = 1_000


def skill_table(
    *,
    employee_id: Ints,
    competencies: Sequence[Competency],
    as_of: datetime | None,
    minimum_assurance: int | None = None,
    levels_only: bool = False,
) -> SkillTable:
    """One row per person, in the order given, of whom has a main posting then; a column each.

    Args:
        employee_id: different ids.
        as_of: None = now.
        minimum_assurance: None = as the rule says.
        levels_only: for sums; only level and target are sure to be filled.
    """
    now = timezone.now()
    if not is_current(now=now):
        refresh_matrix(now=now)
    wanted = [row.pk for row in competencies]
    if as_of is None and minimum_assurance is None:
        table = _of_now(employee_id, wanted, levels_only=levels_only)
    else:
        who = np.sort(employee_id).tobytes() if employee_id.size <= FEW else None
        table = _derived(state_stamp(), as_of, minimum_assurance, who, tuple(wanted))
    at = positions_in(table.employee_id, employee_id)
    return table.rows(at[at != ABSENT])


def with_details(table: SkillTable) -> SkillTable:
    """The same people and competencies of a table of now that had levels only.

    Whoever has left since is missing.
    """
    ids = table.competency_id.tolist()
    found = _of_now(table.employee_id, ids, levels_only=False)
    at = positions_in(found.employee_id, table.employee_id)
    return found.rows(at[at != ABSENT])


def _of_now(employee_id: Ints, competency_id: list[int], *, levels_only: bool) -> SkillTable:
    """By id, and perhaps of more people than those named."""
    few = employee_id.size <= FEW
    people = Employee.objects.filter(pk__in=employee_id.tolist()) if few else None
    found = current_table(people, levels_only=levels_only)
    return found.columns(places(found.competency_id.tolist(), competency_id))


@lru_cache(maxsize=4)
def _derived(
    stamp: UUID,
    as_of: datetime | None,
    minimum_assurance: int | None,
    who: bytes | None,
    competency_id: tuple[int, ...],
) -> SkillTable:
    """Kept for the pages that follow; `stamp` says of which facts and rules, so it stays right.

    Args:
        who: ids of the people, ascending, as bytes; None = everybody.
    """
    chain = derive_chain(
        employees=_people(who),
        competencies=Competency.objects.filter(pk__in=competency_id),
        as_of=as_of or timezone.now(),
        minimum_assurance=minimum_assurance,
        facts=_facts(stamp, who, competency_id),
    )
    people = np.sort(chain.frames.people["employee_id"].to_numpy())
    return table_of_cells(chain.cells, people, np.array(competency_id, dtype=np.int64))


@lru_cache(maxsize=1)
def _facts(stamp: UUID, who: bytes | None, competency_id: tuple[int, ...]) -> Facts:
    """One reading serves every day that is looked at, until something changes."""
    return read_facts(
        employees=_people(who), competencies=Competency.objects.filter(pk__in=competency_id)
    )


def _people(who: bytes | None) -> QuerySet[Employee]:
    if who is None:
        return Employee.objects.all()
    return Employee.objects.filter(pk__in=np.frombuffer(who, np.int64).tolist())


def places(ids: Sequence[int], wanted: Sequence[int]) -> Ints:
    """Where each of ``wanted`` stands in ``ids``; all of them do."""
    at = {value: place for place, value in enumerate(ids)}
    return np.array([at[value] for value in wanted], dtype=np.int64)
