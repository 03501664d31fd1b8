"""Which project would show a level: for each person, the one to ask for a place in."""

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import arrays_of, frame_of
from skills_matrix.engine.keys import best_rows, group_pairs, join


def showing_projects(
    demands: pd.DataFrame, needs: pd.DataFrame, people: pd.DataFrame, relevance: pd.DataFrame
) -> pd.DataFrame:
    """For each person and demand, the project whose work would show the level, if any would.

    A project would when it needs the competency at the level asked for or a higher one. Of several
    one that concerns the person's department is taken first, then the one that overshoots least,
    then one that cannot do without the competency, then the lowest id.

    Returns:
        Frame ``showing_projects``, by employee_id, competency_id and level.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
    """
    asked, needed = arrays_of("demands", demands), arrays_of("needs", needs)
    who, linked = arrays_of("people", people), arrays_of("relevance", relevance)
    demand, need = join(asked["competency_id"], needed["competency_id"])
    enough = needed["level"][need] >= asked["level"][demand]
    demand, need = demand[enough], need[enough]
    person = np.repeat(np.arange(who["employee_id"].size), demand.size)
    demand, need = (np.tile(rows, who["employee_id"].size) for rows in (demand, need))
    concerned = set(
        zip(linked["project_id"].tolist(), linked["department_id"].tolist(), strict=True)
    )
    is_near = np.array(
        [
            pair in concerned
            for pair in zip(
                needed["project_id"][need].tolist(),
                who["department_id"][person].tolist(),
                strict=True,
            )
        ],
        dtype=np.int64,
    )
    pairs = group_pairs(who["employee_id"][person], demand)
    best = best_rows(
        pairs.group,
        len(pairs),
        is_near,
        -needed["level"][need].astype(np.int64),
        needed["must"][need].astype(np.int64),
        -needed["project_id"][need],
    )
    return frame_of(
        "showing_projects",
        {
            "employee_id": pairs.first,
            "competency_id": asked["competency_id"][pairs.second],
            "level": asked["level"][pairs.second],
            "project_id": needed["project_id"][need[best]],
        },
    )
