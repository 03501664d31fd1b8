"""How evidence ages, by the rule of its competency, and how project work renews it."""

import math
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import (
    ABSENT,
    DAY,
    FOREVER,
    Array,
    Arrays,
    Floats,
    Ints,
    arrays_of,
    frame_of,
    microseconds,
)
from skills_matrix.engine.columns import AGEING_KINDS, EVIDENCE_KINDS
from skills_matrix.engine.derived import DERIVED
from skills_matrix.engine.evidence import EXPIRED, VALID
from skills_matrix.engine.keys import group_pairs, in_force, positions_in, unique_ids

_HALF_LIFE: Final = AGEING_KINDS.index("half_life")
_PROJECT: Final = EVIDENCE_KINDS.index("project")
DEFAULT_FLOOR: Final = 0.25


def age_evidence(
    evidence: pd.DataFrame,
    ageing: pd.DataFrame,
    *,
    as_of: datetime,
    floor: float = DEFAULT_FLOOR,
) -> pd.DataFrame:
    """The same evidence, with how fresh it is and until when it holds under the ageing rules.

    With a validity of d days evidence holds for d days and its freshness falls evenly from 1 to 0.
    With a half-life of d days its freshness is ``0.5 ** (age / d)``, and it holds until that falls
    to ``floor``. Age counts from the achievement, or from the last project work in the competency
    that came while the evidence still held. What the evidence itself says of its end stays: the
    earlier of both counts. Of several rules of a competency in force, the shortest holds.

    Args:
        evidence: frame ``evidence``, as ``derive_evidence`` gives it for the same ``as_of``.
        ageing: frame ``ageing``.
        floor: freshness below which evidence of a half-life no longer holds, in (0, 1).

    Returns:
        Frame ``evidence``, row by row.

    Raises:
        FrameError: an input is not as its schema says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    instant = microseconds(as_of)
    rules, rows = arrays_of("ageing", ageing), arrays_of("evidence", evidence)
    rules = rules.at(
        np.flatnonzero(in_force(rules["effective_from"], rules["effective_until"], instant))
    )
    lives, rule = _lives(rules, rows["competency_id"], floor)
    ages = np.flatnonzero(rule != ABSENT)
    if not ages.size:
        return evidence
    columns: dict[str, Array] = {key: rows[key] for key in DERIVED["evidence"].columns}
    life = lives[ages]
    used_at = _last_use(rows, ages, life)
    limit = used_at + life
    ends = np.minimum(rows["expires_at"][ages], limit)
    over = (ends <= instant) & (rows["state"][ages] == VALID)
    columns["used_at"] = _changed(rows["used_at"], ages, used_at)
    columns["expires_at"] = _changed(rows["expires_at"], ages, ends)
    columns["freshness"] = _changed(
        rows["freshness"], ages, _freshness(rules, rule[ages], instant - used_at)
    )
    columns["state"] = _changed(rows["state"], ages[over], np.int8(EXPIRED))
    columns["is_valid"] = columns["state"] == VALID
    return frame_of("evidence", columns)


def _lives(rules: Arrays, competency_id: Ints, floor: float) -> tuple[Ints, Ints]:
    """For each competency given: how long its evidence holds, and by which row of ``rules``."""
    days = rules["days"].astype(np.int64)
    stretched = np.where(rules["kind"] == _HALF_LIFE, math.log2(1 / floor), 1.0)
    life = (days * stretched * DAY).astype(np.int64)
    ids = unique_ids(rules["competency_id"])
    # The shortest is written last; of equal ones the lowest id.
    order = np.lexsort((-rules["rule_id"], -life))
    shortest = np.full(ids.size, ABSENT, dtype=np.int64)
    shortest[positions_in(ids, rules["competency_id"][order])] = order
    at = positions_in(ids, competency_id)
    rule = np.where(at == ABSENT, ABSENT, shortest[at]) if ids.size else at
    return (np.where(rule == ABSENT, FOREVER, life[rule]) if ids.size else at), rule


def _last_use(rows: Arrays, ages: Ints, life: Ints) -> Ints:
    """When each of the rows at ``ages`` was last renewed; its achievement when it was not.

    Work renews what still held when it was done, so each step reaches at most one life further.
    """
    used_at = rows["achieved_at"][ages].copy()
    worked = np.flatnonzero(rows["kind"] == _PROJECT)
    if not worked.size:
        return used_at
    # Project work and aged rows in one numbering of the pairs.
    both = np.concatenate([worked, ages])
    pairs = group_pairs(rows["employee_id"][both], rows["competency_id"][both])
    pair_of_work, pair = pairs.group[: worked.size], pairs.group[worked.size :]
    moments = rows["achieved_at"][worked]
    times = np.unique(moments)
    width = times.size + 1
    keys = np.sort(pair_of_work * width + np.searchsorted(times, moments) + 1)
    while True:
        # The newest work of the pair that is not later than the end of its life.
        reach = np.searchsorted(times, used_at + life, side="right")
        found = np.searchsorted(keys, pair * width + reach, side="right") - 1
        newest = keys[np.maximum(found, 0)]
        is_ours = (found >= 0) & (newest // width == pair)
        renewed = np.where(is_ours, times[np.maximum(newest % width - 1, 0)], used_at)
        if not (renewed > used_at).any():
            return used_at
        used_at = np.maximum(used_at, renewed)


def _freshness(rules: Arrays, rule: Ints, age: Ints) -> Floats:
    share = age / (rules["days"][rule] * DAY)
    halved: Floats = np.exp2(-share)
    even = np.maximum(0.0, 1.0 - share)
    return np.where(rules["kind"][rule] == _HALF_LIFE, halved, even)


def _changed(values: Array, at: Ints, new: Array | np.generic) -> Array:
    changed = values.copy()
    changed[at] = new
    return changed
