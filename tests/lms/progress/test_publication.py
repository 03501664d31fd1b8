"""What a new version does to progress made on an earlier one."""

from typing import Any

import pytest
from django.core.management import call_command

from courses.authoring.grading.services import set_grading
from courses.authoring.publishing import publish_course, settle_course
from courses.models import Activity, Course
from courses.pages.models import CoursePage, LessonPage
from lms.flows import record_statements
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from tests.factories.courses import make_course, make_h5p_content, make_ruled_course
from tests.factories.courses import publish_course as make_pages
from tests.factories.learning import answer_statement, make_enrolment, read_statement
from tests.factories.people import make_employee, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    made = make_course("C1", is_published=False)
    publish_course(page=make_pages(made))
    return made


@pytest.fixture
def learner(course: Course) -> Employee:
    """Who has completed the course."""
    person = make_employee()
    make_enrolment(person, course)
    record_statements(
        employee=person,
        statements=[
            read_statement(course.activities.get(kind="lesson")),
            answer_statement(course.activities.get(kind="h5p"), score=0.9),
        ],
    )
    return person


def republish(course: Course, **changes: object) -> None:
    activity = course.activities.get(kind="h5p")
    for field, value in changes.items():
        setattr(activity, field, value)
    activity.save_revision()
    publish_course(page=CoursePage.objects.get(course=course))


def is_complete(learner: Employee) -> bool:
    return CourseProgress.objects.get(employee=learner).completed_at is not None


def rows(learner: Employee) -> list[dict[str, object]]:
    return [
        *ActivityProgress.objects.filter(employee=learner).order_by("activity").values(),
        *CourseProgress.objects.filter(employee=learner).values(),
    ]


def without_ids(found: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{key: value for key, value in row.items() if key != "id"} for row in found]


@pytest.mark.parametrize(("earlier_count", "stays"), [(True, True), (False, False)])
def test_the_author_decides_whether_earlier_completions_still_count(
    course: Course, learner: Employee, earlier_count: bool, stays: bool
) -> None:
    assert is_complete(learner)
    republish(course, content=make_h5p_content(), earlier_count=earlier_count)
    assert is_complete(learner) is stays
    # The attempt stays with the version it was made on, and is still an attempt.
    question = ActivityProgress.objects.get(employee=learner, activity__kind="h5p")
    assert question.attempts == 1
    assert question.best_score == (0.9 if stays else None)

    activity = course.activities.get(kind="h5p")
    record_statements(employee=learner, statements=[answer_statement(activity, score=1.0)])
    assert is_complete(learner)


def test_going_back_to_the_earlier_content_counts_it_again(
    course: Course, learner: Employee
) -> None:
    first = Activity.objects.get(course=course, kind="h5p").content
    republish(course, content=make_h5p_content(), earlier_count=False)
    republish(course, content=first, earlier_count=True)
    assert is_complete(learner)


def test_a_changed_pass_mark_is_applied_to_what_was_answered_before(
    course: Course, learner: Employee
) -> None:
    republish(course, pass_mark=0.95)
    assert not is_complete(learner)
    republish(course, pass_mark=0.5)
    assert is_complete(learner)


def test_a_lesson_that_is_gone_is_required_no_longer(course: Course) -> None:
    person = make_employee()
    make_enrolment(person, course)
    record_statements(
        employee=person, statements=[read_statement(course.activities.get(kind="lesson"))]
    )
    assert not is_complete(person)
    lesson = LessonPage.objects.get(lesson__course=course)
    lesson.body = [("rich_text", "<p>問題はなくなった</p>")]
    lesson.save_revision()
    publish_course(page=CoursePage.objects.get(course=course))
    assert is_complete(person)


def test_replaying_all_statements_gives_the_same_as_publishing_did(
    course: Course, learner: Employee
) -> None:
    republish(course, content=make_h5p_content(), earlier_count=False)
    before = rows(learner)
    call_command("replay_statements", quiet=True)
    assert without_ids(rows(learner)) == without_ids(before)


@pytest.fixture
def ruled() -> Course:
    made = make_ruled_course(is_published=False)
    publish_course(page=make_pages(made))
    return made


@pytest.fixture
def tested(ruled: Course) -> Employee:
    """Who passed the test about L2 and has touched nothing else."""
    person = make_employee()
    make_enrolment(person, ruled)
    record_statements(
        employee=person, statements=answer_statement(ruled.activities.get(key="L1-1"))
    )
    return person


def redraft(course: Course, values: dict[str, dict[str, Any]]) -> None:
    ids = dict(course.activities.values_list("key", "pk"))
    named = {ids[key]: columns for key, columns in values.items()}
    set_grading(course=course, values=named, by=make_user())
    publish_course(page=CoursePage.objects.get(course=course))


@pytest.mark.parametrize(
    ("values", "stays"),
    [
        ({"L3": {"completion": "viewed", "minutes": None}}, True),
        ({"L1-2": {"covers": []}}, True),
        ({"L1-1": {"covers": []}}, False),
        ({"L1-1": {"pass_mark": None}}, False),
        ({"L1": {"completion": "viewed", "minutes": None}}, False),
    ],
)
def test_a_changed_rule_is_applied_to_what_was_done_before(
    ruled: Course, tested: Employee, values: dict[str, dict[str, Any]], stays: bool
) -> None:
    redraft(ruled, values)
    granted = ActivityProgress.objects.filter(employee=tested, activity__key="L2")
    assert granted.exists() is stays
    before = rows(tested)
    call_command("replay_statements", quiet=True)
    assert without_ids(rows(tested)) == without_ids(before)


def test_a_lesson_may_come_to_need_time_and_go_back(course: Course, learner: Employee) -> None:
    assert is_complete(learner)
    redraft(course, {"L1": {"completion": "minimum_time", "minutes": 1}})
    assert not is_complete(learner)
    lesson = course.activities.get(kind="lesson")
    record_statements(employee=learner, statements=read_statement(lesson, seconds=60))
    assert is_complete(learner)
    redraft(course, {"L1": {"completion": "viewed", "minutes": None}})
    assert is_complete(learner)
    before = rows(learner)
    call_command("replay_statements", quiet=True)
    assert without_ids(rows(learner)) == without_ids(before)


def test_what_a_test_granted_stays_when_its_lesson_goes_offline(
    ruled: Course, tested: Employee
) -> None:
    LessonPage.objects.get(lesson__course=ruled, lesson__key="L1").unpublish()
    settle_course(course=ruled)
    assert not ruled.activities.get(key="L1").live
    assert ActivityProgress.objects.get(employee=tested, activity__key="L2").is_granted
