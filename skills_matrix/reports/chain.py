"""The chain from rows to cells, named once."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from django.db.models import QuerySet

from lms.people.models import Employee
from skills_matrix.competencies.models import Competency
from skills_matrix.conf import conf
from skills_matrix.engine.cells import effective_targets, matrix_cells
from skills_matrix.engine.evidence import derive_evidence
from skills_matrix.engine.levels import current_levels, self_levels
from skills_matrix.frames import Frames, read_frames


@dataclass(frozen=True)
class Chain:
    """The frames of one question, from what was read to the cells (grains in engine/schema.py)."""

    frames: Frames
    levels: pd.DataFrame
    cells: pd.DataFrame


def derive_levels(
    frames: Frames, *, awards: pd.DataFrame, as_of: datetime
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The evidence, and the levels that follow, were these the awards."""
    evidence = derive_evidence(frames.completions, awards, frames.assessments, as_of=as_of)
    levels = current_levels(
        evidence, minimum_assurance=conf.MINIMUM_ASSURANCE, rule=conf.LEVEL_RULE
    )
    return evidence, levels


def derive_chain(
    *, employees: QuerySet[Employee], competencies: QuerySet[Competency], as_of: datetime
) -> Chain:
    """Everything the matrix knows of these people and competencies at that moment."""
    frames = read_frames(employees=employees, competencies=competencies, as_of=as_of)
    evidence, levels = derive_levels(frames, awards=frames.awards, as_of=as_of)
    targets = effective_targets(frames.people, frames.person_roles, frames.targets, as_of=as_of)
    cells = matrix_cells(frames.people, levels, self_levels(evidence), targets)
    return Chain(frames=frames, levels=levels, cells=cells)
