"""How levels came to be what they are: each moment at which one changed, and by what."""

from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import ABSENT, Arrays, Ints, arrays_of, frame_of, microseconds
from skills_matrix.engine.columns import EVIDENCE_KINDS
from skills_matrix.engine.derived import DERIVED
from skills_matrix.engine.evidence import FROM_ASSESSMENT, VALID
from skills_matrix.engine.keys import group_pairs
from skills_matrix.engine.levels import DEFAULT_RULE, current_levels

_CAUSE: Final = ("source", "source_id", "course_id", "kind")


def level_steps(
    evidence: pd.DataFrame,
    *,
    as_of: datetime,
    minimum_assurance: int = 0,
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Each change of a level up to ``as_of``, by the rules of ``as_of``; the last gives the level.

    The cause is the evidence that wins from then on when it came at that moment, else the
    evidence that won before and has ended.

    Args:
        evidence: frame ``evidence`` of ``as_of``, aged; what no longer holds must still be in it.

    Returns:
        Frame ``level_steps``, by person and competency, the earliest first.

    Raises:
        FrameError: ``evidence`` is not as its schema says.
        NaiveInstant: ``as_of`` has no time zone.
        UnknownRule: no rule has that name.
    """
    rows, now = arrays_of("evidence", evidence), microseconds(as_of)
    pairs = group_pairs(rows["employee_id"], rows["competency_id"])
    begins, ends = rows["achieved_at"], _ends(rows)
    # One place for each pair and moment at which something of the pair begins or ends.
    group = np.concatenate([pairs.group, pairs.group])
    moment = np.concatenate([begins, ends])
    past = moment <= now
    places = np.unique(np.stack([group[past], moment[past]], axis=1), axis=0)
    place, row = _alive(places, pairs.group, begins, ends)
    columns = {key: rows[key][row] for key in DERIVED["evidence"].columns}
    # The places stand for people, so that whatever rule is in force looks at each by itself.
    columns |= {
        "employee_id": place,
        "competency_id": np.zeros(place.size, dtype=np.int64),
        "state": np.full(place.size, VALID, dtype=np.int8),
        "is_valid": np.ones(place.size, dtype=np.bool_),
    }
    found = arrays_of(
        "levels",
        current_levels(
            frame_of("evidence", columns), minimum_assurance=minimum_assurance, rule=rule
        ),
    )
    won = np.full(len(places), ABSENT, dtype=np.int64)
    won[found["employee_id"]] = np.arange(found["employee_id"].size)
    return _changes(pairs.first, pairs.second, places, won, found)


def _ends(rows: Arrays) -> Ints:
    """When each row stopped holding: by itself, or when a newer one of its kind came."""
    ends: Ints = rows["expires_at"].copy()
    judged = np.flatnonzero(rows["source"] == FROM_ASSESSMENT)
    if judged.size < 2:
        return ends
    kinds = rows["competency_id"][judged] * len(EVIDENCE_KINDS) + rows["kind"][judged]
    series = group_pairs(rows["employee_id"][judged], kinds).group
    order = np.lexsort((rows["source_id"][judged], rows["achieved_at"][judged], series))
    older, newer = judged[order[:-1]], judged[order[1:]]
    same = series[order[:-1]] == series[order[1:]]
    ends[older[same]] = np.minimum(ends[older[same]], rows["achieved_at"][newer[same]])
    return ends


def _alive(places: Ints, group: Ints, begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Each place with each row of its pair that holds at its moment."""
    found = [
        (number, np.flatnonzero((group == pair) & (begins <= moment) & (moment < ends)))
        for number, (pair, moment) in enumerate(places.tolist())
    ]
    none = np.empty(0, dtype=np.int64)
    place = np.concatenate([none, *(np.full(rows.size, number) for number, rows in found)])
    return place, np.concatenate([none, *(rows for _number, rows in found)])


def _changes(first: Ints, second: Ints, places: Ints, won: Ints, found: Arrays) -> pd.DataFrame:
    """The places at which the level differs from the one before, with the cause."""
    pair, moment = places[:, 0], places[:, 1]
    holds = won != ABSENT
    level = np.full(won.size, ABSENT, dtype=np.int64)
    level[holds] = found["level"][won[holds]]
    follows = np.zeros(won.size, dtype=np.bool_)
    follows[1:] = pair[1:] == pair[:-1]
    before = np.where(follows, np.roll(level, 1), ABSENT)
    earlier = np.where(follows, np.roll(won, 1), ABSENT)
    at = np.flatnonzero(level != before)
    came = np.zeros(won.size, dtype=np.bool_)
    came[holds] = found["achieved_at"][won[holds]] == moment[holds]
    # Nothing can fall that was not held, so the one or the other is always there.
    cause = np.where(came | (earlier == ABSENT), won, earlier)[at]
    return frame_of(
        "level_steps",
        {
            "employee_id": first[pair[at]],
            "competency_id": second[pair[at]],
            "at": moment[at],
            "before": before[at],
            "after": level[at],
            "is_end": ~came[at],
            **{key: found[key][cause] for key in _CAUSE},
        },
    )
