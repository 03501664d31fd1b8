from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lms.access.models import ApiToken
from lms.access.services import create_api_token, revoke_api_token
from lms.people.models import Employee
from tests.api.problems import problem_of
from tests.factories import make_audience_rule, make_course, make_user

ME = "/api/v1/me/"

ADDRESSES = [
    "/api/v1/me/",
    "/api/v1/learning/",
    "/api/v1/courses/",
    "/api/v1/courses/C1/",
    "/api/v1/courses/C1/enrolment/",
    "/api/v1/courses/C1/activities/L1-1/launch/",
    "/api/v1/xapi/statements",
    "/api/v1/xapi/activities/state",
    "/api/v1/skills/me/",
    "/api/v1/skills/matrix/",
    "/api/v1/skills/cells/100001/K1/",
    "/api/v1/projects/",
    "/api/v1/projects/P1/",
    "/api/v1/suggestions/me/",
]


def account_of(employee: Employee) -> Any:
    return employee.user


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_reads_anything_without_signing_in(address: str) -> None:
    response = Client().get(address)
    problem_of(response, 401, "not_authenticated")
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_token_without_a_scope_reads_nothing(
    employee: Employee, machine_of: Callable[..., Client], address: str
) -> None:
    problem_of(machine_of(employee).get(address), 403, "insufficient_scope")


def test_a_token_acts_as_its_account(employee: Employee, machine_of: Callable[..., Client]) -> None:
    response = machine_of(employee, "me:read").get(ME)
    assert response.json()["employee"]["staff_number"] == employee.staff_number


def test_a_token_needs_no_csrf_token_but_the_scope_of_the_method(
    employee: Employee, machine_of: Callable[..., Client]
) -> None:
    course = make_course(lessons=0)
    make_audience_rule(course)
    address = f"/api/v1/courses/{course.key}/enrolment/"
    reader = machine_of(employee, "learning:read")
    problem_of(reader.put(address), 403, "insufficient_scope")
    reader.handler.enforce_csrf_checks = True
    writer = machine_of(employee, "learning:write")
    writer.handler.enforce_csrf_checks = True
    assert writer.put(address).status_code == 201


def test_expired_and_revoked_tokens_are_refused_alike(employee: Employee) -> None:
    past = timezone.now() - timedelta(seconds=1)
    scopes = ["me:read"]
    _, expired = create_api_token(
        user=employee.user, name="expired", scopes=scopes, expires_at=past
    )
    token, revoked = create_api_token(user=employee.user, name="revoked", scopes=scopes)
    revoke_api_token(token=token)
    answers = [
        problem_of(
            Client(headers={"authorization": f"Bearer {secret}"}).get(ME), 401, "invalid_token"
        )
        for secret in (expired, revoked, "lms_made-up", "")
    ]
    assert all(answer == answers[0] for answer in answers)


def test_the_token_of_a_dismissed_account_is_refused(
    employee: Employee, machine_of: Callable[..., Client]
) -> None:
    client = machine_of(employee, "me:read")
    account: Any = employee.user
    account.is_active = False
    account.save()
    problem_of(client.get(ME), 401, "invalid_token")


def test_the_secret_of_a_token_is_nowhere_at_rest(employee: Employee) -> None:
    _, secret = create_api_token(user=employee.user, name="n", scopes=["me:read"])
    row = ApiToken.objects.values().get()
    assert secret.startswith("lms_")
    assert not any(secret.removeprefix("lms_") in str(value) for value in row.values())


def test_a_session_without_a_csrf_token_writes_nothing(employee: Employee) -> None:
    course = make_course(lessons=0)
    make_audience_rule(course)
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_of(employee))
    problem_of(client.put(f"/api/v1/courses/{course.key}/enrolment/"), 403, "permission_denied")
    assert not employee.enrolments.exists()


def test_a_session_with_a_csrf_token_writes(employee: Employee) -> None:
    course = make_course(lessons=0)
    make_audience_rule(course)
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_of(employee))
    client.cookies["csrftoken"] = "a" * 32
    response = client.put(
        f"/api/v1/courses/{course.key}/enrolment/", headers={"x-csrftoken": "a" * 32}
    )
    assert response.status_code == 201


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/learning/",
        "/api/v1/courses/",
        "/api/v1/skills/me/",
        "/api/v1/suggestions/me/",
        "/api/v1/xapi/statements",
    ],
)
@pytest.mark.django_db
def test_an_account_without_employee_is_told_so(
    visitor_of: Callable[[Any], Client], address: str
) -> None:
    problem_of(visitor_of(make_user()).get(address), 403, "not_an_employee")


def test_answers_are_not_kept_by_caches(visitor: Client) -> None:
    response = visitor.get(ME)
    assert "no-store" in response["Cache-Control"]
    assert "Accept-Language" in response["Vary"]
