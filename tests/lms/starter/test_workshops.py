"""The starter's sessions: one over, one full with people waiting, one with seats left."""

from datetime import timedelta

import pytest

from lms.people.calendar import office_today
from lms.progress.models import ActivityProgress
from lms.starter.workshops import WORKSHOP, load_workshops
from lms.workshops.models import WorkshopSession
from lms.workshops.selectors import with_counts
from tests.factories import (
    make_audience_rule,
    make_course,
    make_employee,
    make_workshop,
    publish_course,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("weekday", range(7))
def test_two_are_to_come_and_one_is_over_whatever_day_it_is(weekday: int) -> None:
    course = make_course("C404", activities=0, is_published=False)
    make_workshop(course.activities.get(), WORKSHOP)
    publish_course(course)
    make_audience_rule(course)
    for _n in range(26):
        make_employee()
    today = office_today() + timedelta(days=weekday - office_today().weekday())
    assert load_workshops(say=lambda _line: None, on=today) == 3
    over, full, free = with_counts(WorkshopSession.objects.all())
    assert (over.attended, over.seats) == (8, 9)
    assert (full.seats, full.capacity, full.waiting) == (8, 8, 3)
    assert free.capacity > free.seats
    assert ActivityProgress.objects.filter(activity__key=WORKSHOP).count() == 8
    assert full.closes_at > over.ends_at
    assert {row.starts_at.weekday() for row in (over, full, free)} == {2}
    assert load_workshops(say=lambda _line: None, on=today) == 0
