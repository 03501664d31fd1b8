"""Coverage of 5,000 people × 100 competencies by the engine, beside plain NumPy; then growth.

Both start from the same matrix laid out and the same members, and end with holders, leaving,
expiring and shortage of each section, competency and level that somebody is asked for. The NumPy
side is what one would write by hand for this office alone: ids are dense, everybody has exactly one
section, and there are no business processes.

    python bench/coverage.py [people] [competencies] [repeats]

Only the ratios carry over from one machine to another.
"""

import math
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from skills_matrix.engine.arrays import DAY, FOREVER, arrays_of, frame_of, microseconds
from skills_matrix.engine.coverage import asked_needs, coverage, coverage_risks
from skills_matrix.engine.table import SkillTable

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
UNTIL = AS_OF + timedelta(days=180)
PEOPLE_A_SECTION = 50
LEVELS = 5
Made = dict[str, Any]


def office(people: int, competencies: int) -> Made:
    random = np.random.default_rng(20260401)
    sections = max(1, people // PEOPLE_A_SECTION)
    shape = people, competencies
    level = random.integers(-1, LEVELS, shape, dtype=np.int8)
    falls = random.random(shape) < 0.01
    later = np.where(falls, np.maximum(level - 1, -1), level).astype(np.int8)
    # A section's people are asked for two levels: most for one, a few for one more.
    asked = random.integers(0, 3, competencies, dtype=np.int8)
    target = asked + (random.random((people, 1)) < 0.1).astype(np.int8)
    never = np.full(shape, FOREVER)
    ids = np.arange(1, people + 1)
    leaves_at = np.where(random.random(people) < 0.1, microseconds(AS_OF) + 90 * DAY, FOREVER)
    section = np.sort(random.integers(0, sections, people))
    return {
        "table": SkillTable(
            ids, np.arange(competencies), level, level, target, level, never, never, never
        ),
        "later": later,
        "members": frame_of(
            "members", {"unit_id": section, "employee_id": ids, "leaves_at": leaves_at}
        ),
        "units": frame_of(
            "units", {"unit_id": np.arange(sections), "kind": np.zeros(sections, dtype=np.int8)}
        ),
        "section": section,
        "sections": sections,
        "leaves": leaves_at <= microseconds(UNTIL),
    }


def by_engine(made: Made) -> Made:
    needs = asked_needs(made["table"], made["members"], made["units"])
    found = coverage(made["table"], made["later"], made["members"], needs, until=UNTIL)
    values = arrays_of("coverage", found)
    return {
        name: values[name] for name in ("needed", "holders", "leaving", "expiring", "shortage")
    } | {"frame": found}


def by_numpy(made: Made) -> Made:
    level, target = made["table"].level, made["table"].target
    width, section, sections = level.shape[1], made["section"], made["sections"]
    begin = np.searchsorted(section, np.arange(sections))
    has = np.bincount(section, minlength=sections) > 0
    leaves = made["leaves"][:, None]
    lower = np.minimum(level, made["later"])
    counts = {}
    for step in range(1, LEVELS):
        holds = level >= step
        for name, which in (
            ("needed", target >= step),
            ("exact", target == step),
            ("holders", holds),
            ("leaving", holds & leaves),
            ("expiring", holds & ~leaves & (lower < step)),
        ):
            total = np.zeros((sections, width), dtype=np.int64)
            total[has] = np.add.reduceat(which, begin[has], axis=0, dtype=np.int64)
            counts[name, step] = total
    stacked = {
        name: np.stack([counts[name, step] for step in range(1, LEVELS)], axis=2)
        for name in ("needed", "exact", "holders", "leaving", "expiring")
    }
    rows = np.nonzero(stacked.pop("exact"))
    found = {name: values[rows] for name, values in stacked.items()}
    found["shortage"] = np.maximum(found["needed"] - found["holders"], 0)
    return found


def median(call: Callable[[], Any], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main(people: int = 5_000, competencies: int = 100, repeats: int = 9) -> None:
    made = office(people, competencies)
    found, expected = by_engine(made), by_numpy(made)
    for name, values in expected.items():
        np.testing.assert_array_equal(found[name], values)
    ours = median(lambda: by_engine(made), repeats)
    theirs = median(lambda: by_numpy(made), repeats)
    needs = len(found["frame"])
    print(f"coverage of {people:,} people × {competencies} competencies, {needs:,} needs")
    print(f"  engine {ours * 1000:8.1f} ms")
    print(f"  NumPy  {theirs * 1000:8.1f} ms   engine/NumPy {ours / theirs:.2f}")
    risks = median(lambda: coverage_risks(found["frame"], made["units"]), repeats)
    print(f"  risks  {risks * 1000:8.1f} ms")
    sizes = [people, 2 * people, 4 * people, 10 * people]
    grown = []
    for size in sizes:
        larger = office(size, competencies)
        grown.append(median(partial(by_engine, larger), max(3, repeats // 3)))
        print(f"  {size:>7,} people {grown[-1] * 1000:8.1f} ms")
    exponent = np.polyfit([math.log(size) for size in sizes], [math.log(one) for one in grown], 1)
    print(f"  growth exponent {exponent[0]:.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
