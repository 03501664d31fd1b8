"""What `make demo` starts: a web server and a worker, which end together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import pytest
from django.db import connection

from tests.browser.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 40

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the table of processes"),
]


def processes_of(group: int) -> list[str]:
    """Command lines of the living processes of a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def wait_until_serving(port: int) -> None:
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        try:
            urlopen(f"http://127.0.0.1:{port}/nothing-here", timeout=5)
        except OSError as answer:
            if getattr(answer, "code", None):
                return
        else:
            return
        time.sleep(0.2)
    pytest.fail("the demo does not serve")


@contextmanager
def demo(directory: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The demo, in a process group of its own, once it serves and has its worker."""
    port = free_port()
    (directory / "demo_accounts.json").write_text(
        '[{"who": "HR", "username": "hr", "password": "-"}]'
    )
    path = f"/{connection.settings_dict['NAME']}"
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--config", "host/gunicorn_demo.py"),
            *("--bind", f"127.0.0.1:{port}"),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=path)),
            "DJANGO_SETTINGS_MODULE": "host.settings.demo",
            "LMS_VAR_DIR": str(directory),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_serving(port)
        wait_until(lambda: any("run_worker" in line for line in processes_of(server.pid)))
        yield server
    finally:
        if processes_of(server.pid):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.2)


@pytest.mark.parametrize("is_sent_to_all", [True, False], ids=["ctrl+c", "kill -INT"])
def test_interrupting_the_demo_leaves_no_process(tmp_path: Path, is_sent_to_all: bool) -> None:
    with demo(tmp_path) as server:
        if is_sent_to_all:
            os.killpg(server.pid, signal.SIGINT)
        else:
            server.send_signal(signal.SIGINT)
        assert server.wait(SECONDS) == 0
        assert processes_of(server.pid) == []


def test_a_killed_demo_takes_its_worker_along(tmp_path: Path) -> None:
    with demo(tmp_path) as server:
        server.kill()
        wait_until(lambda: processes_of(server.pid) == [])
