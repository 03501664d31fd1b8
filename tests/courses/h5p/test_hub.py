"""The Hub's client against a server that speaks the Hub's protocol."""

import socket
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

from courses.h5p import hub as hub_module
from courses.h5p.hub import (
    FAULTS,
    Hub,
    HubFault,
    content_types,
    download,
    is_safe_address,
    register,
)
from courses.h5p.hub_services import fetch_from_hub, hub_content_types
from courses.h5p.library_services import bundle_in
from courses.h5p.limits import Limits
from courses.h5p.pending import open_pending
from tests.courses.h5p.hub_server import FIRST_SITE, StandIn, offered, stand_in_hub
from tests.courses.h5p.packages import package


@pytest.fixture
def hub() -> Iterator[StandIn]:
    with stand_in_hub() as server:
        yield server


def fault(call: Callable[[], Any]) -> HubFault:
    with pytest.raises(HubFault) as caught:
        call()
    return caught.value


def downloaded(hub: Hub, name: str, **limits: int) -> bytes:
    file = BytesIO()
    download(hub, name, into=file, limits=Limits(**limits))
    return file.getvalue()


def test_a_site_registers_with_what_the_hub_asks_for(hub: StandIn) -> None:
    assert register(Hub(hub.url, local_id=7)) == FIRST_SITE
    (method, path, fields) = hub.asked[0]
    assert (method, path) == ("POST", "/v1/sites")
    assert fields["local_id"] == ["7"]
    assert fields["core_api_version"] == ["1.28"]
    assert fields["uuid"] == [""]
    assert fields["type"] == ["local"]


def test_the_list_is_read_by_title_and_nonsense_is_left_out(hub: StandIn) -> None:
    hub.types = [
        offered("H5P.Quiz", (1, 3, 2), title="quiz", license={"id": "GPL3"}),
        offered("H5P.Audio", (1, 5, 0), title="Audio", isRecommended=False, license=None),
        offered("../x", (1, 0, 0)),
        offered("H5P.Odd", (1, 0, 0), version={"major": "one"}),
        "nonsense",
    ]
    audio, quiz = content_types(Hub(hub.url, site="mine"))
    assert (audio.machine_name, audio.license, audio.is_recommended) == ("H5P.Audio", "", False)
    assert (quiz.version, quiz.core, quiz.license) == ((1, 3, 2), (1, 24), "GPL3")
    assert hub.asked[0][2]["uuid"] == ["mine"]


def test_a_type_for_a_newer_core_is_told_apart(hub: StandIn) -> None:
    hub.types = [offered("H5P.New", (1, 0, 0), coreApiVersionNeeded={"major": 1, "minor": 99})]
    (new,) = content_types(Hub(hub.url))
    assert not new.is_playable


def test_a_package_is_downloaded_as_it_is(hub: StandIn) -> None:
    hub.packages = {"H5P.Quiz": package().getvalue()}
    assert downloaded(Hub(hub.url), "H5P.Quiz") == package().getvalue()


@pytest.mark.parametrize("name", ["H5P.Gone", "../../sites", "", "H5P.Quiz?x=1"])
def test_an_unknown_type_is_said(hub: StandIn, name: str) -> None:
    assert fault(lambda: downloaded(Hub(hub.url), name)).reason == "hub_unknown_type"


def test_more_than_a_package_may_weigh_is_refused_while_it_comes(hub: StandIn) -> None:
    hub.packages = {"H5P.Quiz": b"x" * 300_000}
    error = fault(lambda: downloaded(Hub(hub.url), "H5P.Quiz", package_bytes=100_000))
    assert (error.reason, error.params) == ("hub_too_large", {"limit": 100_000})


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, None, "hub_answer"),
        (403, None, "hub_answer"),
        (200, b"<html>", "hub_nonsense"),
        (200, b"{}", "hub_nonsense"),
        (200, b'{"contentTypes": 7}', "hub_nonsense"),
        (200, b"[]", "hub_nonsense"),
        (200, b"\xff", "hub_nonsense"),
    ],
)
def test_an_answer_that_is_no_list_is_said(
    hub: StandIn, status: int, body: bytes | None, reason: str
) -> None:
    hub.status, hub.body = status, body
    assert fault(lambda: content_types(Hub(hub.url))).reason == reason


@pytest.mark.parametrize("body", [b"{}", b'{"uuid": 7}', b'{"uuid": ""}'])
def test_a_registration_without_an_id_is_said(hub: StandIn, body: bytes) -> None:
    hub.body = body
    assert fault(lambda: register(Hub(hub.url))).reason == "hub_nonsense"


def test_no_connection_is_said_plainly() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    error = fault(lambda: content_types(Hub(f"http://127.0.0.1:{port}/v1")))
    assert error.reason == "hub_unreachable"
    assert "internet" in error.message


def test_a_hub_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = hub_module._pieces

    def hasty(*args: Any, **options: Any) -> Iterator[bytes]:
        return genuine(*args, **options | {"timeout": 0.2})

    monkeypatch.setattr(hub_module, "_pieces", hasty)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        assert fault(lambda: content_types(Hub(url))).reason == "hub_slow"


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://api.h5p.org/v1", True),
        ("http://127.0.0.1:8000/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]/v1", True),
        ("http://api.h5p.org/v1", False),
        ("http://127.0.0.1.example.com/v1", False),
        ("https://user:secret@api.h5p.org/v1", False),
        ("ftp://api.h5p.org/v1", False),
        ("file:///etc/passwd", False),
    ],
)
def test_program_comes_over_tls_only(url: str, is_safe: bool) -> None:
    assert is_safe_address(url) is is_safe
    if not is_safe:
        assert fault(lambda: content_types(Hub(url))).reason == "hub_not_tls"


def test_a_redirect_away_from_tls_is_not_followed(hub: StandIn) -> None:
    hub.redirect = "http://192.0.2.1/x.h5p"
    assert fault(lambda: downloaded(Hub(hub.url), "H5P.Quiz")).reason == "hub_not_tls"


# --- the site as a client -----------------------------------------------------------------------


def test_without_an_address_the_hub_is_off(settings: Any) -> None:
    settings.LMS_COURSES_H5P_HUB_URL = ""
    assert fault(hub_content_types).reason == "hub_off"


def test_the_site_registers_once_and_keeps_its_id(hub: StandIn, settings: Any) -> None:
    settings.LMS_COURSES_H5P_HUB_URL = hub.url
    hub.types = [offered("H5P.Quiz", (1, 2, 3))]
    assert [kind.machine_name for kind in hub_content_types()] == ["H5P.Quiz"]
    hub_content_types()
    assert [path for _method, path, _fields in hub.asked] == [
        "/v1/sites",
        "/v1/content-types/",
        "/v1/content-types/",
    ]
    assert hub.asked[-1][2]["uuid"] == [FIRST_SITE]


def test_another_hub_means_another_registration(hub: StandIn, settings: Any) -> None:
    settings.LMS_COURSES_H5P_HUB_URL = hub.url
    hub_content_types()
    with stand_in_hub() as other:
        settings.LMS_COURSES_H5P_HUB_URL = other.url
        hub_content_types()
        assert next(path for _method, path, _fields in other.asked) == "/v1/sites"


@pytest.mark.django_db
def test_a_fetched_package_waits_for_its_owner(hub: StandIn, settings: Any) -> None:
    settings.LMS_COURSES_H5P_HUB_URL = hub.url
    hub.packages = {"H5P.Quiz": package().getvalue()}
    ticket = fetch_from_hub(machine_name="H5P.Quiz", owner=1)
    file = open_pending(ticket=ticket, owner=1)
    assert file is not None
    with file, bundle_in(file) as bundle:
        assert [found.folder for found in bundle.findings] == ["H5P.Quiz-1.2"]


def test_every_fault_can_be_said() -> None:
    for reason in FAULTS:
        assert HubFault(reason, limit=1, status=500, name="x").message
