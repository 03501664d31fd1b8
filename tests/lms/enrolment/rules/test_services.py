"""Assignments follow the rules, whatever happens to people and rules."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Course
from lms.enrolment.models import Assignment, AudienceRule, Enrolment, Exemption
from lms.enrolment.orders.extension import extend_due
from lms.enrolment.rules.outcome import Outcome
from lms.enrolment.rules.schedule import office_midnight
from lms.enrolment.rules.selectors import with_state
from lms.enrolment.rules.services import evaluate_rules
from lms.exceptions import InvalidCondition
from lms.notices.models import Notice
from lms.people.models import Department, Employee, JobTier, Posting
from lms.progress.models import CourseProgress
from tests.examples import examples
from tests.factories import (
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_tier,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 25)
NOTHING = Outcome()


def later(days: int) -> date:
    return ON + timedelta(days=days)


def order(course: Course, **fields: Any) -> AudienceRule:
    return make_audience_rule(course, is_mandatory=True, **fields)


def finish(
    person: Employee, course: Course, on: date, renewed_on: date | None = None
) -> CourseProgress:
    at = office_midnight(on)
    return CourseProgress.objects.update_or_create(
        employee=person,
        course=course,
        defaults={
            "started_at": at,
            "last_at": at,
            "completed_at": at,
            "renewed_at": office_midnight(renewed_on) if renewed_on else None,
        },
    )[0]


def rows(**wanted: Any) -> list[tuple[int, date, date | None, date | None]]:
    """(period, starts, due, ended) in order."""
    return list(
        Assignment.objects.filter(**wanted)
        .order_by("period", "starts_on")
        .values_list("period", "starts_on", "due_on", "ended_on")
    )


def state(on: date, **wanted: Any) -> str:
    row: Any = with_state(Assignment.objects.filter(**wanted), on).get()
    return str(row.state)


def test_an_assignment_says_who_why_since_when_and_by_when() -> None:
    tier = make_tier()
    person = make_employee(tier=tier)
    make_employee()
    rule = order(make_course(), tier=tier, due="days", due_days=30)
    outcome = evaluate_rules(on=ON)
    assert (outcome.opened, outcome.enrolled) == (1, 1)
    row = Assignment.objects.get()
    assert (row.employee, row.rule, row.course) == (person, rule, rule.course)
    assert row.posting == person.postings.get()
    assert row.condition == {"tier": [tier.key]}
    assert (row.entered_on, row.starts_on, row.due_on) == (ON, ON, later(30))
    assert Enrolment.objects.get().due_on == later(30)
    assert evaluate_rules(on=ON) == NOTHING
    assert evaluate_rules(on=later(5)) == NOTHING


def test_of_two_postings_the_main_one_is_why() -> None:
    person = make_employee(is_posted=False)
    beside = Posting.objects.create(
        employee=person,
        department=make_department(),
        tier=make_tier(),
        is_main=False,
        starts_on=date(2026, 4, 1),
    )
    order(make_course())
    evaluate_rules(on=ON)
    assert Assignment.objects.get().posting == beside
    Assignment.objects.all().delete()
    main = Posting.objects.create(
        employee=person, department=make_department(), tier=make_tier(), starts_on=ON
    )
    evaluate_rules(on=ON)
    assert Assignment.objects.get().posting == main


def test_who_leaves_the_audience_is_asked_no_more_and_who_comes_back_is_by_a_new_day() -> None:
    office, elsewhere = make_department(), make_department()
    person = make_employee(department=office)
    order(make_course(), department=office, due="days", due_days=30)
    evaluate_rules(on=ON)
    person.postings.update(department=elsewhere)
    assert evaluate_rules(on=later(10)) == Outcome(ended=1)
    assert rows() == [(0, ON, later(30), later(10))]
    assert Enrolment.objects.get().due_on is None
    person.postings.update(department=office)
    assert evaluate_rules(on=later(100)) == Outcome(resumed=1)
    assert rows() == [(0, later(100), later(130), None)]
    assert Enrolment.objects.get().due_on == later(130)


@pytest.mark.parametrize("was_there_before", [True, False])
def test_an_order_taken_back_on_its_day_leaves_no_trace(was_there_before: bool) -> None:
    office, elsewhere = make_department(), make_department()
    person = make_employee(department=office if was_there_before else elsewhere)
    order(make_course(), department=office, due="days", due_days=30)
    evaluate_rules(on=ON)
    before = list(Assignment.objects.values()), list(Enrolment.objects.values())
    with time_machine.travel(office_midnight(later(9)) + timedelta(hours=9), tick=False):
        for department in (elsewhere, office) if was_there_before else (office, elsewhere):
            person.postings.update(department=department)
            assert evaluate_rules(on=later(9)) != NOTHING
    assert (list(Assignment.objects.values()), list(Enrolment.objects.values())) == before


def test_a_yearly_duty_begins_again_in_april_and_what_was_done_stays() -> None:
    person, course = make_employee(), make_course()
    order(course, repeats="fiscal_year", due="fiscal_year_end")
    evaluate_rules(on=ON)
    finish(person, course, date(2026, 12, 1))
    assert evaluate_rules(on=date(2027, 3, 31)) == Outcome(completed=1)
    # The night of 1 April was missed.
    assert evaluate_rules(on=date(2027, 4, 3)) == Outcome(opened=1, ended=1)
    assert rows() == [
        (2026, ON, date(2027, 3, 31), date(2027, 4, 3)),
        (2027, date(2027, 4, 1), date(2028, 3, 31), None),
    ]
    assert state(date(2027, 4, 3), period=2026) == "done"
    assert state(date(2027, 4, 3), period=2027) == "open"
    assert evaluate_rules(on=date(2027, 4, 4)) == NOTHING
    finish(person, course, date(2026, 12, 1), renewed_on=date(2027, 5, 1))
    evaluate_rules(on=date(2027, 5, 2))
    assert [row.completed_at for row in Assignment.objects.order_by("period")] == [
        office_midnight(date(2026, 12, 1)),
        office_midnight(date(2027, 5, 1)),
    ]


def test_a_duty_of_so_many_months_is_counted_from_each_persons_own_day() -> None:
    make_employee()
    order(make_course(), repeats="months", repeat_months=12, due="days", due_days=14)
    evaluate_rules(on=date(2024, 2, 29))
    make_employee()
    evaluate_rules(on=date(2024, 6, 10))
    assert evaluate_rules(on=date(2025, 2, 27)) == NOTHING
    assert evaluate_rules(on=date(2025, 2, 28)).opened == 1
    # Two periods went by unseen for the second: only the running one is asked.
    assert evaluate_rules(on=date(2026, 7, 1)).opened == 2
    starts = Assignment.objects.filter(ended_on=None).order_by("starts_on")
    assert [(row.period, row.starts_on, row.due_on) for row in starts] == [
        (2, date(2026, 2, 28), date(2026, 3, 14)),
        (2, date(2026, 6, 10), date(2026, 6, 24)),
    ]
    assert evaluate_rules(on=date(2026, 7, 1)) == NOTHING


@pytest.mark.parametrize(
    ("credit_months", "repeats", "finished_on", "counts"),
    [
        (None, "once", date(2010, 1, 1), True),
        (12, "once", date(2025, 11, 25), True),
        (12, "once", date(2025, 11, 24), False),
        (None, "fiscal_year", ON - timedelta(days=1), False),
        (3, "fiscal_year", ON - timedelta(days=1), True),
        (0, "fiscal_year", ON, True),
    ],
)
@pytest.mark.parametrize("is_equal", [True, False])
def test_equal_learning_counts_when_it_is_recent_enough(
    credit_months: int | None, repeats: str, finished_on: date, counts: bool, is_equal: bool
) -> None:
    person, course, other = make_employee(), make_course(), make_course()
    rule = order(course, credit_months=credit_months, repeats=repeats)
    if is_equal:
        rule.equal_courses.add(other)
    finish(person, other if is_equal else course, finished_on)
    finish(make_employee(), make_course(), finished_on)
    assert evaluate_rules(on=ON).completed == counts
    assert state(ON, employee=person) == ("done" if counts else "open")


def test_an_exemption_ends_a_duty_for_its_time() -> None:
    person, course = make_employee(), make_course()
    order(course, due="days", due_days=30)
    order(make_course(), due="days", due_days=30)
    evaluate_rules(on=ON)
    Exemption.objects.create(
        employee=person, course=course, kind="leave", starts_on=later(10), ends_on=later(200)
    )
    assert evaluate_rules(on=later(10)) == Outcome(ended=1)
    assert state(later(50), course=course) == "exempt"
    assert Enrolment.objects.get(course=course).due_on is None
    assert evaluate_rules(on=later(200)) == Outcome(resumed=1)
    assert rows(course=course) == [(0, later(200), later(230), None)]
    assert state(later(231), course=course) == "overdue"


def test_a_changed_due_date_moves_what_is_not_done() -> None:
    done, open_person, course = make_employee(), make_employee(), make_course()
    rule = order(course, due="days", due_days=30)
    finish(done, course, ON)
    evaluate_rules(on=ON)
    extend_due(
        ids=Assignment.objects.filter(employee=open_person).values_list("pk", flat=True),
        until=later(60),
        reason="繁忙期",
        by=None,
        on=ON,
    )
    assert Enrolment.objects.get(employee=open_person).due_on == later(60)
    assert evaluate_rules(on=later(1)) == NOTHING
    AudienceRule.objects.filter(pk=rule.pk).update(due_days=10)
    assert evaluate_rules(on=later(1)) == Outcome(moved=1)
    assert Assignment.objects.get(employee=done).due_on == later(30)
    assert Enrolment.objects.get(employee=open_person).due_on == later(10)


def test_a_rule_that_goes_ends_its_assignments_and_keeps_them() -> None:
    make_employee()
    rule = order(make_course())
    evaluate_rules(on=ON)
    rule.delete()
    assert evaluate_rules(on=later(1)) == Outcome(ended=1)
    assert Assignment.objects.get().condition == {"all": []}


def test_an_unpublished_course_begins_no_duty() -> None:
    make_employee()
    order(make_course(is_published=False))
    assert evaluate_rules(on=ON) == NOTHING


def test_a_rule_that_names_what_is_gone_stops_everything_and_says_so() -> None:
    make_employee()
    order(make_course(), condition={"not": {"tier": ["gone"]}})
    order(make_course())
    with pytest.raises(InvalidCondition, match="gone"):
        evaluate_rules(on=ON)
    assert not Assignment.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_people() -> None:
    order(make_course(), due="days", due_days=3)

    def queries(on: date) -> int:
        with CaptureQueriesContext(connection) as caught:
            evaluate_rules(on=on)
        return len(caught)

    make_employee()
    first = queries(ON)
    for _ in range(20):
        make_employee()
    evaluate_rules(on=ON)
    Assignment.objects.all().delete()
    Enrolment.objects.all().delete()
    Notice.objects.all().delete()
    assert queries(ON) == first


DUTY = st.fixed_dictionaries(
    {
        "condition": st.sampled_from(
            [
                {"all": []},
                {"tier": ["A"]},
                {"not": {"tier": ["A"]}},
                {"any": [{"department": ["X"]}, {"joined_within_months": 8}]},
            ]
        ),
        "due": st.sampled_from(
            [
                {"due": "never"},
                {"due": "days", "due_days": 20},
                {"due": "fiscal_year_end"},
            ]
        ),
        "repeats": st.sampled_from(
            [
                {},
                {"repeats": "fiscal_year"},
                {"repeats": "months", "repeat_months": 5},
                {"repeats": "months", "repeat_months": 5, "credit_months": 2},
            ]
        ),
    }
)
# Days ahead, then what happens: person, department and tier, or a completion, or nothing.
EVENT = st.tuples(
    st.integers(0, 250),
    st.integers(0, 3),
    st.sampled_from([None, "done", "leave", ("X", "A"), ("X", "B"), ("Y", "A"), ("Y", "B")]),
)


@settings(
    max_examples=examples(of=10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    duties=st.lists(DUTY, min_size=1, max_size=3, unique_by=str), events=st.lists(EVENT, max_size=6)
)
def test_twice_gives_nothing_new_and_open_assignments_are_who_is_meant(
    duties: list[Any], events: list[Any], db: None
) -> None:
    for model in (Assignment, Exemption, CourseProgress, Enrolment, AudienceRule, Posting):
        model.objects.all().delete()
    Employee.objects.all().delete()
    tiers = {key: _tier(key) for key in "AB"}
    departments = {key: _department(key) for key in "XY"}
    people = [make_employee(has_user=False, is_posted=False) for _ in range(4)]
    for number, person in enumerate(people[:3]):
        Posting.objects.create(
            employee=person,
            department=departments["XY"[number % 2]],
            tier=tiers["AB"[number % 2]],
            starts_on=ON - timedelta(days=200 * number + 30),
        )
    for number, duty in enumerate(duties):
        order(_course(number), condition=duty["condition"], **duty["due"], **duty["repeats"])
    day = ON
    for ahead, number, event in [(0, 0, None), *events]:
        day += timedelta(days=ahead)
        _happen(people[number], event, day, departments, tiers)
        evaluate_rules(on=day)
        after = list(Assignment.objects.order_by("pk").values())
        enrolled = list(Enrolment.objects.order_by("pk").values())
        assert evaluate_rules(on=day) == NOTHING
        assert list(Assignment.objects.order_by("pk").values()) == after
        assert list(Enrolment.objects.order_by("pk").values()) == enrolled
        for rule in AudienceRule.objects.all():
            held = list(rule.assignments.filter(ended_on=None).values_list("employee", flat=True))
            assert sorted(held) == sorted(_meant(rule, day))


def _tier(key: str) -> Any:
    return JobTier.objects.filter(key=key).first() or make_tier(key)


def _department(key: str) -> Any:
    return Department.objects.filter(key=key).first() or make_department(key)


def _course(number: int) -> Course:
    return Course.objects.filter(key=f"P{number}").first() or make_course(f"P{number}")


def _happen(person: Employee, event: Any, day: date, departments: Any, tiers: Any) -> None:
    if event == "done":
        for course in Course.objects.filter(audience__isnull=False):
            first = CourseProgress.objects.filter(employee=person, course=course).first()
            if first is None:
                finish(person, course, day)
            else:
                CourseProgress.objects.filter(pk=first.pk).update(renewed_at=office_midnight(day))
    elif event == "leave":
        Exemption.objects.create(
            employee=person, kind="leave", starts_on=day, ends_on=day + timedelta(days=90)
        )
    elif event is not None:
        person.postings.filter(starts_on=day).delete()
        person.postings.filter(ends_on=None).update(ends_on=day)
        Posting.objects.create(
            employee=person,
            department=departments[event[0]],
            tier=tiers[event[1]],
            starts_on=day,
        )


def _meant(rule: AudienceRule, day: date) -> set[int]:
    """One by one, in words of this test's four conditions."""
    found = set()
    for person in Employee.objects.all():
        running = [
            row
            for row in person.postings.all()
            if row.starts_on <= day and (row.ends_on is None or row.ends_on > day)
        ]
        if not running or person.exemptions.filter(starts_on__lte=day, ends_on__gt=day).exists():
            continue
        (row,) = running
        joined = min(item.starts_on for item in person.postings.all())
        months = (day.year - joined.year) * 12 + day.month - joined.month
        is_meant = {
            "all": True,
            "tier": row.tier.key == "A",
            "not": row.tier.key != "A",
            "any": row.department.key == "X" or months - (day.day < joined.day) < 8,
        }[next(iter(rule.condition))]
        if is_meant:
            found.add(person.pk)
    return found
