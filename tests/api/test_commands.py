from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from lms.access.models import ApiToken
from tests.api.problems import problem_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> str:
    out = StringIO()
    call_command("create_api_token", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def me(secret: str) -> Any:
    return Client(headers={"authorization": f"Bearer {secret}"}).get("/api/v1/me/")


def test_a_token_made_by_command_works_until_it_is_revoked() -> None:
    make_user("machine")
    secret = create("--user=machine", "--name=sync", "--scope=me:read", "--scope=xapi:read")
    assert me(secret).json()["user"]["username"] == "machine"
    assert ApiToken.objects.get().scopes == ["me:read", "xapi:read"]
    call_command("revoke_api_token", user="machine", name="sync", stdout=StringIO())
    problem_of(me(secret), 401, "invalid_token")


def test_a_token_lasts_as_many_days_as_said() -> None:
    make_user("machine")
    create("--user=machine", "--name=sync", "--scope=me:read", "--days=30")
    expires_at = ApiToken.objects.get().expires_at
    assert expires_at is not None
    left = expires_at - timezone.now()
    assert timedelta(days=29) < left <= timedelta(days=30)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--user=nobody", "--name=n", "--scope=me:read"],
        ["--user=machine", "--name=n", "--scope=everything"],
        ["--user=machine", "--name=n"],
        ["--user=machine", "--name=n", "--scope=me:read", "--days=0"],
    ],
)
def test_a_token_that_makes_no_sense_is_not_made(arguments: list[str]) -> None:
    make_user("machine")
    with pytest.raises(CommandError):
        create(*arguments)
    assert not ApiToken.objects.exists()


def test_revoking_what_is_not_in_use_is_refused() -> None:
    make_user("machine")
    create("--user=machine", "--name=sync", "--scope=me:read")
    for user, name in (("machine", "other"), ("nobody", "sync")):
        with pytest.raises(CommandError):
            call_command("revoke_api_token", user=user, name=name, stdout=StringIO())
    assert ApiToken.objects.get().revoked_at is None
