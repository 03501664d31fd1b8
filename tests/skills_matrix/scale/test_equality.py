"""Partition by partition the matrix is the office's own, of any day and under every rule."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from lms.people.models import Employee
from skills_matrix.chain import derive_chain
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.aggregates import department_levels
from skills_matrix.engine.schema import empty_frame, frame_schema
from skills_matrix.frames import office_day
from skills_matrix.scale.engines import build_matrix
from skills_matrix.scale.export import export_facts
from skills_matrix.scale.parts import (
    FACTS,
    RULES,
    SUMS,
    Asked,
    parts_of,
    read_frame,
    write_frame,
    write_manifest,
)
from tests.examples import examples
from tests.skills_matrix.engine.office import AS_OF as ENGINE_DAY
from tests.skills_matrix.engine.office import (
    MATRIX,
    Office,
    assert_same_rows,
    derive_matrix,
    for_every,
    offices,
)
from tests.skills_matrix.materialised.test_equality import OfficeChanges, days

SETTINGS = settings(
    max_examples=examples(of=12),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def assert_result(result: Path, cells: pd.DataFrame, sums: pd.DataFrame) -> None:
    parts = [read_frame("cells", path) for path in sorted((result / "cells").glob("*.parquet"))]
    found = pd.concat([empty_frame("cells"), *parts], ignore_index=True)
    assert_same_rows(found, cells, *frame_schema("cells").key)
    added = read_frame("department_levels", result / SUMS)
    assert_same_rows(added, sums, *frame_schema("department_levels").key)


class OfficeByParts(OfficeChanges):
    """The office in which everything changes, taken apart into its sections."""

    def the_copy_is_what_the_engine_derives(self) -> None:
        """Asked elsewhere."""

    @rule(ago=days)
    def parts_are_the_whole(self, ago: int) -> None:
        moment = self.now + timedelta(days=ago)
        competencies = competencies_held(office_day(moment))
        chain = derive_chain(
            employees=Employee.objects.all(), competencies=competencies, as_of=moment
        )
        with TemporaryDirectory() as directory:
            facts, result = Path(directory) / "facts", Path(directory) / "result"
            export_facts(to=facts, as_of=moment, people_per_part=1)
            people = build_matrix(facts=facts, result=result)
            assert people == len(chain.frames.people)
            assert len(parts_of(facts)) == chain.frames.people["department_id"].nunique()
            assert_result(
                result,
                chain.cells,
                department_levels(chain.cells, chain.frames.people, chain.frames.competencies),
            )

    def teardown(self) -> None:
        if hasattr(self, "change"):
            for ago in (-12, 0, 12):
                self.parts_are_the_whole(ago)
            super().teardown()


@pytest.mark.django_db
def test_after_every_kind_of_change_the_parts_are_the_whole() -> None:
    run_state_machine_as_test(OfficeByParts, settings=SETTINGS)


@for_every(offices(*MATRIX))
def test_parts_of_any_office_are_the_whole(office: Office) -> None:
    """Ageing, mappings, validities and targets at their edges, a section to a partition."""
    whole = derive_matrix(office)
    with TemporaryDirectory() as directory:
        facts, result = Path(directory) / "facts", Path(directory) / "result"
        write_office(facts, office)
        build_matrix(facts=facts, result=result)
        assert_result(result, whole["cells"], whole["department_levels"])


def write_office(facts: Path, office: Office) -> None:
    for name in RULES:
        write_frame(facts / "rules" / f"{name}.parquet", office[name])
    for number, (_section, people) in enumerate(office["people"].groupby("department_id")):
        for name in FACTS:
            here = office[name]["employee_id"].isin(people["employee_id"])
            write_frame(facts / f"part-{number:05}" / f"{name}.parquet", office[name][here])
    write_manifest(facts, Asked(ENGINE_DAY))
