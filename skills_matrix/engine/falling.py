"""Whose level falls when nothing new comes: what evidence that runs out still leaves."""

from datetime import datetime
from typing import Final

import pandas as pd

from skills_matrix.engine.arrays import arrays_of, frame_of, microseconds
from skills_matrix.engine.levels import DEFAULT_RULE, current_levels
from skills_matrix.engine.schema import check_columns

_PAIR: Final = ["employee_id", "competency_id"]


def levels_until(
    evidence: pd.DataFrame,
    *,
    until: datetime,
    minimum_assurance: int = 0,
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """The levels at ``until`` by today's evidence and rules, as if nothing happened until then.

    Args:
        evidence: frame ``evidence``, aged.

    Returns:
        Frame ``levels``.

    Raises:
        FrameError: ``evidence`` is not as its schema says.
        NaiveInstant: ``until`` has no time zone.
        UnknownRule: no rule has that name.
    """
    ends = arrays_of("evidence", evidence)["expires_at"]
    lasting = evidence[ends > microseconds(until)]
    return current_levels(lasting, minimum_assurance=minimum_assurance, rule=rule)


def falling_levels(
    evidence: pd.DataFrame,
    levels: pd.DataFrame,
    *,
    until: datetime,
    minimum_assurance: int = 0,
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Each level that does not hold until after ``until``, and what is left at its end.

    It names the first fall only: what is left may fall again before ``until``.

    Args:
        evidence: frame ``evidence``, aged.
        levels: frame ``levels`` of that evidence, by the same rule.

    Returns:
        Frame ``falling``: the soonest first.

    Raises:
        FrameError: an input is not as its schema says.
        NaiveInstant: ``until`` has no time zone.
        UnknownRule: no rule has that name.
    """
    check_columns("evidence", evidence)
    soon = levels[arrays_of("levels", levels)["expires_at"] <= microseconds(until)]
    ends = soon[[*_PAIR, "expires_at"]].rename(columns={"expires_at": "falls_at"})
    beside = evidence.merge(ends, on=_PAIR)
    lasting = beside["expires_at"].isna() | (beside["expires_at"] > beside["falls_at"])
    left = current_levels(
        beside[lasting].drop(columns="falls_at"), minimum_assurance=minimum_assurance, rule=rule
    )
    falls = soon.merge(
        left[[*_PAIR, "level"]].rename(columns={"level": "falls_to"}), on=_PAIR, how="left"
    ).rename(columns={"expires_at": "falls_at"})
    falls = falls[[*_PAIR, "level", "falls_at", "falls_to"]]
    falls = falls.sort_values(["falls_at", *_PAIR], ignore_index=True)
    return frame_of("falling", arrays_of("falling", falls))
