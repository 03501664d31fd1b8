"""Why a cell says what it says: the matrix's own functions, on one person and one competency."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from skills_matrix.engine.ageing import DEFAULT_FLOOR
from skills_matrix.engine.arrays import arrays_of, frame_of
from skills_matrix.engine.cells import applicable_targets, effective_targets, matrix_cells
from skills_matrix.engine.chain import held_evidence
from skills_matrix.engine.closing import closing_courses
from skills_matrix.engine.columns import LEVEL_MAX
from skills_matrix.engine.levels import DEFAULT_RULE, counted, current_levels, self_levels
from skills_matrix.engine.mapping import follow_mappings
from skills_matrix.engine.schema import frame_from_rows


@dataclass(frozen=True, slots=True)
class CellExplanation:
    """The chain behind one cell.

    Attributes:
        cell: frame ``cells`` with the one row, or none when there is nothing to show.
        evidence: frame ``evidence`` and ``counts`` (bool: the rule saw it), newest first.
        targets: frame ``applicable_targets``, the highest first; the effective one is named by
            the cell's ``target_id``.
        raising_courses: frame ``closing_courses`` for each level above the current one.
        rule: name of the rule that made the level.
        minimum_assurance: evidence below it was passed over.
    """

    cell: pd.DataFrame
    evidence: pd.DataFrame
    targets: pd.DataFrame
    raising_courses: pd.DataFrame
    rule: str
    minimum_assurance: int


def explain_cell(
    *,
    employee_id: int,
    competency_id: int,
    people: pd.DataFrame,
    person_roles: pd.DataFrame,
    completions: pd.DataFrame,
    awards: pd.DataFrame,
    assessments: pd.DataFrame,
    mappings: pd.DataFrame,
    ageing: pd.DataFrame,
    targets: pd.DataFrame,
    courses: pd.DataFrame,
    course_access: pd.DataFrame,
    as_of: datetime,
    minimum_assurance: int = 0,
    rule: str = DEFAULT_RULE,
    floor: float = DEFAULT_FLOOR,
) -> CellExplanation:
    """Explain one cell. The frames may hold more than this person and competency.

    Awards and assessments of earlier competencies that count for this one belong to them.

    Raises:
        FrameError: an input is not as ``schema.INPUTS`` says.
        NaiveInstant: ``as_of`` has no time zone.
        UnknownRule: no rule has that name.
    """
    person, competency = {"employee_id": employee_id}, {"competency_id": competency_id}
    people, person_roles = _only(people, person), _only(person_roles, person)
    targets = _only(targets, competency)
    evidence = held_evidence(
        completions=_only(completions, person),
        awards=awards,
        assessments=_only(assessments, person),
        mappings=mappings,
        ageing=ageing,
        competencies=_only_this(competency_id),
        as_of=as_of,
        floor=floor,
    )
    levels = current_levels(evidence, minimum_assurance=minimum_assurance, rule=rule)
    effective = effective_targets(people, person_roles, targets, as_of=as_of)
    cell = matrix_cells(people, levels, self_levels(evidence), effective)
    counts = counted(evidence, minimum_assurance=minimum_assurance)
    return CellExplanation(
        cell=cell,
        evidence=evidence.assign(counts=counts).sort_values(
            ["achieved_at", "source", "source_id"], ascending=False, ignore_index=True
        ),
        targets=applicable_targets(people, person_roles, targets, as_of=as_of).sort_values(
            ["target", "target_id"], ascending=[False, True], ignore_index=True
        ),
        raising_courses=closing_courses(
            _levels_above(competency_id, levels),
            _only(follow_mappings("awards", awards, mappings, as_of=as_of), competency),
            courses,
            _only(course_access, person),
            as_of=as_of,
            minimum_assurance=minimum_assurance,
        ),
        rule=rule,
        minimum_assurance=minimum_assurance,
    )


def _only(frame: pd.DataFrame, wanted: dict[str, int]) -> pd.DataFrame:
    chosen = np.ones(len(frame), dtype=np.bool_)
    for column, value in wanted.items():
        chosen &= frame[column].to_numpy() == value
    return frame[chosen]


def _only_this(competency_id: int) -> pd.DataFrame:
    return frame_from_rows("competencies", [(competency_id, None)])


def _levels_above(competency_id: int, levels: pd.DataFrame) -> pd.DataFrame:
    current = int(arrays_of("levels", levels)["level"].max(initial=0))
    above = np.arange(current + 1, LEVEL_MAX + 1)
    return frame_of(
        "demands", {"competency_id": np.full(above.size, competency_id), "level": above}
    )
