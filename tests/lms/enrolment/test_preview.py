"""What the preview says is what saving does; and it leaves nothing behind."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Course
from lms.enrolment.models import Assignment, AudienceRule, Enrolment, Exemption
from lms.enrolment.preview import Effect, apply_audience, preview_audience, standing_of
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.rules.schedule import DAY, DAYS, EVERY_MONTHS, YEAR_END, YEARLY, Schedule
from lms.enrolment.rules.services import evaluate_rules
from lms.enrolment.selectors import saved_rules
from lms.people.models import Employee
from lms.progress.models import CourseProgress
from tests.examples import examples
from tests.factories import make_course, make_department, make_employee, make_tier, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
CONDITIONS: list[dict[str, Any]] = [
    {"all": []},
    {"tier": ["A"]},
    {"department": ["X"]},
    {"all": [{"tier": ["A"]}, {"not": {"department": ["X"]}}]},
    {"any": [{"joined_within_months": 6}, {"tier": ["B"]}]},
]
SCHEDULES = [
    Schedule(),
    Schedule(DAYS, due_days=30),
    Schedule(DAY, due_on=date(2026, 12, 24)),
    Schedule(DAY, due_on=date(2026, 10, 1)),
    Schedule(YEAR_END, repeats=YEARLY),
    Schedule(DAYS, due_days=9, repeats=EVERY_MONTHS, repeat_months=12, credit_months=1),
]
RULES = st.lists(
    st.builds(
        lambda condition, schedule: NewRule(
            condition, schedule is not None, schedule or SCHEDULES[0]
        ),
        st.sampled_from(CONDITIONS),
        st.one_of(st.none(), st.sampled_from(SCHEDULES)),
    ),
    max_size=3,
    unique_by=lambda rule: str(rule.condition),
)


@pytest.fixture
def course() -> Course:
    """Six people: of each tier and section, one exempt, one new, one who has finished."""
    tiers = [make_tier(key) for key in "AB"]
    sections = [make_department(key) for key in "XY"]
    for number in range(6):
        make_employee(
            f"10000{number}",
            name=f"職員{number}",
            kana=f"シ{number}",
            tier=tiers[number % 2],
            department=sections[number // 3],
            starts_on=date(2026, 10, 1) if number == 5 else date(2020, 4, 1),
            has_user=False,
        )
    course = make_course("C1")
    first, second = Employee.objects.order_by("staff_number")[:2]
    Exemption.objects.create(
        employee=first,
        kind="secondment",
        starts_on=TODAY - timedelta(days=9),
        ends_on=date(2027, 4, 1),
    )
    CourseProgress.objects.create(
        employee=second,
        course=course,
        started_at=timezone.now(),
        last_at=timezone.now(),
        completed_at=timezone.now(),
    )
    return course


@pytest.fixture
def hr() -> Any:
    return make_user(permissions=("lms_core.change_audiencerule", "lms_core.view_all_employees"))


def everything() -> list[Any]:
    models = (AudienceRule, Assignment, Enrolment)
    return [list(model.objects.order_by("pk").values()) for model in models]


def comparable(effect: Effect) -> tuple[Any, ...]:
    return effect.outcome, effect.before, effect.after, effect.examples


@settings(
    max_examples=examples(of=15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(saved=RULES, wanted=RULES, later=st.integers(0, 200))
def test_the_preview_is_the_effect_and_leaves_nothing(
    saved: list[NewRule], wanted: list[NewRule], later: int, course: Course, hr: Any
) -> None:
    for model in (Assignment, Enrolment, AudienceRule):
        model.objects.all().delete()
    on = TODAY + timedelta(days=later)
    apply_audience(course=course, rules=saved, by=hr, on=TODAY)
    evaluate_rules(on=on)
    before = everything()
    said = preview_audience(course=course, rules=wanted, by=hr, on=on, sees_people=True)
    assert everything() == before
    asked_before = set(Assignment.objects.filter(ended_on=None).values_list("employee", flat=True))
    done = apply_audience(course=course, rules=wanted, by=hr, on=on, sees_people=True)
    assert comparable(done) == comparable(said)
    asked = set(Assignment.objects.filter(ended_on=None).values_list("employee", flat=True))
    assert said.after.assigned == asked
    assert said.entering == asked - asked_before
    assert said.leaving == asked_before - asked
    assert said.after == standing_of(course, on)
    again = preview_audience(course=course, rules=saved_rules(course), by=hr, on=on)
    assert not again.entering | again.leaving


def test_each_kind_of_people_is_counted_and_has_an_example_with_the_reason(
    course: Course, hr: Any
) -> None:
    apply_audience(
        course=course,
        rules=[NewRule({"department": ["Y"]}, True, Schedule(DAY, due_on=date(2027, 3, 31)))],
        by=hr,
        on=TODAY,
    )
    wanted = [
        NewRule({"tier": ["A"]}, True, Schedule(DAYS, due_days=30)),
        NewRule({"department": ["X"]}, True, Schedule(DAY, due_on=date(2026, 10, 1))),
    ]
    effect = preview_audience(course=course, rules=wanted, by=hr, on=TODAY, sees_people=True)
    numbers = {row.staff_number: row for row in effect.examples}
    assert len(effect.after.assigned) == 3
    assert [len(people) for people in (effect.entering, effect.leaving)] == [2, 2]
    assert [len(people) for people in (effect.after.done, effect.after.exempt)] == [1, 1]
    assert [len(people) for people in (effect.after.contradicted, effect.after.late)] == [1, 1]
    assert len(effect.in_conflict) == 2
    said = {(row.kind, row.staff_number): row.why for row in effect.examples}
    assert said["entering", "100002"] == "所属：X課、期限：2026-10-01"
    assert said["leaving", "100003"] == "どの対象にも該当しなくなります"
    assert said["done", "100001"].endswith("に修了")
    assert said["exempt", "100000"] == "派遣・出向（2027-04-01の前日まで）"
    assert said["contradicted", "100002"] == "期限：2026-10-01 / 2026-12-25"
    assert said["late", "100002"] == said["contradicted", "100002"]
    assert numbers["100002"].department == "X課"


def test_who_may_not_see_people_gets_no_examples(course: Course, hr: Any) -> None:
    rules = [NewRule(is_mandatory=True)]
    effect = preview_audience(course=course, rules=rules, by=hr, on=TODAY)
    assert effect.entering
    assert effect.examples == ()


def test_a_rule_that_is_edited_keeps_the_day_people_entered(course: Course, hr: Any) -> None:
    """Adding a tier to a rule does not give everybody another thirty days."""
    schedule = Schedule(DAYS, due_days=30)
    apply_audience(course=course, rules=[NewRule({"tier": ["A"]}, True, schedule)], by=hr, on=TODAY)
    rule = course.audience.get()
    wider = NewRule({"tier": ["A", "B"]}, True, schedule, pk=rule.pk)
    effect = apply_audience(course=course, rules=[wider], by=hr, on=TODAY + timedelta(days=20))
    assert (len(effect.entering), len(effect.leaving)) == (3, 0)
    assert course.audience.get() == rule
    due = set(Assignment.objects.order_by("due_on").values_list("due_on", flat=True))
    assert due == {TODAY + timedelta(days=30), TODAY + timedelta(days=50)}


def test_two_rules_may_change_places(course: Course, hr: Any) -> None:
    conditions = [{"tier": ["A"]}, {"tier": ["B"]}]
    apply_audience(course=course, rules=[NewRule(row) for row in conditions], by=hr, on=TODAY)
    first, second = course.audience.order_by("pk")
    swapped = [NewRule(conditions[1], pk=first.pk), NewRule(conditions[0], pk=second.pk)]
    apply_audience(course=course, rules=swapped, by=hr, on=TODAY)
    assert list(course.audience.order_by("pk").values_list("pk", "condition")) == [
        (first.pk, conditions[1]),
        (second.pk, conditions[0]),
    ]
