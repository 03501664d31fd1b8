"""Reading the copy."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet

from lms.people.models import Employee
from skills_matrix.competencies.selectors import (
    RuleInForce,
    competencies_held,
    level_rule_on,
)
from skills_matrix.engine.table import SkillTable
from skills_matrix.frames import office_day
from skills_matrix.materialised.models import MatrixState, SkillVector, StaleSkill
from skills_matrix.materialised.packing import unpack


def is_current(*, now: datetime) -> bool:
    """Whether the copy says what the engine would. Five small queries."""
    state = MatrixState.objects.filter(pk=1).first()
    on = office_day(now)
    return (
        state is not None
        and state.version > 0
        and (state.valid_until is None or state.valid_until > now)
        and not StaleSkill.objects.exists()
        and not SkillVector.objects.filter(Q(valid_until__lte=now) | Q(made_at__gt=now)).exists()
        and state.rule == described_rule(level_rule_on(on))
        and state.competencies == list(competencies_held(on).values_list("pk", flat=True))
    )


def described_rule(rule: RuleInForce) -> dict[str, Any]:
    """As the state keeps it, in plain values."""
    return {**asdict(rule), "since": rule.since.isoformat() if rule.since else None}


def matrix_version() -> int:
    """Grows with every change of the copy; 0 = never made."""
    return MatrixState.objects.filter(pk=1).values_list("version", flat=True).first() or 0


def state_stamp() -> UUID:
    """Differs whenever any fact or rule may have; bring the copy up to date first."""
    return MatrixState.objects.values_list("stamp", flat=True).get(pk=1)


def current_table(
    employees: QuerySet[Employee] | None = None, *, levels_only: bool = False
) -> SkillTable:
    """The matrix of this moment; bring it up to date first with `refresh_matrix`.

    Args:
        employees: None = everybody with a main posting.
        levels_only: only level and target are filled, at a fraction of the reading.

    Returns:
        People by id, competencies in the order of the frameworks.
    """
    state = MatrixState.objects.get(pk=1)
    vectors = SkillVector.objects.order_by("pk")
    if employees is not None:
        vectors = vectors.filter(employee__in=employees)
    columns = ("employee_id", "levels") if levels_only else ("employee_id", "levels", "details")
    rows = list(zip(*vectors.values_list(*columns), strict=True)) or [()] * len(columns)
    return unpack(
        np.array(rows[0], dtype=np.int64),
        np.array(state.competencies, dtype=np.int64),
        [bytes(value) for value in rows[1]],
        None if levels_only else [bytes(value) for value in rows[2]],
    )
