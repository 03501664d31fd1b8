from datetime import date

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group

from courses.authoring.services import set_up_authors, set_up_reviewers
from courses.starter.load import SECTIONS, course_index, course_section
from lms.oversight.heads import staff_overseen_by
from lms.people.calendar import office_today
from lms.people.models import Employee
from lms.people.selectors import employee_of, employees_visible_to, main_posting_on
from lms.starter.accounts import DemoAccount, create_demo_accounts
from lms.starter.office import load_office

User = get_user_model()


def silent(line: str) -> None:
    """Nobody listens."""


@pytest.fixture
def accounts(db: None) -> list[DemoAccount]:
    load_office(say=silent, as_of=date(2026, 11, 24))
    for key in SECTIONS:
        set_up_authors(section=course_section(key))
    set_up_reviewers(root=course_index())
    return create_demo_accounts(say=silent)


def test_every_account_can_sign_in_as_printed(accounts: list[DemoAccount]) -> None:
    assert len(accounts) == 10
    for account in accounts:
        assert authenticate(username=account.username, password=account.password) is not None


def test_employees_sign_in_by_staff_number_and_see_only_themselves(
    accounts: list[DemoAccount],
) -> None:
    learner, leader, officer = (User.objects.get(username=row.username) for row in accounts[:3])
    person = employee_of(learner)
    assert person is not None
    assert (person.name, person.staff_number) == ("熊谷 健", learner.username)
    assert (learner.last_name, learner.first_name) == ("熊谷", "健")
    assert list(employees_visible_to(learner)) == [person]
    assert employees_visible_to(leader).count() == 1
    assert employees_visible_to(officer).count() == 200


def test_the_leader_leads_the_learners_section_and_hr_is_a_chief_of_staff_development(
    accounts: list[DemoAccount],
) -> None:
    leader, officer = (
        main_posting_on(Employee.objects.get(staff_number=row.username), office_today())
        for row in accounts[1:3]
    )
    assert leader is not None
    assert officer is not None
    assert leader.department.title_ja == "国保年金課"
    assert [role.key for role in leader.roles.all()] == ["LDR"]
    assert (officer.department.title_ja, officer.tier.title_ja) == ("人材育成課", "係長級")


def test_the_head_oversees_the_learners_section(accounts: list[DemoAccount]) -> None:
    head, learner = (User.objects.get(username=row.username) for row in (accounts[3], accounts[0]))
    overseen = staff_overseen_by(head, office_today())
    assert employee_of(learner) in overseen
    assert overseen.count() < 200


def test_the_author_is_no_employee_and_sees_nobody(accounts: list[DemoAccount]) -> None:
    author = User.objects.get(username="author")
    assert employee_of(author) is None
    assert not employees_visible_to(author).exists()
    assert not author.is_staff
    assert [group.name for group in author.groups.all()] == [
        "研修コースの著者: 業務改革・住民サービス"
    ]


def test_hr_has_the_permissions_of_the_installed_packages(accounts: list[DemoAccount]) -> None:
    officer = User.objects.get(username=accounts[2].username)
    assert officer.has_perm("lms_core.view_all_employees")
    assert officer.has_perm("lms_skills.view_skills_matrix")
    assert not officer.is_superuser


def test_creating_them_again_keeps_a_changed_password(accounts: list[DemoAccount]) -> None:
    learner = User.objects.get(username="001001")
    learner.set_password("mine")
    learner.save()
    assert create_demo_accounts(say=silent) == accounts
    assert authenticate(username="001001", password="mine") is not None
    assert User.objects.count() == 10
    assert Group.objects.filter(name="人事").count() == 1
