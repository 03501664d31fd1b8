"""What if these people moved: the frames of the office they would make, and what differs."""

from collections.abc import Mapping
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
)
from skills_matrix.engine.columns import COVERAGE_CHANGES
from skills_matrix.engine.keys import positions_in

_KEY: Final = ["unit_id", "competency_id", "level"]
_FALLS, _WORSE, _THIN, _BETTER, _RECOVERS = range(len(COVERAGE_CHANGES))


def move_people(
    people: pd.DataFrame,
    person_roles: pd.DataFrame,
    postings: pd.DataFrame,
    moves: pd.DataFrame,
    move_roles: pd.DataFrame,
    *,
    as_of: datetime,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The people, their roles and their postings once the moves have happened at ``as_of``.

    A move ends every posting of the person, concurrent ones and ordered ones too, and the roles
    that came with them; in their place stands one main posting without an end. Whoever is not in
    ``people`` joins, with the tier of the move.

    Returns:
        Frames ``people``, ``person_roles`` and ``postings``.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    moved, new_roles = arrays_of("moves", moves), arrays_of("move_roles", move_roles)
    who, held = arrays_of("people", people), arrays_of("person_roles", person_roles)
    posts = arrays_of("postings", postings)
    ids = np.sort(moved["employee_id"])

    def staying(employee_id: Ints) -> Ints:
        return np.flatnonzero(positions_in(ids, employee_id) == ABSENT)

    placed = np.flatnonzero(moved["department_id"] != ABSENT)
    person, department = moved["employee_id"][placed], moved["department_id"][placed]
    order = np.argsort(who["employee_id"])
    before = positions_in(who["employee_id"][order], person)
    tier = moved["tier_id"][placed]
    if order.size:
        had = np.where(before == ABSENT, ABSENT, who["tier_id"][order[before]])
        tier = np.where(tier == ABSENT, had, tier)
    stay, keep, hold = (staying(rows["employee_id"]) for rows in (who, posts, held))
    with_roles = np.flatnonzero(positions_in(np.sort(person), new_roles["employee_id"]) != ABSENT)
    free = int(posts["posting_id"].max(initial=-1)) + 1
    return (
        _frame(
            "people",
            who.at(stay),
            {"employee_id": person, "department_id": department, "tier_id": tier},
        ),
        _frame("person_roles", held.at(hold), new_roles.at(with_roles)),
        _frame(
            "postings",
            posts.at(keep),
            {
                "posting_id": np.arange(free, free + person.size),
                "employee_id": person,
                "department_id": department,
                "is_main": np.ones(person.size, dtype=np.bool_),
                "starts_at": np.full(person.size, microseconds(as_of)),
                "ends_at": np.full(person.size, FOREVER),
            },
        ),
    )


def needs_kept(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The needs before and after over the same rows, so that the two can stand side by side.

    What was needed stays needed: the place that somebody leaves is there to be filled. What a
    newcomer is asked for comes on top, as far as it is more.

    Args:
        before: frame ``unit_needs``; after: too.

    Returns:
        Two frames ``unit_needs`` with the same rows, by key; 0 where nothing was needed before.
    """
    both = before.merge(after, on=_KEY, how="outer", suffixes=("_before", "_after"))
    both = both.sort_values(_KEY, ignore_index=True)
    earlier = both["needed_before"].fillna(0).astype("int64")
    later = both["needed_after"].fillna(0).astype("int64")
    key = both[_KEY].astype({"level": "Int8"})
    return key.assign(needed=earlier), key.assign(needed=np.maximum(earlier, later))


def coverage_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What differs between two frames ``coverage`` with the same rows in the same order.

    Only what a planner has to know: needs that fall short, get worse, become thin, get better or
    are met again.

    Returns:
        Frame ``coverage_changes``: by change as named, then by the share missing, largest first.

    Raises:
        FrameError: an input is not as its schema says.
    """
    was, now = arrays_of("coverage", before), arrays_of("coverage", after)
    short, shorter = was["shortage"], now["shortage"]
    # A need that came with a newcomer is thin from the start: only what was safer becomes thin.
    thins = (now["bus_factor"] == 1) & (was["bus_factor"] > 1)
    change = np.select(
        [
            (short == 0) & (shorter > 0),
            shorter > short,
            (shorter == 0) & (short > 0),
            shorter < short,
            thins,
        ],
        [_FALLS, _WORSE, _RECOVERS, _BETTER, _THIN],
        ABSENT,
    )
    share = shorter / np.maximum(now["needed"], 1)
    order = np.lexsort(
        (now["level"], now["competency_id"], now["unit_id"], -shorter, -share, change)
    )
    order = order[change[order] != ABSENT]
    values: dict[str, Array] = {
        **{key: now[key] for key in (*_KEY, "needed", "holders", "shortage")},
        **{f"{key}_before": was[key] for key in ("needed", "holders", "shortage")},
        "change": change,
    }
    return frame_of("coverage_changes", {key: column[order] for key, column in values.items()})


def _frame(name: str, kept: Mapping[str, Array], added: Mapping[str, Array]) -> pd.DataFrame:
    """The rows kept, then the rows added."""
    return frame_of(name, {key: np.concatenate([kept[key], added[key]]) for key in kept})
