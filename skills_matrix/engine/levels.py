"""From evidence to the current level, by a named rule."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from skills_matrix.engine.arrays import Array, Arrays, Bools, arrays_of, frame_of
from skills_matrix.engine.columns import EVIDENCE_KINDS
from skills_matrix.engine.exceptions import UnknownRule
from skills_matrix.engine.keys import best_rows, group_pairs, highest, lowest

_SELF: Final = EVIDENCE_KINDS.index("self")
# More than any assurance: level first, assurance next, in one number.
_ASSURANCES: Final = 1 << 8


def highest_valid(evidence: Arrays) -> dict[str, Array]:
    """The highest level that any counted evidence shows.

    Of the evidence at that level the winner is the strongest by assurance, then the one that
    expires last, then the newest, then an assessment before a course, then the highest id.
    ``since`` and ``expires_at`` are those of all counted evidence at that level together: it all
    holds now, so its earliest start and its latest end enclose one unbroken time.
    """
    pairs = group_pairs(evidence["employee_id"], evidence["competency_id"])
    groups, level = len(pairs), evidence["level"]
    winner = best_rows(
        pairs.group,
        groups,
        level.astype(np.int64) * _ASSURANCES + evidence["assurance"],
        evidence["expires_at"],
        evidence["achieved_at"],
        evidence["source"],
        evidence["source_id"],
    )
    won = evidence.at(winner)
    at_level = np.flatnonzero(level == won["level"][pairs.group])
    group = pairs.group[at_level]
    return {
        "employee_id": pairs.first,
        "competency_id": pairs.second,
        "since": lowest(group, groups, evidence["achieved_at"][at_level]),
        "expires_at": highest(group, groups, evidence["expires_at"][at_level]),
        **{
            key: won[key]
            for key in (
                "level",
                "achieved_at",
                "source",
                "source_id",
                "course_id",
                "kind",
                "assurance",
                "freshness",
                "used_at",
            )
        },
    }


Rule = Callable[[Arrays], dict[str, Array]]

# A rule sees the counted evidence only, and returns the columns of the frame ``levels``.
RULES: Final[Mapping[str, Rule]] = {"highest_valid": highest_valid}
DEFAULT_RULE: Final = "highest_valid"


def current_levels(
    evidence: pd.DataFrame, *, minimum_assurance: int = 0, rule: str = DEFAULT_RULE
) -> pd.DataFrame:
    """The current level of each person in each competency with counted evidence.

    Args:
        evidence: frame ``evidence``.
        minimum_assurance: evidence below it is passed over.
        rule: a name in ``RULES``.

    Returns:
        Frame ``levels``, by employee_id and competency_id.

    Raises:
        FrameError: ``evidence`` is not as its schema says.
        UnknownRule: no rule has that name.
    """
    try:
        level_by = RULES[rule]
    except KeyError:
        raise UnknownRule(f"no rule is called {rule!r}") from None
    arrays = arrays_of("evidence", evidence)
    rows = np.flatnonzero(_counts(arrays, minimum_assurance))
    return frame_of("levels", level_by(arrays.at(rows)))


def counted(evidence: pd.DataFrame, *, minimum_assurance: int = 0) -> pd.Series:
    """For each row of ``evidence``, whether a rule sees it: valid, sure enough, not self-belief."""
    counts = _counts(arrays_of("evidence", evidence), minimum_assurance)
    return pd.Series(counts, index=evidence.index, name="counts")


def _counts(evidence: Arrays, minimum_assurance: int) -> Bools:
    sure = evidence["assurance"] >= minimum_assurance
    return np.asarray(evidence["is_valid"] & sure & (evidence["kind"] != _SELF), dtype=np.bool_)


def self_levels(evidence: pd.DataFrame) -> pd.DataFrame:
    """What each person believes to be able to do: shown beside the level, never mixed into it.

    Returns:
        Frame ``self_levels``, by employee_id and competency_id.

    Raises:
        FrameError: ``evidence`` is not as its schema says.
    """
    arrays = arrays_of("evidence", evidence)
    believed = arrays.at(np.flatnonzero(arrays["is_valid"] & (arrays["kind"] == _SELF)))
    pairs = group_pairs(believed["employee_id"], believed["competency_id"])
    newest = best_rows(pairs.group, len(pairs), believed["achieved_at"], believed["source_id"])
    latest = believed.at(newest)
    return frame_of(
        "self_levels",
        {
            "employee_id": pairs.first,
            "competency_id": pairs.second,
            "self_level": latest["level"],
            "self_assessed_at": latest["achieved_at"],
        },
    )
