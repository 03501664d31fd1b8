"""What the preview says is what saving does; who may know what of it."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import ModelLogEntry

from courses.models import Course
from lms.enrolment.audience import Audience, audience_of
from lms.enrolment.models import Enrolment
from lms.enrolment.rules.drafts import NewRule
from lms.enrolment.rules.schedule import DAY, Schedule
from lms.enrolment.selectors import saved_rules
from lms.enrolment.services import AUDIENCE_SET, set_audience
from lms.exceptions import AudienceRefused
from lms.people.models import Employee
from tests.factories import (
    complete_course,
    condition_of,
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_posting,
    make_role,
    make_tier,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ORDER = ("lms_core.change_audiencerule", "lms_core.view_all_employees")


class Office:
    """区民部 with 国保課 and 税務課 below it; three people and their tiers."""

    def __init__(self) -> None:
        self.division = make_department(title="区民部")
        self.insurance = make_department(title="国保課", parent=self.division)
        self.tax = make_department(title="税務課", parent=self.division)
        self.clerk, self.chief = make_tier(title="主事", rank=1), make_tier(title="係長", rank=2)
        self.leader = make_role(title="DXリーダー")
        self.ai = make_employee(
            name="相田", kana="アイダ", department=self.insurance, tier=self.clerk
        )
        self.ii = make_employee(
            name="飯田",
            kana="イイダ",
            department=self.insurance,
            tier=self.chief,
            roles=[self.leader],
        )
        self.ui = make_employee(name="上田", kana="ウエダ", department=self.tax, tier=self.clerk)
        self.hr = make_user(permissions=ORDER)
        self.author = make_user()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def course() -> Course:
    return make_course("C1")


def rule(*, is_mandatory: bool = False, due_on: date | None = None, **group: Any) -> NewRule:
    schedule = Schedule(DAY, due_on=due_on) if due_on else Schedule()
    return NewRule(condition_of(**group), is_mandatory, schedule)


def preview(course: Course, rules: list[NewRule], viewer: Any) -> Audience:
    return audience_of(course=course, rules=rules, on=TODAY, viewer=viewer)


def names(audience: Audience) -> list[str]:
    assert audience.recipients is not None
    return [row.employee.name for row in audience.recipients]


def test_a_rule_with_a_department_reaches_everybody_below_it(
    office: Office, course: Course
) -> None:
    assert names(preview(course, [rule(department=office.division)], office.hr)) == [
        "相田",
        "飯田",
        "上田",
    ]
    both = rule(department=office.division, tier=office.clerk)
    assert names(preview(course, [both], office.hr)) == ["相田", "上田"]


def test_who_enters_and_who_leaves_is_compared_with_the_saved_rules(
    office: Office, course: Course
) -> None:
    make_audience_rule(course, department=office.insurance)
    complete_course(office.ii, course)
    audience = preview(course, [rule(tier=office.clerk)], office.hr)
    assert (audience.total, audience.entering, audience.leaving) == (2, 1, 1)
    assert audience.staying_enrolled == 1
    assert audience.recipients is not None
    assert [(row.employee.name, row.is_new) for row in audience.recipients] == [
        ("相田", False),
        ("上田", True),
    ]


def test_a_person_is_counted_once_and_every_rule_that_means_them_is_named(
    office: Office, course: Course
) -> None:
    rules = [rule(department=office.insurance), rule(role=office.leader)]
    audience = preview(course, rules, office.hr)
    assert audience.total == 2
    assert [(reach.people, reach.only) for reach in audience.reaches] == [(2, 1), (1, 0)]
    assert audience.recipients is not None
    assert [row.rules for row in audience.recipients] == [(1,), (1, 2)]


def test_counts_stand_by_section_and_tier_of_the_main_posting(
    office: Office, course: Course
) -> None:
    make_posting(office.ai, department=office.tax, tier=office.clerk, is_main=False)
    audience = preview(course, [rule(department=office.tax)], office.hr)
    assert [tier.title_ja for tier in audience.tiers] == ["主事"]
    assert {section.path[-1].title_ja: section.total for section in audience.sections} == {
        "国保課": 1,
        "税務課": 1,
    }
    assert audience.total == sum(section.total for section in audience.sections)


def test_who_has_finished_is_known_to_those_who_may_see_people_only(
    office: Office, course: Course
) -> None:
    complete_course(office.ai, course)
    seen = preview(course, [rule()], office.hr)
    assert seen.finished == 1
    hidden = preview(course, [rule()], office.author)
    assert hidden.finished is None
    assert hidden.recipients is None
    assert hidden.total == seen.total


@pytest.mark.parametrize("people", [3, 30])
def test_the_number_of_queries_does_not_grow_with_the_people(
    people: int, office: Office, course: Course, django_assert_max_num_queries: Any
) -> None:
    for _ in range(people):
        make_employee(department=office.tax, tier=office.clerk, has_user=False)
    rules = [rule(department=office.division), rule(tier=office.clerk)]
    with django_assert_max_num_queries(14):
        preview(course, rules, office.hr)


def test_saving_does_what_the_preview_said(office: Office, course: Course) -> None:
    make_audience_rule(course, role=office.leader)
    rules = [rule(tier=office.clerk, is_mandatory=True, due_on=date(2027, 3, 31))]
    said = names(preview(course, rules, office.hr))
    assert set_audience(course=course, rules=rules, by=office.hr, on=TODAY).enrolled == len(said)
    enrolled = Enrolment.objects.filter(course=course)
    assert [row.employee.name for row in enrolled.order_by("employee__kana")] == said
    assert {(row.source, row.due_on) for row in enrolled} == {("assigned", date(2027, 3, 31))}
    after = preview(course, saved_rules(course), office.hr)
    assert (after.entering, after.leaving) == (0, 0)


def test_a_rule_that_stays_keeps_its_row_and_saving_twice_changes_nothing(
    office: Office, course: Course
) -> None:
    kept = make_audience_rule(course, tier=office.clerk)
    make_audience_rule(course, role=office.leader)
    for _ in range(2):
        set_audience(course=course, rules=[rule(tier=office.clerk)], by=office.author, on=TODAY)
    assert list(course.audience.values_list("pk", flat=True)) == [kept.pk]
    (entry,) = ModelLogEntry.objects.filter(action=AUDIENCE_SET)
    assert entry.user == office.author
    assert [row["condition"] for row in entry.data["after"]] == [{"tier": [office.clerk.key]}]


def test_other_courses_are_left_alone(office: Office, course: Course) -> None:
    other = make_course("C2")
    make_audience_rule(other, tier=office.clerk, is_mandatory=True)
    set_audience(course=course, rules=[rule()], by=office.hr, on=TODAY)
    assert not Enrolment.objects.filter(course=other).exists()


@pytest.mark.parametrize(
    ("rules", "code", "place"),
    [
        ([rule(), rule()], "repeated", "2"),
        ([rule(due_on=TODAY)], "due_without_order", "1"),
    ],
)
def test_rules_that_cannot_be_are_refused_and_nothing_changes(
    rules: list[NewRule], code: str, place: str, office: Office, course: Course
) -> None:
    make_audience_rule(course, tier=office.clerk)
    with pytest.raises(AudienceRefused) as refused:
        set_audience(course=course, rules=rules, by=office.hr, on=TODAY)
    assert (refused.value.code, refused.value.place) == (code, place)
    assert course.audience.get().condition == {"tier": [office.clerk.key]}


def test_only_who_may_give_orders_makes_a_course_mandatory_or_ends_that(
    office: Office, course: Course
) -> None:
    new = [rule(is_mandatory=True)]
    with pytest.raises(AudienceRefused, match="人事") as refused, translation.override("ja"):
        set_audience(course=course, rules=new, by=office.author, on=TODAY)
    assert refused.value.code == "order_not_allowed"
    set_audience(course=course, rules=new, by=office.hr, on=TODAY)
    for changed in ([], [rule()], [rule(is_mandatory=True, due_on=TODAY)]):
        with pytest.raises(AudienceRefused):
            set_audience(course=course, rules=changed, by=office.author, on=TODAY)
    # What is left as it was is no order; adding beside it is the author's.
    beside = [rule(is_mandatory=True), rule(tier=office.chief)]
    set_audience(course=course, rules=beside, by=office.author, on=TODAY)
    assert course.audience.count() == 2
    assert Employee.objects.count() == Enrolment.objects.filter(course=course).count()
