from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lms.certificates.models import Certificate
from lms.certificates.selectors import certificate_with_code
from lms.certificates.services import issue_certificates, revoke_certificate
from lms.exceptions import RevocationRefused
from lms.flows import record_statements
from lms.people.models import Employee
from tests.factories import (
    complete_course,
    make_course,
    make_employee,
    make_enrolment,
    read_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def employee() -> Employee:
    return make_employee("100001", name="区民 花子", kana="クミン ハナコ")


def test_completing_a_course_issues_one_certificate(employee: Employee) -> None:
    course = make_course("basics", title="DX入門", title_en="DX basics")
    complete_course(employee, course)
    complete_course(employee, course)
    assert issue_certificates() == 0
    row = Certificate.objects.get()
    assert (row.holder_name, row.title_ja, row.title_en) == ("区民 花子", "DX入門", "DX basics")
    assert row.state == Certificate.State.VALID


def test_a_course_half_done_is_not_certified(employee: Employee) -> None:
    course = make_course(lessons=2)
    make_enrolment(employee, course)
    record_statements(employee=employee, statements=read_statement(course.activities.get(key="L1")))
    assert not Certificate.objects.exists()


def test_a_renewal_on_another_day_has_a_certificate_of_its_own(employee: Employee) -> None:
    course = make_course()
    complete_course(employee, course, at=timezone.now() - timedelta(days=5))
    complete_course(employee, course)
    newest, first = Certificate.objects.all()
    assert newest.certified_at - first.certified_at > timedelta(days=4)


def test_later_renames_do_not_change_what_was_certified(employee: Employee) -> None:
    course = make_course(title="旧題")
    complete_course(employee, course)
    type(course).objects.update(title_ja="新題")
    Employee.objects.update(name="別姓 花子")
    row = Certificate.objects.get()
    assert (row.title_ja, row.holder_name) == ("旧題", "区民 花子")


def test_a_certificate_expires_after_the_months_the_office_set(
    employee: Employee, settings: Any
) -> None:
    settings.LMS_CERTIFICATE_MONTHS = 12
    complete_course(employee, make_course())
    row = Certificate.objects.get()
    assert row.state == Certificate.State.VALID
    row.valid_until -= timedelta(days=800)
    assert row.state == Certificate.State.EXPIRED


def test_a_revocation_needs_a_reason_and_keeps_the_first(employee: Employee) -> None:
    complete_course(employee, make_course())
    row = Certificate.objects.get()
    with pytest.raises(RevocationRefused):
        revoke_certificate(certificate=row, reason=" ")
    revoke_certificate(certificate=row, reason="誤発行")
    revoke_certificate(certificate=row, reason="別の理由")
    row.refresh_from_db()
    assert (row.state, row.revoked_reason) == (Certificate.State.REVOKED, "誤発行")


def test_a_code_is_found_however_it_is_typed(employee: Employee) -> None:
    complete_course(employee, make_course())
    code = "0011-ABCD-EFGH-JKMN"
    Certificate.objects.update(code=code)
    for typed in (code, "0011abcdefghjkmn", "ooil abcd efgh jkmn"):
        found = certificate_with_code(typed)
        assert found is not None
        assert found.code == code
    assert certificate_with_code("0011-ABCD") is None
