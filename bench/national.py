"""The matrix of a nation: the engine on partitions, beside the same by hand from the same files.

    python bench/national.py [--national] [--engine-alone] [people ...]

Without people named: 5000 50000 500000.

`nation.py` writes made-up facts as Parquet, 180 pieces of evidence a person, whole sections to a
partition. Then, each in a process of its own:

- *engine*: `build_matrix` in one process; every cell is written with its winner and its reasons;
- *engine, Dask*: the same by two workers, one of which is killed after the first partition; both
  results are compared value by value;
- *NumPy*, *pandas*, *DuckDB*: what one would write for these facts alone, partition by partition:
  newest of each kind, highest of the kinds, target, sums by section. They know that nothing
  expires, and keep no cell. Their sums must be those of the engine.

Last, the engine on facts on which every rule has its say (validities, ageing, mappings).

`--national` adds 2,800,000 people: 504 million rows, some 8 GB of disk, up to an hour on two
cores. Processor time (*own*) carries over better than time on the wall; the growth exponent is
that of the engine's processor time. A processor that is faster for its first seconds makes it
greater than it is: what the first and the second half of the nation took is free of that.
"""

import argparse
import math
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.nation import COMPETENCIES, PER_PART, TIERS, write_nation
from skills_matrix.scale.engines import build_matrix
from skills_matrix.scale.parts import SUMS, parts_of, same_result

SIZES, NATION = [5_000, 50_000, 500_000], 2_800_000
EVERY_RULE = 50_000
KEY = ["department_id", "competency_id"]
COUNTS = ["assessed", "at_target", "mean_level"]


@dataclass(frozen=True)
class Taken:
    """Seconds on the wall and of the processor, MiB at the peak of the largest process.

    `half`: seconds of the processor when half of the partitions were done.
    """

    wall: float
    own: float
    peak: float
    sums: pd.DataFrame | None = None
    half: float = 0.0


def peak_mib() -> float:
    """Of this process alone; `ru_maxrss` would begin with what the parent held."""
    status = Path("/proc/self/status")
    if not status.exists():
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def by_engine(facts: Path, result: Path) -> Taken:
    wall, own = time.perf_counter(), time.process_time()
    at_half = own

    def note(done: int, total: int) -> None:
        nonlocal at_half
        if done == total // 2:
            at_half = time.process_time()

    build_matrix(facts=facts, result=result, say=note)
    return Taken(
        time.perf_counter() - wall,
        time.process_time() - own,
        peak_mib(),
        pd.read_parquet(result / SUMS, columns=[*KEY, *COUNTS]),
        half=at_half - own,
    )


def by_dask(facts: Path, result: Path) -> Taken:
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

        wall = time.perf_counter()
        build_matrix(
            facts=facts,
            result=result,
            engine="dask",
            scheduler=cluster.scheduler_address,
            say=kill_one,
        )
        wall = time.perf_counter() - wall
        # Without what the killed one had done.
        own = sum(client.run(time.process_time).values())
        return Taken(wall, own, max(client.run(peak_mib).values()))


def by_hand(one_part: Callable[[Path, Path], pd.DataFrame], facts: Path) -> Taken:
    wall, own = time.perf_counter(), time.process_time()
    parts = [one_part(facts / "rules", facts / part) for part in parts_of(facts)]
    sums = pd.concat(parts, ignore_index=True)
    return Taken(time.perf_counter() - wall, time.process_time() - own, peak_mib(), sums)


def read(path: Path, *columns: str) -> pd.DataFrame:
    return pd.read_parquet(path, columns=list(columns))


def instants(values: pd.Series) -> np.ndarray:
    return values.to_numpy(dtype="datetime64[us]").view(np.int64)


def numpy_part(rules: Path, part: Path) -> pd.DataFrame:
    people = read(part / "people.parquet", "employee_id", "department_id", "tier_id")
    first, section = people["employee_id"].iloc[0], people["department_id"].to_numpy()
    awarded = read(rules / "awards.parquet", "level")["level"].to_numpy(dtype=np.int64)
    newest = np.full((3, len(people) * COMPETENCIES), -1)

    def note(row: int, person: Any, competency: Any, moment: Any, level: Any) -> None:
        cell = (person - first) * COMPETENCIES + competency - 1
        np.maximum.at(newest[row], cell, moment << 3 | level)

    done = read(part / "completions.parquet", "employee_id", "course_id", "completed_at")
    course = done["course_id"].to_numpy()
    moment = instants(done["completed_at"])
    note(0, done["employee_id"].to_numpy(), course, moment, awarded[course - 1])
    columns = ("employee_id", "competency_id", "kind", "assessed_at", "level")
    judged = read(part / "assessments.parquet", *columns)
    values = [judged[key].to_numpy() for key in ("employee_id", "competency_id")]
    values += [instants(judged["assessed_at"]), judged["level"].to_numpy(dtype=np.int64)]
    for row, kind in enumerate(("test", "supervisor"), start=1):
        of_kind = (judged["kind"] == kind).to_numpy()
        note(row, *(column[of_kind] for column in values))
    level = np.where(newest < 0, -1, newest & 7).max(axis=0)
    asked = read(rules / "targets.parquet", "level")["level"].to_numpy(dtype=np.int64)
    asked = asked.reshape(-1, COMPETENCIES)
    tier = people["tier_id"].to_numpy(dtype=np.int64) - 1
    role = read(part / "person_roles.parquet", "role_id")["role_id"].to_numpy() - 1
    target = np.maximum(asked[tier], asked[TIERS + role]).ravel()
    sections, home = np.unique(section, return_inverse=True)
    cell = (home[:, None] * COMPETENCIES + np.arange(COMPETENCIES)).ravel()
    size = sections.size * COMPETENCIES
    assessed = np.bincount(cell[level >= 0], minlength=size)
    total = np.bincount(cell[level >= 0], weights=level[level >= 0], minlength=size)
    return pd.DataFrame(
        {
            "department_id": np.repeat(sections, COMPETENCIES),
            "competency_id": np.tile(np.arange(1, COMPETENCIES + 1), sections.size),
            "assessed": assessed,
            "at_target": np.bincount(cell[level >= target], minlength=size),
            "mean_level": total / assessed,
        }
    )


def pandas_part(rules: Path, part: Path) -> pd.DataFrame:
    pair = ["employee_id", "competency_id"]
    awards = read(rules / "awards.parquet", "course_id", "competency_id", "level")
    done = read(part / "completions.parquet", "employee_id", "course_id").merge(awards)
    judged = read(part / "assessments.parquet", *pair, "kind", "level", "assessed_at")
    newest = judged.sort_values("assessed_at").drop_duplicates([*pair, "kind"], keep="last")
    levels = pd.concat([done[[*pair, "level"]], newest[[*pair, "level"]]])
    level = levels.groupby(pair, as_index=False)["level"].max()
    targets = read(rules / "targets.parquet", "competency_id", "tier_id", "role_id", "level")
    people = read(part / "people.parquet", "employee_id", "department_id", "tier_id")
    roles = read(part / "person_roles.parquet", "employee_id", "role_id")
    asked = pd.concat(
        [
            people.merge(targets[targets["tier_id"].notna()], on="tier_id")[[*pair, "level"]],
            roles.merge(targets[targets["role_id"].notna()], on="role_id")[[*pair, "level"]],
        ]
    )
    target = asked.groupby(pair, as_index=False)["level"].max()
    target = target.rename(columns={"level": "target"})
    cells = level.merge(target, on=pair, how="left").merge(people, on="employee_id")
    cells["at_target"] = (cells["level"] >= cells["target"]).astype("int64")
    by_section = cells.groupby(KEY, as_index=False)
    return by_section.agg(
        assessed=("level", "count"), at_target=("at_target", "sum"), mean_level=("level", "mean")
    )


DUCKDB = """
WITH level AS (
    SELECT employee_id, competency_id, max(level) AS level FROM (
        SELECT c.employee_id, a.competency_id, a.level
        FROM read_parquet('{part}/completions.parquet') c
        JOIN read_parquet('{rules}/awards.parquet') a USING (course_id)
        UNION ALL
        SELECT employee_id, competency_id, arg_max(level, assessed_at)
        FROM read_parquet('{part}/assessments.parquet')
        GROUP BY employee_id, competency_id, kind
    ) GROUP BY employee_id, competency_id
), target AS (
    SELECT employee_id, competency_id, max(level) AS target FROM (
        SELECT p.employee_id, t.competency_id, t.level
        FROM read_parquet('{part}/people.parquet') p
        JOIN read_parquet('{rules}/targets.parquet') t USING (tier_id)
        UNION ALL
        SELECT r.employee_id, t.competency_id, t.level
        FROM read_parquet('{part}/person_roles.parquet') r
        JOIN read_parquet('{rules}/targets.parquet') t USING (role_id)
    ) GROUP BY employee_id, competency_id
)
SELECT p.department_id, l.competency_id, count(*) AS assessed,
       count(*) FILTER (l.level >= t.target) AS at_target, avg(l.level) AS mean_level
FROM level l JOIN target t USING (employee_id, competency_id)
JOIN read_parquet('{part}/people.parquet') p USING (employee_id)
GROUP BY p.department_id, l.competency_id
"""


def duckdb_part(rules: Path, part: Path) -> pd.DataFrame:
    import duckdb

    with duckdb.connect(config={"threads": 2}) as connection:
        found = connection.execute(DUCKDB.format(rules=rules, part=part)).fetchnumpy()
    return pd.DataFrame(found)


SIDES = {"NumPy": numpy_part, "DuckDB": duckdb_part, "pandas": pandas_part}


def apart(side: Callable[..., Any], *given: Any) -> Any:
    """In a process of its own, so that its peak and its processor time are its own."""
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawned) as pool:
        return pool.submit(side, *given).result()


def same_sums(left: pd.DataFrame, right: pd.DataFrame) -> bool:
    """Whether two tables of sums have the same rows, in whatever order."""
    tables = [
        sums.sort_values(KEY)[[*KEY, *COUNTS]].to_numpy(dtype=np.float64) for sums in (left, right)
    ]
    return tables[0].shape == tables[1].shape and bool(np.allclose(*tables, rtol=1e-12, atol=0))


def said(name: str, taken: Taken, engine: Taken, remark: str) -> None:
    print(
        f"  {name:16}{taken.wall:9.1f} s {taken.own:9.1f} s own {taken.own / engine.own:6.2f}"
        f" of the engine's, peak {taken.peak:6,.0f} MiB{remark}",
        flush=True,
    )


def one_size(people: int, directory: Path, *, engine_alone: bool) -> Taken:
    facts, local = directory / "facts", directory / "local"
    apart(write_nation, facts, people)
    size = sum(path.stat().st_size for path in facts.rglob("*.parquet")) / 2**20
    print(
        f"{people:,} people, {people * COMPETENCIES * 3:,} pieces of evidence, "
        f"{len(parts_of(facts))} partitions of {PER_PART:,} people, {size:,.0f} MiB",
        flush=True,
    )
    engine: Taken = apart(by_engine, facts, local)
    within = f"; {engine.half:.1f} s of them for the first half" if engine.half else ""
    said("engine", engine, engine, within)
    if engine_alone:
        return engine
    dask = apart(by_dask, facts, directory / "dask")
    equal = "the same result" if same_result(local, directory / "dask") else "ANOTHER RESULT"
    shutil.rmtree(directory / "dask")
    remark = f"; {dask.wall / engine.wall:.2f} of its wall, one worker killed: {equal}"
    said("engine, Dask", dask, engine, remark)
    for name, one_part in SIDES.items():
        taken = apart(by_hand, one_part, facts)
        assert engine.sums is not None
        equal = "the same sums" if same_sums(taken.sums, engine.sums) else "OTHER SUMS"
        said(name, taken, engine, f"; {equal}")
    return engine


def main() -> None:
    parser = argparse.ArgumentParser(description="See the first lines of this file.")
    parser.add_argument("people", nargs="*", type=int, default=SIZES)
    parser.add_argument("--national", action="store_true", help=f"{NATION:,} people as well")
    parser.add_argument("--engine-alone", action="store_true", help="nothing beside it")
    asked = parser.parse_args()
    own: dict[int, float] = {}
    for people in [*asked.people, *([NATION] if asked.national else [])]:
        with tempfile.TemporaryDirectory(prefix="national-") as directory:
            own[people] = one_size(people, Path(directory), engine_alone=asked.engine_alone).own
    if len(own) > 1:
        (few, short), *_rest, (many, long) = sorted(own.items())
        exponent = math.log(long / short) / math.log(many / few)
        print(f"growth exponent from {few:,} to {many:,} people: {exponent:.3f}")
    with tempfile.TemporaryDirectory(prefix="national-") as directory:
        plain, ruled = Path(directory) / "plain", Path(directory) / "ruled"
        apart(write_nation, plain, EVERY_RULE)
        apart(write_rule_bound, ruled)
        without = apart(by_engine, plain, Path(directory) / "without")
        with_all = apart(by_engine, ruled, Path(directory) / "with")
        print(
            f"{EVERY_RULE:,} people with validities, ageing and mappings: "
            f"{with_all.own:.1f} s own, {with_all.own / without.own:.2f} of the same without"
        )


def write_rule_bound(facts: Path) -> None:
    write_nation(facts, EVERY_RULE, every_rule=True)


if __name__ == "__main__":
    main()
