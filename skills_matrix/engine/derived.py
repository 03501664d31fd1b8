"""The frames that the engine derives: one schema each."""

from collections.abc import Mapping
from typing import Final

from skills_matrix.engine.columns import (
    ASSURANCE,
    COMPETENCY,
    COVERAGE_CHANGES,
    EMPLOYEE,
    EVIDENCE_KINDS,
    EVIDENCE_SOURCES,
    EVIDENCE_STATES,
    LEVEL_MAX,
    LEVEL_MIN,
    LEVELS,
    NEED_STATUSES,
    PAIR,
    RISK_REASONS,
    Column,
    FrameSchema,
    a_count,
    a_fraction,
    a_level,
    an_id,
    an_instant,
    optional_id,
    optional_instant,
    optional_level,
)

# What came of the winning evidence, in the levels as in the cells. Absent together.
_WINNER = {
    "achieved_at": optional_instant("when the winning evidence was achieved; NaT = no level"),
    "source": Column(EVIDENCE_SOURCES, "where the winner came from; NA = no level", nullable=True),
    "source_id": optional_id("award_id or assessment_id of the winner; NA = no level"),
    "course_id": optional_id("course of the winner; NA = no level, or not from a course"),
    "kind": Column(EVIDENCE_KINDS, "kind of the winner; NA = no level", nullable=True),
    "assurance": Column("Int8", "assurance of the winner; NA = no level", nullable=True, minimum=0),
    "used_at": optional_instant("when the winner was last renewed; NaT = no level"),
    "freshness": Column(
        "float64",
        "freshness of the winner; NaN = no level",
        nullable=True,
        minimum=0.0,
        maximum=1.0,
    ),
}

_NEED = {
    "unit_id": an_id("the section or business process"),
    "competency_id": COMPETENCY,
    "level": a_level("level needed, or above", minimum=1),
}
_NEED_KEY = ("unit_id", "competency_id", "level")

DERIVED: Final[Mapping[str, FrameSchema]] = {
    "evidence": FrameSchema(
        "one row per piece of evidence that holds or held at as_of",
        ("employee_id", "competency_id", "source", "source_id", "achieved_at"),
        {
            **PAIR,
            "level": a_level("level it shows"),
            "source": Column(EVIDENCE_SOURCES, "where it came from"),
            "source_id": an_id("award_id or assessment_id, by source"),
            "course_id": optional_id("the course; NA = not from a course"),
            "kind": Column(EVIDENCE_KINDS, "'course', or the kind of the assessment"),
            "assurance": ASSURANCE,
            "achieved_at": an_instant("completion or assessment"),
            "expires_at": optional_instant("holds before this moment; NaT = never expires"),
            "used_at": an_instant("when it was achieved, or last renewed by project work"),
            "freshness": a_fraction("1 = new or of a competency that does not age; see ageing.py"),
            "state": Column(EVIDENCE_STATES, "why it holds or no longer holds"),
            "is_valid": Column("bool", "state is 'valid'"),
        },
    ),
    "levels": FrameSchema(
        "one row per person and competency with a level; no row = never assessed, not level 0",
        ("employee_id", "competency_id"),
        {
            **PAIR,
            "level": a_level("current level"),
            "since": an_instant("earliest achievement among the evidence that holds the level"),
            "expires_at": optional_instant("until when that evidence holds it; NaT = for good"),
            **_WINNER,
        },
    ),
    "self_levels": FrameSchema(
        "one row per person and competency with a valid self-assessment",
        ("employee_id", "competency_id"),
        {
            **PAIR,
            "self_level": a_level("level the person believes to have"),
            "self_assessed_at": an_instant("when"),
        },
    ),
    "applicable_targets": FrameSchema(
        "one row per person and target that applies to the person on as_of",
        ("employee_id", "target_id"),
        {**PAIR, "target_id": an_id("the target"), "target": a_level("level asked for")},
    ),
    "effective_targets": FrameSchema(
        "one row per person and competency with a target: the highest that applies",
        ("employee_id", "competency_id"),
        {**PAIR, "target_id": an_id("the target"), "target": a_level("level asked for")},
    ),
    "cells": FrameSchema(
        "one row per person and competency with a level, a self level or a target",
        ("employee_id", "competency_id"),
        {
            **PAIR,
            "level": optional_level("current level; NA = never assessed, not level 0"),
            "self_level": optional_level("self-assessment beside it; NA = none"),
            "target": optional_level("level asked for; NA = no target"),
            "target_id": optional_id("the target that asks for it; NA = no target"),
            "gap": optional_level("levels missing to the target, 0 = reached; NA = no target"),
            "since": optional_instant("since when the level is held; NaT = no level"),
            "expires_at": optional_instant("until when; NaT = for good, or no level"),
            **_WINNER,
        },
    ),
    "department_levels": FrameSchema(
        "one row per department with people and competency asked about, also where nobody has any",
        ("department_id", "competency_id"),
        {
            "department_id": an_id("the department"),
            "competency_id": COMPETENCY,
            "people": a_count("people in the department"),
            "assessed": a_count("people with a level"),
            "targeted": a_count("people with a target"),
            "at_target": a_count("people whose level reaches their target"),
            "mean_level": Column(
                "float64",
                "mean level of the assessed; NaN = nobody is",
                nullable=True,
                minimum=LEVEL_MIN,
                maximum=LEVEL_MAX,
            ),
            **{f"level_{level}": a_count(f"people at level {level}") for level in LEVELS},
        },
    ),
    "closing_courses": FrameSchema(
        "one row per person, competency and level asked for that one course would give",
        ("employee_id", "competency_id", "level"),
        {
            **PAIR,
            "level": a_level("level asked for", minimum=1),
            "course_id": an_id("the course to take"),
        },
    ),
    "showing_projects": FrameSchema(
        "one row per person, competency and level asked for that work in one project would show",
        ("employee_id", "competency_id", "level"),
        {
            **PAIR,
            "level": a_level("level asked for", minimum=1),
            "project_id": an_id("the project to ask for a place in"),
        },
    ),
    "scores": FrameSchema(
        "one row per person and project, or per person's first n projects",
        ("employee_id", "project_id"),
        {
            "employee_id": EMPLOYEE,
            "project_id": an_id("the project"),
            "score": a_fraction("how well the project fits the person, 0..1"),
            "rank": Column("int64", "1 = best for the person; ties by project_id", minimum=1),
            "needs_score": a_fraction("weighted mean credit of the needs; 0 = project has no need"),
            "relevant": Column("bool", "the project concerns the person's department or role"),
            "unmet_musts": a_count("needs the project cannot do without that the person misses"),
        },
    ),
    "reasons": FrameSchema(
        "one row per person, project and need, for the rows of scores",
        ("employee_id", "need_id"),
        {
            "employee_id": EMPLOYEE,
            "project_id": an_id("the project"),
            "need_id": an_id("the need"),
            "competency_id": COMPETENCY,
            "needed": a_level("level needed", minimum=1),
            "level": optional_level("the person's level; NA = never assessed"),
            "must": Column("bool", "True = the project cannot do without it"),
            "status": Column(NEED_STATUSES, "how far the person is"),
            "closing_course_id": optional_id("course that closes it; NA = met, or no course does"),
            "contribution": a_fraction("part of the score this need brings"),
        },
    ),
    "gains": FrameSchema(
        "one row per person and need that is not met, for the rows of reasons",
        ("employee_id", "need_id"),
        {
            "employee_id": EMPLOYEE,
            "need_id": an_id("the need"),
            "project_id": an_id("the project"),
            "score": a_fraction("score the project would have if this need were met"),
        },
    ),
    "members": FrameSchema(
        "one row per unit and person who belongs to it at as_of",
        ("unit_id", "employee_id"),
        {
            "unit_id": an_id("the section or business process"),
            "employee_id": EMPLOYEE,
            "leaves_at": optional_instant("end of the unbroken stay; NaT = no end known"),
        },
    ),
    "coverage": FrameSchema(
        "one row per unit, competency and level that is needed there",
        _NEED_KEY,
        {
            **_NEED,
            "needed": a_count("people needed"),
            "people": a_count("members of the unit"),
            "assessed": a_count("members with any level; the others may be able to, or not"),
            "holders": a_count("members at the level or above"),
            "leaving": a_count("of the holders, those who leave within the horizon"),
            "expiring": a_count("of those who stay, whose level falls below within the horizon"),
            "secure": a_count("holders who neither leave nor expire"),
            "shortage": a_count("holders missing to what is needed"),
            "bus_factor": Column(
                "Int64",
                "the smallest number of holders whose going leaves the need unmet; 0 = it is"
                " already, NA = nobody is needed",
                nullable=True,
                minimum=0,
            ),
        },
    ),
    "risks": FrameSchema(
        "one row per need at risk, with its gravest reason",
        _NEED_KEY,
        {
            **_NEED,
            "reason": Column(RISK_REASONS, "why it is at risk, the gravest reason first"),
            "missing": a_count("holders missing then: now, or at the horizon; 0 = none is"),
            "rank": Column("int64", "1 = gravest; ties by the ids", minimum=1),
        },
    ),
    "coverage_changes": FrameSchema(
        "one row per need whose coverage two offices differ in",
        _NEED_KEY,
        {
            **_NEED,
            "change": Column(
                COVERAGE_CHANGES,
                "falls: was met; worse, better: short before and after; recovers: was short;"
                " thin: still met, but the next to go breaks it",
            ),
            "needed_before": a_count("people needed before"),
            "needed": a_count("people needed after; a place somebody left stays to be filled"),
            "holders_before": a_count("holders before"),
            "holders": a_count("holders after"),
            "shortage_before": a_count("missing before"),
            "shortage": a_count("missing after"),
        },
    ),
    "falling": FrameSchema(
        "one row per person and competency whose level falls or ends within the horizon",
        ("employee_id", "competency_id"),
        {
            **PAIR,
            "level": a_level("current level"),
            "falls_at": an_instant("the first moment at which it no longer holds"),
            "falls_to": optional_level("level that other evidence still shows then; NA = none"),
        },
    ),
    "level_steps": FrameSchema(
        "one row per person, competency and moment at which the level changed",
        ("employee_id", "competency_id", "at"),
        {
            **PAIR,
            "at": an_instant("when it changed"),
            "before": optional_level("level until then; NA = none"),
            "after": optional_level("level from then on; NA = none is left"),
            "is_end": Column("bool", "True = this evidence ended, False = it came"),
            "source": Column(EVIDENCE_SOURCES, "where the evidence behind it came from"),
            "source_id": an_id("award_id or assessment_id of that evidence"),
            "course_id": optional_id("its course; NA = not from a course"),
            "kind": Column(EVIDENCE_KINDS, "its kind"),
        },
    ),
    "category_standings": FrameSchema(
        "one row per person and category in which the person has a target",
        ("employee_id", "category_id"),
        {
            "employee_id": EMPLOYEE,
            "category_id": an_id("the heading the competencies stand under"),
            "targeted": a_count("competencies with a target"),
            "assessed": a_count("of these, with a level"),
            "at_target": a_count("of these, whose level reaches the target"),
            "mean_level": Column(
                "float64",
                "mean level of the assessed; NaN = none is",
                nullable=True,
                minimum=LEVEL_MIN,
                maximum=LEVEL_MAX,
            ),
            "mean_target": Column(
                "float64",
                "mean of the targets",
                minimum=LEVEL_MIN,
                maximum=LEVEL_MAX,
            ),
        },
    ),
}
