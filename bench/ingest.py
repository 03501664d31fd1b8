"""Statements per second through the API, beside a bare DRF view with a token and one INSERT.

The same PostgreSQL, the same gunicorn (2 workers × 4 threads), the same 8 connections, one after
the other, three rounds each. Only the ratio carries over to another machine.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

PORT = 8765
CONNECTIONS = 8
SECONDS = 4.0
ROUNDS = 3
BATCH = 100
LEARNERS = 40
ROOT = Path(__file__).resolve().parents[1]


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


def drive(path: str, size: int, tokens: list[str], iris: list[str]) -> tuple[float, float, float]:
    """Send `size` at a time for `SECONDS` over `CONNECTIONS`; requests a second, p50, p95 in ms."""
    times: list[float] = []
    failures: list[str] = []
    stop = time.perf_counter() + SECONDS

    def work(worker: int) -> None:
        client = http.client.HTTPConnection("127.0.0.1", PORT)
        n = worker
        while time.perf_counter() < stop and not failures:
            said = [statement(iris[n % len(iris)]) for _ in range(size)]
            body = json.dumps(said if size > 1 else said[0])
            headers = {
                "Content-Type": "application/json",
                "X-Experience-API-Version": "1.0.3",
                "Authorization": f"Bearer {tokens[n % len(tokens)]}",
            }
            began = time.perf_counter()
            client.request("POST", path, body, headers)
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
    cuts = statistics.quantiles(times, n=20)
    return len(times) / (time.perf_counter() - began), cuts[9] * 1000, cuts[18] * 1000


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
        paths = {
            f"{name}, {size} a request": (path, size)
            for size in (1, BATCH)
            for name, path in (("bare view", "/bare/"), ("API", "/api/v1/xapi/statements"))
        }
        rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in paths}
        for path, size in paths.values():
            drive(path, size, tokens, iris)  # warm up
        for _ in range(ROUNDS):
            for name, (path, size) in paths.items():
                rounds[name].append(drive(path, size, tokens, iris))
    finally:
        server.terminate()
        server.wait(10)
    medians = {
        name: tuple(statistics.median(item[n] for item in found) for n in range(3))
        for name, found in rounds.items()
    }
    print(f"{'':<28}{'requests/s':>12}{'p50 ms':>10}{'p95 ms':>10}")
    for name, (rate, middle, late) in medians.items():
        print(f"{name:<28}{rate:>12.0f}{middle:>10.1f}{late:>10.1f}")
    found = list(medians.values())
    for size, floor, api in zip((1, BATCH), found[::2], found[1::2], strict=True):
        ratios = f"{api[0] / floor[0]:.2f}   p95: {api[2] / floor[2]:.2f}"
        print(f"ratio API / bare view, {size} a request: {ratios}")


if __name__ == "__main__":
    main()
