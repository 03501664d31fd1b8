"""How `make demo` serves: one process, a few threads, a worker for the jobs, and a greeting."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

wsgi_app = "host.wsgi:application"
raw_env = ["DJANGO_SETTINGS_MODULE=host.settings.demo"]
workers = 1
worker_class = "gthread"
threads = 8
accesslog = None
loglevel = "warning"

SECONDS_TO_END = 10
_jobs_worker: "subprocess.Popen[bytes] | None" = None


def when_ready(server: Any) -> None:
    """The address and the accounts, last on the screen; then the worker, which says nothing.

    It is in the process group of the server, so that Ctrl+C ends both.
    """
    global _jobs_worker
    import django

    django.setup()
    from host.greeting import greeting

    print(greeting(), flush=True)  # noqa: T201
    manage = Path(__file__).resolve().parents[1] / "manage.py"
    _jobs_worker = subprocess.Popen(  # noqa: S603 - our own program
        [
            *(sys.executable, str(manage), "run_worker"),
            *("--parent", str(os.getpid()), "--verbosity", "0"),
        ]
    )


def on_exit(server: Any) -> None:
    """However the server was ended, the worker ends with it."""
    if _jobs_worker is None:
        return
    _jobs_worker.terminate()
    try:
        _jobs_worker.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        _jobs_worker.kill()
        _jobs_worker.wait()
