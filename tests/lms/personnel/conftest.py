"""An office of three sections with rules that follow section and tier, and HR's files for it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
import time_machine

from lms.enrolment.rules.services import evaluate_rules
from lms.people.models import Department, Employee, EmploymentType, JobTier, Role
from tests.factories import make_audience_rule, make_course, make_employee

HEADER = "職員番号,氏名,フリガナ,職層コード,所属コード,発令日,役割コード,終了日\n"
TODAY = date(2026, 3, 31)
TOMORROW = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def last_day_of_the_year() -> Any:
    with time_machine.travel("2026-03-31T09:00:00+09:00", tick=True):
        yield


@pytest.fixture
def office(db: None) -> None:
    make_office()


def make_office() -> None:
    """100001 to 100004 in TAX at G1; ALL is for all, TAX-1 for TAX, INS-1 for INS, G2-1 for G2."""
    for key in ("TAX", "INS", "HR"):
        Department.objects.create(key=key, title_ja=f"{key}課")
    for rank, key in enumerate(("G1", "G2")):
        JobTier.objects.create(key=key, title_ja=f"{key}級", rank=rank)
    Role.objects.create(key="LDR", title_ja="リーダー")
    EmploymentType.objects.create(key="FT", title_ja="常勤")
    EmploymentType.objects.create(key="RE", title_ja="再任用")
    tax = Department.objects.get(key="TAX")
    first, second = JobTier.objects.order_by("rank")
    for key, group in {
        "ALL": {},
        "TAX-1": {"department": tax},
        "INS-1": {"department": Department.objects.get(key="INS")},
        "G2-1": {"tier": second},
    }.items():
        course = make_course(key, activities=0)
        make_audience_rule(course, is_mandatory=True, **group)
    for number in range(100001, 100005):
        make_employee(
            str(number),
            name=f"職員{number}",
            kana="ショクイン",
            department=tax,
            tier=first,
            has_user=False,
        )
    evaluate_rules(on=TODAY)


def row(
    number: int,
    *,
    tier: str = "G1",
    department: str = "TAX",
    on: date = TOMORROW,
    roles: str = "",
    until: str = "",
    name: str = "",
) -> str:
    name = name or f"職員{number}"
    return f"{number},{name},ショクイン,{tier},{department},{on},{roles},{until}\n"


def file_of(*rows: str, encoding: str = "cp932") -> bytes:
    return (HEADER + "".join(rows)).encode(encoding)


TOMORROWS_FILE = file_of(
    row(100001, department="INS"),
    row(100002, tier="G2"),
    # Employed until today: the order of 2020 gets an end.
    row(100003, on=date(2020, 4, 1), until=str(TODAY)),
    row(200001, department="HR", name="新人 一"),
    row(100004, on=date(2020, 4, 1)),
)


def numbers(effects: Iterable[dict[str, Any]], kind: str) -> list[str]:
    return [effect["staff_number"] for effect in effects if kind in effect["kinds"]]


def staff() -> list[str]:
    return list(Employee.objects.order_by("staff_number").values_list("staff_number", flat=True))
