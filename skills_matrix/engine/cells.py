"""Levels against targets: the long matrix, one row per person and competency."""

from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import (
    ABSENT,
    FOREVER,
    Array,
    Ints,
    arrays_of,
    frame_of,
    microseconds,
    take,
)
from skills_matrix.engine.keys import (
    best_rows,
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
)
_INSTANTS: Final = ("since", "expires_at", "achieved_at")


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
    return frame_of("applicable_targets", _applicable(people, person_roles, targets, as_of))


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
    applicable = _applicable(people, person_roles, targets, as_of)
    pairs = group_pairs(applicable["employee_id"], applicable["competency_id"])
    chosen = best_rows(pairs.group, len(pairs), applicable["target"], -applicable["target_id"])
    return frame_of(
        "effective_targets", {key: values[chosen] for key, values in applicable.items()}
    )


def _applicable(
    people: pd.DataFrame, person_roles: pd.DataFrame, targets: pd.DataFrame, as_of: datetime
) -> dict[str, Array]:
    who, held = arrays_of("people", people), arrays_of("person_roles", person_roles)
    asked, instant = arrays_of("targets", targets), microseconds(as_of)
    asked = asked.at(
        np.flatnonzero(in_force(asked["effective_from"], asked["effective_until"], instant))
    )

    # A person answers to (any, any), (tier, any), (any, role) and (tier, role); a target without
    # a tier or role asks for "any" (ABSENT). So one join on the pair covers every case.
    order = np.argsort(who["employee_id"])
    ids = who["employee_id"][order]
    holder = positions_in(ids, held["employee_id"])
    known = holder != ABSENT
    holder, role = order[holder[known]], held["role_id"][known]
    tier = who["tier_id"]
    has_tier, role_has_tier = tier != ABSENT, tier[holder] != ABSENT
    anybody = np.full(tier.size, ABSENT, dtype=np.int64)
    person = np.concatenate(
        [np.arange(tier.size), np.flatnonzero(has_tier), holder, holder[role_has_tier]]
    )
    by_tier = np.concatenate(
        [anybody, tier[has_tier], np.full(role.size, ABSENT), tier[holder[role_has_tier]]]
    )
    by_role = np.concatenate([anybody, anybody[has_tier], role, role[role_has_tier]])

    tiers, roles = unique_ids(asked["tier_id"]), unique_ids(asked["role_id"])
    tier_at, role_at = positions_in(tiers, by_tier), positions_in(roles, by_role)
    answers = (tier_at != ABSENT) & (role_at != ABSENT)
    width = roles.size
    facet, target = join(
        tier_at[answers] * width + role_at[answers],
        positions_in(tiers, asked["tier_id"]) * width + positions_in(roles, asked["role_id"]),
    )
    return {
        "employee_id": who["employee_id"][person[answers][facet]],
        "competency_id": asked["competency_id"][target],
        "target_id": asked["target_id"][target],
        "target": asked["level"][target],
    }


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
    missing = np.maximum(target - np.maximum(level, 0), 0)
    return frame_of(
        "cells",
        {
            "employee_id": pairs.first,
            "competency_id": pairs.second,
            "level": level,
            "self_level": take(believed["self_level"], self_at),
            "target": target,
            "target_id": take(asked["target_id"], target_at),
            "gap": np.where(target == ABSENT, ABSENT, missing),
            **{
                key: take(held[key], level_at, absent=FOREVER if key in _INSTANTS else ABSENT)
                for key in _FROM_LEVELS
            },
        },
    )


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
