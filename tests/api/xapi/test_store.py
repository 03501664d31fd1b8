"""What is the same at every address, and what is known of people and activities."""

import base64
import json
from collections.abc import Callable
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lms.lrs.models import LrsClient, LrsReading
from tests.api.problems import problem_of
from tests.api.xapi.conftest import BASE, System
from tests.lms.lrs.said import ACCOUNT, ACTIVITY, AGENT, CHOICES, GROUP, OTHER, said

ADDRESSES = [
    "statements",
    "activities/state",
    "activities/profile",
    "activities",
    "agents/profile",
    "agents",
]
NOBODYS = "00000000-0000-4000-8000-000000000000"


def test_whoever_asks_is_told_what_is_spoken(db: None) -> None:
    for client in (Client(), Client(headers={"x-experience-api-version": "0.9"})):
        response = client.get(BASE + "about")
        assert response.status_code == 200
        assert response.json() == {"version": ["1.0.3", "2.0.0"]}
        assert response["X-Experience-API-Version"] == "2.0.0"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("version", ["", "0.95", "1", "1.0.x", "1.1", "2.1.0", "3.0.0"])
def test_a_version_must_be_named(system1: System, address: str, version: str) -> None:
    system1.version = version
    response = system1.get(address)
    problem_of(response, 400, "unsupported_xapi_version")
    assert response["X-Experience-API-Version"] == "2.0.0"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("1.0", "1.0.3"),
        ("1.0.0", "1.0.3"),
        ("1.0.9", "1.0.3"),
        ("2.0", "2.0.0"),
        ("2.0.1", "2.0.0"),
    ],
)
def test_the_latest_of_the_version_answers(system1: System, asked: str, answered: str) -> None:
    system1.version = asked
    response = system1.get("statements")
    assert response.status_code == 200
    assert response["X-Experience-API-Version"] == answered


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_enters_without_a_key(system: System, address: str) -> None:
    wrong = [
        "",
        "Basic",
        "Basic !",
        "Basic " + base64.b64encode(b"no colon").decode(),
        "Basic " + base64.b64encode(b"\xff:\xff").decode(),
        "Basic " + base64.b64encode(f"{system.key}:wrong".encode()).decode(),
        "Basic " + base64.b64encode(b"nobody:wrong").decode(),
        "Basic " + base64.b64encode(b"\x00:\x00").decode(),
    ]
    for credential in wrong:
        response = system.send("GET", address, headers={"authorization": credential})
        assert response.status_code == 401
        assert response["WWW-Authenticate"]


def test_the_session_of_a_person_is_no_key(system: System, employee: Any) -> None:
    system.http.force_login(employee.user)
    response = system.send("GET", "agents", headers={"authorization": ""}, agent=AGENT)
    problem_of(response, 401, "invalid_key")


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_a_key_made_by_command_works_until_it_is_revoked(db: None) -> None:
    key, _colon, secret = run("create_lrs_client", "--name=Simulator", "--scope=all").partition(":")
    system = System(key, secret, "1.0.3")
    assert system.said() == []
    assert secret not in str(LrsClient.objects.values())
    run("revoke_lrs_client", f"--key={key}")
    problem_of(system.get("statements"), 401, "invalid_key")
    with pytest.raises(CommandError):
        run("revoke_lrs_client", f"--key={key}")


def test_everything_that_was_said_of_an_activity_is_known(system: System) -> None:
    iri = "http://example.com/known"
    first = {"name": {"en-US": "example meeting"}, "type": "http://example.com/meeting"}
    second = {"name": {"fr-FR": "réunion"}, "interactionType": "choice", "choices": CHOICES}
    system.say([said(object={"id": iri, "definition": part}) for part in (first, second)])
    third = {"id": iri, "definition": {"description": {"ja": "会議"}}}
    system.say(said(context={"contextActivities": {"parent": third}}))
    assert system.get("activities", activityId=iri).json() == {
        "objectType": "Activity",
        "id": iri,
        "definition": first
        | second
        | {"name": first["name"] | second["name"], "description": {"ja": "会議"}},
    }


def test_an_activity_that_nobody_knows_is_an_activity(system: System) -> None:
    iri = "http://example.com/never-before-seen"
    response = system.get("activities", activityId=iri)
    assert response.json() == {"objectType": "Activity", "id": iri}
    assert system.get("activities").status_code == 400
    assert system.get("activities", activityId="x").status_code == 400


def test_a_person_has_every_name_that_was_given(system: System) -> None:
    system.say(said(actor=ACCOUNT | {"name": "花子"}))
    group = GROUP | {"member": [ACCOUNT | {"name": "Hanako"}, OTHER]}
    system.say(said(context={"team": group}))
    response = system.get("agents", agent=ACCOUNT)
    assert response.json() == {
        "objectType": "Person",
        "name": ["Hanako", "花子"],
        "account": [ACCOUNT["account"]],
    }
    assert LrsReading.objects.filter(address=BASE + "agents").exists()


def test_a_person_that_nobody_knows_is_who_was_asked_for(system: System) -> None:
    response = system.get("agents", agent=AGENT | {"name": "Rick"})
    assert response.json() == {"objectType": "Person", "name": ["Rick"], "mbox": [AGENT["mbox"]]}
    for agent in ("not JSON", {}, GROUP):
        assert system.get("agents", agent=agent).status_code == 400
    assert system.get("agents").status_code == 400


def test_people_are_shown_to_those_that_may_read_others(
    system_with: Callable[..., System],
) -> None:
    system = system_with("statements/write", "statements/read/mine", "profile")
    problem_of(system.get("agents", agent=AGENT), 403, "insufficient_scope")


def form(system: System, method: str, fields: dict[str, str], **headers: str) -> Any:
    """A request in the alternate syntax (1.0.3 part 3, 1.3)."""
    return system.send(
        "POST",
        f"statements?method={method}",
        urlencode(fields).encode(),
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )


def content(statement: Any) -> str:
    return json.dumps(statement)


def test_a_form_stands_for_a_request(system1: System) -> None:
    fields = {"statementId": NOBODYS, "content": content(said())}
    assert form(system1, "PUT", fields).status_code == 204
    response = form(system1, "GET", {"limit": "1"})
    assert [item["id"] for item in response.json()["statements"]] == [NOBODYS]
    document = {
        "activityId": ACTIVITY["id"],
        "profileId": "p",
        "content": "テキスト",
        "Content-Type": "text/plain",
        "If-None-Match": "*",
    }
    for status in (204, 412):
        response = system1.send(
            "POST",
            "activities/profile?method=PUT",
            urlencode(document).encode(),
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == status


def test_a_form_may_hold_the_headers(system1: System) -> None:
    fields = {
        "statementId": NOBODYS,
        "content": content(said()),
        "X-Experience-API-Version": "1.0.3",
        "Authorization": system1.basic,
    }
    bare = {"authorization": "", "x-experience-api-version": ""}
    assert form(system1, "PUT", fields, **bare).status_code == 204
    assert form(system1, "PUT", fields | {"Authorization": ""}, **bare).status_code == 401
    wrong = fields | {"X-Experience-API-Version": "0.8"}
    assert form(system1, "PUT", wrong).status_code == 400


def test_a_form_that_stands_for_nothing_is_refused(system1: System) -> None:
    fields = {"statementId": NOBODYS, "content": content(said())}
    assert form(system1, f"PUT&statementId={NOBODYS}", fields).status_code == 400
    assert form(system1, "PUT", {"statementId": NOBODYS}).status_code == 400
    assert form(system1, "PATCH", fields).status_code == 400
    assert form(system1, "PUT", fields | {"extra": "x"}).status_code == 400
    unencoded = system1.send(
        "POST",
        "statements?method=PUT",
        fields,
        content_type="application/x-www-form-urlencoded",
    )
    assert unencoded.status_code == 400
    assert system1.send("PUT", "statements?method=POST", fields).status_code == 400
    assert system1.said() == []


def test_the_newer_version_knows_no_forms(system2: System) -> None:
    fields = {"statementId": NOBODYS, "content": content(said())}
    for method in ("PUT", "GET"):
        assert form(system2, method, fields).status_code == 400
