"""Exemptions stop duties and give them back, and the preview says the same."""

from datetime import date, timedelta

import pytest
from wagtail.models import ModelLogEntry

from lms.enrolment.models import Assignment, Enrolment, Exemption
from lms.enrolment.orders.exempting import (
    ExemptionTerms,
    change_exemption,
    end_exemption,
    exempt_people,
    preview,
)
from lms.exceptions import OrderRefused
from tests.factories import make_course
from tests.lms.enrolment.orders.conftest import ON, Office

LEAVE = ExemptionTerms("leave", ON, date(2027, 3, 31), note="育児休業")


def open_duties() -> int:
    return Assignment.objects.filter(ended_on=None).count()


def test_who_is_exempt_has_no_duty_from_the_same_moment(office: Office) -> None:
    wanted = [office.people[0], office.other]
    effect = exempt_people(people=wanted, terms=LEAVE, by=office.hr, on=ON)
    assert effect.rows == 2
    assert effect.stopped == {(office.people[0].pk, office.course.pk)}
    assert open_duties() == 1
    row = Exemption.objects.get(employee=office.people[0])
    assert (row.starts_on, row.ends_on) == (ON, date(2027, 4, 1))
    assert ModelLogEntry.objects.filter(action="lms_core.exempted", user=office.hr).count() == 2


def test_the_preview_is_what_saving_does_and_leaves_nothing(office: Office) -> None:
    before = [list(model.objects.values()) for model in (Assignment, Enrolment, Exemption)]

    def do() -> object:
        return exempt_people(people=office.people, terms=LEAVE, by=office.hr, on=ON)

    shown = preview(do)  # type: ignore[arg-type]
    after = [list(model.objects.values()) for model in (Assignment, Enrolment, Exemption)]
    assert before == after
    assert not ModelLogEntry.objects.exists()
    assert do() == shown


def test_the_same_again_gives_nothing_new(office: Office) -> None:
    exempt_people(people=office.people, terms=LEAVE, by=office.hr, on=ON)
    effect = exempt_people(people=office.people, terms=LEAVE, by=office.hr, on=ON)
    assert (effect.rows, len(effect.had_it), effect.stopped) == (0, 2, frozenset())
    assert Exemption.objects.count() == 2


def test_an_exemption_from_another_course_stops_nothing(office: Office) -> None:
    terms = ExemptionTerms("other", ON, ON, course=make_course(), note="議会対応")
    effect = exempt_people(people=office.people, terms=terms, by=office.hr, on=ON)
    assert effect.stopped == frozenset()
    assert open_duties() == 2


def test_one_that_begins_later_says_what_it_will_stop(office: Office) -> None:
    terms = ExemptionTerms("leave", ON + timedelta(days=5), date(2027, 3, 31))
    effect = exempt_people(people=office.people[:1], terms=terms, by=office.hr, on=ON)
    assert effect.stopped == frozenset()
    assert effect.later == {(office.people[0].pk, office.course.pk)}


def test_a_changed_exemption_gives_back_what_it_no_longer_reaches(office: Office) -> None:
    exempt_people(people=office.people[:1], terms=LEAVE, by=office.hr, on=ON)
    row = Exemption.objects.get()
    narrowed = ExemptionTerms("leave", ON, date(2027, 3, 31), course=make_course())
    effect = change_exemption(exemption=row, terms=narrowed, by=office.hr, on=ON)
    assert effect.returned == {(office.people[0].pk, office.course.pk)}
    assert change_exemption(exemption=row, terms=narrowed, by=office.hr, on=ON).rows == 0


def test_ended_today_the_duty_is_asked_today(office: Office) -> None:
    exempt_people(people=office.people[:1], terms=LEAVE, by=office.hr, on=ON)
    row, tomorrow = Exemption.objects.get(), ON + timedelta(days=1)
    effect = end_exemption(exemption=row, by=office.hr, on=tomorrow)
    assert effect.returned == {(office.people[0].pk, office.course.pk)}
    assert Exemption.objects.get().ends_on == tomorrow
    with pytest.raises(OrderRefused) as refused:
        end_exemption(exemption=row, by=office.hr, on=tomorrow)
    assert refused.value.code == "over_already"


def test_one_ended_on_its_first_day_was_never_there(office: Office) -> None:
    exempt_people(people=office.people[:1], terms=LEAVE, by=office.hr, on=ON)
    end_exemption(exemption=Exemption.objects.get(), by=office.hr, on=ON)
    assert not Exemption.objects.exists()
    assert open_duties() == 2


@pytest.mark.parametrize(
    ("terms", "is_empty", "code"),
    [
        (ExemptionTerms("leave", ON, ON - timedelta(days=1)), False, "ends_before_start"),
        (ExemptionTerms("other", ON, ON, note=" "), False, "reason_missing"),
        (LEAVE, True, "nobody_named"),
    ],
)
def test_an_exemption_of_no_day_or_of_nobody_is_refused(
    office: Office, terms: ExemptionTerms, is_empty: bool, code: str
) -> None:
    people = [] if is_empty else office.people
    with pytest.raises(OrderRefused) as refused:
        exempt_people(people=people, terms=terms, by=office.hr, on=ON)
    assert refused.value.code == code
