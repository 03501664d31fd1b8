"""Partitions derive the matrix of the whole, wherever they run and whoever dies on the way."""

import os
import signal
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lms.people.models import Employee
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.models import Competency
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.aggregates import department_levels
from skills_matrix.engine.schema import frame_from_rows, frame_schema
from skills_matrix.scale.engines import build_matrix
from skills_matrix.scale.parts import (
    FACTS,
    RULES,
    SUMS,
    Asked,
    NoFacts,
    OtherResult,
    derive_part,
    missing_parts,
    parts_of,
    read_frame,
    same_result,
    sum_parts,
    whole_sections,
    write_frame,
    write_manifest,
)
from tests.factories import (
    complete_course,
    make_assessment,
    make_award,
    make_competency,
    make_course,
    make_department,
    make_employee,
    make_target,
)
from tests.skills_matrix.engine.office import assert_same_rows, rows

AS_OF = datetime(2026, 4, 1, tzinfo=UTC)
ASKED = Asked(AS_OF, minimum_assurance=1)
PARTS, PEOPLE = 6, 40


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six partitions of forty people each, two sections to a partition."""
    directory = tmp_path_factory.mktemp("facts")
    random = np.random.default_rng(7)
    competencies = range(1, 9)
    rules = {
        "awards": rows(
            "awards",
            *(
                {"award_id": n, "course_id": n, "competency_id": n, "level": 1 + n % 3}
                for n in competencies
            ),
        ),
        "targets": rows(
            "targets",
            *({"target_id": n, "competency_id": n, "level": 2, "tier_id": 1} for n in competencies),
        ),
        "mappings": rows("mappings", {"earlier_id": 1, "competency_id": 2, "most": 1}),
        "ageing": rows("ageing", {"rule_id": 1, "competency_id": 3, "days": 300}),
        "competencies": rows("competencies", *({"competency_id": n} for n in competencies)),
    }
    for name, frame in rules.items():
        write_frame(directory / "rules" / f"{name}.parquet", frame)
    for part in range(PARTS):
        ids = range(part * PEOPLE + 1, (part + 1) * PEOPLE + 1)
        known = {
            "people": [(one, part * 2 + one % 2, 1 + one % 2) for one in ids],
            "person_roles": [(one, 1) for one in ids if one % 5 == 0],
            "completions": [
                (one, course, AS_OF - timedelta(days=int(random.integers(1, 900))), 5)
                for one in ids
                for course in competencies
                if random.random() < 0.4
            ],
            "assessments": [
                (
                    one * 100 + skill,
                    one,
                    skill,
                    int(random.integers(0, 5)),
                    "supervisor",
                    4,
                    AS_OF - timedelta(days=int(random.integers(1, 900))),
                    None,
                )
                for one in ids
                for skill in competencies
                if random.random() < 0.5
            ],
        }
        for name, given in known.items():
            path = directory / f"part-{part:05}" / f"{name}.parquet"
            write_frame(path, frame_from_rows(name, given))
    write_manifest(directory, ASKED)
    return directory


@pytest.fixture(scope="module")
def by_one_process(facts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    result = tmp_path_factory.mktemp("local")
    assert build_matrix(facts=facts, result=result) == PARTS * PEOPLE
    return result


def whole(facts: Path, name: str) -> pd.DataFrame:
    """The frame of all partitions together."""
    return pd.concat(
        [read_frame(name, facts / part / f"{name}.parquet") for part in parts_of(facts)],
        ignore_index=True,
    )


def test_partitions_add_up_to_the_whole(facts: Path, by_one_process: Path) -> None:
    rules = {name: read_frame(name, facts / "rules" / f"{name}.parquet") for name in RULES}
    expected = derive_part(rules, {name: whole(facts, name) for name in FACTS}, ASKED)
    cells = pd.concat(
        [read_frame("cells", path) for path in sorted((by_one_process / "cells").iterdir())]
    )
    assert_same_rows(cells, expected["cells"], *frame_schema("cells").key)
    sums = read_frame("department_levels", by_one_process / "department_levels.parquet")
    assert_same_rows(sums, expected["department_levels"], *frame_schema("department_levels").key)
    assert sums["people"].sum() == PARTS * PEOPLE * len(rules["competencies"])


def test_sections_spread_over_partitions_are_added_up(tmp_path: Path) -> None:
    """Section 2 has people in both partitions, section 1 and 3 in one each."""

    def sums(*counts: tuple[int, int, int, int]) -> pd.DataFrame:
        """(section, people, at level 1, at level 3), all of them assessed, of competency 7."""
        columns = list(frame_schema("department_levels").columns)
        told = [
            {"department_id": section, "competency_id": 7, "people": people}
            | {"assessed": one + three, "level_1": one, "level_3": three}
            | {"mean_level": (one + 3 * three) / (one + three)}
            for section, people, one, three in counts
        ]
        return frame_from_rows(
            "department_levels", [tuple(row.get(key, 0) for key in columns) for row in told]
        )

    parts = {
        "part-00000": sums((1, 4, 1, 1), (2, 5, 3, 0)),
        "part-00001": sums((2, 2, 0, 1), (3, 1, 1, 0)),
    }
    for part, frame in parts.items():
        write_frame(tmp_path / "department_levels" / f"{part}.parquet", frame)
    sum_parts(tmp_path, list(parts))
    found = read_frame("department_levels", tmp_path / SUMS)
    expected = sums((1, 4, 1, 1), (2, 7, 3, 1), (3, 1, 1, 0))
    assert_same_rows(found, expected, *frame_schema("department_levels").key)


def test_no_partition_gives_no_sums(tmp_path: Path) -> None:
    sum_parts(tmp_path, [])
    assert read_frame("department_levels", tmp_path / SUMS).empty


def test_two_workers_of_which_one_is_killed_derive_the_same(
    facts: Path, by_one_process: Path, tmp_path: Path, socket_enabled: None
) -> None:
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

        people = build_matrix(
            facts=facts,
            result=tmp_path,
            engine="dask",
            scheduler=cluster.scheduler_address,
            say=kill_one,
        )
    assert killed
    assert people == PARTS * PEOPLE
    assert same_result(tmp_path, by_one_process)


def test_it_goes_on_where_it_was_stopped(facts: Path, by_one_process: Path, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        build_matrix(facts=facts, result=tmp_path, say=stop)
    assert len(missing_parts(facts, tmp_path)) == PARTS - 2
    assert build_matrix(facts=facts, result=tmp_path) == (PARTS - 2) * PEOPLE
    assert same_result(tmp_path, by_one_process)
    assert build_matrix(facts=facts, result=tmp_path) == 0


def test_a_part_that_differs_is_seen(facts: Path, by_one_process: Path, tmp_path: Path) -> None:
    build_matrix(facts=facts, result=tmp_path)
    path = tmp_path / "cells" / "part-00001.parquet"
    frame = pd.read_parquet(path)
    frame["level"] = (frame["level"] + 1) % 5
    frame.to_parquet(path, index=False)
    assert not same_result(tmp_path, by_one_process)


def test_results_of_different_rules_are_not_mixed(facts: Path, tmp_path: Path) -> None:
    write_manifest(tmp_path, Asked(AS_OF, minimum_assurance=3))
    with pytest.raises(OtherResult):
        build_matrix(facts=facts, result=tmp_path)


def test_facts_without_their_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoFacts):
        build_matrix(facts=tmp_path, result=tmp_path / "out")


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([(1, 3), (2, 3), (3, 3)], [[1, 2], [3]]),
        ([(1, 9), (2, 1), (3, 5)], [[1], [2, 3]]),
        ([(1, 0), (2, 6)], [[1, 2]]),
    ],
)
def test_sections_stay_whole(sizes: list[tuple[int, int]], expected: list[list[int]]) -> None:
    assert whole_sections(sizes, most=6) == expected


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture
    def office(self) -> list[Competency]:
        skills = [make_competency() for _ in range(3)]
        course = make_course()
        make_award(course, skills[0], level=2)
        make_target(skills[1], level=3)
        for number in range(3):
            department = make_department()
            for _ in range(number + 1):
                person = make_employee(department=department)
                make_assessment(person, skills[1], level=number + 1)
        complete_course(person, course)
        return skills

    def run(self, tmp_path: Path, *options: str) -> str:
        out = StringIO()
        call_command(
            "build_matrix",
            *("--facts", str(tmp_path / "facts"), "--out", str(tmp_path / "out"), *options),
            stdout=out,
            stderr=StringIO(),
        )
        return out.getvalue()

    def test_the_sites_own_facts_give_its_own_matrix(self, office: Any, tmp_path: Path) -> None:
        assert "6 people" in self.run(
            tmp_path,
            "--export",
            "--people-per-part",
            "3",
            "--as-of",
            (timezone.localdate() + timedelta(days=1)).isoformat(),
        )
        assert len(parts_of(tmp_path / "facts")) == 2
        manifest_of = datetime.combine(
            timezone.localdate() + timedelta(days=1), datetime.min.time()
        )
        chain = derive_chain(
            employees=Employee.objects.all(),
            competencies=competencies_held(timezone.localdate()),
            as_of=timezone.make_aware(manifest_of),
        )
        sums = read_frame("department_levels", tmp_path / "out" / "department_levels.parquet")
        expected = department_levels(chain.cells, chain.frames.people, chain.frames.competencies)
        assert_same_rows(sums, expected, *frame_schema("department_levels").key)

    def test_faults_say_what_to_do(self, office: Any, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="--export"):
            self.run(tmp_path)
        with pytest.raises(CommandError, match="YYYY-MM-DD"):
            self.run(tmp_path, "--export", "--as-of", "2026-13-01")
        self.run(tmp_path, "--export")
        with pytest.raises(CommandError, match="not empty"):
            self.run(tmp_path, "--export")
        write_manifest(tmp_path / "out", ASKED)
        with pytest.raises(CommandError, match="another day or rule"):
            self.run(tmp_path)
