"""Departments, tiers, roles, employees with their posting and account."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from lms.people.models import Department, Employee, EmploymentType, JobTier, Posting, Role

PASSWORD = "correct horse battery staple"
LONG_AGO = date(2020, 4, 1)

_numbers = count(1)


def make_department(
    key: str = "",
    *,
    title: str = "",
    title_en: str = "",
    parent: Department | None = None,
    measures: Iterable[str] = (),
) -> Department:
    key = key or f"d{next(_numbers)}"
    return Department.objects.create(
        key=key,
        title_ja=title or f"{key}課",
        title_en=title_en,
        parent=parent,
        measures=list(measures),
    )


def make_tier(key: str = "", *, title: str = "", rank: int | None = None) -> JobTier:
    number = next(_numbers)
    key = key or f"t{number}"
    return JobTier.objects.create(
        key=key, title_ja=title or f"職層{key}", rank=number if rank is None else rank
    )


def make_role(key: str = "", *, title: str = "") -> Role:
    key = key or f"r{next(_numbers)}"
    return Role.objects.create(key=key, title_ja=title or f"役割{key}")


def make_employment_type(key: str = "", *, title: str = "") -> EmploymentType:
    key = key or f"e{next(_numbers)}"
    return EmploymentType.objects.create(key=key, title_ja=title or f"任用{key}")


def make_user(username: str = "", *, permissions: Iterable[str] = (), **fields: Any) -> Any:
    """An account with the password PASSWORD; `permissions` like "lms_skills.view_skills_matrix"."""
    user = get_user_model().objects.create_user(
        username=username or f"user{next(_numbers)}", password=PASSWORD, **fields
    )
    grant(user, *permissions)
    return user


def grant(user: Any, *permissions: str) -> None:
    """Give the account permissions named app_label.codename."""
    for name in permissions:
        app_label, codename = name.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app_label, codename=codename)
        )


def make_employee(
    staff_number: str = "",
    *,
    name: str = "",
    kana: str = "",
    department: Department | None = None,
    tier: JobTier | None = None,
    employment: EmploymentType | None = None,
    roles: Sequence[Role] = (),
    permissions: Iterable[str] = (),
    has_user: bool = True,
    is_posted: bool = True,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> Employee:
    """A person with an account (username = staff number) and a main posting since 2020."""
    number = next(_numbers)
    staff_number = staff_number or f"{900000 + number}"
    employee = Employee.objects.create(
        staff_number=staff_number,
        name=name or f"職員 {number}",
        kana=kana or f"ショクイン {number:06}",
        user=make_user(staff_number, permissions=permissions) if has_user else None,
    )
    if is_posted:
        make_posting(
            employee,
            department=department,
            tier=tier,
            employment=employment,
            roles=roles,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    return employee


def make_posting(
    employee: Employee,
    *,
    department: Department | None = None,
    tier: JobTier | None = None,
    employment: EmploymentType | None = None,
    roles: Sequence[Role] = (),
    is_main: bool = True,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> Posting:
    posting = Posting.objects.create(
        employee=employee,
        department=department or make_department(),
        tier=tier or make_tier(),
        employment=employment,
        is_main=is_main,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    posting.roles.set(roles)
    return posting
