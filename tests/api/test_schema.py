import re
from typing import Any

import pytest
import yaml
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import get_resolver
from django.utils import translation
from drf_spectacular.renderers import OpenApiYamlRenderer
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.permissions import SCOPES
from api.schema import ApiSchemaGenerator
from tests.api.described import SNAPSHOT

pytestmark = pytest.mark.django_db


# Where other systems alone have business; the xAPI specification describes these (decision 18).
OF_XAPI = {
    f"/api/v1/xapi/{name}"
    for name in ("about", "activities", "activities/profile", "agents", "agents/profile")
}


@pytest.fixture
def schema() -> dict[str, Any]:
    with translation.override("en"):
        return ApiSchemaGenerator().get_schema(public=True)


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in schema["paths"].values() for operation in methods.values()]


def test_the_snapshot_is_what_is_served(schema: dict[str, Any]) -> None:
    """To renew it: manage.py spectacular --lang en --file tests/snapshots/openapi.yaml."""
    assert OpenApiYamlRenderer().render(schema, renderer_context={}).decode() == (
        SNAPSHOT.read_text()
    )


def test_the_snapshot_is_valid_openapi_3_1() -> None:
    found = yaml.safe_load(SNAPSHOT.read_text())
    assert found["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(found).validate()


def test_the_schema_is_served_to_everybody() -> None:
    response = Client().get("/api/v1/schema/", headers={"accept-language": "en"})
    assert response.status_code == 200
    assert yaml.safe_load(response.content)["paths"].keys() == (
        yaml.safe_load(SNAPSHOT.read_text())["paths"].keys()
    )


def test_every_address_is_described(schema: dict[str, Any]) -> None:
    routes = {
        "/api/v1/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(inner.pattern))
        for outer in get_resolver("api.v1.urls").url_patterns
        for inner in getattr(outer, "url_patterns", ())
    }
    assert not schema["paths"].keys() & OF_XAPI
    assert schema["paths"].keys() | OF_XAPI == routes


def test_every_operation_names_itself_and_its_problems(schema: dict[str, Any]) -> None:
    for operation in operations(schema):
        assert re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", operation["operationId"])
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"]
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"}
    names = [operation["operationId"] for operation in operations(schema)]
    assert len(names) == len(set(names))


# What somebody outside reads to check a certificate or badge, and a calendar program by its own
# secret address.
PUBLIC = {
    "getBadgeIssuer",
    "getBadgeKeys",
    "getBadgeKey",
    "getBadgeRevocations",
    "verifyCertificate",
    "getSubscribedCalendar",
}
# Whoever holds a token must not make themselves an address that outlives it.
BY_SESSION_ONLY = {"makeCalendarLink", "revokeCalendarLink"}


def test_every_operation_can_be_called_by_session_or_by_a_token_of_a_known_scope(
    schema: dict[str, Any],
) -> None:
    used = set()
    for operation in operations(schema):
        if operation["tags"] == ["reviews"] or operation["operationId"] in PUBLIC:
            assert "security" not in operation  # whoever has the link, or anybody
            continue
        *tokens, session = operation["security"]
        assert session == {"sessionCookie": []}
        if operation["operationId"] in BY_SESSION_ONLY:
            assert tokens == []
            continue
        (bearer,) = tokens
        (scope,) = bearer["bearerAuth"]
        used.add(scope)
    assert used == SCOPES.keys()


def test_the_docs_page_is_made_of_local_files_only() -> None:
    page = Client().get("/api/v1/docs/").content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        assert address.startswith("/static/")
        assert finders.find(address.removeprefix("/static/")), address
    assert "http://" not in page
    assert "https://" not in page
