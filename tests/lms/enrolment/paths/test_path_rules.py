"""One order for all courses of a path: what its rule says, and how the courses follow it."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.exceptions import PathRefused
from courses.models import Course, LearningPath
from courses.paths.services import NewStep, delete_path, save_path
from lms.enrolment.audience import audience_of, audience_of_path
from lms.enrolment.models import Assignment, AudienceRule, Enrolment, Exemption, PathRule
from lms.enrolment.paths.services import set_path_audience
from lms.enrolment.preview import Effect, apply_path_audience, preview_path_audience
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.rules.outcome import Outcome
from lms.enrolment.rules.schedule import DAY, DAYS, YEAR_END, YEARLY, Schedule
from lms.enrolment.rules.services import evaluate_rules
from lms.enrolment.selectors import saved_rules
from lms.enrolment.services import set_audience
from lms.exceptions import AudienceRefused
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.progress.models import CourseProgress
from tests.examples import examples
from tests.factories import (
    make_course,
    make_department,
    make_employee,
    make_path,
    make_tier,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = office_today()
CLERKS = {"tier": ["A"]}
CONDITIONS: list[dict[str, Any]] = [
    {"all": []},
    CLERKS,
    {"department": ["X"]},
    {"all": [CLERKS, {"not": {"department": ["X"]}}]},
]
SCHEDULES = [
    Schedule(),
    Schedule(DAYS, due_days=30),
    Schedule(DAY, due_on=TODAY - timedelta(days=9)),
    Schedule(YEAR_END, repeats=YEARLY),
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
ORDER = NewRule(CLERKS, True, Schedule(DAYS, due_days=30))


@pytest.fixture
def path() -> LearningPath:
    """Of two courses and an optional one; six people, of whom one has finished the first."""
    tiers = [make_tier(key) for key in "AB"]
    sections = [make_department(key) for key in "XY"]
    for number in range(6):
        make_employee(
            f"10000{number}",
            name=f"職員{number}",
            kana=f"シ{number}",
            tier=tiers[number % 2],
            department=sections[number // 3],
            starts_on=date(2020, 4, 1),
            has_user=False,
        )
    courses = [make_course(f"C{number}") for number in (1, 2, 3)]
    finished, exempt = Employee.objects.order_by("staff_number")[:2]
    CourseProgress.objects.create(
        employee=finished,
        course=courses[0],
        started_at=timezone.now(),
        last_at=timezone.now(),
        completed_at=timezone.now(),
    )
    Exemption.objects.create(
        employee=exempt,
        kind="secondment",
        starts_on=TODAY - timedelta(days=9),
        ends_on=TODAY + timedelta(days=90),
    )
    return make_path("P1", courses[:2], optional=courses[2:])


@pytest.fixture
def hr() -> Any:
    return make_user(permissions=("lms_core.change_audiencerule", "lms_core.view_all_employees"))


@pytest.fixture
def other() -> Any:
    return make_user()


def copies() -> list[tuple[str, bool, str]]:
    rows = AudienceRule.objects.exclude(of_path=None).order_by("course__key", "pk")
    return list(rows.values_list("course__key", "is_mandatory", "due"))


def asked() -> dict[str, int]:
    """How many people each course is asked of."""
    rows = Assignment.objects.filter(ended_on=None).values_list("course__key", "employee")
    return dict(Counter(key for key, _employee in sorted(rows.distinct().order_by())))


def test_each_course_has_the_order_and_an_optional_one_the_offer(
    path: LearningPath, hr: Any
) -> None:
    outcome = set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    assert copies() == [("C1", True, "days"), ("C2", True, "days"), ("C3", False, "never")]
    assert asked() == {"C1": 3, "C2": 3}
    assert (outcome.opened, outcome.completed) == (6, 1)


def test_set_again_nothing_is_new(path: LearningPath, hr: Any) -> None:
    set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    before = list(AudienceRule.objects.order_by("pk").values_list())
    assert set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY) == Outcome()
    assert list(AudienceRule.objects.order_by("pk").values_list()) == before
    assert evaluate_rules(on=TODAY) == Outcome()


def test_a_course_that_joins_the_path_is_ordered_too(path: LearningPath, hr: Any) -> None:
    set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    make_course("C4")
    save_path(path=path, steps=[NewStep("C1"), NewStep("C4")], by=hr)
    assert copies() == [("C1", True, "days"), ("C4", True, "days")]
    assert asked() == {"C1": 3, "C4": 3}


def test_a_step_that_becomes_optional_is_offered_only(path: LearningPath, hr: Any) -> None:
    set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    save_path(path=path, steps=[NewStep("C1"), NewStep("C2", is_optional=True)], by=hr)
    assert asked() == {"C1": 3}


def test_who_may_not_give_orders_does_not_change_the_steps_of_an_ordered_path(
    path: LearningPath, hr: Any, other: Any
) -> None:
    set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    for steps in (["C1"], ["C1", "C2", "C3"]):
        with pytest.raises(PathRefused) as refused:
            save_path(path=path, steps=[NewStep(key) for key in steps], by=other)
        assert refused.value.code == "not_allowed"
    assert path.steps.filter(is_optional=True).count() == 1
    assert asked() == {"C1": 3, "C2": 3}
    # What orders nothing may be changed.
    steps = [NewStep("C2"), NewStep("C1"), NewStep("C3", is_optional=True)]
    save_path(path=path, steps=steps, by=other)


def test_who_may_not_give_orders_does_not_delete_an_ordered_path(
    path: LearningPath, hr: Any, other: Any
) -> None:
    set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    with pytest.raises(PathRefused):
        delete_path(path=path, by=other)
    assert asked() == {"C1": 3, "C2": 3}


def test_a_path_that_is_offered_can_be_changed_without_that_right(
    path: LearningPath, other: Any
) -> None:
    set_path_audience(path=path, rules=[NewRule(CLERKS)], by=other, on=TODAY)
    save_path(path=path, steps=[NewStep("C2")], by=other)
    assert copies() == [("C2", False, "never")]


def test_only_who_may_give_orders_orders_a_path(path: LearningPath, other: Any) -> None:
    with pytest.raises(AudienceRefused):
        set_path_audience(path=path, rules=[ORDER], by=other, on=TODAY)
    assert not PathRule.objects.exists()


def test_a_path_that_is_not_shown_orders_nothing(path: LearningPath, hr: Any, other: Any) -> None:
    steps = [NewStep("C1")]
    path.live = False
    save_path(path=path, steps=steps, by=hr)
    set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    assert copies() == []
    path.live = True
    with pytest.raises(PathRefused):
        save_path(path=path, steps=steps, by=other)
    save_path(path=path, steps=steps, by=hr)
    assert asked() == {"C1": 3}


def test_a_path_that_goes_takes_its_orders_along(path: LearningPath, hr: Any) -> None:
    set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    delete_path(path=path, by=hr)
    assert asked() == {}
    assert not AudienceRule.objects.exists()


def test_the_rules_of_a_course_and_of_its_path_stand_beside_each_other(
    path: LearningPath, hr: Any
) -> None:
    course = Course.objects.get(key="C1")
    set_audience(course=course, rules=[NewRule(CLERKS)], by=hr, on=TODAY)
    set_path_audience(path=path, rules=[ORDER], by=hr, on=TODAY)
    set_audience(course=course, rules=[], by=hr, on=TODAY)
    assert saved_rules(course) == []
    assert copies()[0] == ("C1", True, "days")
    assert audience_of(course=course, rules=[], on=TODAY, viewer=hr).total == 3


def test_two_rules_of_a_path_may_change_places(path: LearningPath, hr: Any) -> None:
    rules = [NewRule(CLERKS), NewRule({"tier": ["B"]})]
    set_path_audience(path=path, rules=rules, by=hr, on=TODAY)
    first, second = path.audience.all()
    swapped = [NewRule({"tier": ["B"]}, pk=first.pk), NewRule(CLERKS, pk=second.pk)]
    set_path_audience(path=path, rules=swapped, by=hr, on=TODAY)
    conditions = AudienceRule.objects.filter(course__key="C1").order_by("of_path")
    assert [row.condition for row in conditions] == [{"tier": ["B"]}, CLERKS]


def everything() -> list[Any]:
    models: list[Any] = [PathRule, AudienceRule, Assignment, Enrolment]
    return [list(model.objects.order_by("pk").values()) for model in models]


def facts(effect: Effect) -> Any:
    """All that is said, without what has a row id."""
    return (
        effect.outcome,
        effect.before,
        effect.after,
        effect.entering,
        effect.leaving,
        effect.in_conflict,
        effect.examples,
        [(row.course.key, row.before, row.after) for row in effect.courses],
    )


@given(earlier=RULES, rules=RULES)
@settings(
    max_examples=examples(of=8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_preview_says_what_saving_does_and_leaves_nothing(
    path: LearningPath, hr: Any, earlier: list[NewRule], rules: list[NewRule]
) -> None:
    # Each example begins anew.
    for model in (Assignment, Enrolment, AudienceRule, PathRule):
        model.objects.all().delete()
    apply_path_audience(path=path, rules=earlier, by=hr, on=TODAY)
    before = everything()
    kwargs: dict[str, Any] = {"path": path, "rules": rules, "by": hr, "on": TODAY}
    said = preview_path_audience(sees_people=True, **kwargs)
    assert everything() == before
    done = apply_path_audience(sees_people=True, **kwargs)
    assert facts(said) == facts(done)
    assert sum(asked().values()) == sum(len(row.after.assigned) for row in done.courses)


def test_people_are_counted_once_whatever_number_of_courses_is_asked(
    path: LearningPath, hr: Any
) -> None:
    everybody = NewRule({"all": []}, True, Schedule(DAY, due_on=TODAY - timedelta(days=1)))
    effect = preview_path_audience(path=path, rules=[everybody], by=hr, on=TODAY, sees_people=True)
    assert len(effect.entering) == 5
    # One has finished the first course only.
    assert effect.after.done == frozenset()
    assert len(effect.after.late) == 5
    assert len(effect.after.exempt) == 1
    whys = {row.why for row in effect.examples if row.kind == "done"}
    assert len(whys) == 1 or not whys


def test_who_would_receive_a_path_has_finished_it_with_all_its_courses(
    path: LearningPath, hr: Any
) -> None:
    rules = [NewRule(CLERKS)]
    audience = audience_of_path(path=path, rules=rules, on=TODAY, viewer=hr)
    assert (audience.total, audience.entering, audience.finished) == (3, 3, 0)
    finished = CourseProgress.objects.get()
    finished.pk, finished.course = None, Course.objects.get(key="C2")
    finished.save()
    assert audience_of_path(path=path, rules=rules, on=TODAY, viewer=hr).finished == 1
