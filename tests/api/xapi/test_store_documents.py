import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from lms.lrs.models import LrsDocument, LrsReading
from tests.api.problems import problem_of
from tests.api.xapi.conftest import System
from tests.lms.lrs.said import ACCOUNT, ACTIVITY, AGENT, GROUP, OTHER

STATE = "activities/state"
ACTIVITY_PROFILE = "activities/profile"
AGENT_PROFILE = "agents/profile"
REGISTRATION = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"
# Address -> a document's place on it.
PLACES: dict[str, dict[str, Any]] = {
    STATE: {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "s"},
    ACTIVITY_PROFILE: {"activityId": ACTIVITY["id"], "profileId": "p"},
    AGENT_PROFILE: {"agent": AGENT, "profileId": "p"},
}
every_address = pytest.mark.parametrize("address", PLACES)


def name_of(address: str) -> str:
    return "stateId" if address == STATE else "profileId"


def shelf(address: str) -> dict[str, Any]:
    return {name: PLACES[address][name] for name in PLACES[address] if name != name_of(address)}


def etag(response: Any) -> str:
    return str(response["ETag"])


@every_address
def test_a_document_is_kept_as_it_is(system: System, address: str) -> None:
    place = PLACES[address]
    sent = system.send("PUT", address, b"\x00\xff", content_type="image/png; q=1", **place)
    assert (sent.status_code, sent.content) == (204, b"")
    response = system.get(address, **place)
    assert (response.status_code, response.content) == (200, b"\x00\xff")
    assert response["Content-Type"] == "image/png; q=1"
    assert response["ETag"] == f'"{hashlib.sha1(response.content).hexdigest()}"'
    at = parsedate_to_datetime(response["Last-Modified"])
    assert datetime.now(UTC) - at < timedelta(minutes=1)
    assert response["X-Experience-API-Version"] == system.version
    assert response["X-Content-Type-Options"] == "nosniff"


@every_address
@pytest.mark.parametrize("body", [b"1", b"true", b"", "名".encode()])
def test_any_document_is_taken(system: System, address: str, body: bytes) -> None:
    form = "application/x-www-form-urlencoded"
    sent = system.send("POST", address, body, content_type=form, **PLACES[address])
    assert sent.status_code == 204
    assert system.get(address, **PLACES[address]).content == body


@every_address
def test_a_document_that_is_not_there_is_not_found(system: System, address: str) -> None:
    problem_of(system.get(address, **PLACES[address]), 404, "not_found")
    assert system.send("DELETE", address, **PLACES[address]).status_code == 204


@every_address
def test_a_document_is_forgotten(system: System, address: str) -> None:
    system.send("POST", address, {}, **PLACES[address])
    assert system.send("DELETE", address, **PLACES[address]).status_code == 204
    problem_of(system.get(address, **PLACES[address]), 404, "not_found")
    assert not LrsDocument.objects.exists()


@every_address
def test_objects_are_merged_one_level_deep(system: System, address: str) -> None:
    system.send("POST", address, {"car": {"make": "Ford", "year": 1}, "type": 1}, **PLACES[address])
    added = system.send("POST", address, {"car": {"make": "Dodge"}, "x": None}, **PLACES[address])
    assert added.status_code == 204
    response = system.get(address, **PLACES[address])
    assert response.json() == {"car": {"make": "Dodge"}, "type": 1, "x": None}
    assert response["Content-Type"] == "application/json"


@every_address
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((b"{}", "application/json"), (b"abc", "text/plain")),
        ((b"abc", "text/plain"), (b"{}", "application/json")),
        ((b"{}", "application/json"), (b"[]", "application/json")),
        ((b"[]", "application/json"), (b"{}", "application/json")),
        ((b"{}", "application/json"), (b"{", "application/json")),
    ],
)
def test_only_objects_are_merged(
    system: System, address: str, first: tuple[bytes, str], second: tuple[bytes, str]
) -> None:
    place = PLACES[address]
    assert system.send("PUT", address, first[0], content_type=first[1], **place).status_code == 204
    refused = system.send("POST", address, second[0], content_type=second[1], **place)
    problem_of(refused, 400, "invalid_document")
    assert system.get(address, **place).content == first[0]


@every_address
def test_what_says_it_is_json_is_json(system: System, address: str) -> None:
    problem_of(system.send("PUT", address, b"{", **PLACES[address]), 400, "invalid_document")
    for body in (b"{", b"[]", b"1"):
        refused = system.send("POST", address, body, **PLACES[address])
        problem_of(refused, 400, "invalid_document")


@every_address
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_document_that_has_changed_is_left_alone(
    system: System, address: str, method: str
) -> None:
    place = PLACES[address]
    system.send("POST", address, {"name": "first"}, **place)
    tag = etag(system.get(address, **place))
    for wrong in ('"1234"', '"' + "1" * 40 + '"'):
        refused = system.send(method, address, {}, headers={"if-match": wrong}, **place)
        problem_of(refused, 412, "document_changed")
    assert system.get(address, **place).json() == {"name": "first"}
    changed = system.send(method, address, {"name": "second"}, headers={"if-match": tag}, **place)
    assert changed.status_code == 204
    if method == "DELETE":
        assert system.get(address, **place).status_code == 404
    else:
        assert system.get(address, **place).json() == {"name": "second"}
        again = system.send(method, address, {}, headers={"if-match": tag}, **place)
        problem_of(again, 412, "document_changed")


@every_address
def test_one_of_several_tags_is_enough(system: System, address: str) -> None:
    place = PLACES[address]
    system.send("POST", address, {}, **place)
    tags = f'"x", {etag(system.get(address, **place))}'
    for tag in (tags, "*"):
        sent = system.send("PUT", address, {}, headers={"if-match": tag}, **place)
        assert sent.status_code == 204


@every_address
def test_a_document_is_expected_to_be_new(system: System, address: str) -> None:
    place, new = PLACES[address], {"if-none-match": "*"}
    assert system.send("PUT", address, {"n": 1}, headers=new, **place).status_code == 204
    problem_of(system.send("PUT", address, {}, headers=new, **place), 412, "document_changed")
    assert system.get(address, **place).json() == {"n": 1}


@every_address
def test_nothing_is_expected_where_there_is_nothing(system: System, address: str) -> None:
    sent = system.send("PUT", address, {}, headers={"if-match": '"x"'}, **PLACES[address])
    problem_of(sent, 412, "document_changed")


@every_address
def test_nobody_replaces_a_document_unseen(system: System, address: str) -> None:
    """But for states in 1.0.3, of which it says that they seldom clash (part 3, 3.1)."""
    place = PLACES[address]
    system.send("POST", address, {"n": 1}, **place)
    sent = system.send("PUT", address, {"n": 2}, **place)
    if address == STATE and system.version == "1.0.3":
        assert sent.status_code == 204
        assert system.get(address, **place).json() == {"n": 2}
    else:
        assert problem_of(sent, 409, "document_conflict")["detail"]
        assert system.get(address, **place).json() == {"n": 1}


@every_address
def test_the_names_are_listed(system: System, address: str) -> None:
    assert system.get(address, **shelf(address)).json() == []
    for name in ("a", "b"):
        system.send("POST", address, {}, **shelf(address), **{name_of(address): name})
    later = datetime.now(UTC).isoformat()
    system.send("POST", address, {}, **shelf(address), **{name_of(address): "c"})
    response = system.get(address, **shelf(address))
    assert response.json() == ["a", "b", "c"]
    assert parsedate_to_datetime(response["Last-Modified"])
    assert system.get(address, **shelf(address), since=later).json() == ["c"]
    assert system.get(address, **shelf(address), since="not a timestamp").status_code == 400


@every_address
def test_documents_of_others_are_others(system: System, address: str) -> None:
    system.send("POST", address, {}, **PLACES[address])
    others = {"agent": OTHER, "activityId": "http://example.com/other"}
    for name, value in others.items():
        if name in PLACES[address]:
            place = PLACES[address] | {name: value}
            assert system.get(address, **place).status_code == 404


@every_address
@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
def test_a_place_is_named_in_full(system: System, address: str, method: str) -> None:
    for name in PLACES[address]:
        place = {key: value for key, value in PLACES[address].items() if key != name}
        is_list = name == name_of(address) and (
            method == "GET" or (method == "DELETE" and address == STATE)
        )
        expected = {"GET": 200, "DELETE": 204}[method] if is_list else 400
        assert system.send(method, address, {}, **place).status_code == expected


@every_address
@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("agent", "not JSON"),
        ("agent", True),
        ("agent", {"name": "x"}),
        ("agent", GROUP),
        ("activityId", "x"),
        ("registration", "x"),
        ("foo", "bar"),
    ],
)
def test_a_place_that_makes_no_sense_is_refused(
    system: System, address: str, method: str, name: str, value: Any
) -> None:
    place = PLACES[address] | {name: value}
    assert system.send(method, address, {}, **place).status_code == 400


def test_a_state_may_belong_to_a_registration(system: System) -> None:
    place = PLACES[STATE]
    registered = place | {"registration": REGISTRATION}
    system.send("POST", STATE, {"n": 1}, **place)
    system.send("POST", STATE, {"n": 2}, **registered)
    assert system.get(STATE, **place).json() == {"n": 1}
    assert system.get(STATE, **registered).json() == {"n": 2}
    assert system.get(STATE, **shelf(STATE)).json() == ["s"]
    system.send("DELETE", STATE, **shelf(STATE), registration=REGISTRATION)
    assert system.get(STATE, **registered).status_code == 404
    assert system.get(STATE, **place).status_code == 200


def test_all_states_are_forgotten_at_once(system: System) -> None:
    for name in ("a", "b"):
        system.send("POST", STATE, {}, **shelf(STATE), stateId=name)
    elsewhere = PLACES[STATE] | {"agent": ACCOUNT}
    system.send("POST", STATE, {}, **elsewhere)
    assert system.send("DELETE", STATE, **shelf(STATE)).status_code == 204
    assert system.get(STATE, **shelf(STATE)).json() == []
    assert system.get(STATE, **elsewhere).status_code == 200


@every_address
def test_documents_need_their_scope(system_with: Callable[..., System], address: str) -> None:
    scope = "state" if address == STATE else "profile"
    own, reader = system_with(scope), system_with("all/read")
    stranger = system_with("statements/write", "statements/read")
    assert own.send("POST", address, {"n": 1}, **PLACES[address]).status_code == 204
    assert json.loads(reader.get(address, **PLACES[address]).content) == {"n": 1}
    for method, system in (
        ("GET", stranger),
        ("POST", stranger),
        ("PUT", reader),
        ("DELETE", reader),
    ):
        refused = system.send(method, address, {}, **PLACES[address])
        problem_of(refused, 403, "insufficient_scope")
    assert LrsReading.objects.get().client == reader.row
