"""The one write path: all or nothing, once, by whoever is signed in."""

from datetime import timedelta
from typing import Any
from uuid import uuid5

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Activity, Course, H5PContent, H5PLibrary
from lms import signals
from lms.certificates.models import Certificate
from lms.exceptions import InvalidStatement, NotEnrolled, StatementConflict, UnknownActivity
from lms.flows import record_statements
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.services import ACTIVITY_FIELDS, COURSE_FIELDS
from lms.records.models import Statement
from lms.records.statement import ADL
from tests.examples import examples
from tests.factories import (
    answer_statement,
    complete_course,
    make_activity,
    make_course,
    make_employee,
    make_enrolment,
    make_h5p_content,
    make_ruled_course,
    read_statement,
)
from tests.factories.learning import response_worth

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(learner: Employee) -> Course:
    made = make_course(lessons=1, activities=1, pass_mark=0.8, is_published=False)
    make_enrolment(learner, made)
    return made


def lesson_of(course: Course) -> Activity:
    return course.activities.get(kind="lesson")


def question_of(course: Course) -> Activity:
    return course.activities.get(kind="h5p")


def progress_rows() -> tuple[list[Any], list[Any]]:
    def rows(model: Any) -> list[Any]:
        return [
            {key: value for key, value in row.items() if key != "id"}
            for row in model.objects.order_by("pk").values()
        ]

    activities = sorted(rows(ActivityProgress), key=lambda row: row["activity_id"])
    return activities, sorted(rows(CourseProgress), key=lambda row: row["course_id"])


def test_a_right_answer_moves_the_progress(learner: Employee, course: Course) -> None:
    record_statements(employee=learner, statements=answer_statement(question_of(course)))
    progress = CourseProgress.objects.get()
    assert (progress.done_count, progress.total_count, progress.completed_at) == (1, 2, None)
    record_statements(employee=learner, statements=read_statement(lesson_of(course)))
    progress.refresh_from_db()
    assert progress.done_count == 2
    assert progress.completed_at is not None


def test_a_wrong_answer_is_kept_and_does_not_count(learner: Employee, course: Course) -> None:
    record_statements(employee=learner, statements=answer_statement(question_of(course), score=0.5))
    row = ActivityProgress.objects.get()
    assert (row.attempts, row.best_score, row.done_at) == (1, 0.5, None)


def test_the_actor_is_who_is_signed_in(learner: Employee, course: Course) -> None:
    forged = answer_statement(question_of(course)) | {
        "actor": {"mbox": "mailto:somebody@example.jp"},
        "stored": "2020-01-01T00:00:00Z",
        "authority": {"mbox": "mailto:boss@example.jp"},
    }
    record_statements(employee=learner, statements=forged)
    kept = Statement.objects.get().statement
    assert kept["actor"]["account"]["name"] == str(learner.uuid)
    assert kept["authority"]["account"]["name"] == "lms"
    assert not kept["stored"].startswith("2020")
    assert learner.name not in str(kept)


def test_the_version_of_the_content_is_pinned(learner: Employee, course: Course) -> None:
    question = question_of(course)
    record_statements(employee=learner, statements=answer_statement(question))
    assert Statement.objects.get().content_id == question.content_id


def test_a_retry_changes_nothing(learner: Employee, course: Course) -> None:
    said = answer_statement(question_of(course))
    first = record_statements(employee=learner, statements=said)
    before = progress_rows()
    assert record_statements(employee=learner, statements=said) == first
    assert progress_rows() == before
    assert Statement.objects.count() == 1


def test_another_statement_with_the_same_id_is_refused(learner: Employee, course: Course) -> None:
    said = answer_statement(question_of(course))
    record_statements(employee=learner, statements=said)
    with pytest.raises(StatementConflict):
        record_statements(
            employee=learner,
            statements=answer_statement(question_of(course), score=0.1, statement_id=said["id"]),
        )
    other = make_employee()
    make_enrolment(other, course)
    with pytest.raises(StatementConflict):
        record_statements(employee=other, statements=said)


def test_one_bad_statement_spoils_the_batch(learner: Employee, course: Course) -> None:
    good = answer_statement(question_of(course))
    bad = answer_statement(question_of(course)) | {"verb": {"id": "nonsense"}}
    with pytest.raises(InvalidStatement):
        record_statements(employee=learner, statements=[good, bad])
    assert Statement.objects.count() == ActivityProgress.objects.count() == 0


def test_without_enrolment_nothing_is_taken(learner: Employee) -> None:
    stranger = make_course(is_published=False)
    with pytest.raises(NotEnrolled):
        record_statements(employee=learner, statements=answer_statement(question_of(stranger)))
    assert Statement.objects.count() == 0


@pytest.mark.parametrize(
    "iri",
    ["urn:uuid:00000000-0000-4000-8000-000000000000", "https://example.jp/x", "urn:uuid:zzz"],
)
def test_an_unknown_activity_is_refused(learner: Employee, course: Course, iri: str) -> None:
    said = answer_statement(question_of(course)) | {"object": {"id": iri}}
    with pytest.raises(UnknownActivity):
        record_statements(employee=learner, statements=said)


def test_a_lesson_has_no_parts(learner: Employee, course: Course) -> None:
    said = read_statement(lesson_of(course))
    said["object"] = {"id": f"{lesson_of(course).iri}#part"}
    with pytest.raises(UnknownActivity):
        record_statements(employee=learner, statements=said)


def test_the_database_refuses_to_change_or_delete_a_statement(
    learner: Employee, course: Course
) -> None:
    record_statements(employee=learner, statements=answer_statement(question_of(course)))
    for change in (
        lambda: Statement.objects.update(score=1.0),
        lambda: Statement.objects.all()._raw_delete(connection.alias),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert Statement.objects.count() == 1


def test_hosts_hear_of_it_once_after_the_commit(
    learner: Employee, course: Course, django_capture_on_commit_callbacks
) -> None:
    heard: list[tuple[str, Any]] = []

    def on_recorded(**said: Any) -> None:
        heard.append(("recorded", said["statement_ids"]))

    def on_completed(**said: Any) -> None:
        heard.append(("completed", said["course"]))

    signals.statements_recorded.connect(on_recorded)
    signals.course_completed.connect(on_completed)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            complete_course(learner, course)
            assert heard == []
        with django_capture_on_commit_callbacks(execute=True):
            record_statements(employee=learner, statements=answer_statement(question_of(course)))
    finally:
        signals.statements_recorded.disconnect(on_recorded)
        signals.course_completed.disconnect(on_completed)
    assert [kind for kind, _ in heard] == ["recorded", "completed", "recorded"]


def test_the_number_of_queries_does_not_grow_with_the_batch(
    learner: Employee, course: Course, django_assert_max_num_queries
) -> None:
    question = question_of(course)
    record_statements(employee=learner, statements=answer_statement(question))
    # The enrolment, where the person stands, the statements, the progress of both kinds (with one
    # command on PostgreSQL); and the savepoint of the test.
    with django_assert_max_num_queries(7):
        record_statements(employee=learner, statements=answer_statement(question))
    with django_assert_max_num_queries(7):
        record_statements(
            employee=learner, statements=[answer_statement(question) for _ in range(50)]
        )


moves = st.lists(
    st.tuples(
        st.sampled_from(["read", "answer", "attempt"]),
        st.integers(0, 15),
        st.sampled_from([0.0, 0.5, 0.8, 1.0]),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=15,
)


@settings(
    max_examples=examples(of=25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves=moves, batch=st.integers(1, 6))
def test_replaying_all_statements_rebuilds_the_same_progress(
    moves: list[tuple[str, int, float, int]], batch: int
) -> None:
    with transaction.atomic():
        learner = make_employee()
        courses = [
            make_course(lessons=2, activities=1, is_published=False),
            make_ruled_course(is_published=False),
        ]
        for course in courses:
            make_enrolment(learner, course)
        activities = list(Activity.objects.filter(course__in=courses).order_by("pk"))
        now = timezone.now()
        said = []
        for kind, which, score, hours in moves:
            activity = activities[which % len(activities)]
            moment = now - timedelta(hours=hours)
            if kind == "read" or activity.kind == "lesson":
                seconds = 60 if kind == "attempt" else None
                said.append(read_statement(activity, timestamp=moment, seconds=seconds))
            else:
                item = answer_statement(activity, score=score, timestamp=moment)
                if kind == "attempt":
                    item["verb"] = {"id": ADL + "attempted"}
                said.append(item)
        for start in range(0, len(said), batch):
            record_statements(employee=learner, statements=said[start : start + batch])
        recorded = progress_rows()
        call_command("replay_statements", "--quiet")
        assert progress_rows() == recorded
        transaction.set_rollback(True)


@settings(
    max_examples=examples(of=15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), moves=moves, forged=st.sets(st.integers(0, 14)), is_ruled=st.booleans())
def test_in_any_order_and_with_duplicates_the_progress_is_the_same(
    data: st.DataObject,
    moves: list[tuple[str, int, float, int]],
    forged: set[int],
    is_ruled: bool,
) -> None:
    with transaction.atomic():
        course = (
            make_ruled_course(is_published=False)
            if is_ruled
            else make_course(lessons=2, activities=1, is_published=False)
        )
        activities = list(Activity.objects.filter(course=course).order_by("pk"))
        now = timezone.now()
        said = []
        for n, (kind, which, score, hours) in enumerate(moves):
            activity = activities[which % len(activities)]
            moment = now - timedelta(hours=hours)
            if kind == "read" or activity.kind == "lesson":
                seconds = 90 if kind == "attempt" else None
                said.append(read_statement(activity, timestamp=moment, seconds=seconds))
                continue
            item = answer_statement(activity, score=score, timestamp=moment)
            if n in forged:
                item["result"]["score"] = {"scaled": 1.0}
            said.append(item)
        again = data.draw(st.permutations([*said, *said]))
        seen = []
        for order in (said, again):
            learner = make_employee()
            make_enrolment(learner, course)
            for item in order:
                # Ids of the person's own: two people cannot share a statement.
                own = str(uuid5(learner.uuid, item["id"]))
                record_statements(employee=learner, statements=item | {"id": own})
            seen.append(
                [
                    list(rows.filter(employee=learner).order_by("pk").values(*fields))
                    for rows, fields in (
                        (ActivityProgress.objects.order_by("activity"), ACTIVITY_FIELDS),
                        (CourseProgress.objects.all(), COURSE_FIELDS),
                    )
                ]
            )
        assert [sorted(map(str, rows)) for rows in seen[0]] == [
            sorted(map(str, rows)) for rows in seen[1]
        ]
        transaction.set_rollback(True)


def test_a_score_the_response_does_not_support_is_kept_flagged_and_does_not_count(
    learner: Employee, course: Course
) -> None:
    question = question_of(course)
    forged = answer_statement(question, score=1.0)
    forged["result"]["response"] = response_worth(0.2)
    record_statements(employee=learner, statements=forged)
    stored = Statement.objects.get()
    assert (stored.score, stored.graded_score, stored.assurance) == (1.0, 0.2, "refuted")
    assert stored.statement["result"] == forged["result"]
    progress = ActivityProgress.objects.get()
    assert (progress.attempts, progress.best_score, progress.done_at) == (1, None, None)

    record_statements(employee=learner, statements=answer_statement(question, score=0.8))
    progress = ActivityProgress.objects.get()
    assert (progress.attempts, progress.best_score) == (2, 0.8)
    assert progress.assured_at == progress.done_at is not None
    call_command("replay_statements", "--quiet")
    assert ActivityProgress.objects.get().done_at == progress.done_at


def test_a_score_without_a_response_does_not_count(learner: Employee, course: Course) -> None:
    silent = answer_statement(question_of(course), score=1.0)
    del silent["result"]["response"]
    record_statements(employee=learner, statements=silent)
    assert Statement.objects.get().assurance == "refuted"
    assert ActivityProgress.objects.get().done_at is None


def test_a_score_of_a_type_that_cannot_be_graded_counts_as_a_claim(learner: Employee) -> None:
    content = make_h5p_content()
    library = H5PLibrary.objects.create(
        machine_name="H5P.DragQuestion",
        major=1,
        minor=14,
        patch=0,
        digest="1" * 64,
        stored_in="libraries/H5P.DragQuestion-1.14",
        metadata={},
    )
    H5PContent.objects.filter(pk=content.pk).update(main_library=library)
    course = make_course(activities=0, is_published=False)
    question = make_activity(lesson_of(course), "L1-1", content=content)
    complete_course(learner, course)
    assert Statement.objects.get(activity=question).assurance == "claimed"
    progress = CourseProgress.objects.get()
    assert progress.completed_at is not None
    assert progress.assured_at is None


@pytest.fixture
def ruled(learner: Employee) -> Course:
    made = make_ruled_course(is_published=False)
    make_enrolment(learner, made)
    return made


def done_keys() -> set[str]:
    rows = ActivityProgress.objects.filter(done_at__isnull=False)
    return set(rows.values_list("activity__key", flat=True))


def test_a_passed_test_grants_what_it_is_about(learner: Employee, ruled: Course) -> None:
    record_statements(
        employee=learner, statements=answer_statement(ruled.activities.get(key="L1-1"))
    )
    assert done_keys() == {"L1-1", "L2", "L2-1"}
    granted = ActivityProgress.objects.get(activity__key="L2-1")
    assert granted.is_granted
    assert (granted.attempts, granted.best_score) == (0, None)
    progress = CourseProgress.objects.get()
    assert (progress.done_count, progress.total_count) == (2, 7)


def test_a_failed_test_grants_nothing_and_passing_it_at_once_changes_that_not(
    learner: Employee, ruled: Course
) -> None:
    question = ruled.activities.get(key="L1-1")
    now = timezone.now()
    failed = answer_statement(question, score=0.5, timestamp=now - timedelta(days=2))
    passed = answer_statement(question, timestamp=now - timedelta(days=1))
    record_statements(employee=learner, statements=failed)
    record_statements(employee=learner, statements=passed)
    assert done_keys() == {"L1-1"}


def test_a_grant_goes_when_an_earlier_try_comes_to_light(learner: Employee, ruled: Course) -> None:
    question = ruled.activities.get(key="L1-1")
    now = timezone.now()
    record_statements(employee=learner, statements=answer_statement(question, timestamp=now))
    assert "L2" in done_keys()
    earlier = answer_statement(question, score=0.5, timestamp=now - timedelta(days=1))
    record_statements(employee=learner, statements=earlier)
    assert done_keys() == {"L1-1"}
    assert not ActivityProgress.objects.filter(activity__key="L2").exists()


def test_after_the_pause_a_try_counts_again(
    learner: Employee, ruled: Course, settings: Any
) -> None:
    settings.LMS_TEST_OUT_PAUSE_DAYS = 7
    question = ruled.activities.get(key="L1-1")
    now = timezone.now()
    tries = [(0.5, 9), (1.0, 8), (1.0, 1)]
    for score, days in tries:
        said = answer_statement(question, score=score, timestamp=now - timedelta(days=days))
        record_statements(employee=learner, statements=said)
    granted = ActivityProgress.objects.get(activity__key="L2").granted_at
    assert granted == now - timedelta(days=1)


def test_what_the_server_cannot_grade_grants_nothing(learner: Employee, ruled: Course) -> None:
    said = answer_statement(ruled.activities.get(key="L1-1"))
    del said["result"]["response"]
    record_statements(employee=learner, statements=said)
    assert done_keys() == set()


def test_portions_of_reading_add_up_once_each(learner: Employee, ruled: Course) -> None:
    lesson = ruled.activities.get(key="L4")
    now = timezone.now()
    portions = [
        read_statement(lesson, seconds=45, timestamp=now - timedelta(minutes=n)) for n in range(3)
    ]
    record_statements(employee=learner, statements=portions[:2])
    record_statements(employee=learner, statements=portions[:2])
    row = ActivityProgress.objects.get(activity=lesson)
    assert (row.time_read, row.done_at) == (timedelta(seconds=90), None)
    record_statements(employee=learner, statements=portions)
    row.refresh_from_db()
    assert row.time_read == timedelta(seconds=135)
    assert row.done_at == row.last_at == now


def test_a_course_done_by_its_test_is_certified_as_any_other(
    learner: Employee, ruled: Course
) -> None:
    said = [answer_statement(row) for row in ruled.activities.filter(key__startswith="L1-")]
    said += [answer_statement(row) for row in ruled.activities.filter(key__startswith="L3-")]
    record_statements(employee=learner, statements=said)
    progress = CourseProgress.objects.get()
    assert progress.completed_at is not None
    assert progress.assured_at == progress.completed_at
    certificate = Certificate.objects.get()
    assert (certificate.employee, certificate.course) == (learner, ruled)
