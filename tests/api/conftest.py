"""Callers of the API: a browser with a session, and a machine with a token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.access.services import create_api_token
from lms.people.models import Employee
from tests.api.described import DescribedClient
from tests.factories import make_employee


@pytest.fixture
def visitor_of() -> Callable[[Any], Client]:
    """A signed-in browser of an employee or of an account."""

    def sign_in(who: Any) -> Client:
        client = DescribedClient(headers={"accept-language": "en"})
        account: Any = who.user if isinstance(who, Employee) else who
        client.force_login(account)
        return client

    return sign_in


@pytest.fixture
def machine_of() -> Callable[..., Client]:
    """A machine with a token of an employee or of an account, for the scopes named."""

    def with_token(who: Any, *scopes: str, **fields: Any) -> Client:
        user = who.user if isinstance(who, Employee) else who
        _token, secret = create_api_token(user=user, name="machine", scopes=scopes, **fields)
        return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})

    return with_token


@pytest.fixture
def employee(db: None) -> Employee:
    return make_employee("100001", name="区民 花子", kana="クミン ハナコ")


@pytest.fixture
def visitor(employee: Employee, visitor_of: Callable[[Any], Client]) -> Client:
    return visitor_of(employee)


@pytest.fixture
def queries_of() -> Callable[[Client, str], int]:
    """How many queries a GET takes."""

    def count(client: Client, address: str) -> int:
        with _queries() as found:
            response = client.get(address)
        assert response.status_code == 200, response.content
        return len(found)

    return count


@contextmanager
def _queries() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as found:
        yield found
