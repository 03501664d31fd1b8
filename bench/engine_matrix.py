"""The skills matrix of 5,000 people × 60 competencies by the engine, beside plain NumPy.

Both start from the same facts, three pieces of evidence for each person and competency (a course,
a test, a supervisor), and end with the level and gap of each pair and the table of departments.
The NumPy side is what one would write by hand for this office alone: newest of each kind, highest
of the kinds, since when, gap, departments. It knows that ids are dense and that nothing expires,
and keeps no winner and no reason.

    python bench/engine_matrix.py [people] [competencies] [repeats]

Only the ratios carry over from one machine to another.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from skills_matrix.engine.aggregates import department_levels
from skills_matrix.engine.arrays import ABSENT, DAY, FOREVER, frame_of, microseconds
from skills_matrix.engine.cells import effective_targets, matrix_cells
from skills_matrix.engine.evidence import derive_evidence
from skills_matrix.engine.levels import current_levels, self_levels

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
DEPARTMENTS, TIERS, ROLES = 100, 5, 20
TEST, SUPERVISOR = 3, 1


def office(people: int, competencies: int) -> dict[str, pd.DataFrame]:
    """Facts of a made-up office: one course per competency, two assessments per pair."""
    random = np.random.default_rng(20260401)
    now = microseconds(AS_OF)
    pairs = people * competencies
    person = np.repeat(np.arange(1, people + 1), competencies)
    competency = np.tile(np.arange(1, competencies + 1), people)
    shuffled = random.permutation(2 * pairs)
    ids = np.arange(1, competencies + 1)
    always = np.full(competencies, now - 3_000 * DAY)
    frames = {
        "people": {
            "employee_id": np.arange(1, people + 1),
            "department_id": random.integers(1, DEPARTMENTS + 1, people),
            "tier_id": random.integers(1, TIERS + 1, people),
        },
        "person_roles": {
            "employee_id": np.arange(1, people + 1),
            "role_id": random.integers(1, ROLES + 1, people),
        },
        "competencies": {"competency_id": ids, "parent_id": np.full(competencies, ABSENT)},
        "completions": {
            "employee_id": person,
            "course_id": competency,
            "completed_at": now - random.integers(1, 1_000, pairs) * DAY,
            "assurance": np.full(pairs, 5, dtype=np.int8),
        },
        "awards": {
            "award_id": ids,
            "course_id": ids,
            "competency_id": ids,
            "level": random.integers(1, 4, competencies),
            "valid_for_days": np.full(competencies, ABSENT),
            "effective_from": always,
            "effective_until": np.full(competencies, FOREVER),
            "assurance": np.ones(competencies),
        },
        "assessments": {
            "assessment_id": shuffled + 1,
            "employee_id": np.tile(person, 2)[shuffled],
            "competency_id": np.tile(competency, 2)[shuffled],
            "level": random.integers(0, 5, 2 * pairs),
            "kind": np.repeat([TEST, SUPERVISOR], pairs)[shuffled],
            "assurance": np.repeat([3, 4], pairs)[shuffled],
            "assessed_at": now - random.integers(1, 1_000, 2 * pairs) * DAY,
            "valid_until": np.full(2 * pairs, FOREVER),
        },
        "targets": {
            "target_id": np.arange(1, (TIERS + ROLES) * competencies + 1),
            "competency_id": np.tile(ids, TIERS + ROLES),
            "tier_id": np.repeat(
                np.r_[np.arange(1, TIERS + 1), np.full(ROLES, ABSENT)], competencies
            ),
            "role_id": np.repeat(
                np.r_[np.full(TIERS, ABSENT), np.arange(1, ROLES + 1)], competencies
            ),
            "level": random.integers(0, 5, (TIERS + ROLES) * competencies),
            "effective_from": np.tile(always, TIERS + ROLES),
            "effective_until": np.full((TIERS + ROLES) * competencies, FOREVER),
        },
    }
    return {name: frame_of(name, arrays) for name, arrays in frames.items()}


def by_engine(facts: dict[str, pd.DataFrame], clock: Callable[[str], None]) -> dict[str, Any]:
    evidence = derive_evidence(
        facts["completions"], facts["awards"], facts["assessments"], as_of=AS_OF
    )
    clock("evidence")
    levels = current_levels(evidence)
    believed = self_levels(evidence)
    clock("levels")
    targets = effective_targets(
        facts["people"], facts["person_roles"], facts["targets"], as_of=AS_OF
    )
    clock("targets")
    cells = matrix_cells(facts["people"], levels, believed, targets)
    clock("cells")
    table = department_levels(cells, facts["people"], facts["competencies"])
    clock("departments")
    return {
        "level": cells["level"].to_numpy(dtype=np.int64),
        "since": cells["since"].to_numpy(dtype="datetime64[us]").view("i8"),
        "gap": cells["gap"].to_numpy(dtype=np.int64),
        "at_target": table["at_target"].to_numpy(),
        "mean_level": table["mean_level"].to_numpy(),
    }


def plain_arrays(facts: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """What the NumPy side reads, already in the arrays it likes best."""
    done, judged, targets = facts["completions"], facts["assessments"], facts["targets"]
    width = len(facts["competencies"])
    sides = {"course": (done, done["course_id"], "completed_at")}
    for kind in ("test", "supervisor"):
        rows = judged[judged["kind"] == kind]
        sides[kind] = (rows, rows["competency_id"], "assessed_at")
    evidence = {}
    for kind, (rows, competency, moment) in sides.items():
        cell = (rows["employee_id"].to_numpy() - 1) * width + competency.to_numpy() - 1
        level = (
            facts["awards"]["level"].to_numpy(dtype=np.int64)[competency.to_numpy() - 1]
            if kind == "course"
            else rows["level"].to_numpy(dtype=np.int64)
        )
        evidence[kind] = (cell, rows[moment].to_numpy(dtype="datetime64[us]").view("i8"), level)
    return {
        "width": width,
        "evidence": evidence,
        "tier": facts["people"]["tier_id"].to_numpy(dtype=np.int64) - 1,
        "role": facts["person_roles"]["role_id"].to_numpy() - 1,
        "department": facts["people"]["department_id"].to_numpy() - 1,
        "target": targets["level"].to_numpy(dtype=np.int64).reshape(TIERS + ROLES, width),
    }


def by_numpy(plain: dict[str, Any], clock: Callable[[str], None]) -> dict[str, Any]:
    width, people = plain["width"], plain["tier"].size
    now = microseconds(AS_OF)
    newest = np.full((len(plain["evidence"]), people * width), -1)
    for of_kind, (cell, moment, level) in zip(newest, plain["evidence"].values(), strict=True):
        known = moment <= now
        np.maximum.at(of_kind, cell[known], moment[known] << 3 | level[known])
    clock("evidence")
    levels = np.where(newest < 0, -1, newest & 7)
    level = levels.max(axis=0)
    since = np.where((levels == level) & (newest >= 0), newest >> 3, FOREVER).min(axis=0)
    clock("levels")
    target = np.maximum(plain["target"][plain["tier"]], plain["target"][TIERS + plain["role"]])
    target = target.ravel()
    clock("targets")
    gap = np.maximum(target - np.maximum(level, 0), 0)
    clock("cells")
    cell = (plain["department"][:, None] * width + np.arange(width)).ravel()
    size = DEPARTMENTS * width
    holders = np.bincount(cell, weights=level >= target, minlength=size)
    histogram = np.bincount(cell * 6 + level + 1, minlength=size * 6).reshape(size, 6)[:, 1:]
    mean = histogram @ np.arange(5) / histogram.sum(axis=1)
    clock("departments")
    return {"level": level, "since": since, "gap": gap, "at_target": holders, "mean_level": mean}


def measured(run: Callable[[Callable[[str], None]], Any], repeats: int) -> dict[str, float]:
    """Median milliseconds of each step and of the whole."""
    seen: dict[str, list[float]] = {}
    for _ in range(repeats):
        start = last = time.perf_counter()

        def clock(step: str) -> None:
            nonlocal last
            now = time.perf_counter()
            seen.setdefault(step, []).append((now - last) * 1_000)
            last = now

        run(clock)
        seen.setdefault("whole", []).append((time.perf_counter() - start) * 1_000)
    return {step: statistics.median(times) for step, times in seen.items()}


def main(people: int = 5_000, competencies: int = 60, repeats: int = 7) -> None:
    facts = office(people, competencies)
    plain = plain_arrays(facts)
    ours, theirs = by_engine(facts, lambda _: None), by_numpy(plain, lambda _: None)
    for key, values in theirs.items():
        if not np.array_equal(ours[key], values):
            raise SystemExit(f"the two sides disagree on {key}")
    engine = measured(lambda clock: by_engine(facts, clock), repeats)
    numpy = measured(lambda clock: by_numpy(plain, clock), repeats)
    rows = 3 * people * competencies
    print(f"{people:,} people × {competencies} competencies, {rows:,} rows of evidence,")
    print(f"medians of {repeats} runs in milliseconds; both sides gave the same matrix\n")
    print(f"{'step':<12}{'engine':>10}{'NumPy':>10}{'ratio':>8}")
    for step, time_taken in engine.items():
        beside = numpy.get(step)
        ratio = f"{beside:>10.1f}{time_taken / beside:>8.1f}" if beside else f"{'':>10}{'':>8}"
        print(f"{step:<12}{time_taken:>10.1f}{ratio}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
