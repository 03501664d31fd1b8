"""When the matrix will change by itself, so that a copy of it can say until when it is right."""

from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import FOREVER, Ints, arrays_of, microseconds
from skills_matrix.engine.keys import unique_ids

# Frames of rules, whose dates change the cells of everybody.
RULES: Final = ("awards", "targets", "mappings", "ageing")


def next_rule_change(frames: dict[str, pd.DataFrame], *, as_of: datetime) -> int:
    """The first moment after ``as_of`` at which a rule begins or ends; ``FOREVER`` = never.

    Args:
        frames: by name, those of ``RULES``.

    Returns:
        Microseconds UTC.

    Raises:
        FrameError: a frame is not as its schema says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    instant = microseconds(as_of)
    moments = [
        arrays_of(name, frames[name])[column]
        for name in RULES
        for column in ("effective_from", "effective_until")
    ]
    return int(_after(np.concatenate(moments), instant).min(initial=FOREVER))


def next_fact_changes(
    evidence: pd.DataFrame,
    completions: pd.DataFrame,
    assessments: pd.DataFrame,
    *,
    as_of: datetime,
) -> tuple[Ints, Ints]:
    """People whose facts begin or cease to count after ``as_of``, and the first such moment.

    Args:
        evidence: frame ``evidence`` for the same ``as_of``, aged.

    Returns:
        Ids, ascending, and microseconds UTC. Who is not named stays as he is.

    Raises:
        FrameError: an input is not as its schema says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    instant = microseconds(as_of)
    held = arrays_of("evidence", evidence)
    held = held.at(np.flatnonzero(held["is_valid"]))
    done, judged = arrays_of("completions", completions), arrays_of("assessments", assessments)
    person = np.concatenate([held["employee_id"], done["employee_id"], judged["employee_id"]])
    moment = np.concatenate([held["expires_at"], done["completed_at"], judged["assessed_at"]])
    later = np.flatnonzero((moment > instant) & (moment != FOREVER))
    people = unique_ids(person[later])
    first = np.full(people.size, FOREVER)
    np.minimum.at(first, np.searchsorted(people, person[later]), moment[later])
    return people, first


def _after(moments: Ints, instant: int) -> Ints:
    return moments[moments > instant]
