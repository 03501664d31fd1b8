"""The chain from rows to cells, named once."""

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd
from django.db.models import QuerySet

from lms.people.models import Employee
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import RuleInForce, level_rule_on
from skills_matrix.engine.cells import effective_targets, matrix_cells
from skills_matrix.engine.chain import held_evidence
from skills_matrix.engine.levels import current_levels, self_levels
from skills_matrix.engine.mapping import follow_mappings
from skills_matrix.frames import Facts, Frames, office_day, read_frames


@dataclass(frozen=True)
class Chain:
    """The frames of one question, from what was read to the cells (grains in engine/schema.py).

    `awards` has mappings followed: what each course gives today.
    """

    frames: Frames
    rule: RuleInForce
    awards: pd.DataFrame
    evidence: pd.DataFrame
    levels: pd.DataFrame
    cells: pd.DataFrame


def derive_levels(
    frames: Frames, *, rule: RuleInForce, awards: pd.DataFrame, as_of: datetime
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The evidence, and the levels that follow, were these the awards."""
    evidence = held_evidence(
        completions=frames.completions,
        awards=awards,
        assessments=frames.assessments,
        mappings=frames.mappings,
        ageing=frames.ageing,
        competencies=frames.competencies,
        as_of=as_of,
        floor=rule.floor,
    )
    levels = current_levels(evidence, minimum_assurance=rule.minimum_assurance, rule=rule.name)
    return evidence, levels


def derive_chain(
    *,
    employees: QuerySet[Employee],
    competencies: QuerySet[Competency],
    as_of: datetime,
    minimum_assurance: int | None = None,
    facts: Facts | None = None,
) -> Chain:
    """Everything the matrix knows of these people and competencies at that moment.

    Args:
        facts: of at least these people and competencies; None = they are read.
        minimum_assurance: what evidence must reach to count, instead of what the rule says.
    """
    frames = read_frames(employees=employees, competencies=competencies, as_of=as_of, facts=facts)
    rule = rule_asked_for(as_of, minimum_assurance)
    return chain_of(frames, rule=rule, as_of=as_of)


def rule_asked_for(as_of: datetime, minimum_assurance: int | None) -> RuleInForce:
    """The rule of that moment; a reader may ask for surer, or less sure, evidence than it does."""
    rule = level_rule_on(office_day(as_of))
    if minimum_assurance is None:
        return rule
    return replace(rule, minimum_assurance=minimum_assurance)


def chain_of(frames: Frames, *, rule: RuleInForce, as_of: datetime) -> Chain:
    """The same of frames that were read, or changed to see what would be."""
    evidence, levels = derive_levels(frames, rule=rule, awards=frames.awards, as_of=as_of)
    targets = effective_targets(frames.people, frames.person_roles, frames.targets, as_of=as_of)
    cells = matrix_cells(frames.people, levels, self_levels(evidence), targets)
    awards = follow_mappings("awards", frames.awards, frames.mappings, as_of=as_of)
    return Chain(
        frames=frames, rule=rule, awards=awards, evidence=evidence, levels=levels, cells=cells
    )
