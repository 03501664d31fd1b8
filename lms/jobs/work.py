"""What a job does its work with: steps that count once, and a sign of life."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone

from lms.conf import conf
from lms.exceptions import RunTakenOver
from lms.jobs.models import JobRun

logger = logging.getLogger(__name__)


def new_lease(now: datetime | None = None) -> datetime:
    return (now or timezone.now()) + timedelta(seconds=conf.JOB_LEASE_SECONDS)


class Work:
    """One attempt at a run.

    A job of many steps begins at `position` and does each inside `step()`: what the step writes and
    that it is done are committed together. A job that is one transaction does it inside one
    `step()` and says with `tell()` how far it is; `tell()` moves nothing but the display.
    """

    def __init__(self, run: JobRun) -> None:
        self._run = run
        self._told: dict[str, Any] = {}
        # Shown with the run; committed with the step that set it.
        self.message: str = run.message

    @property
    def arguments(self) -> Mapping[str, Any]:
        return self._run.arguments  # type: ignore[no-any-return]

    @property
    def started_by(self) -> Any:
        """The account that asked for it; None = the timetable."""
        return self._run.started_by

    @property
    def position(self) -> int:
        """Steps that are committed, by this attempt or an earlier one."""
        return self._run.position

    def expect(self, total: int) -> None:
        """Say how many steps there are.

        Raises:
            RunTakenOver: another worker has the run.
        """
        self._run.total = total
        self._mark(total=total, done=min(self._run.position, total))

    @contextmanager
    def step(self) -> Iterator[None]:
        """One step, in a transaction of its own.

        Raises:
            RunTakenOver: another worker has the run; the step is taken back.
        """
        with transaction.atomic():
            yield
            # Last, so that the row is locked for a moment only and signs of life get through.
            position = self._run.position + 1
            self._told = {}
            self._mark(
                position=position, done=position, total=self._run.total, message=self.message
            )
        self._run.position = position

    def tell(self, *, done: int, total: int, message: str = "") -> None:
        """Show how far a step is, from outside its transaction, with the next sign of life."""
        self._told = {"done": done, "total": total, "message": message}

    def end(self, state: JobRun.State, *, message: str | None = None) -> None:
        """Give the run its last state.

        Raises:
            RunTakenOver: another worker has the run.
        """
        values: dict[str, Any] = {"state": state, "finished_at": timezone.now()}
        if message is not None:
            values["message"] = message
        self._mark(**values)

    def _mark(self, **values: Any) -> None:
        if not self._held().update(lease_until=new_lease(), **values):
            raise RunTakenOver(f"Another worker has run {self._run.uuid}.")

    def _held(self) -> Any:
        return JobRun.objects.filter(
            pk=self._run.pk, attempt=self._run.attempt, state=JobRun.State.RUNNING
        )

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Renew the lease every few seconds from a connection of its own."""
        if connection.in_atomic_block:
            # No other connection sees the run yet: it is carried out at once, by whoever asked.
            yield
            return
        ended = threading.Event()
        thread = threading.Thread(target=self._beat, args=(ended,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _beat(self, ended: threading.Event) -> None:
        pause = min(1.0, conf.JOB_LEASE_SECONDS / 4)
        try:
            while not ended.wait(pause):
                try:
                    self._held().update(lease_until=new_lease(), **self._told)
                except OperationalError:
                    # SQLite has one writer, which may well be the job itself.
                    logger.debug("no sign of life for run %s", self._run.uuid)
                except DatabaseError:
                    logger.exception("no sign of life for run %s", self._run.uuid)
        finally:
            connection.close()
