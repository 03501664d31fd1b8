"""Two answers of one person at the same time: both are stored, and both count once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections

from courses.models import Activity, Course
from lms import flows
from lms.enrolment.models import Enrolment
from lms.enrolment.services import lock_course, lock_enrolments
from lms.enrolment.standing import Standing, standing_in, unless_overtaken
from lms.exceptions import StatementConflict
from lms.flows import record_statements
from lms.people.models import Employee
from lms.prepared import run_if
from lms.progress.models import ActivityProgress, CourseProgress
from lms.records.models import Statement
from tests.factories import answer_statement, make_course, make_employee, make_enrolment
from tests.factories.learning import read_statement

pytestmark = pytest.mark.django_db
AT_ONCE, EACH = 4, 10


@pytest.fixture
def course(learner: Employee) -> Course:
    made = make_course(lessons=2, activities=2, pass_mark=0.8, is_published=False)
    make_enrolment(learner, made)
    return made


@pytest.fixture
def question(course: Course) -> Activity:
    return course.activities.filter(kind="h5p")[0]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Something that happens between the next reading of where a person stands and the writing."""

    def let_happen(happens: Callable[[], object]) -> None:
        todo = [happens]

        def read(*args: Any) -> Standing:
            standing = standing_in(*args)
            if todo:
                todo.pop()()
            return standing

        monkeypatch.setattr(flows, "standing_in", read)

    return let_happen


def attempts() -> int:
    return sum(ActivityProgress.objects.values_list("attempts", flat=True))


def progress() -> list[Any]:
    rows = [*ActivityProgress.objects.order_by("activity").values()]
    rows += CourseProgress.objects.order_by("course").values()
    return [{key: value for key, value in row.items() if key != "id"} for row in rows]


def test_who_was_overtaken_reads_again(
    learner: Employee, question: Activity, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    first, second = answer_statement(question, score=0.5), answer_statement(question, score=1.0)
    meanwhile(lambda: record_statements(employee=learner, statements=first))
    record_statements(employee=learner, statements=second)
    assert Statement.objects.count() == attempts() == 2
    assert ActivityProgress.objects.get().best_score == 1.0


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_published_or_taken_back_meanwhile_is_seen(
    learner: Employee,
    question: Activity,
    meanwhile: Callable[[Callable[[], object]], None],
    whole: bool,
) -> None:
    """Both hold the enrolment, and only then change what progress follows from."""

    def ask_for_more() -> None:
        if whole:
            lock_course(course=question.course)
        else:
            lock_enrolments(employee=learner, course_ids=[question.course_id])
        Activity.objects.filter(pk=question.pk).update(pass_mark=1.0)

    meanwhile(ask_for_more)
    record_statements(employee=learner, statements=answer_statement(question, score=0.9))
    assert ActivityProgress.objects.get().done_at is None


def test_an_id_used_by_somebody_else_meanwhile_is_a_conflict(
    learner: Employee, question: Activity, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    other = make_employee()
    make_enrolment(other, question.course)
    said = answer_statement(question)
    meanwhile(lambda: record_statements(employee=other, statements=said))
    with pytest.raises(StatementConflict):
        record_statements(employee=learner, statements=[said, answer_statement(question)])
    assert list(Statement.objects.values_list("employee_id", flat=True)) == [other.pk]
    assert not ActivityProgress.objects.filter(employee=learner).exists()


def test_every_answer_is_another_version(learner: Employee, course: Course) -> None:
    lesson = course.activities.filter(kind="lesson")[0]
    record_statements(employee=learner, statements=read_statement(lesson))
    record_statements(employee=learner, statements=read_statement(lesson))
    assert Enrolment.objects.get().version == 2


def test_a_guarded_command_writes_all_or_nothing(learner: Employee, course: Course) -> None:
    if connection.vendor != "postgresql":
        assert not run_if(unless_overtaken(standing_in(learner, [course.pk])))
        return
    from tests.lms.test_prepared import AT, BY_PERSON, PEOPLE

    standing = standing_in(learner, [course.pk])
    row = (BY_PERSON, [(learner.pk, course.pk, 1, 2, AT, AT, None)])
    assert run_if(unless_overtaken(standing), row)
    assert not run_if(unless_overtaken(standing), (BY_PERSON, [(*row[1][0][:2], 2, 2, AT, AT, AT)]))
    assert CourseProgress.objects.get().done_count == 1
    again = [learner.uuid, learner.staff_number, "同じ番号", "", ""]
    with pytest.raises(IntegrityError):
        run_if(unless_overtaken(standing_in(learner, [course.pk])), row, (PEOPLE, [again]))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_all_count(learner: Employee, course: Course) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time, which the other tests show")
    questions = list(course.activities.filter(kind="h5p"))

    def answer(which: int) -> None:
        try:
            for n in range(EACH):
                said = answer_statement(questions[(which + n) % 2], score=n / EACH)
                record_statements(employee=learner, statements=said)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(answer, range(AT_ONCE)))
    assert Statement.objects.count() == attempts() == AT_ONCE * EACH
    counted = progress()
    call_command("replay_statements", quiet=True)
    assert progress() == counted
