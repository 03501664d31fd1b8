"""What holds of the evidence under all rules in force: the steps before the levels, in order."""

from datetime import datetime

import pandas as pd

from skills_matrix.engine.ageing import DEFAULT_FLOOR, age_evidence
from skills_matrix.engine.evidence import derive_evidence
from skills_matrix.engine.mapping import follow_mappings


def held_evidence(
    *,
    completions: pd.DataFrame,
    awards: pd.DataFrame,
    assessments: pd.DataFrame,
    mappings: pd.DataFrame,
    ageing: pd.DataFrame,
    competencies: pd.DataFrame,
    as_of: datetime,
    floor: float = DEFAULT_FLOOR,
) -> pd.DataFrame:
    """Evidence of ``competencies``: mappings followed, derived and aged.

    Args:
        awards: also those of earlier competencies that count for ``competencies``, or they
            are missed; the same of ``assessments``.
        competencies: frame ``competencies``; evidence of any other is left out.

    Returns:
        Frame ``evidence``, in no particular order.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
        NaiveInstant: ``as_of`` has no time zone.
    """
    evidence = derive_evidence(
        completions,
        follow_mappings("awards", awards, mappings, as_of=as_of),
        follow_mappings("assessments", assessments, mappings, as_of=as_of),
        as_of=as_of,
    )
    asked = evidence["competency_id"].isin(competencies["competency_id"])
    if not asked.all():
        evidence = evidence[asked]
    return age_evidence(evidence, ageing, as_of=as_of, floor=floor)
