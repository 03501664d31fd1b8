"""The matrix of a nation: the engine on partitions, in one process and on two Dask workers.

Writes made-up facts of whole sections as Parquet, derives them in one process, then by two Dask
workers of which one is killed on the way, compares both results value by value, and puts the time
of the same levels by DuckDB, from the same files, beside them.

    python bench/national.py [people ...]      default: 5000 50000 500000

The whole nation is 2800000; it needs some 4 GB of disk and half an hour on two cores.
Only the ratios and the exponent carry over from one machine to another.
"""

import math
import os
import shutil
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from skills_matrix.engine.arrays import ABSENT, DAY, FOREVER, frame_of, microseconds
from skills_matrix.scale.engines import build_matrix
from skills_matrix.scale.parts import (
    Asked,
    parts_of,
    same_result,
    write_frame,
    write_manifest,
)

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
COMPETENCIES, COURSES, ROLES, TIERS = 60, 40, 20, 5
PER_PART, PER_SECTION = 20_000, 50
# Pieces of evidence of a person: courses finished, and judgements.
DONE, JUDGED = 12, 20


def write_rules(facts: Path) -> None:
    random = np.random.default_rng(1)
    now = microseconds(AS_OF)
    ids = np.arange(1, COMPETENCIES + 1)
    always, never = np.full(COMPETENCIES, now - 3_000 * DAY), np.full(COMPETENCIES, FOREVER)
    rules = {
        "competencies": {"competency_id": ids, "parent_id": np.full(ids.size, ABSENT)},
        "awards": {
            "award_id": ids,
            "course_id": 1 + ids % COURSES,
            "competency_id": ids,
            "level": random.integers(1, 4, ids.size),
            "valid_for_days": np.where(ids % 3, ABSENT, 700),
            "effective_from": always,
            "effective_until": never,
            "assurance": np.ones(ids.size),
        },
        "targets": {
            "target_id": np.arange(1, TIERS * COMPETENCIES + 1),
            "competency_id": np.tile(ids, TIERS),
            "tier_id": np.repeat(np.arange(1, TIERS + 1), COMPETENCIES),
            "role_id": np.full(TIERS * COMPETENCIES, ABSENT),
            "level": random.integers(1, 5, TIERS * COMPETENCIES),
            "effective_from": np.tile(always, TIERS),
            "effective_until": np.tile(never, TIERS),
        },
        "mappings": {
            "earlier_id": ids[:3],
            "competency_id": ids[3:6],
            "most": np.full(3, ABSENT),
            "effective_from": always[:3],
            "effective_until": never[:3],
        },
        "ageing": {
            "rule_id": ids[:20],
            "competency_id": ids[:20],
            "kind": ids[:20] % 2,
            "days": np.full(20, 500),
            "effective_from": always[:20],
            "effective_until": never[:20],
        },
    }
    for name, columns in rules.items():
        write_frame(facts / "rules" / f"{name}.parquet", frame_of(name, columns))


def write_part(facts: Path, number: int, people: int) -> None:
    random = np.random.default_rng([2, number])
    now = microseconds(AS_OF)
    ids = number * PER_PART + np.arange(1, people + 1)
    done = np.argsort(random.random((people, COURSES)), axis=1)[:, :DONE] + 1
    judged = people * JUDGED
    known = {
        "people": {
            "employee_id": ids,
            "department_id": ids // PER_SECTION,
            "tier_id": random.integers(1, TIERS + 1, people),
        },
        "person_roles": {"employee_id": ids, "role_id": random.integers(1, ROLES + 1, people)},
        "completions": {
            "employee_id": np.repeat(ids, DONE),
            "course_id": done.reshape(-1),
            "completed_at": now - random.integers(1, 1_200, people * DONE) * DAY,
            "assurance": np.full(people * DONE, 5),
        },
        "assessments": {
            "assessment_id": number * PER_PART * JUDGED + np.arange(judged),
            "employee_id": np.repeat(ids, JUDGED),
            "competency_id": random.integers(1, COMPETENCIES + 1, judged),
            "level": random.integers(0, 5, judged),
            "kind": random.integers(0, 5, judged),
            "assurance": np.full(judged, 4),
            "assessed_at": now - random.integers(1, 1_200, judged) * DAY,
            "valid_until": np.full(judged, FOREVER),
        },
    }
    for name, columns in known.items():
        write_frame(facts / f"part-{number:05}" / f"{name}.parquet", frame_of(name, columns))


def write_facts(facts: Path, people: int) -> None:
    write_rules(facts)
    for number in range(math.ceil(people / PER_PART)):
        write_part(facts, number, min(PER_PART, people - number * PER_PART))
    write_manifest(facts, Asked(AS_OF, minimum_assurance=1))


def by_duckdb(facts: Path) -> float:
    """Seconds for the levels alone: courses and newest judgements, without ageing or mappings."""
    import duckdb

    begin = time.perf_counter()
    connection = duckdb.connect()
    connection.execute("SET threads TO 2")
    connection.execute(
        """
        SELECT p.department_id, e.competency_id, count(*), avg(e.level)
        FROM (
            SELECT employee_id, competency_id, max(level) AS level FROM (
                SELECT c.employee_id, a.competency_id, a.level
                FROM read_parquet(? || '/part-*/completions.parquet') c
                JOIN read_parquet(? || '/rules/awards.parquet') a USING (course_id)
                WHERE a.valid_for_days IS NULL
                   OR c.completed_at + to_days(a.valid_for_days::INTEGER) > ?
                UNION ALL
                SELECT employee_id, competency_id, arg_max(level, assessed_at)
                FROM read_parquet(? || '/part-*/assessments.parquet')
                WHERE kind <> 'self' GROUP BY employee_id, competency_id, kind
            ) GROUP BY employee_id, competency_id
        ) e JOIN read_parquet(? || '/part-*/people.parquet') p USING (employee_id)
        GROUP BY ALL
        """,
        [str(facts), str(facts), AS_OF, str(facts), str(facts)],
    ).fetchall()
    return time.perf_counter() - begin


def by_dask(facts: Path, result: Path) -> float:
    """Seconds on two workers, of which one is killed after the first partition."""
    from distributed import Client, LocalCluster

    killed: list[int] = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):

        def kill_one(done: int, total: int) -> None:
            if not killed:
                killed.extend(list(client.run(os.getpid).values())[:1])
                os.kill(killed[0], signal.SIGKILL)

        begin = time.perf_counter()
        build_matrix(
            facts=facts,
            result=result,
            engine="dask",
            scheduler=cluster.scheduler_address,
            say=kill_one,
        )
        return time.perf_counter() - begin


def peak_mib() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [5_000, 50_000, 500_000]
    times: list[tuple[int, float]] = []
    for people in sizes:
        directory = Path(tempfile.mkdtemp(prefix="national-"))
        try:
            facts = directory / "facts"
            write_facts(facts, people)
            begin = time.perf_counter()
            build_matrix(facts=facts, result=directory / "local")
            local = time.perf_counter() - begin
            times.append((people, local))
            dask = by_dask(facts, directory / "dask")
            equal = same_result(directory / "local", directory / "dask")
            duckdb = by_duckdb(facts)
            cells = sum(
                len(pd.read_parquet(path, columns=["level"]))
                for path in (directory / "local" / "cells").iterdir()
            )
            print(
                f"{people:>9,} people, {len(parts_of(facts))} parts, {cells:,} cells: "
                f"one process {local:.1f} s; two workers, one killed: {dask / local:.2f} of it, "
                f"{'the same result' if equal else 'ANOTHER RESULT'}; "
                f"DuckDB, levels and sums alone, 2 threads: {duckdb / local:.2f} of it; "
                f"peak {peak_mib():,.0f} MiB",
                flush=True,
            )
        finally:
            shutil.rmtree(directory)
    if len(times) > 1:
        (few, short), (many, long) = times[0], times[-1]
        print(f"growth exponent {math.log(long / short) / math.log(many / few):.2f}")


if __name__ == "__main__":
    main()
