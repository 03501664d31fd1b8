"""What shows that a person can do something: completed courses and human judgement.

Evidence is derived and never stored: when a course is mapped to a competency in June, May's
completions count from then on, and when the mapping is withdrawn they stop.
"""

from datetime import datetime

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import (
    ABSENT,
    DAY,
    FOREVER,
    Array,
    Arrays,
    arrays_of,
    frame_of,
    microseconds,
)
from skills_matrix.engine.columns import ASSESSMENT_KINDS, EVIDENCE_SOURCES, EVIDENCE_STATES
from skills_matrix.engine.derived import DERIVED
from skills_matrix.engine.keys import best_rows, group_pairs, join

VALID, EXPIRED, WITHDRAWN, SUPERSEDED = range(len(EVIDENCE_STATES))
FROM_COURSE, FROM_ASSESSMENT = range(len(EVIDENCE_SOURCES))


def derive_evidence(
    completions: pd.DataFrame,
    awards: pd.DataFrame,
    assessments: pd.DataFrame,
    *,
    as_of: datetime,
) -> pd.DataFrame:
    """All evidence that holds or once held, as seen on ``as_of``.

    A completion gives what its course awards under the mapping in force on ``as_of``, whenever
    the course was completed. Of a person's assessments of one kind in one competency only the
    newest is valid (of two at the same moment, the higher id). Facts after ``as_of`` do not
    exist yet.

    Returns:
        Frame ``evidence``, in no particular order. ``state`` says why a row no longer holds:
        ``expired`` by its own validity, ``withdrawn`` with its award, ``superseded`` by a newer
        assessment of the same kind. What never held, such as a completion already expired when
        its course was mapped, is no row.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    instant = microseconds(as_of)
    courses = _course_evidence(
        arrays_of("completions", completions), arrays_of("awards", awards), instant
    )
    judged = _assessment_evidence(arrays_of("assessments", assessments), instant)
    columns = {
        key: np.concatenate([courses[key], judged[key]])
        for key in DERIVED["evidence"].columns
        if key != "is_valid"
    }
    return frame_of("evidence", {**columns, "is_valid": columns["state"] == VALID})


def _course_evidence(completions: Arrays, awards: Arrays, instant: int) -> dict[str, Array]:
    done, award = join(completions["course_id"], awards["course_id"])
    completed_at = completions["completed_at"][done]
    days = awards["valid_for_days"][award]
    runs_out = np.where(days == ABSENT, FOREVER, completed_at + days * DAY)
    withdrawn = awards["effective_until"][award]
    starts = np.maximum(completed_at, awards["effective_from"][award])
    ends = np.minimum(runs_out, withdrawn)
    held = np.flatnonzero((starts <= instant) & (starts < ends))
    ends = ends[held]
    rule = awards.at(award[held])
    over = np.where(withdrawn[held] < runs_out[held], WITHDRAWN, EXPIRED)
    return {
        "employee_id": completions.at(done[held])["employee_id"],
        "competency_id": rule["competency_id"],
        "level": rule["level"],
        "source": np.full(held.size, FROM_COURSE, dtype=np.int8),
        "source_id": rule["award_id"],
        "course_id": rule["course_id"],
        "kind": np.zeros(held.size, dtype=np.int8),
        "assurance": np.minimum(rule["assurance"], completions["assurance"][done[held]]),
        "achieved_at": completed_at[held],
        "used_at": completed_at[held],
        "freshness": np.ones(held.size),
        "expires_at": ends,
        "state": np.where(instant < ends, VALID, over).astype(np.int8),
    }


def _assessment_evidence(assessments: Arrays, instant: int) -> dict[str, Array]:
    held = np.flatnonzero(
        (assessments["assessed_at"] <= instant)
        & (assessments["assessed_at"] < assessments["valid_until"])
    )
    rows = assessments.at(held)
    judged = rows["competency_id"] * len(ASSESSMENT_KINDS) + rows["kind"]
    series = group_pairs(rows["employee_id"], judged)
    newest = best_rows(series.group, len(series), rows["assessed_at"], rows["assessment_id"])
    state = np.full(held.size, SUPERSEDED, dtype=np.int8)
    state[newest] = np.where(instant < rows["valid_until"][newest], VALID, EXPIRED)
    return {
        "employee_id": rows["employee_id"],
        "competency_id": rows["competency_id"],
        "level": rows["level"],
        "source": np.full(held.size, FROM_ASSESSMENT, dtype=np.int8),
        "source_id": rows["assessment_id"],
        "course_id": np.full(held.size, ABSENT, dtype=np.int64),
        # An assessment's kinds follow the course's in EVIDENCE_KINDS.
        "kind": rows["kind"] + 1,
        "assurance": rows["assurance"],
        "achieved_at": rows["assessed_at"],
        "used_at": rows["assessed_at"],
        "freshness": np.ones(held.size),
        "expires_at": rows["valid_until"],
        "state": state,
    }
