"""The one task that django-tasks knows: do this run."""

from uuid import UUID

import django

if django.VERSION >= (6,):
    from django.tasks import task
else:
    from django_tasks import task  # type: ignore[no-redef]


@task()
def run_job(run_uuid: str) -> None:
    """May be queued any number of times: the run says whether there is anything to do."""
    from lms.jobs.services import carry_out

    carry_out(uuid=UUID(run_uuid))
