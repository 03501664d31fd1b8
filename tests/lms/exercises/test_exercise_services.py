"""Handing in a data exercise: graded, kept, recorded by the server, and by nobody else."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.exercises.refusals import FileRefused
from courses.models import Activity, Course
from lms.exceptions import GradedByServer, NotEnrolled, UnknownActivity
from lms.exercises.models import ExerciseAttempt
from lms.exercises.selectors import attempt_file, attempts_of, exercise_in
from lms.exercises.services import grade_attempt
from lms.flows import record_statements
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.services import rebuild_progress
from lms.records.models import Statement
from lms.records.statement import ANSWERED
from tests.factories import (
    CLEAN_TABLE,
    MESSY_TABLE,
    answer_statement,
    make_course,
    make_employee,
    make_enrolment,
    make_exercise,
    make_exercise_content,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(learner: Employee) -> Course:
    made = make_course(lessons=1, activities=0, is_published=False)
    make_enrolment(learner, made)
    return made


@pytest.fixture
def exercise(course: Course) -> Activity:
    return make_exercise(course.activities.get(kind="lesson"))


def hand_in(learner: Employee, exercise: Activity, data: bytes = CLEAN_TABLE) -> ExerciseAttempt:
    return grade_attempt(employee=learner, activity=exercise, data=data, name="mine.csv")


def test_a_clean_file_passes_and_the_server_says_so(learner: Employee, exercise: Activity) -> None:
    attempt = hand_in(learner, exercise)
    assert (attempt.number, attempt.score, attempt.file_name) == (1, 1.0, "mine.csv")
    statement = Statement.objects.get()
    assert attempt.statement == statement
    assert (statement.verb, statement.score) == (ANSWERED, 1.0)
    assert statement.exercise_id == exercise.exercise_id
    assert statement.statement["result"] == {
        "score": {"scaled": 1.0, "raw": 1.0, "min": 0, "max": 1},
        "completion": True,
        "success": True,
    }
    progress = ActivityProgress.objects.get()
    assert progress.done_at is not None
    assert CourseProgress.objects.get().done_count == 1


def test_a_messy_file_is_a_try_that_passes_nothing(learner: Employee, exercise: Activity) -> None:
    attempt = hand_in(learner, exercise, MESSY_TABLE)
    assert 0 < attempt.score < 1
    assert {item["fault"] for item in attempt.report["findings"]} == {
        "date_era",
        "date_notation",
        "unit_in_value",
    }
    progress = ActivityProgress.objects.get()
    assert (progress.attempts, progress.best_score) == (1, attempt.score)
    assert progress.done_at is None


def test_the_best_of_any_number_of_tries_counts(learner: Employee, exercise: Activity) -> None:
    for data in (MESSY_TABLE, CLEAN_TABLE, MESSY_TABLE):
        hand_in(learner, exercise, data)
    assert [row.number for row in attempts_of(learner, exercise)] == [3, 2, 1]
    progress = ActivityProgress.objects.get()
    assert (progress.attempts, progress.best_score) == (3, 1.0)
    before = ActivityProgress.objects.values().get()
    rebuild_progress(employee=learner)
    after = ActivityProgress.objects.values().get()
    assert before | {"id": 0} == after | {"id": 0}


def test_no_browser_says_how_a_data_exercise_went(learner: Employee, exercise: Activity) -> None:
    with pytest.raises(GradedByServer) as refusal:
        record_statements(employee=learner, statements=answer_statement(exercise, score=1.0))
    assert refusal.value.place == exercise.iri
    part = answer_statement(exercise)
    part["object"]["id"] += "#part"
    with pytest.raises(GradedByServer):
        record_statements(employee=learner, statements=[part])
    assert not Statement.objects.exists()


def test_a_file_that_cannot_be_read_is_no_try(learner: Employee, exercise: Activity) -> None:
    with pytest.raises(FileRefused):
        hand_in(learner, exercise, b"PK\x03\x04")
    assert not ExerciseAttempt.objects.exists()
    assert not Statement.objects.exists()


def test_whoever_is_not_enrolled_leaves_nothing(exercise: Activity) -> None:
    with pytest.raises(NotEnrolled):
        hand_in(make_employee(), exercise)
    assert not ExerciseAttempt.objects.exists()
    assert not Statement.objects.exists()


def test_an_exercise_that_is_not_made_yet_takes_nothing(
    learner: Employee, exercise: Activity
) -> None:
    Activity.objects.filter(pk=exercise.pk).update(exercise=None, live=False)
    exercise.refresh_from_db()
    assert exercise_in(exercise.course, exercise.key) is None
    with pytest.raises(UnknownActivity):
        hand_in(learner, exercise)


def test_what_was_handed_in_is_kept_as_it_was(learner: Employee, exercise: Activity) -> None:
    hand_in(learner, exercise, MESSY_TABLE)
    assert attempt_file(attempts_of(learner, exercise).get()) == MESSY_TABLE


def test_only_the_latest_files_are_kept_and_every_report(
    learner: Employee, exercise: Activity, settings: object
) -> None:
    settings.LMS_EXERCISE_FILES_KEPT = 2  # type: ignore[attr-defined]
    for _ in range(4):
        hand_in(learner, exercise)
    kept = {row.number: attempt_file(row) is not None for row in attempts_of(learner, exercise)}
    assert kept == {4: True, 3: True, 2: False, 1: False}
    assert ExerciseAttempt.objects.filter(report__rows=2).count() == 4


def test_a_try_stays_with_the_version_it_was_graded_by(
    learner: Employee, exercise: Activity
) -> None:
    before = hand_in(learner, exercise)
    exercise.exercise = make_exercise_content(instructions="次の版です。")
    exercise.save()
    after = hand_in(learner, exercise)
    assert before.exercise_id != after.exercise_id
    assert after.statement.exercise_id == exercise.exercise_id
    Activity.objects.filter(pk=exercise.pk).update(
        refused_contents=[before.exercise_id, after.exercise_id]
    )
    rebuild_progress(employee=learner)
    assert ActivityProgress.objects.get().done_at is None


def test_lists_do_not_carry_the_files(learner: Employee, exercise: Activity) -> None:
    hand_in(learner, exercise)
    with CaptureQueriesContext(connection) as queries:
        list(attempts_of(learner, exercise))
    assert '"file"' not in queries[0]["sql"]


def test_nothing_of_it_lies_where_media_is_served(
    learner: Employee, exercise: Activity, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    hand_in(learner, exercise)
    assert list(tmp_path.rglob("*")) == []
