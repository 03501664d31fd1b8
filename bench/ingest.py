"""What it costs to record a statement, beside a bare DRF view with a token and one INSERT.

Three ways to store the same statements, one or 100 a request: the API, which checks, grades,
stores and counts them; a bare view with one INSERT by hand; the same with `bulk_create`. First
one after the other in this process, request by request in turn: so that whatever else the
machine does meets all three alike. Then through gunicorn (2 workers × 4 threads, 8 connections),
again in turn. Last, what the table itself takes without any web: by COPY, by INSERT of many rows,
and row by row.

Only the ratios carry over to another machine.
"""

import http.client
import io
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

PORT = 8765
CONNECTIONS = 8
SLICE, ROUNDS = 1.5, 5
IN_PROCESS = {1: 300, 100: 40}
LEARNERS = 40
ROOT = Path(__file__).resolve().parents[1]
API = "/api/v1/xapi/statements"
PATHS = {"bare view, INSERT": "/bare/", "bare view, bulk_create": "/bare/bulk/", "API": API}
# What the API is measured by: the bare view with one INSERT, and with bulk_create for many.
FLOOR = {1: "bare view, INSERT", 100: "bare view, bulk_create"}
Times = dict[str, list[float]]


def prepare() -> tuple[list[str], list[str]]:
    """Learners with a token each, enrolled in one course; returns tokens and activity IRIs."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.bare import CREATE
    from lms.access.services import create_api_token
    from tests.factories import make_course, make_employee, make_enrolment

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    course = make_course(lessons=3, activities=3, is_published=False)
    tokens = []
    for _ in range(LEARNERS):
        employee = make_employee(uuid.uuid4().hex[:12])
        make_enrolment(employee, course)
        _, secret = create_api_token(user=employee.user, name="bench", scopes=["xapi:write"])
        tokens.append(secret)
    iris = [row.iri for row in course.activities.filter(kind="h5p")]
    connection.close()
    return tokens, iris


def statement(iri: str) -> dict[str, object]:
    from tests.factories.learning import response_worth

    return {
        "id": str(uuid.uuid4()),
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/answered",
            "display": {"en-US": "answered"},
        },
        "object": {
            "objectType": "Activity",
            "id": iri,
            "definition": {
                "name": {"en-US": "確認：日付の表記"},
                "description": {"en-US": "この表記は、そのまま公開してよい。" * 8},
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "interactionType": "choice",
            },
        },
        "result": {
            "score": {"min": 0, "max": 1, "raw": 1, "scaled": 1},
            "completion": True,
            "success": True,
            "response": response_worth(1),
            "duration": "PT12.3S",
        },
        "context": {
            "contextActivities": {
                "category": [
                    {
                        "id": "http://h5p.org/libraries/H5P.MultiChoice-1.16",
                        "objectType": "Activity",
                    }
                ]
            }
        },
    }


def body(n: int, size: int, iris: list[str]) -> bytes:
    said = [statement(iris[(n + k) % len(iris)]) for k in range(size)]
    return json.dumps(said if size > 1 else said[0]).encode()


def headers(token: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
        "Authorization": f"Bearer {token}",
    }


def caller() -> Callable[[str, bytes, str], None]:
    """POST to the site in this process, as a server would."""
    from django.core.wsgi import get_wsgi_application

    site = get_wsgi_application()

    def call(path: str, sent: bytes, token: str) -> None:
        given = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers(token).items()}
        said: list[str] = []
        answer = site(
            {
                "REQUEST_METHOD": "POST",
                "PATH_INFO": path,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "80",
                "HTTP_HOST": "127.0.0.1",
                "CONTENT_TYPE": "application/json",
                "CONTENT_LENGTH": str(len(sent)),
                "wsgi.input": io.BytesIO(sent),
                "wsgi.errors": sys.stderr,
                "wsgi.url_scheme": "http",
                **given,
            },
            lambda status, _headers, _error=None: said.append(status),
        )
        text = b"".join(answer)
        answer.close()
        if not said[0].startswith("200"):
            sys.exit(f"{path}: {said[0]} {text[:300]!r}")

    return call


def in_process(tokens: list[str], iris: list[str]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call = caller()
    for size, rounds in IN_PROCESS.items():
        wall: Times = {name: [] for name in PATHS}
        work: Times = {name: [] for name in PATHS}
        queries = {}
        for n in range(-5, rounds):
            for name, path in PATHS.items():
                sent = body(n, size, iris)
                began, worked = time.perf_counter(), time.process_time()
                call(path, sent, tokens[n % len(tokens)])
                if n >= 0:  # those before warm up
                    wall[name].append(time.perf_counter() - began)
                    work[name].append(time.process_time() - worked)
        for name, path in PATHS.items():
            with CaptureQueriesContext(connection) as captured:
                call(path, body(0, size, iris), tokens[0])
            asked = [row["sql"] for row in captured.captured_queries]
            queries[name] = sum(sql not in {"BEGIN", "COMMIT"} for sql in asked)
        print(f"\nin one process, {size} a request, in turn, {rounds} each")
        print(f"{'':<26}{'queries':>9}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}")
        for name in PATHS:
            middle, late = cuts(wall[name])
            print(
                f"{name:<26}{queries[name]:>9}{middle:>9.2f}{late:>9.2f}"
                f"{statistics.median(work[name]) * 1000:>9.2f}"
            )
        floor = FLOOR[size]
        ratio = statistics.median(wall[floor]) / statistics.median(wall["API"])
        cpu = statistics.median(work[floor]) / statistics.median(work["API"])
        print(f"ratio to {floor}: {ratio:.2f} (CPU alone {cpu:.2f})")


def cuts(times: list[float]) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    parts = statistics.quantiles(times, n=20)
    return parts[9] * 1000, parts[18] * 1000


def drive(path: str, size: int, tokens: list[str], iris: list[str], times: list[float]) -> float:
    """Send `size` at a time for a slice over all connections; gives requests a second."""
    failures: list[str] = []
    stop = time.perf_counter() + SLICE
    before = len(times)

    def work(worker: int) -> None:
        client = http.client.HTTPConnection("127.0.0.1", PORT)
        n = worker
        while time.perf_counter() < stop and not failures:
            sent = body(n, size, iris)
            began = time.perf_counter()
            client.request("POST", path, sent, headers(tokens[n % len(tokens)]))
            answer = client.getresponse()
            text = answer.read()
            times.append(time.perf_counter() - began)
            if answer.status != 200:
                failures.append(f"{answer.status} {text[:300]!r}")
            n += CONNECTIONS

    threads = [threading.Thread(target=work, args=(n,)) for n in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        sys.exit(f"{path}: {failures[0]}")
    return (len(times) - before) / (time.perf_counter() - began)


def by_server(tokens: list[str], iris: list[str]) -> None:
    for size in IN_PROCESS:
        times: Times = {name: [] for name in PATHS}
        rates: Times = {name: [] for name in PATHS}
        for path in PATHS.values():
            drive(path, size, tokens, iris, [])  # warm up
        for _ in range(ROUNDS):
            for name, path in PATHS.items():
                rates[name].append(drive(path, size, tokens, iris, times[name]))
        print(f"\ngunicorn, {CONNECTIONS} connections, {size} a request, {ROUNDS} rounds in turn")
        print(f"{'':<26}{'requests/s':>11}{'p50 ms':>9}{'p95 ms':>9}")
        for name in PATHS:
            middle, late = cuts(times[name])
            rate = statistics.median(rates[name])
            print(f"{name:<26}{rate:>11.0f}{middle:>9.1f}{late:>9.1f}")
        floor = FLOOR[size]
        ratio = statistics.median(
            own / bare for own, bare in zip(rates["API"], rates[floor], strict=True)
        )
        late = cuts(times["API"])[1] / cuts(times[floor])[1]
        print(f"ratio to {floor}: {ratio:.2f}   p95: {late:.2f}")


def into_the_table(iris: list[str]) -> None:
    """Rows a second without any web."""
    from django.db import connection

    from bench.bare import TABLE

    def rows(number: int) -> list[tuple[uuid.UUID, str]]:
        return [(uuid.uuid4(), json.dumps(statement(iris[0]))) for _ in range(number)]

    def by_copy(given: list[tuple[uuid.UUID, str]], cursor: Any) -> None:
        with cursor.copy(f"COPY {TABLE} (id, statement) FROM STDIN") as copy:
            for row in given:
                copy.write_row(row)

    def by_hundred(given: list[tuple[uuid.UUID, str]], cursor: Any) -> None:
        for start in range(0, len(given), 100):
            part = given[start : start + 100]
            values = ", ".join(["(%s, %s)"] * len(part))
            cursor.execute(
                f"INSERT INTO {TABLE} (id, statement) VALUES {values}",
                [value for row in part for value in row],
            )

    def by_one(given: list[tuple[uuid.UUID, str]], cursor: Any) -> None:
        for row in given:
            cursor.execute(f"INSERT INTO {TABLE} (id, statement) VALUES (%s, %s)", row)

    print("\nstraight into the table, rows/s")
    for name, way, number in (
        ("COPY", by_copy, 10_000),
        ("INSERT of 100 rows", by_hundred, 10_000),
        ("INSERT, one row a commit", by_one, 1_000),
    ):
        given = rows(number)
        with connection.cursor() as cursor:
            began = time.perf_counter()
            way(given, cursor)
            print(f"{name:<26}{number / (time.perf_counter() - began):>11.0f}")


def wait_for_server() -> None:
    for _ in range(100):
        try:
            client = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
            client.request("GET", "/api/v1/me/")
            client.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("The server of the benchmark did not start.")


def main() -> None:
    tokens, iris = prepare()
    in_process(tokens, iris)
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "host.wsgi:application"),
            *("--workers", "2", "--threads", "4", "--worker-class", "gthread"),
            *("--bind", f"127.0.0.1:{PORT}", "--log-level", "error"),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    try:
        wait_for_server()
        by_server(tokens, iris)
    finally:
        server.terminate()
        server.wait(10)
    into_the_table(iris)


if __name__ == "__main__":
    main()
