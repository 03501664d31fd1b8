"""Which runs somebody may look at."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lms.jobs.models import JobRun

# Django's own permission; HR and the information systems section have it.
VIEW_JOBS = "lms_core.view_jobrun"
LONG_WAIT = timedelta(minutes=1)


def may_see_jobs(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(VIEW_JOBS))


def runs_visible_to(user: Any) -> QuerySet[JobRun]:
    """All with the permission; else those that one asked for oneself."""
    runs = JobRun.objects.select_related("started_by")
    return runs if may_see_jobs(user) else runs.filter(started_by__isnull=False, started_by=user.pk)


def seems_without_worker() -> bool:
    """Whether something has been waiting while nothing runs."""
    states = JobRun.State
    waits = JobRun.objects.filter(
        state=states.WAITING, created_at__lt=timezone.now() - LONG_WAIT
    ).exists()
    return waits and not JobRun.objects.filter(state=states.RUNNING).exists()
