"""A system with a key, speaking to the store over HTTP in either version."""

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from lms.lrs.access import create_lrs_client
from lms.lrs.models import LrsClient

BASE = "/api/v1/xapi/"


class System:
    """Sends what it is told to, with its key and a version."""

    def __init__(self, key: str, secret: str, version: str) -> None:
        self.key = key
        self.version = version
        self.basic = "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()
        self.http = Client(headers={"accept-language": "en"})

    def send(
        self,
        method: str,
        address: str,
        body: Any = None,
        *,
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
        **asked: Any,
    ) -> Any:
        """Parameters that are no text go as JSON; a body that is no bytes goes as JSON."""
        query = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in asked.items()
        }
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        return self.http.generic(
            method,
            BASE + address + ("?" + urlencode(query) if query else ""),
            data,
            content_type=content_type,
            headers={"authorization": self.basic, "x-experience-api-version": self.version}
            | (headers or {}),
        )

    def get(self, address: str, **asked: Any) -> Any:
        return self.send("GET", address, **asked)

    def said(self, **asked: Any) -> list[str]:
        """The ids of the statements that are shown."""
        response = self.get("statements", **asked)
        assert response.status_code == 200, response.content
        return [item["id"] for item in response.json()["statements"]]

    def say(self, statement: Any) -> str:
        """The id of a statement that is taken."""
        response = self.send("POST", "statements", statement)
        assert response.status_code == 200, response.content
        return str(response.json()[0])

    @property
    def row(self) -> LrsClient:
        return LrsClient.objects.get(key=self.key)


@pytest.fixture
def system_with(db: None) -> Callable[..., System]:
    def make(*scopes: str, version: str = "1.0.3") -> System:
        client, secret = create_lrs_client(name="System", scopes=scopes)
        return System(client.key, secret, version)

    return make


@pytest.fixture(params=["1.0.3", "2.0.0"])
def system(request: Any, system_with: Callable[..., System]) -> System:
    return system_with("all", version=request.param)


@pytest.fixture
def system1(system_with: Callable[..., System]) -> System:
    return system_with("all")


@pytest.fixture
def system2(system_with: Callable[..., System]) -> System:
    return system_with("all", version="2.0.0")
