"""What a learner's home page costs in an office that has been learning for years.

    python bench/home_page.py [people] [statements]

An office of 5,000 with 40 published courses and 200 rules, everybody enrolled in a third of the
courses, and 2 million statements with the progress they add up to: all made by the database.
Asked are the addresses the home page asks, of twenty people in turn, beside one bare query of
the rows the page is about. First with a twentieth of the statements, then with all of them: what
does not grow with the office's past stays as it is.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.rule_evaluation import ON, analyse, make_office, make_rules

from django.contrib.auth import get_user_model  # isort: skip
from django.core.management import call_command  # isort: skip
from django.db import connection, transaction  # isort: skip
from django.test import Client  # isort: skip
from django.test.utils import CaptureQueriesContext  # isort: skip
from django.utils import timezone  # isort: skip

from courses.models import Activity, Course  # isort: skip
from lms.enrolment.models import AudienceRule  # isort: skip
from lms.people.models import Employee  # isort: skip

ASKED = {"me": "/api/v1/me/", "learning": "/api/v1/learning/?page_size=200"}
VIEWERS, ROUNDS = 20, 3
LESSONS = 6

ENROL = """
INSERT INTO lms_core_enrolment (employee_id, course_id, source, enrolled_at, due_on)
SELECT e.id, c.id, 'assigned', %(at)s, %(on)s::date + 60
FROM lms_core_employee e CROSS JOIN lms_courses_course c
WHERE (e.id + c.id) %% 3 = 0
"""
STATEMENTS = """
INSERT INTO lms_core_statement (id, employee_id, activity_id, verb, is_root, timestamp, stored,
    fingerprint, statement)
SELECT gen_random_uuid(), s.employee_id, a.id, 'http://adlnet.gov/expapi/verbs/experienced', true,
    s.at, s.at, '', jsonb_build_object('verb', 'experienced', 'n', s.n)
FROM (
    SELECT n, %(first)s + n %% %(people)s AS employee_id, n / %(people)s AS round,
        %(at)s::timestamptz - n * interval '1 second' AS at
    FROM generate_series(%(start)s, %(stop)s - 1) AS n
) s
JOIN bench_activity a ON a.place = (s.employee_id * 7 + s.round * 13) %% %(activities)s
"""
PROGRESS = (
    """
    INSERT INTO lms_core_activityprogress (employee_id, activity_id, first_at, last_at, attempts,
        done_at, last_done_at)
    SELECT employee_id, activity_id, min(timestamp), max(timestamp), 0, min(timestamp),
        max(timestamp)
    FROM lms_core_statement GROUP BY employee_id, activity_id
    """,
    """
    INSERT INTO lms_core_courseprogress (employee_id, course_id, done_count, total_count,
        started_at, last_at)
    SELECT p.employee_id, a.course_id, count(*), %(lessons)s, min(p.first_at), max(p.last_at)
    FROM lms_core_activityprogress p JOIN lms_courses_activity a ON a.id = p.activity_id
    GROUP BY p.employee_id, a.course_id
    """,
)
BARE = """
SELECT c.*, e.*, p.* FROM lms_courses_course c
LEFT JOIN lms_core_enrolment e ON e.course_id = c.id AND e.employee_id = %s
LEFT JOIN lms_core_courseprogress p ON p.course_id = c.id AND p.employee_id = %s
WHERE e.id IS NOT NULL OR p.id IS NOT NULL
"""


def run(sql: str, **values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def make_courses() -> None:
    Activity.objects.bulk_create(
        Activity(course=course, key=f"L{n}", kind="lesson", title_ja=f"L{n}", position=n)
        for course in Course.objects.all()
        for n in range(LESSONS)
    )
    run(
        "CREATE TEMP TABLE bench_activity ON COMMIT DROP AS"
        " SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM lms_courses_activity"
    )


def viewers() -> list[Employee]:
    """People with an account, spread over the office."""
    chosen = list(Employee.objects.order_by("pk"))
    chosen = chosen[:: max(1, len(chosen) // VIEWERS)][:VIEWERS]
    for employee in chosen:
        employee.user = get_user_model().objects.create_user(employee.staff_number)
    Employee.objects.bulk_update(chosen, ["user"])
    return chosen


def milliseconds(ask: Callable[[Employee], object], people: list[Employee]) -> tuple[float, float]:
    times = []
    for _ in range(ROUNDS):
        for employee in people:
            began = time.perf_counter()
            ask(employee)
            times.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(times, n=20)
    return cuts[9], cuts[18]


def measure(people: list[Employee]) -> dict[str, tuple[float, float]]:
    clients: dict[int, Client] = {}
    for employee in people:
        clients[employee.pk] = Client()
        clients[employee.pk].force_login(employee.user)
    found = {}

    def bare(employee: Employee) -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [employee.pk, employee.pk])
            cursor.fetchall()

    milliseconds(bare, people)
    found["bare query"] = milliseconds(bare, people)
    print(f"  {'':<12}{'queries':>9}{'p50 ms':>9}{'p95 ms':>9}{'÷ bare':>9}")
    print(f"  {'bare query':<12}{1:>9}{found['bare query'][0]:>9.2f}{found['bare query'][1]:>9.2f}")
    for name, path in ASKED.items():

        def ask(employee: Employee, path: str = path) -> None:
            answer = clients[employee.pk].get(path)
            if answer.status_code != 200:
                sys.exit(f"{path}: {answer.status_code} {answer.content[:300]!r}")

        milliseconds(ask, people[:2])  # warm up
        found[name] = milliseconds(ask, people)
        with CaptureQueriesContext(connection) as captured:
            ask(people[0])
        middle, late = found[name]
        print(
            f"  {name:<12}{len(captured):>9}{middle:>9.1f}{late:>9.1f}"
            f"{middle / found['bare query'][0]:>9.1f}"
        )
    return found


def main(people: int = 5_000, whole: int = 2_000_000) -> None:
    call_command("migrate", verbosity=0)
    dice = random.Random(20261125)
    with transaction.atomic():
        AudienceRule.objects.all().delete()
        make_office(people, dice)
        make_rules(200, dice)
        make_courses()
        run("DELETE FROM lms_core_courseprogress")
        run(ENROL, at=timezone.now() - timedelta(days=200), on=ON)
        chosen = viewers()
        # Nothing here is in doubt, and 2 million rows take their time to be checked.
        run("SET LOCAL session_replication_role = replica")
        first = Employee.objects.order_by("pk").values_list("pk", flat=True)[0]
        results, start = [], 0
        for number in (whole // 20, whole):
            began = time.perf_counter()
            run(
                STATEMENTS,
                first=first,
                people=people,
                at=timezone.now(),
                activities=Activity.objects.count(),
                start=start,
                stop=number,
            )
            start = number
            run("DELETE FROM lms_core_activityprogress")
            run("DELETE FROM lms_core_courseprogress")
            for sql in PROGRESS:
                run(sql, lessons=LESSONS)
            analyse()
            print(
                f"\n{people:,} people, {number:,} statements"
                f" (made in {time.perf_counter() - began:.0f} s)",
                flush=True,
            )
            results.append(measure(chosen))
        transaction.set_rollback(True)
    few, many = results
    print("\n20× the statements: " + ", ".join(f"{n} {many[n][0] / few[n][0]:.1f}x" for n in few))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
