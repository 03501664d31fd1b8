"""Due dates move by an order with a reason, and back."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from lms.enrolment.models import Assignment, DueExtension, Enrolment
from lms.enrolment.orders.extension import (
    EXTENDED,
    TAKEN_BACK,
    extend_due,
    extended_still,
    extension_effect,
    take_back_extension,
)
from lms.enrolment.rules.services import evaluate_rules
from lms.exceptions import OrderRefused
from tests.examples import examples
from tests.factories import complete_course
from tests.lms.enrolment.orders.conftest import DUE, ON, Office

JANUARY, FEBRUARY = date(2027, 1, 31), date(2027, 2, 28)


def ids() -> list[int]:
    return list(Assignment.objects.values_list("pk", flat=True))


def give(office: Office, until: date, which: list[int] | None = None) -> DueExtension:
    return extend_due(ids=which or ids(), until=until, reason="繁忙期", by=office.hr, on=ON)


def due_dates() -> list[date | None]:
    return list(Enrolment.objects.order_by("employee").values_list("due_on", flat=True))


def test_who_is_given_more_time_has_the_later_due_date_and_the_log_says_why(
    office: Office,
) -> None:
    extension = give(office, JANUARY)
    assert due_dates() == [JANUARY, JANUARY]
    assert evaluate_rules(on=ON).enrolled == 0
    entry = ModelLogEntry.objects.get(action=EXTENDED)
    assert (entry.user, entry.data) == (
        office.hr,
        {"until": "2027-01-31", "reason": "繁忙期", "count": 2},
    )
    assert extended_still(extension).count() == 2


def test_the_preview_names_exactly_what_moves_and_why_the_rest_stays(office: Office) -> None:
    complete_course(office.people[0], office.course)
    evaluate_rules(on=ON)
    effect = extension_effect(ids=ids(), until=JANUARY)
    assert effect.kept == {"done": 1}
    extension = give(office, JANUARY)
    assert set(extension.assignments.values_list("pk", flat=True)) == effect.changed
    assert extension_effect(ids=ids(), until=DUE).kept == {"done": 1, "later": 1}


def test_taking_it_back_gives_the_old_date_back(office: Office) -> None:
    extension = give(office, JANUARY)
    assert take_back_extension(extension=extension, by=office.hr) == 2
    assert due_dates() == [DUE, DUE]
    assert not Assignment.objects.exclude(extended_to=None).exists()
    assert ModelLogEntry.objects.filter(action=TAKEN_BACK, user=office.hr).count() == 1
    with pytest.raises(OrderRefused) as refused:
        take_back_extension(extension=extension, by=office.hr)
    assert refused.value.code == "taken_back_already"


def test_a_later_extension_outlives_the_one_before_it(office: Office) -> None:
    first, second = give(office, JANUARY), give(office, FEBRUARY, ids()[:1])
    assert take_back_extension(extension=first, by=office.hr) == 1
    assert due_dates() == [FEBRUARY, DUE]
    assert take_back_extension(extension=second, by=office.hr) == 1
    assert due_dates() == [DUE, DUE]


def test_an_extension_of_a_day_that_no_longer_holds_is_not_given_again(office: Office) -> None:
    extension = give(office, JANUARY)
    office.rule.due_days = 10
    office.rule.save()
    evaluate_rules(on=ON)
    assert take_back_extension(extension=extension, by=office.hr) == 0
    assert due_dates() == [date(2026, 12, 5)] * 2


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (JANUARY, "  ", "reason_missing"),
        (date(2026, 11, 24), "繁忙期", "day_is_over"),
        (DUE, "繁忙期", "nothing_to_do"),
    ],
)
def test_an_extension_that_says_nothing_is_refused(
    office: Office, until: date, reason: str, code: str
) -> None:
    with pytest.raises(OrderRefused) as refused:
        extend_due(ids=ids(), until=until, reason=reason, by=office.hr, on=ON)
    assert refused.value.code == code
    assert not DueExtension.objects.exists()


@settings(
    max_examples=examples(of=25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_with_everything_taken_back_in_any_order_the_rule_decides(
    office: Office, data: st.DataObject
) -> None:
    days = data.draw(st.lists(st.sampled_from((JANUARY, FEBRUARY)), max_size=2, unique=True))
    given_ = [give(office, day) for day in sorted(days)]
    for extension in data.draw(st.permutations(given_)):
        take_back_extension(extension=extension, by=office.hr)
    assert due_dates() == [DUE, DUE]
