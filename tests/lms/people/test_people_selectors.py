from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, AnonymousUser, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.people.models import Department, Employee, JobTier, Posting, Role
from lms.people.selectors import (
    department_paths,
    department_subtree_ids,
    employee_of,
    employees_visible_to,
    main_posting_on,
    postings_on,
)

User = get_user_model()


def person(number: str, **fields: Any) -> Employee:
    return Employee.objects.create(staff_number=number, name=number, kana="ア", **fields)


def viewer(name: str, **fields: Any) -> AbstractUser:
    return User.objects.create_user(name, **fields)


def test_an_employee_sees_only_themselves(db: None) -> None:
    user = viewer("000001")
    me = person("000001", user=user)
    person("000002")
    assert list(employees_visible_to(user)) == [me]
    assert employee_of(user) == me


@pytest.mark.parametrize("who", ["stranger", "an author", "a blocked employee"])
def test_who_is_no_active_employee_sees_nobody(db: None, who: str) -> None:
    # People without an account have no user id, just as a stranger has none.
    person("000001")
    blocked = viewer("000002", is_active=False)
    person("000002", user=blocked)
    viewers: dict[str, AbstractUser | AnonymousUser] = {
        "stranger": AnonymousUser(),
        "an author": viewer("author"),
        "a blocked employee": blocked,
    }
    assert not employees_visible_to(viewers[who]).exists()
    assert employee_of(viewers[who]) is None


def test_the_permission_shows_everybody(db: None) -> None:
    person("000001")
    person("000002")
    hr, admin = viewer("hr"), viewer("admin", is_superuser=True)
    hr.user_permissions.add(
        Permission.objects.get(codename="view_all_employees", content_type__app_label="lms_core")
    )
    for user in (hr, admin):
        assert employees_visible_to(User.objects.get(pk=user.pk)).count() == 2
        assert employee_of(user) is None


@pytest.fixture
def moved(office: None) -> Employee:
    """In 0404 from April 2024 to March 2025 as DX leader, then in 0103; from May also in 0402."""
    ken = person("000001")
    tier = JobTier.objects.get(key="G2")
    first, *_ = (
        Posting.objects.create(
            employee=ken,
            tier=tier,
            department=Department.objects.get(key=key),
            starts_on=starts_on,
            ends_on=ends_on,
            is_main=key != "0402",
        )
        for key, starts_on, ends_on in (
            ("0404", date(2024, 4, 1), date(2025, 4, 1)),
            ("0103", date(2025, 4, 1), None),
            ("0402", date(2025, 5, 1), None),
        )
    )
    first.roles.add(Role.objects.get(key="LDR"))
    return ken


@pytest.mark.parametrize(
    ("day", "keys", "main"),
    [
        (date(2024, 3, 31), [], None),
        (date(2024, 4, 1), ["0404"], "0404"),
        (date(2025, 3, 31), ["0404"], "0404"),
        (date(2025, 4, 1), ["0103"], "0103"),
        (date(2025, 5, 1), ["0103", "0402"], "0103"),
    ],
)
def test_postings_hold_from_their_first_day_until_before_their_end(
    moved: Employee, day: date, keys: list[str], main: str | None
) -> None:
    found = postings_on(day).order_by("department__key").values_list("department__key", flat=True)
    assert list(found) == keys
    posting = main_posting_on(moved, day)
    assert (posting.department.key if posting else None) == main


def test_a_main_posting_comes_with_what_pages_show_of_it(moved: Employee) -> None:
    posting = main_posting_on(moved, date(2024, 4, 1))
    assert posting is not None
    with CaptureQueriesContext(connection) as queries:
        assert posting.tier.key == "G2"
        assert posting.department.title_ja == "国保年金課"
        assert [role.key for role in posting.roles.all()] == ["LDR"]
    assert len(queries) == 0


def test_a_department_holds_itself_and_everything_below_it(office: None) -> None:
    section = Department.objects.get(key="0404")
    team = Department.objects.create(key="0404-1", title_ja="資格係", parent=section)
    other = Department.objects.get(key="0402")
    with CaptureQueriesContext(connection) as queries:
        found = department_subtree_ids(Department(pk=section.parent_id))
    assert found == {section.parent_id, section.pk, team.pk, other.pk}
    assert len(queries) == 1
    assert department_subtree_ids(team) == {team.pk}


def test_departments_have_their_line_from_the_top(office: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        paths = department_paths()
    keys = {line[-1].key: [row.key for row in line] for line in paths.values()}
    assert keys["0404"] == ["0400", "0404"]
    assert keys["0400"] == ["0400"]
    assert len(keys) == Department.objects.count()
    assert len(queries) == 1
