"""税務課 below 区民部: one person in each state, two courses, and HR at the browser."""

import re
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from courses.models import Course
from lms.enrolment.models import Assignment, Exemption
from lms.enrolment.rules.services import evaluate_rules
from lms.flows import record_statements
from lms.people.calendar import office_today
from lms.people.models import Department, Employee
from lms.starter.accounts import HR_PERMISSIONS
from tests.factories import (
    complete_course,
    make_audience_rule,
    make_course,
    make_department,
    make_employee,
    make_tier,
    make_user,
    read_statement,
)


class Desk:
    """`late` read one lesson, `idle` none; both are overdue. `soon` is due in ten days."""

    def __init__(self) -> None:
        today = office_today()
        self.today: date = today
        above = make_department("D04", title="区民部")
        self.section: Department = make_department("D0402", title="税務課", parent=above)
        tier = make_tier("G2", title="主任")
        self.course: Course = make_course("C1", title="個人情報保護", lessons=2)
        self.other: Course = make_course("C2", title="文書管理")
        self.people: dict[str, Employee] = {
            name: make_employee(
                f"00010{number}",
                name=f"職員 {name}",
                kana=kana,
                department=self.section,
                tier=tier,
                has_user=False,
            )
            for number, (name, kana) in enumerate(
                (("late", "ア"), ("idle", "イ"), ("soon", "ウ"), ("done", "エ"), ("away", "オ"))
            )
        }
        self.stranger: Employee = make_employee("000900", kana="カ", has_user=False)
        make_audience_rule(
            self.course,
            condition={"all": [{"department": ["D04"]}, {"tier": ["G2"]}]},
            is_mandatory=True,
            due="days",
            due_days=30,
        )
        evaluate_rules(on=today)
        Exemption.objects.create(
            employee=self.people["away"],
            kind="leave",
            starts_on=today,
            ends_on=today + timedelta(days=100),
        )
        self.due("away", 20)
        evaluate_rules(on=today)
        self.due("late", -5)
        self.due("idle", -1)
        self.due("soon", 10)
        lesson = self.course.activities.get(key="L1")
        record_statements(employee=self.people["late"], statements=[read_statement(lesson)])
        complete_course(self.people["done"], self.course)
        evaluate_rules(on=today)

    def due(self, name: str, days: int) -> None:
        """The duty of thirty days is due so many days from today."""
        starts_on = self.today + timedelta(days=days - 30)
        Assignment.objects.filter(employee=self.people[name]).update(
            entered_on=starts_on, starts_on=starts_on, due_on=starts_on + timedelta(days=30)
        )

    def of(self, name: str) -> Assignment:
        return Assignment.objects.get(employee=self.people[name])


@pytest.fixture(scope="module")
def made_desk(made_once: None) -> Desk:
    return Desk()


@pytest.fixture
def desk(made_desk: Desk, db: None) -> Desk:
    return deepcopy(made_desk)


@pytest.fixture
def hr(db: None) -> Client:
    client = Client(headers={"accept-language": "ja"})
    user = make_user("hr", permissions=[".".join(pair) for pair in HR_PERMISSIONS])
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


def names_in(page: str) -> list[str]:
    """Who is listed, in the order of the table."""
    return re.findall(r'<th scope="row">職員 (\w+)<', page)


def figures_in(page: str) -> dict[str, int]:
    return {name: int(number) for name, number in re.findall(r'data-figure="(\w+)">(\d+)<', page)}
