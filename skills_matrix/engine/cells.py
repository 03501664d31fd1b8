"""Levels against targets: the long matrix, one row per person and competency."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import (
    ABSENT,
    FOREVER,
    Array,
    Arrays,
    Ints,
    arrays_of,
    frame_of,
    microseconds,
    take,
)
from skills_matrix.engine.keys import (
    group_pairs,
    in_force,
    join,
    positions_in,
    unique_ids,
)

_FROM_LEVELS: Final = (
    "since",
    "expires_at",
    "achieved_at",
    "source",
    "source_id",
    "course_id",
    "kind",
    "assurance",
    "freshness",
    "used_at",
)
_INSTANTS: Final = ("since", "expires_at", "achieved_at", "used_at")
_ABSENCES: Final = {**dict.fromkeys(_INSTANTS, FOREVER), "freshness": math.nan}


def applicable_targets(
    people: pd.DataFrame, person_roles: pd.DataFrame, targets: pd.DataFrame, *, as_of: datetime
) -> pd.DataFrame:
    """Every target in force on ``as_of`` that applies to a person, by tier, role, both or neither.

    Returns:
        Frame ``applicable_targets``, in no particular order.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    asked = _facets(people, person_roles, targets, as_of)
    answer, target = join(asked.answers, asked.facet)
    rows = asked.targets.at(target)
    return frame_of(
        "applicable_targets",
        {
            "employee_id": asked.employee_id[answer],
            "competency_id": rows["competency_id"],
            "target_id": rows["target_id"],
            "target": rows["level"],
        },
    )


def effective_targets(
    people: pd.DataFrame, person_roles: pd.DataFrame, targets: pd.DataFrame, *, as_of: datetime
) -> pd.DataFrame:
    """The target of each person in each competency: the highest that applies.

    Of equal targets the one with the lowest id is named.

    Returns:
        Frame ``effective_targets``, by employee_id and competency_id.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    asked = _facets(people, person_roles, targets, as_of)
    competencies = unique_ids(asked.targets["competency_id"])
    column = positions_in(competencies, asked.targets["competency_id"])
    # Targets from worst to best, so that a higher place is a better target and -1 is none.
    order = np.lexsort((-asked.targets["target_id"], asked.targets["level"]))
    best_of = np.full((asked.facets, competencies.size), ABSENT)
    np.maximum.at(best_of, (asked.facet[order], column[order]), np.arange(order.size))

    by_person = np.argsort(asked.employee_id)
    employees, begin = np.unique(asked.employee_id[by_person], return_index=True)
    best = best_of[asked.answers[by_person]]
    if begin.size:
        best = np.maximum.reduceat(best, begin, axis=0)
    person, competency = np.nonzero(best != ABSENT)
    rows = asked.targets.at(order[best[person, competency]])
    return frame_of(
        "effective_targets",
        {
            "employee_id": employees[person],
            "competency_id": competencies[competency],
            "target_id": rows["target_id"],
            "target": rows["level"],
        },
    )


@dataclass(frozen=True, slots=True)
class _Facets:
    """Who answers to which targets. A facet is a tier or any, with a role or any.

    Attributes:
        employee_id: one for each facet that a person answers to.
        answers: number of that facet.
        targets: those in force.
        facet: number of the facet that each of them asks.
        facets: how many facets there are.
    """

    employee_id: Ints
    answers: Ints
    targets: Arrays
    facet: Ints
    facets: int


def _facets(
    people: pd.DataFrame, person_roles: pd.DataFrame, targets: pd.DataFrame, as_of: datetime
) -> _Facets:
    who, held = arrays_of("people", people), arrays_of("person_roles", person_roles)
    asked, instant = arrays_of("targets", targets), microseconds(as_of)
    asked = asked.at(
        np.flatnonzero(in_force(asked["effective_from"], asked["effective_until"], instant))
    )
    tiers, roles = unique_ids(asked["tier_id"]), unique_ids(asked["role_id"])
    width = roles.size

    # A person answers to (any, any), (tier, any), (any, role) and (tier, role); a target without
    # a tier or role asks for "any" (ABSENT). So one key covers every case.
    order = np.argsort(who["employee_id"])
    holder = positions_in(who["employee_id"][order], held["employee_id"])
    known = holder != ABSENT
    holder, role = order[holder[known]], held["role_id"][known]
    tier = who["tier_id"]
    has_tier, role_has_tier = tier != ABSENT, tier[holder] != ABSENT
    anybody, any_holder = np.full(tier.size, ABSENT), np.full(role.size, ABSENT)
    person = np.concatenate(
        [np.arange(tier.size), np.flatnonzero(has_tier), holder, holder[role_has_tier]]
    )
    by_tier = np.concatenate([anybody, tier[has_tier], any_holder, tier[holder[role_has_tier]]])
    by_role = np.concatenate([anybody, anybody[has_tier], role, role[role_has_tier]])
    tier_at, role_at = positions_in(tiers, by_tier), positions_in(roles, by_role)
    asked_of = (tier_at != ABSENT) & (role_at != ABSENT)
    return _Facets(
        employee_id=who["employee_id"][person[asked_of]],
        answers=tier_at[asked_of] * width + role_at[asked_of],
        targets=asked,
        facet=positions_in(tiers, asked["tier_id"]) * width + positions_in(roles, asked["role_id"]),
        facets=tiers.size * width,
    )


def matrix_cells(
    people: pd.DataFrame, levels: pd.DataFrame, self_levels: pd.DataFrame, targets: pd.DataFrame
) -> pd.DataFrame:
    """The matrix of ``people``: each row with a level, a self level or a target.

    Args:
        people: frame ``people``; rows of the other frames about anybody else are passed over.
        levels: frame ``levels``.
        self_levels: frame ``self_levels``.
        targets: frame ``effective_targets``.

    Returns:
        Frame ``cells``, by employee_id and competency_id. Never assessed with a target of 3 is
        a gap of 3, as is an assessed level of 0.

    Raises:
        FrameError: an input is not as its schema says.
    """
    ids = unique_ids(arrays_of("people", people)["employee_id"])
    sides = [
        arrays_of("levels", levels),
        arrays_of("self_levels", self_levels),
        arrays_of("effective_targets", targets),
    ]
    known = [np.flatnonzero(positions_in(ids, side["employee_id"]) != ABSENT) for side in sides]
    pairs = group_pairs(
        *(
            np.concatenate([side[key][rows] for side, rows in zip(sides, known, strict=True)])
            for key in ("employee_id", "competency_id")
        )
    )
    level_at, self_at, target_at = _rows_by_group(pairs.group, len(pairs), known)
    held, believed, asked = sides
    level, target = take(held["level"], level_at), take(asked["target"], target_at)
    return frame_of(
        "cells",
        {
            "employee_id": pairs.first,
            "competency_id": pairs.second,
            "level": level,
            "self_level": take(believed["self_level"], self_at),
            "target": target,
            "target_id": take(asked["target_id"], target_at),
            "gap": missing_levels(level, target),
            **{
                key: take(held[key], level_at, absent=_ABSENCES.get(key, ABSENT))
                for key in _FROM_LEVELS
            },
        },
    )


def missing_levels(level: Array, target: Array) -> Array:
    """Levels missing to the target, int8; never assessed counts as level 0, no target as absent."""
    missing = np.maximum(target - np.maximum(level, 0), 0)
    return np.where(target == ABSENT, ABSENT, missing).astype(np.int8)


def _rows_by_group(group: Ints, groups: int, known: list[Ints]) -> list[Ints]:
    """For each side, the row that fills each group; ``group`` runs through the sides in turn."""
    found = []
    begin = 0
    for rows in known:
        at = np.full(groups, ABSENT, dtype=np.int64)
        at[group[begin : begin + rows.size]] = rows
        found.append(at)
        begin += rows.size
    return found
