"""Who belongs to a section or a business process, and until when."""

from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import ABSENT, arrays_of, frame_of, microseconds
from skills_matrix.engine.columns import UNIT_KINDS
from skills_matrix.engine.keys import join, positions_in

_PROCESS: Final = UNIT_KINDS.index("process")


def unit_members(
    postings: pd.DataFrame,
    units: pd.DataFrame,
    unit_departments: pd.DataFrame,
    *,
    as_of: datetime,
) -> pd.DataFrame:
    """The members of each unit, once each however many postings they have there.

    A section has those whose main posting is there, so that sections add up to the office; a
    process also has those who help beside a main posting. A posting that follows without a gap
    goes on with the stay: a promotion within the section is no leaving.

    Returns:
        Frame ``members``, by unit_id and employee_id.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    instant = microseconds(as_of)
    posts, links = arrays_of("postings", postings), arrays_of("unit_departments", unit_departments)
    kinds = arrays_of("units", units)
    order = np.argsort(kinds["unit_id"])
    post, link = join(posts["department_id"], links["department_id"])
    unit = positions_in(kinds["unit_id"][order], links["unit_id"][link])
    counts = (unit != ABSENT) & (
        posts["is_main"][post] | (kinds["kind"][order[unit]] == _PROCESS if order.size else False)
    )
    post, link = post[counts], link[counts]
    person, unit_id = posts["employee_id"][post], links["unit_id"][link]
    # Sorted rather than numbered as in keys.py: most pairs of a unit and a person never occur.
    by_pair = np.lexsort((person, unit_id))
    is_first = np.ones(by_pair.size, dtype=np.bool_)
    is_first[1:] = (np.diff(unit_id[by_pair]) != 0) | (np.diff(person[by_pair]) != 0)
    stay = np.empty(by_pair.size, dtype=np.int64)
    stay[by_pair] = np.cumsum(is_first) - 1
    first = by_pair[is_first]
    starts, ends = posts["starts_at"][post], posts["ends_at"][post]
    reach = np.full(first.size, instant)
    while True:
        further = (starts <= reach[stay]) & (ends > reach[stay])
        if not further.any():
            break
        np.maximum.at(reach, stay[further], ends[further])
    held = reach > instant
    return frame_of(
        "members",
        {
            "unit_id": unit_id[first][held],
            "employee_id": person[first][held],
            "leaves_at": reach[held],
        },
    )
