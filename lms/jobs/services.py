"""Asking for background work, doing it, and taking it up again after a worker was killed."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.conf import conf
from lms.exceptions import LmsError, RunTakenOver
from lms.jobs.models import JobRun
from lms.jobs.registry import jobs
from lms.jobs.work import Work, new_lease

logger = logging.getLogger(__name__)

# A run that loses so many workers takes them down itself.
MOST_LOSSES = 5
# How many leases a run may wait before it is handed to the workers again: its task may have been
# taken by a worker that was killed before it began.
LEASES_TO_WAIT = 10


def start_job(
    *,
    kind: str,
    arguments: Mapping[str, Any] | None = None,
    by: Any = None,
    key: str = "",
    link: str = "",
) -> JobRun:
    """Ask for a run. Inside a transaction the workers see it when that is committed.

    Args:
        arguments: JSON.
        by: the account that asked; None = the timetable.
        key: with a key there is one run only: asking again gives it, and begins it anew if it
            has failed.
        link: where its result is shown.
    """
    values = {
        "kind": kind,
        "arguments": dict(arguments or {}),
        "language": translation.get_language() or "",
        "lease_until": _until_called_again(),
        "started_by": by,
        "created_at": timezone.now(),
        "link": link,
    }
    if key:
        run, is_new = JobRun.objects.get_or_create(key=key, defaults=values)
    else:
        run, is_new = JobRun.objects.create(**values), True
    if is_new:
        _hand_to_workers(run)
    elif run.state == JobRun.State.FAILED:
        retry_run(run=run)
    run.refresh_from_db()
    return run


def retry_run(*, run: JobRun) -> bool:
    """Begin a failed run anew, from the step it failed in; whether it was one."""
    is_failed = JobRun.objects.filter(pk=run.pk, state=JobRun.State.FAILED).update(
        state=JobRun.State.WAITING,
        losses=0,
        message="",
        finished_at=None,
        lease_until=_until_called_again(),
    )
    if is_failed:
        _hand_to_workers(run)
    return bool(is_failed)


def resume_lost_runs() -> int:
    """Hand runs that nobody holds any more to the workers again; returns how many."""
    now = timezone.now()
    resumed = 0
    open_runs = JobRun.objects.filter(state__in=(JobRun.State.WAITING, JobRun.State.RUNNING))
    for run in open_runs.filter(lease_until__lt=now):
        lost = open_runs.filter(pk=run.pk, lease_until=run.lease_until)
        if run.losses >= MOST_LOSSES:
            message = _("The worker was lost %(number)d times in this job.")
            lost.update(
                state=JobRun.State.FAILED,
                message=message % {"number": run.losses},
                finished_at=now,
            )
        elif lost.update(
            state=JobRun.State.WAITING,
            losses=run.losses + (run.state == JobRun.State.RUNNING),
            lease_until=_until_called_again(),
        ):
            logger.warning("run %s of %s is taken up again", run.uuid, run.kind)
            _hand_to_workers(run)
            resumed += 1
    return resumed


def carry_out(*, uuid: UUID) -> None:
    """Do a run, if it is still to be done and nobody else is doing it."""
    run = _claimed(uuid)
    if run is None:
        return
    work = Work(run)
    with translation.override(run.language or None):
        try:
            with work.alive():
                jobs()[run.kind].run(work)
            work.end(JobRun.State.DONE)
        except RunTakenOver:
            logger.warning("run %s was taken over by another worker", run.uuid)
        except LmsError as fault:
            work.end(JobRun.State.FAILED, message=fault.message)
        except Exception as fault:
            message = _("The program has a fault (%(fault)s). The server's log says more.")
            work.end(JobRun.State.FAILED, message=message % {"fault": type(fault).__name__})
            raise


def _claimed(uuid: UUID) -> JobRun | None:
    now = timezone.now()
    claimable = Q(state=JobRun.State.WAITING) | Q(state=JobRun.State.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        is_mine = (
            JobRun.objects.filter(uuid=uuid)
            .filter(claimable)
            .update(
                state=JobRun.State.RUNNING,
                attempt=F("attempt") + 1,
                lease_until=new_lease(now),
                started_at=Coalesce("started_at", now),
            )
        )
        return JobRun.objects.select_related("started_by").get(uuid=uuid) if is_mine else None


def _until_called_again() -> Any:
    return timezone.now() + timedelta(seconds=conf.JOB_LEASE_SECONDS * LEASES_TO_WAIT)


def _hand_to_workers(run: JobRun) -> None:
    from lms.jobs.tasks import run_job

    run_job.using(backend=conf.JOBS_BACKEND).enqueue(str(run.uuid))
