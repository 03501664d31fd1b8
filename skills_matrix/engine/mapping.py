"""From one version of a framework to the next: what counted for the earlier competency still does.

A rename is one mapping, a split several from one earlier competency, a merge several to one later.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import ABSENT, Arrays, arrays_of, frame_of, microseconds
from skills_matrix.engine.columns import LEVEL_MAX
from skills_matrix.engine.keys import in_force, join
from skills_matrix.engine.schema import frame_schema

Reach = Mapping[int, Mapping[int, int]]


def follow_mappings(
    name: str, frame: pd.DataFrame, mappings: pd.DataFrame, *, as_of: datetime
) -> pd.DataFrame:
    """The rows of ``frame``, and each again for every later competency that it counts for.

    Mappings are followed one after the other, whatever leads in a circle included. A level is
    capped by the lowest ``most`` on the way; of several ways the one that leaves the most counts.

    Args:
        name: ``awards`` or ``assessments``.
        frame: a frame of that name, with one row per ``award_id`` or ``assessment_id``.
        mappings: frame ``mappings``.

    Returns:
        Frame ``name``.

    Raises:
        FrameError: an input is not as its schema says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    rows = arrays_of(name, frame)
    reach = reached(mappings, as_of=as_of)
    ways = [
        (earlier, later, most)
        for earlier, further in reach.items()
        for later, most in further.items()
    ]
    if not ways:
        return frame
    earlier, later, most = (np.array(column, dtype=np.int64) for column in zip(*ways, strict=True))
    row, way = join(rows["competency_id"], earlier)
    every = np.concatenate([np.arange(len(frame)), row])
    again = rows.at(every)
    columns = {key: again[key] for key in frame_schema(name).columns}
    columns["competency_id"] = np.concatenate([rows["competency_id"], later[way]])
    capped = np.minimum(rows["level"][row], most[way])
    columns["level"] = np.concatenate([rows["level"], capped]).astype(np.int8)
    return frame_of(name, columns)


def reached(mappings: pd.DataFrame, *, as_of: datetime) -> Reach:
    """Earlier competency -> later competency -> the most that the earlier shows of it.

    Raises:
        FrameError: ``mappings`` is not as its schema says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    steps = _steps(arrays_of("mappings", mappings), microseconds(as_of))
    return {earlier: _reach_from(earlier, steps) for earlier in steps}


def _steps(mappings: Arrays, instant: int) -> dict[int, dict[int, int]]:
    steps: dict[int, dict[int, int]] = defaultdict(dict)
    now = np.flatnonzero(in_force(mappings["effective_from"], mappings["effective_until"], instant))
    rows = mappings.at(now)
    for earlier, later, most in zip(
        *(rows[key].tolist() for key in ("earlier_id", "competency_id", "most")), strict=True
    ):
        steps[earlier][later] = LEVEL_MAX if most == ABSENT else most
    return steps


def _reach_from(start: int, steps: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    best = {start: LEVEL_MAX}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for later, most in steps.get(here, {}).items():
            left = min(best[here], most)
            # Followed again only when more is left, so that a circle ends.
            if left > best.get(later, ABSENT):
                best[later] = left
                waiting.append(later)
    del best[start]
    return best
