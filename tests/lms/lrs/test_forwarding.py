"""Statements reach another store over HTTP; the stand-in is our own."""

import hashlib
import socket
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from lms.flows import record_statements
from lms.lrs.access import create_lrs_client
from lms.lrs.forwarding import Outcome, forward_statements
from lms.lrs.models import LrsAttachment, LrsStatement
from lms.lrs.services import store_lrs_statements
from lms.lrs.values import Version
from lms.outbox.models import OutboxStatement
from lms.outbox.services import (
    CLAIM,
    LONGEST_PAUSE,
    claim_statements,
    pause_after,
    queue_statements,
)
from lms.records.models import Statement
from tests.factories import answer_statement, make_course, make_employee, make_enrolment
from tests.lms.lrs.said import CONTEXT_AGENT, FILE, said


def stored(**parts: Any) -> dict[str, Any]:
    """A statement as some other office keeps it."""
    moment = "2026-04-01T00:00:00Z"
    server = {"stored": moment, "timestamp": moment, "authority": {"mbox": "mailto:x@example.com"}}
    return said(id=str(uuid4()), version="1.0.0") | server | parts


def closed_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@pytest.fixture
def other(transactional_db: None, live_server: Any, settings: Any) -> str:
    """The address of a store that is up; statements go there."""
    client, secret = create_lrs_client(name="Head office", scopes=["statements/write"])
    settings.LMS_FORWARD_URL = f"{live_server.url}/api/v1/xapi/"
    settings.LMS_FORWARD_KEY = client.key
    settings.LMS_FORWARD_SECRET = secret
    return str(settings.LMS_FORWARD_URL)


def arrived() -> list[str]:
    return [str(row.id) for row in LrsStatement.objects.order_by("stored", "id")]


def later(pause: timedelta) -> Any:
    return time_machine.travel(timezone.now() + pause, tick=True)


def test_what_is_due_arrives_once_and_leaves_the_outbox(other: str) -> None:
    statements = [stored(), stored(), stored()]
    queue_statements(statements=statements)
    assert forward_statements(limit=2) == Outcome(sent=3)
    assert sorted(arrived()) == sorted(item["id"] for item in statements)
    assert not OutboxStatement.objects.exists()
    assert forward_statements() == Outcome()


def test_both_versions_go_out_as_what_they_are(other: str) -> None:
    newer = stored(version="2.0.0", context={"contextAgents": [CONTEXT_AGENT]})
    queue_statements(statements=[stored(), newer, stored()])
    assert forward_statements() == Outcome(sent=3)
    versions = LrsStatement.objects.values_list("statement__version", flat=True)
    assert sorted(versions) == ["1.0.0", "1.0.0", "2.0.0"]


def test_files_go_with_their_statement(other: str) -> None:
    content = b"here is a file\r\n"
    sha2 = hashlib.sha256(content).hexdigest()
    attachment = {name: value for name, value in FILE.items() if name != "fileUrl"}
    LrsAttachment.objects.create(sha2=sha2, content_type="text/plain", content=content)
    queue_statements(statements=[stored(attachments=[attachment | {"sha2": sha2}])])
    assert forward_statements() == Outcome(sent=1)
    assert len(arrived()) == 1


def test_while_the_other_side_is_down_statements_wait(other: str, settings: Any) -> None:
    settings.LMS_FORWARD_URL = f"http://127.0.0.1:{closed_port()}/xapi"
    queue_statements(statements=[stored(), stored()])
    assert forward_statements() == Outcome(postponed=2)
    assert forward_statements() == Outcome()
    row = OutboxStatement.objects.all()[0]
    assert row.attempts == 1
    assert row.error
    with later(pause_after(1)):
        assert forward_statements() == Outcome(postponed=2)
    settings.LMS_FORWARD_URL = other
    with later(pause_after(1) + pause_after(2)):
        assert forward_statements() == Outcome(sent=2)
    assert len(arrived()) == 2


def test_a_key_that_does_not_open_is_tried_again(other: str, settings: Any) -> None:
    secret, settings.LMS_FORWARD_SECRET = settings.LMS_FORWARD_SECRET, "wrong"
    queue_statements(statements=[stored()])
    assert forward_statements() == Outcome(postponed=1)
    assert OutboxStatement.objects.get().error.startswith("401")
    settings.LMS_FORWARD_SECRET = secret
    with later(pause_after(1)):
        assert forward_statements() == Outcome(sent=1)


def test_one_that_is_refused_does_not_hold_up_the_others(other: str) -> None:
    good = [stored(), stored()]
    taken = stored()
    queue_statements(statements=[good[0], stored(verb={"id": "no IRI"}), taken, good[1]])
    client, _secret = create_lrs_client(name="Third", scopes=["all"])
    clash = said(id=taken["id"], verb={"id": "http://example.com/clash"})
    store_and_leave_out(client, clash)
    assert forward_statements() == Outcome(sent=2, refused=2)
    assert {item["id"] for item in good} <= set(arrived())
    assert [row.error[:3] for row in OutboxStatement.objects.all()] == ["400", "409"]
    with later(LONGEST_PAUSE):
        assert forward_statements() == Outcome()


def store_and_leave_out(client: Any, statement: dict[str, Any]) -> None:
    """What the other store has from somebody else."""
    before = set(OutboxStatement.objects.values_list("pk", flat=True))
    store_lrs_statements(client=client, statements=statement, version=Version.V1)
    OutboxStatement.objects.exclude(pk__in=before).delete()


def test_whoever_dies_after_sending_doubles_nothing(
    other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_statements(statements=[stored()])

    def die(**_rows: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("lms.lrs.forwarding.forget_statements", die)
        with pytest.raises(KeyboardInterrupt):
            forward_statements()
    assert len(arrived()) == 1
    assert forward_statements() == Outcome()
    with later(CLAIM):
        assert forward_statements() == Outcome(sent=1)
    assert len(arrived()) == 1
    assert not OutboxStatement.objects.exists()


def test_a_claimed_row_is_nobody_elses(db: None, settings: Any) -> None:
    settings.LMS_FORWARD_URL = "https://lrs.example/xapi"
    queue_statements(statements=[stored(), stored()])
    assert len(claim_statements(limit=1)) == 1
    assert len(claim_statements(limit=5)) == 1
    assert claim_statements(limit=5) == []


def test_what_is_stored_is_queued_in_the_same_transaction(db: None, settings: Any) -> None:
    settings.LMS_FORWARD_URL = "https://lrs.example/xapi"
    employee, course = make_employee(), make_course()
    make_enrolment(employee, course)
    statement = answer_statement(course.activities.get(key="L1-1"))
    client, _secret = create_lrs_client(name="Other", scopes=["all"])

    class Crash(Exception):
        pass

    def both() -> None:
        for _ in range(2):
            record_statements(employee=employee, statements=statement)
        store_lrs_statements(client=client, statements=said(), version=Version.V1)

    def crash() -> None:
        both()
        raise Crash

    with pytest.raises(Crash):
        transaction.atomic(crash)()
    assert not OutboxStatement.objects.exists()
    both()
    queued = [row.statement for row in OutboxStatement.objects.all()]
    assert queued == [Statement.objects.get().statement, LrsStatement.objects.get().statement]


def test_nothing_is_queued_where_there_is_nowhere_to_send_it(db: None) -> None:
    client, _secret = create_lrs_client(name="Other", scopes=["all"])
    store_lrs_statements(client=client, statements=said(), version=Version.V1)
    assert not OutboxStatement.objects.exists()
    with pytest.raises(CommandError):
        call_command("forward_statements")


def test_the_command_says_what_it_did(other: str) -> None:
    queue_statements(statements=[stored()])
    out = StringIO()
    call_command("forward_statements", stdout=out)
    assert "1" in out.getvalue()
    assert len(arrived()) == 1


def test_pauses_grow_to_a_limit() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 50)]
    assert pauses[0] < pauses[1] < pauses[2]
    assert pauses[-1] == LONGEST_PAUSE


@pytest.mark.parametrize(
    ("url", "faults"), [("", 0), ("https://x.example", 0), ("file:///etc", 1), ("x", 1)]
)
def test_statements_go_out_by_http_only(settings: Any, url: str, faults: int) -> None:
    settings.LMS_FORWARD_URL = url
    assert len([fault for fault in run_checks() if fault.id == "lms.E003"]) == faults
