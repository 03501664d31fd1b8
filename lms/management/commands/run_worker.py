"""manage.py run_worker – does background jobs until it is told to stop."""

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.db import OperationalError, connection
from django_tasks_db.management.commands import db_worker

from lms.conf import conf
from lms.jobs.services import logger, resume_lost_runs


class Command(db_worker.Command):
    """The worker of django-tasks, which also looks for runs that a killed worker left behind.

    SIGINT or SIGTERM ends it after the job in hand, a second one at once.
    """

    help = "Do background jobs, and take up those whose worker was killed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(backend_name=conf.JOBS_BACKEND, reload=False)
        parser.add_argument(
            "--parent",
            type=int,
            metavar="PID",
            help="the process that started this one: end when it has ended, however it did",
        )

    def handle(self, **options: Any) -> None:
        ended = threading.Event()
        watch = threading.Thread(
            target=_watch, args=(ended, options.pop("parent", None)), daemon=True
        )
        watch.start()
        try:
            super().handle(**options)
        finally:
            ended.set()
            watch.join()


def _watch(ended: threading.Event, parent: int | None) -> None:
    pause = min(5.0, conf.JOB_LEASE_SECONDS / 4)
    try:
        while True:
            if parent is not None and os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGTERM)
                return
            try:
                resume_lost_runs()
            except OperationalError:
                # SQLite's one writer is busy, or the database is restarting.
                logger.warning("could not look for lost runs", exc_info=True)
                connection.close()
            if ended.wait(pause):
                return
    finally:
        connection.close()
