"""Small offices for the engine's tests: frames from short rows, and offices drawn by hypothesis."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from skills_matrix.engine.aggregates import department_levels
from skills_matrix.engine.cells import effective_targets, matrix_cells
from skills_matrix.engine.chain import held_evidence
from skills_matrix.engine.closing import closing_courses, demands_of
from skills_matrix.engine.columns import AGEING_KINDS, ASSESSMENT_KINDS
from skills_matrix.engine.coverage import asked_needs, coverage, coverage_risks
from skills_matrix.engine.evidence import derive_evidence
from skills_matrix.engine.falling import falling_levels, levels_until
from skills_matrix.engine.gains import gained_scores
from skills_matrix.engine.levels import current_levels, self_levels
from skills_matrix.engine.members import unit_members
from skills_matrix.engine.schema import FRAMES, INPUTS, empty_frame, frame_from_rows
from skills_matrix.engine.showing import showing_projects
from skills_matrix.engine.standing import category_standings
from skills_matrix.engine.steps import level_steps
from skills_matrix.engine.suggestions import match_projects
from skills_matrix.engine.table import SkillTable, table_of_cells
from skills_matrix.engine.whatif import coverage_changes, needs_kept
from tests.examples import examples

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
LONG_AGO = datetime(2020, 4, 1, tzinfo=UTC)

Office = dict[str, pd.DataFrame]

EXAMPLES = examples(of=50)


def for_every(*drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """``given``, without a deadline: how long an example takes says nothing on a busy machine."""

    def prepared(test: Callable[..., None]) -> Any:
        return settings(deadline=None, max_examples=EXAMPLES)(given(*drawn)(test))

    return prepared


DEFAULTS: dict[str, dict[str, Any]] = {
    "people": {"employee_id": 1, "department_id": 10, "tier_id": 1},
    "person_roles": {"employee_id": 1},
    "completions": {"employee_id": 1, "course_id": 1, "assurance": 5},
    "awards": {
        "award_id": 1,
        "course_id": 1,
        "competency_id": 1,
        "level": 2,
        "valid_for_days": None,
        "effective_from": LONG_AGO,
        "effective_until": None,
        "assurance": 2,
    },
    "assessments": {
        "employee_id": 1,
        "competency_id": 1,
        "kind": "supervisor",
        "assurance": 4,
        "valid_until": None,
    },
    "targets": {
        "competency_id": 1,
        "tier_id": None,
        "role_id": None,
        "effective_from": LONG_AGO,
        "effective_until": None,
    },
    "mappings": {"most": None, "effective_from": LONG_AGO, "effective_until": None},
    "ageing": {
        "rule_id": 1,
        "competency_id": 1,
        "kind": "validity",
        "effective_from": LONG_AGO,
        "effective_until": None,
    },
    "competencies": {"parent_id": None},
    "courses": {"minutes": 60},
    "course_access": {"employee_id": 1},
    "projects": {"lead_role_id": None},
    "needs": {"project_id": 1, "must": False, "weight": 1.0},
    "evidence": {
        "employee_id": 1,
        "competency_id": 1,
        "source": "assessment",
        "course_id": None,
        "kind": "supervisor",
        "assurance": 4,
        "achieved_at": LONG_AGO,
        "used_at": LONG_AGO,
        "freshness": 1.0,
        "expires_at": None,
        "state": "valid",
        "is_valid": True,
    },
    "levels": {
        "employee_id": 1,
        "since": LONG_AGO,
        "expires_at": None,
        "achieved_at": LONG_AGO,
        "source": "assessment",
        "source_id": 1,
        "course_id": None,
        "kind": "supervisor",
        "assurance": 4,
        "freshness": 1.0,
        "used_at": LONG_AGO,
    },
    "self_levels": {"employee_id": 1, "self_assessed_at": LONG_AGO},
    "effective_targets": {"employee_id": 1, "target_id": 1},
    "closing_courses": {"employee_id": 1},
    "postings": {
        "employee_id": 1,
        "department_id": 10,
        "is_main": True,
        "starts_at": LONG_AGO,
        "ends_at": None,
    },
    "units": {"kind": "section"},
    "unit_needs": {"unit_id": 1, "competency_id": 1},
    "moves": {"employee_id": 1, "tier_id": None},
    "move_roles": {"employee_id": 1},
}


def day(text: str) -> datetime:
    """Midnight UTC of an ISO day."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def rows(name: str, *given: dict[str, Any]) -> pd.DataFrame:
    """The frame ``name``; what a row does not say is taken from ``DEFAULTS``."""
    full = [{**DEFAULTS.get(name, {}), **row} for row in given]
    return frame_from_rows(name, [[row[key] for key in FRAMES[name].columns] for row in full])


def plain(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of some columns as plain values, with None for every kind of absence."""
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in frame[list(columns)].astype(object).itertuples(index=False)
    ]


def shuffled(frame: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The same rows in another order, under an index that is of no use."""
    order = np.random.default_rng(seed).permutation(len(frame))
    return frame.take(order).set_axis(order + 7, axis=0)


def assert_same_rows(left: pd.DataFrame, right: pd.DataFrame, *key: str) -> None:
    """Same rows and dtypes; with ``key`` both are put in its order first."""
    if key:
        left = left.sort_values(list(key), ignore_index=True)
        right = right.sort_values(list(key), ignore_index=True)
    pd.testing.assert_frame_equal(
        left.reset_index(drop=True), right.reset_index(drop=True), check_exact=True
    )


def derive_matrix(office: Office, *, as_of: datetime = AS_OF, minimum_assurance: int = 0) -> Office:
    """All that the engine derives of what people can do."""
    evidence = held_evidence(**{name: office[name] for name in EVIDENCE}, as_of=as_of)
    levels = current_levels(evidence, minimum_assurance=minimum_assurance)
    believed = self_levels(evidence)
    targets = effective_targets(
        office["people"], office["person_roles"], office["targets"], as_of=as_of
    )
    cells = matrix_cells(office["people"], levels, believed, targets)
    return {
        "evidence": evidence,
        "levels": levels,
        "self_levels": believed,
        "effective_targets": targets,
        "cells": cells,
        "department_levels": department_levels(cells, office["people"], office["competencies"]),
    }


def laid_out(office: Office, cells: pd.DataFrame) -> SkillTable:
    """The cells as a table of everybody and everything, neither in the order of the ids."""
    people = office["people"]["employee_id"].to_numpy()[::-1].copy()
    competencies = office["competencies"]["competency_id"].to_numpy()[::-1].copy()
    return table_of_cells(cells, people, competencies)


def derive_coverage(office: Office, *, until: datetime | None = None) -> Office:
    """All that the engine derives of what units need. The horizon is two days unless said."""
    until = until or AS_OF + timedelta(days=2)
    evidence = held_evidence(**{name: office[name] for name in EVIDENCE}, as_of=AS_OF)
    cells = derive_matrix(office)["cells"]
    table = laid_out(office, cells)
    empty = frame_from_rows("effective_targets", ())
    later = laid_out(
        office,
        matrix_cells(
            office["people"],
            levels_until(evidence, until=until),
            self_levels(evidence[:0]),
            empty,
        ),
    )
    members = unit_members(
        office["postings"], office["units"], office["unit_departments"], as_of=AS_OF
    )
    asked = asked_needs(table, members, office["units"])
    needs = needs_kept(asked, office["unit_needs"])[1]
    covered = coverage(table, later.level, members, needs, until=until)
    return {
        "members": members,
        "asked": asked,
        "coverage": covered,
        "risks": coverage_risks(covered, office["units"]),
        "falling": falling_levels(evidence, current_levels(evidence), until=until),
    }


def match_inputs(office: Office) -> Office:
    """What ``match_projects`` takes, derived where it is derived."""
    evidence = derive_evidence(
        office["completions"], office["awards"], office["assessments"], as_of=AS_OF
    )
    return {
        **{name: office[name] for name in ("people", "person_roles", "projects", "needs")},
        "relevance": office["relevance"],
        "levels": current_levels(evidence),
        "closing_courses": closing_courses(
            demands_of(office["needs"]),
            office["awards"],
            office["courses"],
            office["course_access"],
            as_of=AS_OF,
        ),
    }


def derive_all(office: Office) -> Office:
    """Everything the engine derives of an office."""
    inputs = match_inputs(office)
    matches = match_projects(**inputs)
    covered = derive_coverage(office)
    del covered["asked"]
    return {
        **derive_matrix(office),
        **covered,
        "coverage_changes": coverage_changes(covered["coverage"], covered["coverage"]),
        "closing_courses": inputs["closing_courses"],
        "showing_projects": showing_projects(
            demands_of(office["needs"]), office["needs"], office["people"], office["relevance"]
        ),
        "category_standings": category_standings(
            derive_matrix(office)["cells"], office["competencies"]
        ),
        "level_steps": level_steps(derive_matrix(office)["evidence"], as_of=AS_OF),
        "scores": matches.scores,
        "reasons": matches.reasons,
        "gains": gained_scores(matches.reasons, **inputs),
    }


# Few and close values, so that ties, overlaps and exact edges are common.
EMPLOYEES, COMPETENCIES, COURSES, PROJECTS = (1, 2, 5, 900), (1, 2, 7), (1, 2, 3), (1, 2, 4)
UNITS = (1, 2, 30)
TIERS, ROLES, DEPARTMENTS = (1, 2), (1, 2, 3), (10, 20)
_moments = st.integers(-6, 3).map(lambda days: AS_OF + timedelta(days=days))
_levels = st.integers(0, 4)
_assurances = st.integers(0, 3)


def _table(key: tuple[int, ...], *columns: st.SearchStrategy[Any], most: int) -> Any:
    return st.lists(
        st.tuples(*columns),
        max_size=most,
        unique_by=lambda row: tuple(row[column] for column in key),
    )


def _one_of(values: tuple[Any, ...], *, absent: bool = False) -> st.SearchStrategy[Any]:
    return st.sampled_from((*values, None) if absent else values)


def _open(moments: st.SearchStrategy[datetime]) -> st.SearchStrategy[datetime | None]:
    return st.none() | moments


_ids = st.integers(1, 40)
_INPUT_ROWS: dict[str, st.SearchStrategy[list[tuple[Any, ...]]]] = {
    "people": _table(
        (0,), _one_of(EMPLOYEES), _one_of(DEPARTMENTS), _one_of(TIERS, absent=True), most=4
    ),
    "person_roles": _table((0, 1), _one_of(EMPLOYEES), _one_of(ROLES), most=6),
    "completions": _table(
        *((0, 1, 2), _one_of(EMPLOYEES), _one_of(COURSES), _moments),
        *(st.integers(0, 5),),
        most=10,
    ),
    "awards": _table(
        (0,),
        _ids,
        _one_of(COURSES),
        _one_of(COMPETENCIES),
        _levels,
        st.none() | st.integers(1, 6),
        _moments,
        _open(_moments),
        _assurances,
        most=6,
    ),
    "assessments": _table(
        (0,),
        _ids,
        _one_of(EMPLOYEES),
        _one_of(COMPETENCIES),
        _levels,
        _one_of(ASSESSMENT_KINDS),
        _assurances,
        _moments,
        _open(_moments),
        most=14,
    ),
    "mappings": _table(
        (0, 1),
        _one_of(COMPETENCIES),
        _one_of(COMPETENCIES),
        st.none() | _levels,
        _moments,
        _open(_moments),
        most=4,
    ),
    "ageing": _table(
        (0,),
        _ids,
        _one_of(COMPETENCIES),
        st.sampled_from(AGEING_KINDS),
        st.integers(1, 6),
        _moments,
        _open(_moments),
        most=3,
    ),
    "targets": _table(
        (0,),
        _ids,
        _one_of(COMPETENCIES),
        _one_of(TIERS, absent=True),
        _one_of(ROLES, absent=True),
        _levels,
        _moments,
        _open(_moments),
        most=8,
    ),
    "courses": _table((0,), _one_of(COURSES), st.integers(10, 12), most=3),
    "course_access": _table((0, 1), _one_of(EMPLOYEES), _one_of(COURSES), most=10),
    "projects": _table((0,), _one_of(PROJECTS), _one_of(ROLES, absent=True), most=3),
    "relevance": _table((0, 1), _one_of(PROJECTS), _one_of(DEPARTMENTS), most=4),
    "needs": _table(
        (0,),
        _ids,
        _one_of(PROJECTS),
        _one_of(COMPETENCIES),
        st.integers(1, 4),
        st.booleans(),
        st.sampled_from((0.0, 0.1, 0.7, 1.0, 3.0)),
        most=10,
    ),
    "postings": _table(
        (0,),
        _ids,
        _one_of(EMPLOYEES),
        _one_of(DEPARTMENTS),
        st.booleans(),
        _moments,
        _open(_moments),
        most=8,
    ),
    "units": st.just([(1, "section"), (2, "section"), (30, "process")]),
    "unit_departments": st.just([(1, 10), (2, 20), (30, 10), (30, 20)]),
    "unit_needs": _table(
        (0, 1, 2),
        _one_of(UNITS),
        _one_of(COMPETENCIES),
        st.integers(1, 4),
        st.integers(0, 3),
        most=8,
    ),
    "moves": _table(
        (0,),
        _one_of(EMPLOYEES),
        _one_of(DEPARTMENTS, absent=True),
        _one_of(TIERS, absent=True),
        most=3,
    ),
    "move_roles": _table((0, 1), _one_of(EMPLOYEES), _one_of(ROLES), most=4),
}


_EMPTY = {name: empty_frame(name) for name in INPUTS}
EVIDENCE = ("completions", "awards", "assessments", "mappings", "ageing", "competencies")
MATRIX = (
    *("people", "person_roles", "completions", "awards", "assessments", "targets"),
    *("mappings", "ageing"),
)
COVERAGE = (*MATRIX, "postings", "units", "unit_departments", "unit_needs")
SUGGESTIONS = (
    *("people", "person_roles", "awards", "assessments", "courses", "course_access"),
    *("projects", "relevance", "needs"),
)


@st.composite
def offices(draw: st.DrawFn, *names: str) -> Office:
    """A small office. Frames other than ``names`` are empty; without names all are drawn."""
    drawn = {name: draw(_INPUT_ROWS[name]) for name in names or _INPUT_ROWS}
    competencies = frame_from_rows("competencies", [(one, None) for one in COMPETENCIES])
    return {
        **_EMPTY,
        "competencies": competencies,
        **{name: frame_from_rows(name, given) for name, given in drawn.items()},
    }
