"""Sending statements on to another record store (xAPI 1.0.3 part 3, 2.1.2)."""

import base64
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from itertools import groupby
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lms.conf import conf
from lms.lrs.multipart import multipart_of
from lms.lrs.selectors import attachments_named
from lms.lrs.values import Version
from lms.outbox.models import OutboxStatement
from lms.outbox.services import (
    claim_statements,
    forget_statements,
    postpone_statements,
    refuse_statement,
)

logger = logging.getLogger(__name__)

BATCH = 50
ANSWER_SECONDS = 60
# The statement itself is at fault, or is too large, or another one is there under its id.
REFUSALS = {400, 409, 413}
# What the other store says for itself.
OF_THE_STORE = {"stored", "authority"}


@dataclass(frozen=True)
class Outcome:
    sent: int = 0
    refused: int = 0
    postponed: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.sent + other.sent,
            self.refused + other.refused,
            self.postponed + other.postponed,
        )


class _NoRedirects(HTTPRedirectHandler):
    """The key goes nowhere but where it was meant to go."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def forward_statements(*, limit: int = BATCH) -> Outcome:
    """Send what is due, batch by batch, until nothing is or the other side does not answer."""
    total = Outcome()
    while rows := claim_statements(limit=limit):
        for version, group in groupby(rows, key=_version_of):
            total += _forward(list(group), version)
        if total.postponed:
            break
    return total


def _version_of(row: OutboxStatement) -> Version:
    return Version.V2 if row.statement["version"].startswith("2.") else Version.V1


def _forward(rows: Sequence[OutboxStatement], version: Version) -> Outcome:
    """Send them together; where they are refused, one by one, so that one does not hold up all."""
    try:
        _send([row.statement for row in rows], version)
    except HTTPError as error:
        said = f"{error.code} {error.read(1000).decode(errors='replace')}"
        if error.code not in REFUSALS:
            return _later(rows, said)
        if len(rows) > 1:
            return sum((_forward([row], version) for row in rows), Outcome())
        refuse_statement(row=rows[0], error=said)
        logger.warning("Statement %s was refused: %s", rows[0].statement_id, said)
        return Outcome(refused=1)
    except (OSError, HTTPException) as error:
        return _later(rows, str(error))
    forget_statements(rows=rows)
    return Outcome(sent=len(rows))


def _later(rows: Sequence[OutboxStatement], error: str) -> Outcome:
    postpone_statements(rows=rows, error=error)
    return Outcome(postponed=len(rows))


def _send(statements: Sequence[dict[str, Any]], version: Version) -> None:
    """Raises:
    HTTPError: the other side says no.
    OSError, HTTPException: it does not answer, or nonsense.
    """
    said = [
        {name: value for name, value in item.items() if name not in OF_THE_STORE}
        for item in statements
    ]
    body, content_type = _body_of(said)
    key = f"{conf.FORWARD_KEY}:{conf.FORWARD_SECRET}".encode()
    request = Request(  # noqa: S310 – the check lms.E002 lets http and https through only
        conf.FORWARD_URL.rstrip("/") + "/statements",
        data=body,
        headers={
            "Authorization": "Basic " + base64.b64encode(key).decode(),
            "Content-Type": content_type,
            "X-Experience-API-Version": str(version),
        },
    )
    with _open(request, timeout=ANSWER_SECONDS) as response:
        response.read()


_open: Callable[..., Any] = build_opener(_NoRedirects).open


def _body_of(statements: Sequence[dict[str, Any]]) -> tuple[bytes, str]:
    """JSON; with the files of the statements, parts."""
    body = json.dumps(statements, ensure_ascii=False).encode()
    files = attachments_named(statements)
    if not files:
        return body, "application/json"
    return multipart_of(body, files)
