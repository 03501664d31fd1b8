"""Coverage: one office by hand, edge by edge, and what must hold of every office."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from skills_matrix.engine.chain import held_evidence
from skills_matrix.engine.columns import LEVELS
from skills_matrix.engine.coverage import asked_needs, coverage, coverage_risks
from skills_matrix.engine.falling import levels_until
from skills_matrix.engine.members import unit_members
from skills_matrix.engine.schema import empty_frame
from skills_matrix.engine.table import SkillTable, table_of_cells
from tests.skills_matrix.engine.office import (
    AS_OF,
    COMPETENCIES,
    COVERAGE,
    EMPLOYEES,
    EVIDENCE,
    Office,
    assert_same_rows,
    derive_coverage,
    derive_matrix,
    for_every,
    laid_out,
    offices,
    plain,
    rows,
    shuffled,
)

HORIZON = AS_OF + timedelta(days=90)
SECTION, OTHER, PROCESS = 1, 2, 30
UNITS = rows(
    "units",
    {"unit_id": SECTION, "kind": "section"},
    {"unit_id": OTHER, "kind": "section"},
    {"unit_id": PROCESS, "kind": "process"},
)
LINKS = rows(
    "unit_departments",
    {"unit_id": SECTION, "department_id": 10},
    {"unit_id": OTHER, "department_id": 20},
    {"unit_id": PROCESS, "department_id": 10},
)


def after(days: int) -> datetime:
    return AS_OF + timedelta(days=days)


# --- who belongs where ------------------------------------------------------------------------

POST: dict[str, Any] = {"employee_id": 1, "department_id": 10}


@pytest.mark.parametrize(
    ("postings", "members"),
    [
        pytest.param([POST], [(SECTION, None), (PROCESS, None)], id="a main posting"),
        pytest.param(
            [POST, {**POST, "department_id": 20, "is_main": False, "ends_at": after(9)}],
            [(SECTION, None), (PROCESS, None)],
            id="helping elsewhere is no second section",
        ),
        pytest.param(
            [{**POST, "department_id": 20}, {**POST, "is_main": False, "ends_at": after(9)}],
            [(OTHER, None), (PROCESS, after(9))],
            id="a process has those who help, as long as they help",
        ),
        pytest.param(
            [{**POST, "ends_at": after(9)}, {**POST, "is_main": False}],
            [(SECTION, after(9)), (PROCESS, None)],
            id="two postings in one place are one member, who leaves with the later end",
        ),
        pytest.param(
            [{**POST, "ends_at": after(9)}, {**POST, "starts_at": after(9), "ends_at": after(20)}],
            [(SECTION, after(20)), (PROCESS, after(20))],
            id="a promotion within the section is no leaving",
        ),
        pytest.param(
            [{**POST, "ends_at": after(9)}, {**POST, "starts_at": after(10)}],
            [(SECTION, after(9)), (PROCESS, after(9))],
            id="who comes back after a gap leaves first",
        ),
        pytest.param([{**POST, "ends_at": AS_OF}], [], id="it ended this very moment"),
        pytest.param([{**POST, "starts_at": after(1)}], [], id="it begins tomorrow"),
        pytest.param([{**POST, "department_id": 77}], [], id="no unit has that department"),
    ],
)
def test_members_and_the_end_of_their_stay(
    postings: list[dict[str, Any]], members: list[tuple[Any, ...]]
) -> None:
    frame = rows("postings", *({"posting_id": n, **row} for n, row in enumerate(postings)))
    found = unit_members(frame, UNITS, LINKS, as_of=AS_OF)
    assert plain(found, "unit_id", "leaves_at") == members
    assert set(found["employee_id"]) <= {1}


# --- what a section needs ---------------------------------------------------------------------


def table_of(*cells: tuple[int, int, int | None, int | None]) -> SkillTable:
    """Employee, competency, level, target."""
    blank = dict.fromkeys(empty_frame("cells").columns)
    frame = rows(
        "cells",
        *(
            {**blank, "employee_id": e, "competency_id": c, "level": level, "target": target}
            for e, c, level, target in cells
        ),
    )
    people = np.unique([cell[0] for cell in cells]).astype(np.int64)
    return table_of_cells(frame, people, np.array([1, 2], dtype=np.int64))


def members_of(*given: tuple[int, int, datetime | None]) -> pd.DataFrame:
    return rows(
        "members",
        *({"unit_id": u, "employee_id": e, "leaves_at": leaves} for u, e, leaves in given),
    )


def test_a_section_needs_as_many_as_are_asked_for_the_level_or_more() -> None:
    table = table_of(
        # The target of 3 counts at 2 as well. Competency 2 is asked of nobody in earnest.
        *((1, 1, None, 2), (2, 1, 4, 2), (3, 1, 1, 3), (4, 1, 2, None)),
        *((1, 2, 3, None), (2, 2, 3, 0)),
    )
    who = members_of(*((SECTION, person, None) for person in (1, 2, 3, 4)), (PROCESS, 1, None))
    assert plain(asked_needs(table, who, UNITS), "unit_id", "competency_id", "level", "needed") == [
        (SECTION, 1, 2, 3),
        (SECTION, 1, 3, 1),
    ]


# --- how a need is covered --------------------------------------------------------------------

NAMES = ("holders", "leaving", "expiring", "secure", "shortage", "bus_factor")
# What one person brings: level now, level at the horizon, when the person leaves.
STAYS, LEAVES = (3, 3, None), (3, 3, HORIZON)


@pytest.mark.parametrize(
    ("people", "needed", "counts", "reason"),
    [
        pytest.param([], 1, (0, 0, 0, 0, 1, 0), "short_now", id="nobody is there"),
        pytest.param([(0, 0, None)], 1, (0, 0, 0, 0, 1, 0), "short_now", id="level 0"),
        pytest.param([(None, None, None)], 1, (0, 0, 0, 0, 1, 0), "short_now", id="never assessed"),
        pytest.param([(1, 1, None)], 1, (0, 0, 0, 0, 1, 0), "short_now", id="one level below"),
        pytest.param([(2, 2, None)], 1, (1, 0, 0, 1, 0, 1), "single_holder", id="just the level"),
        pytest.param([STAYS], 2, (1, 0, 0, 1, 1, 0), "short_now", id="one of two"),
        pytest.param([STAYS, STAYS], 2, (2, 0, 0, 2, 0, 1), None, id="as many as are needed"),
        pytest.param([STAYS, STAYS], 1, (2, 0, 0, 2, 0, 2), None, id="one to spare"),
        pytest.param(
            [LEAVES, STAYS], 2, (2, 1, 0, 1, 0, 1), "short_after_leavings", id="leaves then"
        ),
        pytest.param(
            [(3, 3, after(91)), STAYS], 2, (2, 0, 0, 2, 0, 1), None, id="leaves a day later"
        ),
        pytest.param(
            [(3, 1, None), STAYS], 2, (2, 0, 1, 1, 0, 1), "short_after_expiries", id="level falls"
        ),
        pytest.param(
            [(3, None, None), STAYS], 2, (2, 0, 1, 1, 0, 1), "short_after_expiries", id="level ends"
        ),
        pytest.param(
            [(3, 2, None), STAYS], 2, (2, 0, 0, 2, 0, 1), None, id="what is left is enough"
        ),
        pytest.param([(1, 3, None)], 1, (0, 0, 0, 0, 1, 0), "short_now", id="later is not now"),
        pytest.param(
            [(3, None, HORIZON), STAYS, STAYS],
            3,
            (3, 1, 0, 2, 0, 1),
            "short_after_leavings",
            id="who leaves and expires is counted once, as leaving",
        ),
        pytest.param(
            [LEAVES, (3, None, None), STAYS],
            2,
            (3, 1, 1, 1, 0, 2),
            "short_after_expiries",
            id="the leaver can be spared, both cannot",
        ),
        pytest.param([LEAVES], 1, (1, 1, 0, 0, 0, 1), "short_after_leavings", id="the only one"),
        pytest.param([], 0, (0, 0, 0, 0, 0, None), None, id="nobody is needed, nobody is there"),
        pytest.param([LEAVES], 0, (1, 1, 0, 0, 0, None), None, id="nobody is needed"),
    ],
)
def test_a_need_is_covered(
    people: list[tuple[Any, ...]], needed: int, counts: tuple[Any, ...], reason: str | None
) -> None:
    now = table_of((99, 1, 4, None), *((n, 1, row[0], None) for n, row in enumerate(people)))
    then = table_of((99, 1, 4, None), *((n, 1, row[1], None) for n, row in enumerate(people)))
    who = members_of(*((PROCESS, n, row[2]) for n, row in enumerate(people)), (OTHER, 99, None))
    needs = rows("unit_needs", {"unit_id": PROCESS, "level": 2, "needed": needed})
    covered = coverage(now, then.level, who, needs, until=HORIZON)
    assert plain(covered, *NAMES) == [counts]
    assert plain(coverage_risks(covered, UNITS), "reason") == ([(reason,)] if reason else [])
    assert covered["people"].tolist() == [len(people)]
    assert covered["assessed"].tolist() == [sum(row[0] is not None for row in people)]


def test_what_nobody_can_hold_is_not_covered() -> None:
    table = table_of((1, 1, 4, None))
    needs = rows("unit_needs", {"unit_id": PROCESS, "competency_id": 7, "level": 1, "needed": 1})
    covered = coverage(table, table.level, members_of((PROCESS, 1, None)), needs, until=HORIZON)
    assert plain(covered, "people", "holders", "shortage") == [(1, 0, 1)]


# --- which risk is graver ---------------------------------------------------------------------


def covered_row(
    unit: int, level: int, needed: int, holders: int, leaving: int, expiring: int
) -> dict[str, Any]:
    return {
        "unit_id": unit,
        "competency_id": 1,
        "level": level,
        "needed": needed,
        "people": 9,
        "assessed": 9,
        "holders": holders,
        "leaving": leaving,
        "expiring": expiring,
        "secure": holders - leaving - expiring,
        "shortage": max(needed - holders, 0),
        "bus_factor": max(holders - needed + 1, 0) if needed else None,
    }


def test_risks_come_with_the_gravest_first() -> None:
    covered = rows(
        "coverage",
        covered_row(SECTION, 1, 1, 1, 0, 0),
        covered_row(SECTION, 2, 2, 2, 0, 1),
        covered_row(SECTION, 3, 2, 2, 1, 0),
        covered_row(SECTION, 4, 8, 4, 0, 0),
        covered_row(OTHER, 1, 1, 0, 0, 0),
        covered_row(OTHER, 2, 2, 1, 0, 0),
        covered_row(OTHER, 3, 1, 5, 0, 0),
        covered_row(PROCESS, 4, 8, 7, 0, 0),
    )
    found = coverage_risks(shuffled(covered, 3), UNITS)
    assert plain(found, "unit_id", "level", "reason", "missing", "rank") == [
        (PROCESS, 4, "short_now", 1, 1),
        (OTHER, 1, "short_now", 1, 2),
        (SECTION, 4, "short_now", 4, 3),
        (OTHER, 2, "short_now", 1, 4),
        (SECTION, 3, "short_after_leavings", 1, 5),
        (SECTION, 2, "short_after_expiries", 1, 6),
        (SECTION, 1, "single_holder", 0, 7),
    ]


# --- what holds of every office ---------------------------------------------------------------

NEED = ("unit_id", "competency_id", "level")


@for_every(offices(*COVERAGE), st.integers(0, 99))
def test_the_order_of_rows_means_nothing(office: Office, seed: int) -> None:
    mixed = {name: shuffled(frame, seed) for name, frame in office.items()}
    expected, found = derive_coverage(office), derive_coverage(mixed)
    assert_same_rows(found["members"], expected["members"])
    assert_same_rows(found["coverage"], expected["coverage"], *NEED)
    assert_same_rows(found["risks"], expected["risks"])


@for_every(offices(*COVERAGE))
def test_every_count_is_what_plain_counting_finds(office: Office) -> None:
    found = derive_coverage(office)
    table, later, until = tables_of(office)
    for need in found["coverage"].itertuples():
        here = found["members"][found["members"]["unit_id"] == need.unit_id]
        holders = leaving = expiring = people = 0
        for member in here.itertuples():
            if (at := np.flatnonzero(table.employee_id == member.employee_id)).size == 0:
                continue
            column = np.flatnonzero(table.competency_id == need.competency_id)
            people += 1
            if table.level[at, column] < need.level:
                continue
            holders += 1
            if member.leaves_at <= until:
                leaving += 1
            elif later[at, column] < need.level:
                expiring += 1
        secure = holders - leaving - expiring
        assert (need.people, need.holders) == (people, holders)
        assert (need.leaving, need.expiring, need.secure) == (leaving, expiring, secure)
        assert need.shortage == max(need.needed - holders, 0)
        if need.needed:
            gone = [n for n in range(holders + 1) if holders - n < need.needed]
            assert need.bus_factor == min(gone)
        else:
            assert pd.isna(need.bus_factor)


@for_every(offices(*COVERAGE))
def test_sections_add_up_whether_they_are_reckoned_together_or_apart(office: Office) -> None:
    whole = derive_coverage(office)
    of_sections = office["unit_departments"]["unit_id"] != PROCESS
    parts = []
    for department in (10, 20):
        here = office["postings"]["department_id"] == department
        people = office["people"]
        in_part = people["employee_id"].isin(office["postings"][here]["employee_id"])
        parts.append(
            derive_coverage(
                {
                    **office,
                    "people": people[in_part],
                    "postings": office["postings"][here],
                    "unit_departments": office["unit_departments"][of_sections],
                    "unit_needs": empty_frame("unit_needs"),
                }
            )
        )
    assert_same_rows(
        pd.concat([part["coverage"] for part in parts]),
        derive_coverage({**office, "unit_needs": empty_frame("unit_needs")})["coverage"],
        *NEED,
    )
    assert whole["asked"]["needed"].sum() == sum(part["asked"]["needed"].sum() for part in parts)


@for_every(
    offices(*COVERAGE),
    st.sampled_from(EMPLOYEES),
    st.sampled_from(COMPETENCIES),
    st.sampled_from(LEVELS),
)
def test_who_learns_something_raises_no_shortage(
    office: Office, person: int, competency: int, level: int
) -> None:
    learnt = {
        "assessment_id": 999,
        "employee_id": person,
        "competency_id": competency,
        "level": level,
        "kind": "test",
        "assurance": 5,
        "assessed_at": AS_OF,
    }
    # Of its own kind, so that it supersedes no earlier judgement.
    rest = office["assessments"][office["assessments"]["kind"] != "test"]
    before = derive_coverage({**office, "assessments": rest})
    after = derive_coverage(
        {**office, "assessments": pd.concat([rest, rows("assessments", learnt)])}
    )
    merged = before["coverage"].merge(after["coverage"], on=list(NEED), suffixes=("", "_after"))
    assert len(merged) == len(before["coverage"])
    assert (merged["shortage_after"] <= merged["shortage"]).all()
    assert (merged["holders_after"] >= merged["holders"]).all()


@for_every(offices(*COVERAGE))
def test_a_need_is_at_risk_exactly_when_it_is_thin_or_will_be_short(office: Office) -> None:
    found = derive_coverage(office)
    covered = found["coverage"]
    thin = (covered["holders"] == 1) & (covered["needed"] == 1)
    at_risk = covered[(covered["secure"] < covered["needed"]) | thin]
    assert len(found["risks"]) == len(at_risk)
    assert found["risks"]["rank"].tolist() == list(range(1, len(at_risk) + 1))


def tables_of(office: Office) -> tuple[SkillTable, Any, pd.Timestamp]:
    """The levels now and at the horizon, each cell by the rules as they stand in the office."""
    until = AS_OF + timedelta(days=2)
    table = laid_out(office, derive_matrix(office)["cells"])
    evidence = held_evidence(**{name: office[name] for name in EVIDENCE}, as_of=AS_OF)
    later = np.full_like(table.level, -1)
    for row in levels_until(evidence, until=until).itertuples():
        person = np.flatnonzero(table.employee_id == row.employee_id)
        column = np.flatnonzero(table.competency_id == row.competency_id)
        later[np.ix_(person, column)] = row.level
    return table, later, pd.Timestamp(until)
