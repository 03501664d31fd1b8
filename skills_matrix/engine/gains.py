"""What would change a score: each unmet need met on its own, scored by the same function."""

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import ABSENT, FOREVER, Array, Arrays, Ints, arrays_of, frame_of
from skills_matrix.engine.keys import join, positions_in, unique_ids
from skills_matrix.engine.schema import frame_schema
from skills_matrix.engine.suggestions import match_projects
from skills_matrix.engine.weights import Weights


def gained_scores(
    reasons: pd.DataFrame,
    *,
    people: pd.DataFrame,
    person_roles: pd.DataFrame,
    levels: pd.DataFrame,
    projects: pd.DataFrame,
    needs: pd.DataFrame,
    relevance: pd.DataFrame,
    closing_courses: pd.DataFrame,
    weights: Weights | None = None,
) -> pd.DataFrame:
    """For each unmet need of ``reasons``, the score its project would have if just it were met.

    Each person stands in once for every competency and level that is not met, with that level
    and everything else as it is, and is scored by ``match_projects``.

    Args:
        reasons: frame ``reasons`` of ``match_projects`` for these same other frames.

    Returns:
        Frame ``gains``, by employee_id and need_id; a need that is met has no row.

    Raises:
        FrameError: an input is not as its schema says.
    """
    unmet = arrays_of("reasons", reasons[reasons["status"] != "met"])
    gained = np.stack([unmet["employee_id"], unmet["competency_id"], unmet["needed"]]).astype(
        np.int64
    )
    # Column n of `variants` is stand-in n; `of_need` says which one a need's row asks about.
    variants, of_need = np.unique(gained, axis=1, return_inverse=True)
    person, competency, level = variants
    of_need = of_need.ravel()
    asked = np.isin(projects["project_id"].to_numpy(), unique_ids(unmet["project_id"]))
    scored = arrays_of(
        "scores",
        match_projects(
            people=_standing_in("people", people, person),
            person_roles=_standing_in("person_roles", person_roles, person),
            levels=_with_gain(levels, person, competency, level),
            projects=projects[asked],
            needs=needs,
            relevance=relevance,
            closing_courses=_standing_in("closing_courses", closing_courses, person),
            weights=weights,
        ).scores,
    )
    # Both are few: a stand-in for each unmet need, and the projects of a page.
    known = unique_ids(scored["project_id"])
    need, row = join(
        of_need * known.size + positions_in(known, unmet["project_id"]),
        scored["employee_id"] * known.size + positions_in(known, scored["project_id"]),
    )
    order = np.lexsort((unmet["need_id"][need], unmet["employee_id"][need]))
    need, row = need[order], row[order]
    return frame_of(
        "gains",
        {
            "employee_id": unmet["employee_id"][need],
            "need_id": unmet["need_id"][need],
            "project_id": unmet["project_id"][need],
            "score": scored["score"][row],
        },
    )


def _standing_in(name: str, frame: pd.DataFrame, person: Ints) -> pd.DataFrame:
    """The rows of each stand-in's person, as the stand-in's own."""
    rows = arrays_of(name, frame)
    variant, row = join(person, rows["employee_id"])
    return _as_theirs(name, rows, variant, row)


def _with_gain(levels: pd.DataFrame, person: Ints, competency: Ints, level: Ints) -> pd.DataFrame:
    """What each stand-in's person has, with the one level gained in place of the one held."""
    held = arrays_of("levels", levels)
    variant, row = join(person, held["employee_id"])
    others = held["competency_id"][row] != competency[variant]
    kept = _as_theirs("levels", held, variant[others], row[others])
    # Of a level only whose, in what and how high is scored; where it came from is left open.
    gained: dict[str, Array] = {
        key: np.full(person.size, _filler(column.dtype, column.nullable))
        for key, column in frame_schema("levels").columns.items()
    }
    gained |= {
        "employee_id": np.arange(person.size),
        "competency_id": competency,
        "level": level.astype(np.int8),
    }
    return pd.concat([kept, frame_of("levels", gained)], ignore_index=True)


def _filler(dtype: str | tuple[str, ...], is_nullable: bool) -> int:
    if isinstance(dtype, tuple) or not is_nullable:
        return 0
    return FOREVER if dtype.startswith("datetime64") else ABSENT


def _as_theirs(name: str, rows: Arrays, variant: Ints, row: Ints) -> pd.DataFrame:
    columns = {key: rows[key][row] for key in rows}
    return frame_of(name, columns | {"employee_id": variant})
