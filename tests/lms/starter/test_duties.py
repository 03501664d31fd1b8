"""The demo's desk for duties has something on it."""

import pytest

from lms.enrolment.models import DueExtension, Exemption
from lms.oversight.assignments import assignments_visible_to, described_assignments
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.starter.accounts import create_demo_accounts
from lms.starter.duties import COURSE, load_duties
from lms.starter.office import load_office
from tests.factories import make_course, make_user


@pytest.fixture
def office(db: None) -> None:
    load_office(say=lambda line: None)
    make_course(COURSE, lessons=2)


def test_some_are_late_for_different_reasons_one_is_exempt_and_one_has_more_time(
    office: None,
) -> None:
    create_demo_accounts(say=lambda line: None)
    for _ in range(2):
        load_duties(say=lambda line: None)
    rows = assignments_visible_to(make_user(is_superuser=True), office_today())
    listed = described_assignments(rows, office_today())
    assert sorted(row.state for row in listed) == ["exempt", "open", *["overdue"] * 4]
    assert {row.reason.why for row in listed if row.reason} == {"stopped", "not_started"}
    assert DueExtension.objects.count() == Exemption.objects.count() == 1
    assert not Employee.objects.filter(assignments__isnull=False, user__isnull=False).exists()


def test_without_hr_nobody_orders_anything(office: None) -> None:
    load_duties(say=lambda line: None)
    assert not Exemption.objects.exists()
