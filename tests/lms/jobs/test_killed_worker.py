"""A worker killed in the middle of a job: another one ends it, and nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from lms.jobs.models import JobRun
from lms.jobs.services import start_job
from lms.people.models import Role

ROOT = Path(__file__).resolve().parents[3]
STEPS = 12

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
        reason="the workers need a database that several processes write to at once",
    ),
]


@contextmanager
def worker() -> Iterator["subprocess.Popen[bytes]"]:
    url = urlsplit(os.environ["DATABASE_URL"])
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker", "--interval", "0.1", "--no-startup-delay"],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}")),
            "DJANGO_SETTINGS_MODULE": "tests.lms.jobs.worker_settings",
            "PYTHONPATH": str(ROOT),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.05)


def queued(steps: int, seconds: float, settings: object) -> JobRun:
    settings.LMS_JOBS_BACKEND = "jobs"
    return start_job(kind="add_roles", arguments={"steps": steps, "seconds": seconds})


def test_a_new_worker_ends_the_job_of_a_killed_one_and_does_nothing_twice(settings) -> None:
    run = queued(STEPS, 0.2, settings)

    def has_done(number: int) -> bool:
        run.refresh_from_db()
        return run.done >= number

    with worker() as first:
        wait_until(lambda: has_done(4))
        first.send_signal(signal.SIGKILL)
        first.wait()
    run.refresh_from_db()
    assert run.state == JobRun.State.RUNNING
    assert 4 <= run.done < STEPS
    assert Role.objects.count() == run.done, "the step it was in is taken back"

    with worker():
        wait_until(lambda: has_done(STEPS) and run.state == JobRun.State.DONE)
    assert run.attempt == 2
    assert sorted(int(role.title_ja) for role in Role.objects.all()) == list(range(STEPS))
    # The worker of django-tasks knows of one task that never ended, and of one that did.
    assert DBTaskResult.objects.running().count() == 1
    assert DBTaskResult.objects.successful().count() == 1


def test_a_worker_killed_again_and_again_still_does_each_step_once(settings) -> None:
    run = queued(STEPS, 0.1, settings)
    for number in (2, 5, 8):
        with worker() as one:

            def has_come_far(number: int = number) -> bool:
                run.refresh_from_db()
                return run.done >= number

            wait_until(has_come_far)
            one.send_signal(signal.SIGKILL)
            one.wait()
    with worker():

        def is_over() -> bool:
            run.refresh_from_db()
            return run.state == JobRun.State.DONE

        wait_until(is_over)
    assert run.losses == 3
    assert sorted(int(role.title_ja) for role in Role.objects.all()) == list(range(STEPS))


def test_a_worker_told_to_stop_ends_its_job_first(settings) -> None:
    run = queued(4, 0.2, settings)
    with worker() as one:
        wait_until(lambda: JobRun.objects.filter(pk=run.pk, done__gte=1).exists())
        one.send_signal(signal.SIGTERM)
        assert one.wait(20) == 0
    run.refresh_from_db()
    assert (run.state, run.done) == (JobRun.State.DONE, 4)
