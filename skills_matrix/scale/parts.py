"""Facts as Parquet, and what is derived of one partition of them.

::

    facts/rules/{awards,targets,mappings,ageing,competencies}.parquet
    facts/manifest.json                            as_of and rule; written last
    facts/part-00000/{people,person_roles,completions,assessments}.parquet     (whole sections)

    result/manifest.json                           as_of and rule; written first
    result/cells/part-00000.parquet                frame ``cells``
    result/department_levels/part-00000.parquet    frame ``department_levels``
    result/department_levels.parquet               the sum of them all; written last

A partition holds whole sections, so that its sums are final for each section it has; sections of
which the people are spread over partitions would still add up. A file appears whole or not at all,
and the same facts give the same file, so a partition may be derived any number of times.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from skills_matrix.engine.ageing import DEFAULT_FLOOR
from skills_matrix.engine.aggregates import department_levels, sum_department_levels
from skills_matrix.engine.cells import effective_targets, matrix_cells
from skills_matrix.engine.chain import held_evidence
from skills_matrix.engine.levels import DEFAULT_RULE, current_levels, self_levels
from skills_matrix.engine.schema import check_columns, empty_frame, frame_schema

RULES: Final = ("awards", "targets", "mappings", "ageing", "competencies")
FACTS: Final = ("people", "person_roles", "completions", "assessments")
RESULTS: Final = ("cells", "department_levels")
MANIFEST: Final = "manifest.json"
SUMS: Final = "department_levels.parquet"


class NoFacts(Exception):
    """The directory holds no facts, or not all of them."""


class OtherResult(Exception):
    """The directory holds the result of another day or rule; it is not mixed with this one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is derived: the matrix at ``as_of`` by a rule; see ``current_levels``."""

    as_of: datetime
    rule: str = DEFAULT_RULE
    minimum_assurance: int = 0
    floor: float = DEFAULT_FLOOR


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame so that a reader sees all of it or nothing."""
    with _whole(path) as unfinished:
        frame.to_parquet(unfinished, index=False)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Where to write what then takes the place of ``path``, unless there was an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def read_frame(name: str, path: Path) -> pd.DataFrame:
    """The frame ``name`` of a file, whatever wrote it: columns are cast to the schema's dtypes.

    Raises:
        FrameError: a column is missing, or cannot be what the schema says.
    """
    frame = pd.read_parquet(path)
    columns = frame_schema(name).columns
    cast = {key: column.pandas_dtype for key, column in columns.items() if key in frame.columns}
    frame = frame.astype(cast)[[key for key in columns if key in frame.columns]]
    check_columns(name, frame)
    return frame


def parts_of(facts: Path) -> list[str]:
    """Names of the partitions, in order."""
    return sorted(path.name for path in facts.glob("part-*") if path.is_dir())


def whole_sections(sizes: Iterable[tuple[int, int]], *, most: int) -> list[list[int]]:
    """Sections packed into partitions of at most ``most`` people; a larger section stands alone.

    Args:
        sizes: section and its number of people, in the order in which they are kept together.
    """
    parts: list[list[int]] = []
    room = 0
    for section, people in sizes:
        if not parts or people > room:
            parts.append([])
            room = most
        parts[-1].append(section)
        room -= people
    return parts


def write_manifest(directory: Path, asked: Asked) -> None:
    """Note in the directory what its files are about."""
    directory.mkdir(parents=True, exist_ok=True)
    unfinished = directory / f".manifest.{uuid4().hex}"
    note = {**asdict(asked), "as_of": asked.as_of.isoformat()}
    unfinished.write_text(json.dumps(note), encoding="utf-8")
    os.replace(unfinished, directory / MANIFEST)


def read_manifest(directory: Path) -> Asked | None:
    """What the files of a directory are about; None = it has no manifest."""
    path = directory / MANIFEST
    if not path.exists():
        return None
    note = json.loads(path.read_text(encoding="utf-8"))
    return Asked(**{**note, "as_of": datetime.fromisoformat(note["as_of"])})


def begin_result(facts: Path, result: Path) -> Asked:
    """Note that these facts are derived there, or go on with the same; gives what is asked.

    Raises:
        NoFacts: ``facts`` has no manifest, so it was not written to its end.
        OtherResult: the matrix of another day or rule was derived there.
    """
    asked = read_manifest(facts)
    if asked is None:
        raise NoFacts(str(facts))
    if read_manifest(result) not in (None, asked):
        raise OtherResult(str(result))
    write_manifest(result, asked)
    return asked


def missing_parts(facts: Path, result: Path) -> list[str]:
    """Partitions that have not been derived yet."""
    return [
        part
        for part in parts_of(facts)
        if not all((result / name / f"{part}.parquet").exists() for name in RESULTS)
    ]


def build_part(facts: Path, result: Path, part: str, asked: Asked) -> int:
    """Derive one partition and write it; gives how many people it has."""
    rules = {name: read_frame(name, facts / "rules" / f"{name}.parquet") for name in RULES}
    known = {name: read_frame(name, facts / part / f"{name}.parquet") for name in FACTS}
    derived = derive_part(rules, known, asked)
    for name in RESULTS:
        write_frame(result / name / f"{part}.parquet", derived[name])
    return len(known["people"])


def derive_part(
    rules: dict[str, pd.DataFrame], known: dict[str, pd.DataFrame], asked: Asked
) -> dict[str, pd.DataFrame]:
    """Frames ``cells`` and ``department_levels`` of some people, by the engine of every page."""
    evidence = held_evidence(
        completions=known["completions"],
        awards=rules["awards"],
        assessments=known["assessments"],
        mappings=rules["mappings"],
        ageing=rules["ageing"],
        competencies=rules["competencies"],
        as_of=asked.as_of,
        floor=asked.floor,
    )
    levels = current_levels(evidence, minimum_assurance=asked.minimum_assurance, rule=asked.rule)
    targets = effective_targets(
        known["people"], known["person_roles"], rules["targets"], as_of=asked.as_of
    )
    cells = matrix_cells(known["people"], levels, self_levels(evidence), targets)
    return {
        "cells": cells,
        "department_levels": department_levels(cells, known["people"], rules["competencies"]),
    }


def sum_parts(result: Path, parts: Sequence[str]) -> None:
    """Write `SUMS` from those of the partitions: as they come, sections spread over several last.

    Memory: one partition and the sections that are spread. Adding each partition to the sum of
    all before it would hold the nation, and take time by the square of the partitions.
    """
    seen: Counter[int] = Counter()
    for part in parts:
        seen.update(_sums_of(result, part)["department_id"].unique().tolist())
    spread = [department for department, times in seen.items() if times > 1]

    columns = pa.Schema.from_pandas(empty_frame("department_levels"), preserve_index=False)
    with _whole(result / SUMS) as unfinished, pq.ParquetWriter(unfinished, columns) as writer:
        to_add = []
        for part in parts:
            sums = _sums_of(result, part)
            shared = sums["department_id"].isin(spread)
            to_add.append(sums[shared])
            _append(writer, sums[~shared])
        _append(writer, sum_department_levels(to_add))


def _sums_of(result: Path, part: str) -> pd.DataFrame:
    return read_frame("department_levels", result / "department_levels" / f"{part}.parquet")


def _append(writer: pq.ParquetWriter, frame: pd.DataFrame) -> None:
    writer.write_table(pa.Table.from_pandas(frame, schema=writer.schema, preserve_index=False))


def same_result(left: Path, right: Path) -> bool:
    """Whether two results hold the same values in every file."""
    names = {path.relative_to(left) for path in left.rglob("*.parquet")}
    if names != {path.relative_to(right) for path in right.rglob("*.parquet")}:
        return False
    return all(pd.read_parquet(left / name).equals(pd.read_parquet(right / name)) for name in names)
