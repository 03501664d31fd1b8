"""Whole columns are what reading row by row would give, on every kind of database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from lms.people.models import Employee
from lms.progress.models import CourseProgress
from skills_matrix import columns_read
from skills_matrix.assessments.models import Assessment
from skills_matrix.competencies.models import Assurance, Competency
from skills_matrix.engine.arrays import ABSENT, FOREVER, microseconds
from skills_matrix.engine.exceptions import FrameError
from skills_matrix.frames import assessments_frame, completions_frame
from tests.factories import make_assessment, make_competency, make_course, make_employee

pytestmark = pytest.mark.django_db
NUMBERS = {"id": "pk", "who": "employee_id", "level": "level", "assessor": "assessor_id"}
MOMENTS = {"at": "assessed_at", "until": "valid_until"}
AT = datetime(2026, 4, 1, 1, 2, 3, 456789, tzinfo=UTC)


@pytest.fixture
def judged() -> list[Assessment]:
    """Before and after 1970 and 2000, with and without an end."""
    people, skills = [make_employee() for _ in range(5)], [make_competency() for _ in range(3)]
    return [
        make_assessment(
            person,
            skill,
            (row + column) % 5,
            assessed_at=moment,
            valid_until=None if column else moment + timedelta(days=row, microseconds=1),
        )
        for row, (person, moment) in enumerate(
            zip(
                people,
                [AT, AT.replace(year=1969), AT.replace(year=1999), AT.replace(year=2000), AT],
                strict=True,
            )
        )
        for column, skill in enumerate(skills)
    ]


def read(rows: QuerySet[Assessment]) -> set[tuple[int, ...]]:
    columns = columns_read.read_columns(rows, numbers=NUMBERS, moments=MOMENTS, run_by="who")
    assert list(columns) == [*NUMBERS, *MOMENTS]
    assert {column.dtype for column in columns.values()} == {np.dtype(np.int64)}
    return set(zip(*(column.tolist() for column in columns.values()), strict=True))


@pytest.mark.parametrize("by_row", [False, True])
@pytest.mark.parametrize("run", [1, 2, 1_000_000])
def test_columns_fit_each_other_and_the_rows(
    judged: list[Assessment], monkeypatch: pytest.MonkeyPatch, by_row: bool, run: int
) -> None:
    monkeypatch.setattr(columns_read, "RUN", run)
    if by_row:
        monkeypatch.setattr(columns_read, "_by_array", columns_read._by_row)
    assert read(Assessment.objects.all()) == {
        (
            row.pk,
            row.employee_id,
            row.level,
            ABSENT,
            microseconds(row.assessed_at),
            FOREVER if row.valid_until is None else microseconds(row.valid_until),
        )
        for row in judged
    }


@pytest.mark.parametrize("nobody", [Employee.objects.none(), Employee.objects.filter(pk=-1)])
def test_nothing_has_its_columns_too(judged: list[Assessment], nobody: QuerySet[Employee]) -> None:
    assert read(Assessment.objects.filter(employee__in=nobody)) == set()
    assert assessments_frame(nobody, Competency.objects.all()).empty
    assert completions_frame(nobody).empty


def test_a_hundred_judgements_are_one_query(judged: list[Assessment]) -> None:
    with CaptureQueriesContext(connection) as queries:
        frame = assessments_frame(Employee.objects.all(), Competency.objects.all())
    assert len(frame) == len(judged)
    assert len(queries) == 1


def test_a_kind_that_the_engine_does_not_know_is_no_judgement(judged: list[Assessment]) -> None:
    Assessment.objects.filter(pk=judged[0].pk).update(kind="oracle")
    with pytest.raises(FrameError) as told:
        assessments_frame(Employee.objects.all(), Competency.objects.all())
    assert (told.value.code, told.value.column) == ("missing_value", "kind")


def test_completions_name_each_moment_once_by_the_surer_name() -> None:
    first, again, graded = AT, AT + timedelta(days=1), AT + timedelta(days=2)
    only, sure = Assurance.BROWSER_QUIZ, max(Assurance)

    def completed(**moments: Any) -> set[tuple[datetime, int]]:
        person, course = make_employee(), make_course()
        CourseProgress.objects.create(
            employee=person, course=course, started_at=first, last_at=graded, **moments
        )
        frame = completions_frame(Employee.objects.filter(pk=person.pk))
        assert set(frame["employee_id"]) <= {person.pk}
        assert set(frame["course_id"]) <= {course.pk}
        assert len(frame) == len(set(frame["completed_at"]))
        return set(zip(frame["completed_at"], frame["assurance"], strict=True))

    assert completed() == set()
    assert completed(completed_at=first) == {(first, only)}
    assert completed(completed_at=first, renewed_at=again) == {(first, only), (again, only)}
    assert completed(completed_at=first, assured_at=first) == {(first, sure)}
    assert completed(completed_at=first, renewed_at=again, assured_at=again) == {
        (first, only),
        (again, sure),
    }
    assert completed(
        completed_at=first, renewed_at=graded, assured_at=again, assured_renewed_at=graded
    ) == {(first, only), (again, sure), (graded, sure)}
