"""Which course closes a gap: for each person, the one course to take for a level asked for."""

from datetime import datetime

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import ABSENT, Array, Arrays, arrays_of, frame_of, microseconds
from skills_matrix.engine.columns import LEVEL_MAX
from skills_matrix.engine.keys import in_force, join, positions_in, unique_ids


def demands_of(*frames: pd.DataFrame) -> pd.DataFrame:
    """The different competencies and levels that ``frames`` ask for.

    Args:
        frames: any frames with a competency_id and a level, such as ``needs`` or ``targets``.

    Returns:
        Frame ``demands``; level 0 is nothing to ask for and is left out.
    """
    none = np.empty(0, dtype=np.int64)
    competency = np.concatenate(
        [none, *(frame["competency_id"].to_numpy(dtype=np.int64) for frame in frames)]
    )
    level = np.concatenate([none, *(frame["level"].to_numpy(dtype=np.int64) for frame in frames)])
    asked = np.unique(competency * (LEVEL_MAX + 1) + level)
    asked = asked[asked % (LEVEL_MAX + 1) > 0]
    return frame_of(
        "demands",
        {"competency_id": asked // (LEVEL_MAX + 1), "level": asked % (LEVEL_MAX + 1)},
    )


def closing_courses(
    demands: pd.DataFrame,
    awards: pd.DataFrame,
    courses: pd.DataFrame,
    course_access: pd.DataFrame,
    *,
    as_of: datetime,
    minimum_assurance: int = 0,
) -> pd.DataFrame:
    """For each person and demand, the course to take, if one that is open to the person would do.

    A course would do when an award in force on ``as_of`` gives at least the level asked for, with
    the assurance asked for. Of several the one that overshoots least is taken, then the shortest,
    then the lowest id. Whether the person already has the level does not matter here.

    Returns:
        Frame ``closing_courses``, by competency_id, level and employee_id.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    asked, taught = arrays_of("demands", demands), arrays_of("courses", courses)
    in_order = np.lexsort((asked["level"], asked["competency_id"]))
    asked = asked.at(in_order)
    access = arrays_of("course_access", course_access)
    order = np.argsort(taught["course_id"])
    course_ids, minutes = taught["course_id"][order], taught["minutes"][order]
    people = unique_ids(access["employee_id"])

    person = positions_in(people, access["employee_id"])
    course = positions_in(course_ids, access["course_id"])
    known = course != ABSENT
    # One row per course, so that each candidate below reads one unbroken run of people.
    may_take = np.zeros((course_ids.size, people.size), dtype=np.bool_)
    may_take[course[known], person[known]] = True

    chosen = np.full((asked["level"].size, people.size), ABSENT, dtype=np.int32)
    candidates = _candidates(
        asked,
        arrays_of("awards", awards),
        course_ids,
        minutes,
        microseconds(as_of),
        minimum_assurance,
    )
    # The preferred course comes last, over the others.
    for asking, candidate in reversed(candidates):
        np.copyto(chosen[asking], candidate, where=may_take[candidate])
    is_closable = chosen != ABSENT
    cell = np.flatnonzero(is_closable)
    demand = np.repeat(np.arange(len(chosen)), np.count_nonzero(is_closable, axis=1))
    person = cell - demand * people.size
    return frame_of(
        "closing_courses",
        {
            "employee_id": people[person],
            "competency_id": asked["competency_id"][demand],
            "level": asked["level"][demand],
            "course_id": course_ids[chosen.take(cell)],
        },
    )


def _candidates(
    demands: Arrays,
    awards: Arrays,
    course_ids: Array,
    minutes: Array,
    instant: int,
    minimum_assurance: int,
) -> list[tuple[int, int]]:
    """Each demand with each course that meets it, the preferred course first."""
    course = positions_in(course_ids, awards["course_id"])
    now = in_force(awards["effective_from"], awards["effective_until"], instant)
    usable = np.flatnonzero(now & (course != ABSENT) & (awards["assurance"] >= minimum_assurance))
    demand, match = join(demands["competency_id"], awards["competency_id"][usable])
    award = usable[match]
    enough = awards["level"][award] >= demands["level"][demand]
    demand, award = demand[enough], award[enough]
    candidate = course[award]
    # Positions ascend with ids, so the position is the last tie-break.
    order = np.lexsort((candidate, minutes[candidate], awards["level"][award], demand))
    return list(zip(demand[order].tolist(), candidate[order].tolist(), strict=True))
