"""Every suggestion for an office, with reasons for each person's first ten, beside one product.

    python bench/suggestions.py [people] [projects] [competencies] [rounds]

The floor is the bare NumPy product that any such score comes down to, in float64: people ×
competencies by competencies × projects. Beside it stands the product by demands, which are the
different pairs of a competency and a level that projects need: a level is met or not, so no
formula that heeds levels is narrower. Neither knows a course, a must, relevance, a rank or a
reason. All are measured in processor time, in turns, the engine once with the frame of closing
courses given and once with that frame made too. The goal is ten times the floor.

Everything is made up in memory from one seed; no database. BLAS keeps to one thread unless the
environment says otherwise: threads that wait for work cost processor time too, that of whoever
comes after them. Only the ratios carry over.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # Read when NumPy is loaded.

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from skills_matrix.engine.arrays import DAY, FOREVER, frame_of, microseconds
from skills_matrix.engine.closing import closing_courses, demands_of
from skills_matrix.engine.schema import frame_schema
from skills_matrix.engine.suggestions import Matches, match_projects

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
DEPARTMENTS, ROLES, NEEDS, FIRST = 100, 8, 4, 10
GOAL = 10
SETTINGS = ("OPENBLAS_NUM_THREADS", "OPENBLAS_CORETYPE", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def office(people: int, projects: int, competencies: int) -> dict[str, pd.DataFrame]:
    """Levels in 70 % of the pairs; four needs a project, two of them musts; one course a skill."""
    dice = np.random.default_rng(20260401)
    now = microseconds(AS_OF)
    ids = np.arange(1, people + 1)
    who, what = np.nonzero(dice.random((people, competencies)) < 0.7)
    blank = {name: np.zeros(who.size, dtype=np.int64) for name in frame_schema("levels").columns}
    project = np.repeat(np.arange(1, projects + 1), NEEDS)
    needed = np.concatenate(
        [dice.choice(competencies, NEEDS, replace=False) + 1 for _ in range(projects)]
    )
    courses = np.arange(1, competencies + 1)
    takes = dice.random((people, competencies)) < 0.5
    frames = {
        "people": {
            "employee_id": ids,
            "department_id": dice.integers(1, DEPARTMENTS + 1, people),
            "tier_id": dice.integers(1, 8, people),
        },
        "person_roles": {"employee_id": ids, "role_id": dice.integers(1, ROLES + 1, people)},
        "levels": blank
        | {
            "employee_id": who + 1,
            "competency_id": what + 1,
            "level": dice.integers(0, 5, who.size).astype(np.int8),
        },
        "projects": {
            "project_id": np.arange(1, projects + 1),
            "lead_role_id": dice.integers(1, ROLES + 1, projects),
        },
        "needs": {
            "need_id": np.arange(1, project.size + 1),
            "project_id": project,
            "competency_id": needed,
            "level": dice.integers(1, 5, project.size).astype(np.int8),
            "must": np.tile(np.arange(NEEDS) < NEEDS // 2, projects),
            "weight": np.ones(project.size),
        },
        "relevance": {
            "project_id": np.repeat(np.arange(1, projects + 1), 3),
            "department_id": np.concatenate(
                [dice.choice(DEPARTMENTS, 3, replace=False) + 1 for _ in range(projects)]
            ),
        },
        "awards": {
            "award_id": courses,
            "course_id": courses,
            "competency_id": courses,
            "level": dice.integers(1, 4, competencies).astype(np.int8),
            "valid_for_days": np.full(competencies, -1),
            "effective_from": np.full(competencies, now - 100 * DAY),
            "effective_until": np.full(competencies, FOREVER),
            "assurance": np.ones(competencies, dtype=np.int8),
        },
        "courses": {"course_id": courses, "minutes": np.full(competencies, 60)},
        "course_access": dict(
            zip(("employee_id", "course_id"), (one + 1 for one in np.nonzero(takes)), strict=True)
        ),
    }
    return {name: frame_of(name, columns) for name, columns in frames.items()}


def measure(works: dict[str, Callable[[], Any]], rounds: int) -> dict[str, tuple[float, float]]:
    """Medians of processor and wall time, in seconds, of works done in turns."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            begun, started = time.process_time(), time.perf_counter()
            work()
            took = time.process_time() - begun, time.perf_counter() - started
            if number:  # The first round warms up.
                times[name].append(took)
    return {
        name: tuple(statistics.median(column) for column in zip(*rows, strict=True))
        for name, rows in times.items()
    }


def main() -> None:
    given = [int(one) for one in sys.argv[1:]]
    people, projects, competencies, rounds = (*given, *(5_000, 200, 60, 9)[len(given) :])
    frames = office(people, projects, competencies)
    teaching = {name: frames.pop(name) for name in ("awards", "courses", "course_access")}

    def closing() -> pd.DataFrame:
        return closing_courses(demands_of(frames["needs"]), *teaching.values(), as_of=AS_OF)

    closed = closing()

    def suggest(courses: pd.DataFrame) -> Matches:
        return match_projects(**frames, closing_courses=courses, first_n=FIRST)

    dice = np.random.default_rng(1)
    demands = len(demands_of(frames["needs"]))
    factors = {
        width: (dice.random((people, width)), dice.random((width, projects)))
        for width in (competencies, demands)
    }
    found = suggest(closed)
    print(f"{people:,} people × {projects} projects × {competencies} competencies")
    said = ", ".join(f"{name}={os.environ[name]}" for name in SETTINGS if name in os.environ)
    print(f"  BLAS as the environment has it: {said or 'nothing set'}; {os.cpu_count()} cores")
    print(f"  {len(found.scores):,} suggestions, {len(found.reasons):,} reasons")
    took = measure(
        {
            "product": lambda: np.matmul(*factors[competencies]),
            f"product by {demands} demands": lambda: np.matmul(*factors[demands]),
            "suggestions": lambda: suggest(closed),
            "and closing courses": lambda: suggest(closing()),
        },
        rounds,
    )
    floors = list(took.values())[:2]
    for name, (own, wall) in took.items():
        times = " and ".join(f"{own / floor:.1f}" for floor, _ in floors)
        print(
            f"  {name:24} {own * 1e3:7.1f} ms processor, {wall * 1e3:7.1f} ms wall:"
            f" {times} times the products"
        )
    print(f"  The goal is {GOAL} times the first product.")


if __name__ == "__main__":
    main()
