from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    make_department,
    make_employee,
    make_posting,
    make_role,
    make_tier,
    make_user,
)

ME = "/api/v1/me/"


@pytest.mark.django_db
def test_an_employee_sees_the_posting_of_today(visitor_of: Callable[[Any], Client]) -> None:
    division = make_department("kumin", title="区民部")
    section = make_department("zeimu", title="税務課", title_en="Tax section", parent=division)
    role = make_role("dx", title="DX推進リーダー")
    tier = make_tier("kakari", title="係長")
    employee = make_employee("100001", name="区民 花子", is_posted=False)
    make_posting(employee, ends_on=date(2024, 4, 1))
    make_posting(employee, department=section, tier=tier, roles=[role], starts_on=date(2024, 4, 1))
    answer = visitor_of(employee).get(ME, headers={"accept-language": "ja"}).json()
    assert answer == {
        "user": {"username": "100001", "display_name": "区民 花子"},
        "employee": {
            "staff_number": "100001",
            "name": "区民 花子",
            "kana": employee.kana,
            "department": {"key": "zeimu", "title": "税務課", "path": ["区民部", "税務課"]},
            "tier": {"key": "kakari", "title": "係長"},
            "roles": [{"key": "dx", "title": "DX推進リーダー"}],
        },
        "can": {
            "learn": True,
            "view_matrix": False,
            "oversee": False,
            "run_projects": False,
            "use_admin": False,
        },
        "admin_url": None,
        "language": "ja",
    }
    english = visitor_of(employee).get(ME, headers={"accept-language": "en"}).json()
    assert english["employee"]["department"]["path"] == ["区民部", "Tax section"]
    assert english["language"] == "en"


@pytest.mark.django_db
def test_somebody_who_has_left_has_no_department(visitor_of: Callable[[Any], Client]) -> None:
    gone = make_employee(ends_on=date(2021, 4, 1))
    answer = visitor_of(gone).get(ME).json()["employee"]
    assert (answer["department"], answer["tier"], answer["roles"]) == (None, None, [])


@pytest.mark.django_db
def test_an_author_from_outside_is_nobody_and_may_use_the_admin(
    visitor_of: Callable[[Any], Client],
) -> None:
    author = make_user("author", permissions=["wagtailadmin.access_admin"], first_name="Ann")
    answer = visitor_of(author).get(ME).json()
    assert answer["employee"] is None
    assert answer["user"] == {"username": "author", "display_name": "Ann"}
    assert answer["can"] == {
        "learn": False,
        "view_matrix": False,
        "oversee": False,
        "run_projects": False,
        "use_admin": True,
    }
    assert answer["admin_url"] == "/admin/"


@pytest.mark.django_db
def test_hr_is_told_that_the_matrix_is_theirs(visitor_of: Callable[[Any], Client]) -> None:
    hr = make_employee(permissions=["lms_skills.view_skills_matrix"])
    assert visitor_of(hr).get(ME).json()["can"]["view_matrix"]
