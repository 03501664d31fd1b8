"""A prepared query is the same queryset, and a prepared insert the same rows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.people.models import Employee
from lms.prepared import PreparedInsert, PreparedQuery, run_together
from lms.progress.models import ActivityProgress, CourseProgress
from tests.factories import make_course, make_employee

pytestmark = pytest.mark.django_db

AT = datetime(2026, 4, 1, 9, 30, 0, 123456, tzinfo=UTC)
BY_PERSON = PreparedInsert(
    CourseProgress,
    ["employee", "course", "done_count", "total_count", "started_at", "last_at", "completed_at"],
    known_by=["employee", "course"],
)
NONE = timedelta(0)
PEOPLE = PreparedInsert(Employee, ["uuid", "staff_number", "name", "kana", "email"])


def with_numbers(slots: dict[str, Any]) -> models.QuerySet[Employee, Any]:
    return Employee.objects.filter(staff_number__in=slots["numbers"], name=slots["name"])


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_it_answers_as_the_queryset_does_however_many_values_it_is_asked_with(number: int) -> None:
    people = [make_employee(name="同姓") for _ in range(6)]
    other = make_employee(name="別人")
    prepared = PreparedQuery(
        lambda slots: with_numbers(slots).select_related("user").order_by("pk"),
        numbers=models.CharField(),
        name=models.CharField(),
    )
    for chosen in (people[:number], people[-number:]):
        numbers = [person.staff_number for person in chosen] + [other.staff_number]
        found = prepared.ask(numbers=numbers, name="同姓")
        assert found == chosen
        with CaptureQueriesContext(connection) as asked:
            assert [row.user for row in found] == [person.user for person in chosen]
        assert len(asked) == 0


def test_values_come_as_python_has_them() -> None:
    person, course = make_employee(), make_course(is_published=False)
    BY_PERSON.run([(person.pk, course.pk, 1, 2, AT, AT, None)])
    prepared = PreparedQuery(
        lambda slots: CourseProgress.objects.filter(employee__uuid=slots["uuid"]).values_list(
            "employee__uuid", "started_at", "completed_at", "course__measures"
        ),
        uuid=models.UUIDField(),
    )
    assert list(map(list, prepared.ask(uuid=person.uuid))) == [[person.uuid, AT, None, []]]


def test_a_row_that_is_there_takes_over_the_rest() -> None:
    person, course = make_employee(), make_course(is_published=False)
    first = BY_PERSON.run([(person.pk, course.pk, 1, 2, AT, AT, None)])
    assert BY_PERSON.run([(person.pk, course.pk, 2, 2, AT, AT, AT)]) == first
    row = CourseProgress.objects.get()
    assert (row.pk, row.done_count, row.completed_at) == (*first, 2, AT)


def test_without_a_key_to_know_it_by_a_row_that_is_there_stays() -> None:
    there, new = make_employee(name="いる人"), Employee(staff_number="N1")
    written = PEOPLE.run(
        [
            (new.uuid, "N1", "新しい人", "アタラシイヒト", ""),
            (there.uuid, "N2", "別の名", "ベツノナ", ""),
        ]
    )
    assert written == {Employee.objects.get(staff_number="N1").pk}
    there.refresh_from_db()
    assert there.name == "いる人"
    assert PEOPLE.run([]) == set()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=100)
)
def test_any_text_arrives_as_it_was(name: str) -> None:
    with transaction.atomic():
        new = Employee()
        (pk,) = PEOPLE.run([(new.uuid, "N1", name, "%s", "100%")])
        assert Employee.objects.values_list("name", "kana", "email").get(pk=pk) == (
            name,
            "%s",
            "100%",
        )
        transaction.set_rollback(True)


def test_what_is_written_together_is_written_or_is_not() -> None:
    person, course = make_employee(), make_course(is_published=False)
    activity = course.activities.all()[0]
    activities = PreparedInsert(
        ActivityProgress,
        ["employee", "activity", "first_at", "last_at", "attempts", "best_score", "time_read"],
        known_by=["employee", "activity"],
    )
    rows = [(person.pk, course.pk, 1, 2, AT, AT, None)]
    own = (person.pk, activity.pk, AT, AT, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        run_together(
            (BY_PERSON, rows), (activities, [(person.pk, activity.pk, AT, AT, 1, 1.5, NONE)])
        )
    assert CourseProgress.objects.count() == ActivityProgress.objects.count() == 0
    run_together((BY_PERSON, rows), (activities, [(*own, 0.1, NONE)]))
    assert CourseProgress.objects.get().done_count == 1
    assert ActivityProgress.objects.get().best_score == 0.1
    run_together((BY_PERSON, []), (activities, []))
