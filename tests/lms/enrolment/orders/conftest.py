"""One course that two people must take in thirty days, and HR."""

from datetime import date
from typing import Any

import pytest

from courses.models import Course
from lms.enrolment.models import AudienceRule, Exemption
from lms.enrolment.rules.services import evaluate_rules
from lms.people.models import Employee
from lms.starter.accounts import HR_PERMISSIONS
from tests.factories import make_audience_rule, make_course, make_employee, make_tier, make_user

ON = date(2026, 11, 25)
DUE = date(2026, 12, 25)


class Office:
    """`people` are asked for `course`; `other` is not asked for anything."""

    def __init__(self) -> None:
        tier = make_tier(title="主任")
        self.course: Course = make_course("C1", title="個人情報保護")
        self.people: list[Employee] = [
            make_employee(number, tier=tier, has_user=False) for number in ("000101", "000102")
        ]
        self.other: Employee = make_employee("000103", has_user=False)
        self.rule: AudienceRule = make_audience_rule(
            self.course, tier=tier, is_mandatory=True, due="days", due_days=30
        )
        evaluate_rules(on=ON)
        self.hr: Any = make_user("hr", permissions=[".".join(pair) for pair in HR_PERMISSIONS])

    def exempt(self, person: Employee, *, course: Course | None = None) -> Exemption:
        return Exemption.objects.create(
            employee=person, course=course, kind="leave", starts_on=ON, ends_on=date(2027, 1, 1)
        )


@pytest.fixture
def office(db: None) -> Office:
    return Office()
