"""A test client that holds every answer against the OpenAPI description."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.test import Client
from openapi_schema_validator import OAS31Validator, oas31_format_checker

SNAPSHOT = Path(__file__).parents[1] / "snapshots" / "openapi.yaml"


@cache
def description() -> dict[str, Any]:
    """The description, with objects closed: a member it does not name is a fault."""
    found: dict[str, Any] = yaml.safe_load(SNAPSHOT.read_text())
    for schema in found["components"]["schemas"].values():
        _close(schema)
    return found


def _close(schema: dict[str, Any]) -> None:
    if "properties" in schema:
        schema.setdefault("additionalProperties", False)
        for part in schema["properties"].values():
            _close(part)


class DescribedClient(Client):
    """Fails where an answer is not what the description says of its address, method and status."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        match = getattr(response, "resolver_match", None)
        if match is not None and match.route.startswith("api/v1/") and match.url_name:
            check(response, match.route, request["REQUEST_METHOD"].lower())
        return response


def check(response: Any, route: str, method: str) -> None:
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    operation = description()["paths"].get(path, {}).get(method)
    if operation is None:
        assert response.status_code in (401, 403, 404, 405), f"{method} {path} is not described"
        return
    described = operation["responses"].get(
        str(response.status_code), description()["components"]["responses"]["Problem"]
    )
    if "content" not in described:
        assert response.content == b""
        return
    media_type = response.get("Content-Type", "").split(";")[0]
    media = described["content"].get(media_type) or described["content"].get("*/*")
    assert media, f"{media_type} is not described for {method} {path} {response.status_code}"
    if media_type.endswith("json") and media["schema"].get("format") != "binary":
        schema = media["schema"] | {"components": description()["components"]}
        validator = OAS31Validator(schema, format_checker=oas31_format_checker)
        faults = [
            f"{fault.json_path}: {fault.message}"
            for fault in validator.iter_errors(_document(response))
        ]
        assert not faults, f"{method} {path}: {faults}"


def _document(response: Any) -> Any:
    """What a file that comes in pieces holds, too; it can still be read afterwards."""
    if not response.streaming:
        return response.json()
    content = b"".join(response.streaming_content)
    response.streaming_content = [content]
    return json.loads(content)
