"""A course for people who share no rule, by a rule that names them."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.enrolment.models import Assignment, AudienceRule, Enrolment
from lms.enrolment.orders.naming import called, name_people, naming_rules, numbers_of, strike_people
from lms.enrolment.rules.outcome import Outcome
from lms.enrolment.rules.services import evaluate_rules
from lms.exceptions import AudienceRefused, OrderRefused
from lms.people.models import Employee
from tests.factories import complete_course, make_employee
from tests.lms.enrolment.orders.conftest import ON, Office

DUE = date(2027, 1, 31)


@pytest.fixture
def people(office: Office) -> dict[str, Employee]:
    """One of each kind."""
    found = {
        "new": office.other,
        "has": office.people[0],
        "done": make_employee("000104", has_user=False),
        "exempt": make_employee("000105", has_user=False),
        "gone": make_employee("000106", has_user=False, ends_on=ON),
    }
    complete_course(found["done"], office.course)
    office.exempt(found["exempt"])
    return found


def test_the_roll_says_who_is_new_who_has_it_who_is_done(
    office: Office, people: dict[str, Employee]
) -> None:
    roll = called(course=office.course, people=people.values(), on=ON)
    assert {name: list(getattr(roll, name)) for name in people} == {
        name: [row] for name, row in people.items()
    }


def test_the_people_named_are_asked_by_the_day_and_nobody_else(
    office: Office, people: dict[str, Employee]
) -> None:
    roll, effect = name_people(
        course=office.course, people=people.values(), due_on=DUE, by=office.hr, on=ON
    )
    assert roll.named == (people["new"], people["done"], people["exempt"])
    assert effect.outcome.opened == 2
    (rule,) = naming_rules(office.course)
    assert numbers_of(rule) == ("000103", "000104", "000105")
    assert Enrolment.objects.get(employee=people["new"]).due_on == DUE
    assert Assignment.objects.get(employee=people["done"], rule=rule).completed_at
    later = date(2027, 1, 1)
    assert evaluate_rules(on=later).opened == 1
    assert Assignment.objects.filter(rule=rule, employee=people["exempt"]).exists()


def test_the_same_list_twice_gives_nothing_new(office: Office, people: dict[str, Employee]) -> None:
    def name() -> None:
        name_people(course=office.course, people=people.values(), due_on=DUE, by=office.hr, on=ON)

    name()
    before = list(Assignment.objects.order_by("pk").values())
    with pytest.raises(OrderRefused) as refused:
        name()
    assert refused.value.code == "nothing_to_do"
    assert evaluate_rules(on=ON) == Outcome()
    assert list(Assignment.objects.order_by("pk").values()) == before


def test_more_people_by_the_same_day_lengthen_the_list(office: Office) -> None:
    others = [office.other, make_employee("000107", has_user=False)]
    for person in others:
        name_people(course=office.course, people=[person], due_on=DUE, by=office.hr, on=ON)
    (rule,) = naming_rules()
    assert numbers_of(rule) == ("000103", "000107")
    third = make_employee("000108", has_user=False)
    name_people(course=office.course, people=[third], due_on=None, by=office.hr, on=ON)
    assert len(naming_rules()) == 2
    assert AudienceRule.objects.filter(pk=office.rule.pk, due_days=30).exists()


def test_who_is_struck_is_no_longer_asked_and_on_the_same_day_leaves_no_trace(
    office: Office,
) -> None:
    others = [office.other, make_employee("000107", has_user=False)]
    name_people(course=office.course, people=others, due_on=DUE, by=office.hr, on=ON)
    (rule,) = naming_rules()
    strike_people(rule=rule, numbers=["000107"], by=office.hr, on=ON)
    assert not Enrolment.objects.filter(employee=others[1]).exists()
    tomorrow = ON + timedelta(days=1)
    strike_people(rule=rule, numbers=["000103"], by=office.hr, on=tomorrow)
    assert naming_rules() == []
    assert Assignment.objects.get(employee=office.other).ended_on == tomorrow
    assert Assignment.objects.filter(ended_on=None).count() == 2


def test_only_who_may_give_orders_names_people(office: Office) -> None:
    with pytest.raises(AudienceRefused) as refused:
        name_people(
            course=office.course, people=[office.other], due_on=DUE, by=AnonymousUser(), on=ON
        )
    assert refused.value.code == "order_not_allowed"
    assert naming_rules() == []


def test_a_day_that_is_over_is_refused(office: Office) -> None:
    with pytest.raises(OrderRefused) as refused:
        name_people(
            course=office.course,
            people=[office.other],
            due_on=ON - timedelta(days=1),
            by=office.hr,
            on=ON,
        )
    assert refused.value.code == "day_is_over"
