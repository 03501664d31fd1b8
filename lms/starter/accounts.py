"""Accounts to try the demo with. Their password is public: only the demo command calls this."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring.services import AUTHORS, LIBRARIANS, REVIEWERS
from lms.people.models import Employee
from lms.people.services import link_account
from lms.starter.generator import INSURANCE_AND_PENSION, PersonLine, generate_office

Say = Callable[[str], None]

PASSWORD = "sakura-demo-2026"  # noqa: S105 – public on purpose
# Those who write and review courses or look after H5P: username, name, how the name of their
# group begins.
STAFF = (
    ("author", "外部人材 遠藤", f"{AUTHORS}: 業務改革"),
    ("author2", "外部人材 久保", f"{AUTHORS}: データ"),
    ("reviewer", "人材育成課 石田", REVIEWERS),
    ("reviewer2", "情報政策課 大野", REVIEWERS),
    ("librarian", "情報システム課 堀", LIBRARIANS),
)
HR = "人事"
HR_DEPARTMENT = "0205"
# By name, because the skills matrix may not be installed.
HR_PERMISSIONS = (
    ("lms_core", "view_all_employees"),
    ("lms_skills", "view_skills_matrix"),
    # The settings of courses in the Wagtail admin: audience, pass marks, awards.
    ("wagtailadmin", "access_admin"),
    ("lms_core", "change_audiencerule"),
    ("lms_core", "change_workshopsession"),
    ("lms_core", "add_personnelchange"),
    ("lms_core", "view_jobrun"),
    ("lms_courses", "grade_courses"),
    ("lms_courses", "change_learningpath"),
    ("lms_skills", "change_award"),
    ("lms_skills", "change_framework"),
    ("lms_skills", "add_assessment"),
    *(
        ("lms_skills", f"{action}_{model}")
        for model in (
            *("target", "ageingrule", "competencymapping", "levelrule", "campaign"),
            "hourlyrate",
        )
        for action in ("view", "add", "change", "delete")
    ),
    ("lms_skills", "change_businessprocess"),
    # The sample office's HR is its DX office too.
    ("lms_skills", "run_projects"),
)


class DemoAccount(NamedTuple):
    """What to print: who it is, and how to sign in."""

    who: str
    username: str
    password: str = PASSWORD


@transaction.atomic
def create_demo_accounts(*, say: Say) -> list[DemoAccount]:
    """One account of each kind of person, for the roles a demo shows.

    Idempotent: an account that exists keeps its password. The people must be loaded.
    """
    lines = generate_office().now
    learner = lines[0]
    leader = next(
        line for line in lines if (line.department, line.roles) == (INSURANCE_AND_PENSION, "LDR")
    )
    officer = next(line for line in lines if (line.department, line.tier) == (HR_DEPARTMENT, "G3"))
    head = next(
        line for line in lines if (line.department, line.tier) == (INSURANCE_AND_PENSION, "G5")
    )
    for line in (learner, leader, head, officer):
        _employee_account(line)
    _account(officer.staff_number).groups.add(_hr_group())
    for username, name, group in STAFF:
        user = _account(username, last_name=name)
        user.groups.add(*Group.objects.filter(name__startswith=group))
    _account("admin", is_staff=True, is_superuser=True)
    accounts = [
        DemoAccount(_("employee: %(name)s") % {"name": learner.name}, learner.staff_number),
        DemoAccount(_("section DX leader: %(name)s") % {"name": leader.name}, leader.staff_number),
        DemoAccount(_("HR: %(name)s") % {"name": officer.name}, officer.staff_number),
        DemoAccount(_("section head: %(name)s") % {"name": head.name}, head.staff_number),
        DemoAccount(_("outside author, reform and services"), "author"),
        DemoAccount(_("outside author, data and AI"), "author2"),
        DemoAccount(_("course reviewer"), "reviewer"),
        DemoAccount(_("second course reviewer"), "reviewer2"),
        DemoAccount(_("information systems section / H5P librarian"), "librarian"),
        DemoAccount(_("administrator"), "admin"),
    ]
    say(_("%(number)d demo accounts") % {"number": len(accounts)})
    return accounts


def _employee_account(line: PersonLine) -> None:
    family, given = line.name.split(" ")
    user = _account(line.staff_number, last_name=family, first_name=given, email=line.email)
    link_account(employee=Employee.objects.get(staff_number=line.staff_number), user=user)


def _account(username: str, **fields: object) -> AbstractUser:
    user, is_new = get_user_model().objects.get_or_create(username=username, defaults=fields)
    if is_new:
        user.password = _hashed()
        user.save(update_fields=["password"])
    return user


@cache
def _hashed() -> str:
    """Once for all: a hash is slow on purpose, and what this one hides is public."""
    return make_password(PASSWORD)


def _hr_group() -> Group:
    group, _created = Group.objects.get_or_create(name=HR)
    for app_label, codename in HR_PERMISSIONS:
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label=app_label, codename=codename)
        )
    return group
