"""People, their postings and accounts."""

from typing import Any


def hr() -> str:
    """HR's account: somebody who learns in no other test."""
    from django.contrib.auth import get_user_model

    from lms.starter.accounts import HR

    return str(get_user_model().objects.get(groups__name=HR).get_username())


def office_for_personnel() -> dict[str, Any]:
    """HR's account, and a file in which somebody moves tomorrow and somebody joins."""
    from datetime import timedelta

    from django.contrib.auth import get_user_model

    from lms.people.calendar import office_today
    from lms.people.models import Department, Posting
    from lms.people.selectors import postings_on
    from lms.starter.accounts import HR

    tomorrow = office_today() + timedelta(days=1)
    # The last in the office, whom no other test knows.
    posting: Posting = (
        postings_on(tomorrow)
        .filter(is_main=True, ends_on=None, starts_on__lt=tomorrow, employee__user=None)
        .select_related("employee", "department", "tier")
        .order_by("-employee__staff_number")[0]
    )
    other = (
        Department.objects.filter(parent__isnull=False)
        .exclude(pk=posting.department_id)
        .order_by("key")[0]
    )
    person, tier = posting.employee, posting.tier.key
    header = "職員番号,氏名,フリガナ,職層コード,所属コード,発令日"
    mover = (person.staff_number, person.name, person.kana, tier, other.key, str(tomorrow))
    joiner = ("999901", "新人 一", "シンジン イチ", tier, other.key, str(tomorrow))
    return {
        "hr": get_user_model().objects.get(groups__name=HR).get_username(),
        "file": "\n".join([header, ",".join(mover), ",".join(joiner)]) + "\n",
        "mover": person.staff_number,
        "from": posting.department.key,
        "to": other.key,
    }


def department_tomorrow(staff_number: str) -> str:
    from datetime import timedelta

    from lms.people.calendar import office_today
    from lms.people.models import Employee
    from lms.people.selectors import main_posting_on

    employee = Employee.objects.get(staff_number=staff_number)
    posting = main_posting_on(employee, office_today() + timedelta(days=1))
    return posting.department.key if posting else ""


def desk_for_duties(course: str) -> dict[str, Any]:
    """HR's account, somebody late in the course, somebody who is not asked for it, and days."""
    from datetime import timedelta

    from django.contrib.auth import get_user_model

    from courses.models import Course
    from lms.enrolment.models import Assignment
    from lms.people.calendar import office_today
    from lms.people.models import Employee
    from lms.people.selectors import postings_on
    from lms.starter.accounts import HR

    today = office_today()
    row = Course.objects.get(key=course)
    asked = Assignment.objects.filter(course=row, ended_on=None, extended_to=None)
    late = asked.order_by("employee__staff_number").last()
    assert late is not None
    posted = postings_on(today).filter(is_main=True, department__key="0103").values("employee")
    other = Employee.objects.filter(pk__in=posted, user=None).order_by("staff_number")[0]
    return {
        "hr": get_user_model().objects.get(groups__name=HR).get_username(),
        "open": late.employee.staff_number,
        "other": other.staff_number,
        "title": str(row),
        # A course whose audience no other test touches.
        "free": Course.objects.get(key="C301").pk,
        "today": today.isoformat(),
        "later": (today + timedelta(days=30)).isoformat(),
    }


def make_late(head: str, course: str) -> str:
    """The course is overdue since yesterday for somebody without an account whom the head
    oversees; gives their name.
    """
    from datetime import timedelta

    from lms.enrolment.models import Enrolment
    from lms.oversight.heads import staff_overseen_by
    from lms.people.calendar import office_today
    from lms.people.models import Employee

    today = office_today()
    overseen = staff_overseen_by(Employee.objects.get(staff_number=head).user, today)
    row = Enrolment.objects.filter(
        employee__in=overseen, employee__user=None, course__key=course, source="assigned"
    ).first()
    assert row is not None
    Enrolment.objects.filter(pk=row.pk).update(due_on=today - timedelta(days=1))
    name: str = row.employee.name
    return name


def postings_of(staff_number: str) -> list[list[str]]:
    from lms.people.models import Posting

    rows = Posting.objects.filter(employee__staff_number=staff_number).order_by("pk")
    columns = ("pk", "department__key", "tier__key", "starts_on", "ends_on")
    return [[str(value) for value in row] for row in rows.values_list(*columns)]


def give_account(staff_number: str) -> None:
    """For somebody of the sample office whom no other test knows."""
    from django.contrib.auth import get_user_model

    from lms.people.models import Employee
    from lms.starter.accounts import PASSWORD

    person = Employee.objects.get(staff_number=staff_number)
    if person.user is None:
        person.user = get_user_model().objects.create_user(staff_number, password=PASSWORD)
        person.save(update_fields=["user"])


def head_with_an_account() -> str:
    """The demo's section head."""
    from lms.conf import conf
    from lms.people.models import Employee
    from lms.starter.generator import INSURANCE_AND_PENSION

    number: str = (
        Employee.objects.exclude(user=None)
        .filter(
            postings__department__key=INSURANCE_AND_PENSION,
            postings__tier__key__in=conf.HEAD_TIERS,
            postings__ends_on=None,
        )
        .values_list("staff_number", flat=True)
        .get()
    )
    return number
