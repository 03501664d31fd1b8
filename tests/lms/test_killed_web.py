"""The web process killed under load: what it acknowledged is there, once, and counted once."""

import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from lms.access.services import create_api_token
from lms.people.models import Employee
from lms.progress.models import ActivityProgress, CourseProgress
from lms.progress.services import rebuild_progress
from lms.records.models import Statement
from tests.factories import answer_statement, make_course, make_employee, make_enrolment

ROOT = Path(__file__).resolve().parents[2]
LEARNERS, SENT_BY_EACH, KILLS = 4, 40, 2

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
        reason="the server needs a database that several processes write to at once",
    ),
]


@contextmanager
def server(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The real server, two workers, in a process group of its own."""
    url = urlsplit(os.environ["DATABASE_URL"])
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "host.wsgi:application"),
            *("--workers", "2", "--threads", "4", "--worker-class", "gthread", "--preload"),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "critical"),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}")),
            "DJANGO_SETTINGS_MODULE": "host.settings.test",
            "PYTHONPATH": str(ROOT),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill_all(process)


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """The master and its workers at once, as when a machine loses its power."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def a_worker_of(process: "subprocess.Popen[bytes]") -> int:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(children[0])


class Learner(threading.Thread):
    """Sends what it has to say one after the other, each again until it is acknowledged."""

    def __init__(self, port: int, token: str, statements: list[dict[str, Any]]) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.statements = port, token, statements
        self.acknowledged: list[str] = []
        self.tries = 0
        self.refused: list[str] = []

    def run(self) -> None:
        for said in self.statements:
            while not self.is_taken(said):
                if self.refused:
                    return
                time.sleep(0.05)

    def is_taken(self, said: dict[str, Any]) -> bool:
        self.tries += 1
        try:
            client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            client.request(
                "POST",
                "/api/v1/xapi/statements",
                json.dumps(said),
                {
                    "Content-Type": "application/json",
                    "Authorization": f"Bearer {self.token}",
                    "X-Experience-API-Version": "1.0.3",
                },
            )
            answer = client.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            return False
        if answer.status != 200:
            self.refused.append(f"{answer.status} {text[:300]!r}")
            return False
        self.acknowledged += json.loads(text)
        return True


def wait_until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.02)


def progress_of(person: Employee) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return tuple(  # type: ignore[return-value]
        [
            {name: value for name, value in row.items() if name != "id"}
            for row in model.objects.filter(employee=person).order_by(key).values()
        ]
        for model, key in ((ActivityProgress, "activity"), (CourseProgress, "course"))
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_killed_again_and_again_loses_nothing_it_acknowledged_and_doubles_nothing() -> (
    None
):
    course = make_course(lessons=1, activities=3, is_published=False)
    questions = list(course.activities.filter(kind="h5p"))
    port = free_port()
    learners = []
    for _ in range(LEARNERS):
        person = make_employee()
        make_enrolment(person, course)
        token = create_api_token(user=person.user, name="browser", scopes=["xapi:write"])[1]
        said = [
            answer_statement(question, score=(n % 20) / 20)
            for n, question in zip(range(SENT_BY_EACH), itertools.cycle(questions), strict=False)
        ]
        learners.append((person, Learner(port, token, said)))
    threads = [thread for _person, thread in learners]

    def taken() -> int:
        return sum(len(thread.acknowledged) for thread in threads)

    whole = LEARNERS * SENT_BY_EACH
    for thread in threads:
        thread.start()
    for kill in range(1, KILLS + 1):
        with server(port) as process:
            # In the middle of it, with requests under way on every connection.
            wait_until(lambda kill=kill: taken() >= whole * kill // (KILLS + 1))  # type: ignore[misc]
            # First a worker alone, which the master replaces; then all of it.
            os.kill(a_worker_of(process), signal.SIGKILL)
            reached = taken()
            wait_until(lambda reached=reached: taken() > reached)  # type: ignore[misc]
    assert taken() < whole, "the last server was killed before all was said"
    with server(port):
        for thread in threads:
            thread.join(60)

    for person, thread in learners:
        assert thread.refused == []
        sent = [said["id"] for said in thread.statements]
        assert thread.acknowledged == sent
        stored = Counter(str(row.pk) for row in Statement.objects.filter(employee=person))
        assert stored == Counter(sent)
        assert sum(row.attempts for row in ActivityProgress.objects.filter(employee=person)) == len(
            sent
        )
        counted = progress_of(person)
        rebuild_progress(employee=person)
        assert progress_of(person) == counted
    assert sum(thread.tries for thread in threads) > whole, "nobody ever had to try again"
