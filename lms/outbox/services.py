"""Putting statements on their way to another record store, and keeping count of the tries.

A row is claimed before it is sent and forgotten after the other side has it. Whoever dies in
between leaves a row that is due again when its claim has run out: the other side takes a statement
that it has already for what it is.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from lms.conf import conf
from lms.outbox.models import OutboxStatement

# How long a claim lasts: longer than a request may take.
CLAIM = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)


def queue_statements(*, statements: Iterable[dict[str, Any]]) -> None:
    """Put statements as they are stored on their way, if there is anywhere to send them."""
    if not conf.FORWARD_URL:
        return
    now = timezone.now()
    OutboxStatement.objects.bulk_create(
        [
            OutboxStatement(statement_id=item["id"], statement=item, next_at=now)
            for item in statements
        ],
        # The other side has one statement under one id too: the first.
        ignore_conflicts=True,
    )


@transaction.atomic
def claim_statements(*, limit: int) -> list[OutboxStatement]:
    """The next rows that are due, and nobody else's until they are settled or the claim ends."""
    now = timezone.now()
    due = OutboxStatement.objects.select_for_update(skip_locked=True).filter(next_at__lte=now)
    rows = list(due.order_by("id")[:limit])
    for row in rows:
        row.attempts += 1
        row.next_at = now + CLAIM
    OutboxStatement.objects.bulk_update(rows, ["attempts", "next_at"])
    return rows


def forget_statements(*, rows: Sequence[OutboxStatement]) -> None:
    """The other side has them."""
    OutboxStatement.objects.filter(pk__in=[row.pk for row in rows]).delete()


def postpone_statements(*, rows: Sequence[OutboxStatement], error: str) -> None:
    """The other side cannot take them now: again later, twice as late each time."""
    now = timezone.now()
    for row in rows:
        row.error = error
        row.next_at = now + pause_after(row.attempts)
    OutboxStatement.objects.bulk_update(rows, ["error", "next_at"])


def refuse_statement(*, row: OutboxStatement, error: str) -> None:
    """The other side will never take it; it stays for somebody to look at."""
    OutboxStatement.objects.filter(pk=row.pk).update(error=error, next_at=None)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries."""
    doublings = min(max(attempts - 1, 0), 20)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
