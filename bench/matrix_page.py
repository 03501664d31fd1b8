"""How long the matrix of an office takes: a page of it by HTTP, the whole, after one statement.

    python bench/matrix_page.py [people] [competencies]

An office of so many people × competencies, two judgements for each pair that has any (four in
five), targets by tier. Printed, each beside the least that could be done for the same answer:

- the first page of the API, once the copy is made; beside the same rows by one bare query, with
  their levels as JSON;
- everybody's levels and targets from the copy, one packed row per person; beside one row per pair;
- the sums over everybody and by section; beside plain NumPy on the same arrays;
- the whole matrix as CSV and as Excel, derived for a day of the past, and the difference of two;
- what one finished lesson costs: what noting it adds to its transaction, and how long it takes
  from the commit until the copy is right; beside an update of one row per pair.

Everything is rolled back. Only the ratios carry over from one machine to another; where two are
set beside each other in turn, their ratio is the median over the turns, of processor time.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

import numpy as np  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.models import Permission  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from lms.flows import record_statements  # noqa: E402
from lms.people.models import Department, Employee, JobTier, Posting  # noqa: E402
from skills_matrix.assessments.models import Assessment  # noqa: E402
from skills_matrix.competencies.models import Competency, Framework, Target  # noqa: E402
from skills_matrix.engine.table import unit_levels  # noqa: E402
from skills_matrix.materialised.models import SkillVector  # noqa: E402
from skills_matrix.materialised.selectors import current_table  # noqa: E402
from skills_matrix.materialised.services import rebuild_matrix, refresh_matrix  # noqa: E402
from skills_matrix.materialised.triggers import PREFIX  # noqa: E402
from skills_matrix.reports.table import _facts  # noqa: E402
from tests.factories import make_award, make_course, make_enrolment  # noqa: E402
from tests.factories.learning import read_statement  # noqa: E402

ADDRESS = "/api/v1/skills/matrix/"
SECTIONS, TIERS, GROUPS = 100, 7, 12
REPEATS, TURNS, STATEMENTS = 7, 25, 40
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
ONE_BY_ONE = """
INSERT INTO lms_skills_assessment
    (employee_id, competency_id, level, kind, assurance, assessed_at, note)
SELECT e.id, c.id, (e.id * 7 + c.id * 3) % 5, kinds.kind, kinds.assurance,
       now() - ((e.id * 13 + c.id * 29) % 1000) * interval '1 day', ''
FROM lms_core_employee e, lms_skills_competency c,
     (VALUES ('supervisor', 4), ('test', 2)) AS kinds (kind, assurance)
WHERE NOT c.is_group AND c.key LIKE 'BK%' AND e.staff_number LIKE 'BM%'
  AND (e.id + c.id) % 5 > 0
"""


def make_office(people: int, competencies: int) -> Any:
    tiers = JobTier.objects.bulk_create(
        JobTier(key=f"BM{n}", title_ja=f"職層{n}", rank=700 + n) for n in range(TIERS)
    )
    sections = Department.objects.bulk_create(
        Department(key=f"BM{n:03}", title_ja=f"第{n}課") for n in range(SECTIONS)
    )
    employees = Employee.objects.bulk_create(
        (
            Employee(
                staff_number=f"BM{n:06}",
                name=f"職員 {n}",
                kana="".join(KANA[(n // 25**k) % 25] for k in range(4)),
            )
            for n in range(people)
        ),
        batch_size=1_000,
    )
    Posting.objects.bulk_create(
        (
            Posting(
                employee=row,
                department=sections[n % SECTIONS],
                tier=tiers[n % TIERS],
                starts_on=date(2020, 4, 1),
            )
            for n, row in enumerate(employees)
        ),
        batch_size=1_000,
    )
    framework = Framework.objects.create(key="BM", title_ja="体系", version="1")
    headings = Competency.objects.bulk_create(
        Competency(framework=framework, key=f"BG{n}", title_ja=f"分野{n}", is_group=True)
        for n in range(GROUPS)
    )
    held = Competency.objects.bulk_create(
        Competency(
            framework=framework,
            key=f"BK{n}",
            title_ja=f"スキル{n}",
            position=n,
            parent=headings[n * GROUPS // competencies],
        )
        for n in range(competencies)
    )
    Target.objects.bulk_create(
        Target(
            competency=skill,
            tier=tier,
            level=1 + (n + m) % 4,
            effective_from=date(2020, 4, 1),
        )
        for n, skill in enumerate(held)
        for m, tier in enumerate(tiers)
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE lms_skills_assessment DISABLE TRIGGER USER")
        cursor.execute(ONE_BY_ONE)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE lms_skills_assessment ENABLE TRIGGER USER")
    rebuild_matrix(now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    user = get_user_model().objects.create_user("bench-hr", password=None)
    wanted = ["view_skills_matrix", "view_all_employees"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return user


def bare_page(size: int) -> bytes:
    """The same rows by one query, as JSON, without asking who may see them."""
    rows = (
        Posting.objects.filter(is_main=True, ends_on=None)
        .order_by("department__key", "-tier__rank", "employee__kana")
        .values_list("employee_id", "employee__staff_number", "employee__name", "employee__kana")
    )[:size]
    people = list(rows)
    vectors = dict(
        SkillVector.objects.filter(pk__in=[row[0] for row in people]).values_list("pk", "levels")
    )
    body = [[*row[1:], np.frombuffer(vectors[row[0]], np.int8).tolist()] for row in people]
    return json.dumps(body, ensure_ascii=False).encode()


PAIRS = """
CREATE TEMP TABLE bench_pair (
    employee_id bigint, competency_id bigint, level smallint, target smallint,
    PRIMARY KEY (employee_id, competency_id)
) ON COMMIT DROP
"""


def make_pairs() -> None:
    """The same levels and targets, one row per pair."""
    table = current_table(levels_only=True)
    with connection.cursor() as cursor:
        cursor.execute(PAIRS)
        with cursor.copy("COPY bench_pair FROM STDIN") as copy:
            for row, employee_id in enumerate(table.employee_id.tolist()):
                for column, competency_id in enumerate(table.competency_id.tolist()):
                    level, target = int(table.level[row, column]), int(table.target[row, column])
                    copy.write_row((employee_id, competency_id, level, target))
        cursor.execute("ANALYZE bench_pair")


def read_pairs() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bench_pair ORDER BY employee_id, competency_id")
        rows = np.array(cursor.fetchall(), dtype=np.int64)
    return [rows[:, column] for column in range(4)]


def update_pair(employee_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bench_pair SET level = 3 WHERE employee_id = %s AND competency_id ="
            " (SELECT min(competency_id) FROM bench_pair WHERE employee_id = %s)",
            [employee_id, employee_id],
        )


def after_statements(employees: list[Employee], skill: Competency) -> None:
    """Each finishes a course that awards a level, half of them without its being noted."""
    course = make_course("BMC", activities=0)
    make_award(course, skill, level=2)
    refresh_matrix(now=timezone.now())
    lesson = course.activities.get()
    adding: dict[bool, list[float]] = {True: [], False: []}
    until_right, own, by_pair = [], [], []
    for turn, employee in enumerate(employees):
        make_enrolment(employee, course)
        is_noted = turn % 2 == 0
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            verb = "ENABLE" if is_noted else "DISABLE"
            cursor.execute(f"ALTER TABLE lms_core_courseprogress {verb} TRIGGER {PREFIX}")
        begin = time.perf_counter()
        record_statements(employee=employee, statements=[read_statement(lesson)])
        done = time.perf_counter()
        adding[is_noted].append(done - begin)
        if is_noted:
            begin_own = time.process_time()
            assert refresh_matrix(now=timezone.now()) == 1
            right = time.perf_counter()
            until_right.append(right - done)
            own.append(time.process_time() - begin_own)
            update_pair(employee.pk)
            by_pair.append(time.perf_counter() - right)
    noted, plain = (statistics.median(adding[one]) for one in (True, False))
    print(
        f"{'one statement, noted':34} {noted:8.4f} s, {noted / plain:.2f} × the same unnoted;"
        f" copy right after {statistics.median(until_right):.4f} s more,"
        f" own {statistics.median(own):.4f} s"
        f" (update of one row per pair {statistics.median(by_pair):.4f} s)",
        flush=True,
    )


def bare_by_section(level: Any, target: Any, unit: Any) -> list[Any]:
    """The same by section."""
    order = np.argsort(unit, kind="stable")
    begin = np.flatnonzero(np.diff(unit[order], prepend=-1))
    level, target = level[order], target[order]
    assessed, asked = level >= 0, target >= 0

    def summed(which: Any) -> Any:
        return np.add.reduceat(which, begin, axis=0, dtype=np.int64)

    counts = summed(assessed)
    mean = summed(np.where(assessed, level, 0)) / np.maximum(counts, 1)
    return [counts, summed(asked), summed(asked & (level >= target)), mean]


def bare_sums(level: Any, target: Any) -> list[Any]:
    """What a section head would reckon by hand."""
    assessed = level >= 0
    asked = target >= 0
    mean = np.where(assessed, level, 0).sum(axis=0) / np.maximum(assessed.sum(axis=0), 1)
    return [assessed.sum(axis=0), asked.sum(axis=0), (asked & (level >= target)).sum(axis=0), mean]


Taken = tuple[float, float]


def timed(run: Callable[[], Any], repeats: int = REPEATS) -> Taken:
    """The median of several runs: seconds on the wall, and of this process alone."""
    walls, own = [], []
    for _ in range(repeats):
        begin, begin_own = time.perf_counter(), time.process_time()
        run()
        walls.append(time.perf_counter() - begin)
        own.append(time.process_time() - begin_own)
    return statistics.median(walls), statistics.median(own)


def in_turn(what: str, run: Callable[[], Any], beside: Callable[[], Any], name: str) -> None:
    """One after the other, so that whatever else the machine does meets both."""
    ours, theirs = [], []
    for _ in range(TURNS):
        for side, times in ((run, ours), (beside, theirs)):
            begin = time.process_time()
            side()
            times.append(time.process_time() - begin)
    ratio = statistics.median(mine / its for mine, its in zip(ours, theirs, strict=True))
    print(
        f"{what:34} {statistics.median(ours):8.4f} s own  {ratio:17.2f} × {name}"
        f" ({statistics.median(theirs):.4f} s own)",
        flush=True,
    )


def once(run: Callable[[], Any]) -> Taken:
    return timed(run, repeats=1)


def said(what: str, taken: Taken, beside: Taken | None = None, name: str = "") -> None:
    ratio = "" if beside is None else f"  {taken[0] / beside[0]:6.2f} × {name} ({beside[0]:.4f} s)"
    print(f"{what:34} {taken[0]:8.4f} s, own {taken[1]:7.4f} s{ratio}", flush=True)


def main(people: int = 5_000, competencies: int = 100) -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        print(f"{people} people × {competencies} competencies")
        user = make_office(people, competencies)
        client = Client()
        client.force_login(user)

        def get(query: str = "") -> Any:
            response = client.get(f"{ADDRESS}?framework=BM&{query}")
            assert response.status_code == 200, response.content
            return b"".join(response.streaming_content) if response.streaming else response.content

        get()
        bare = timed(lambda: bare_page(50))
        first = timed(get)
        said("first page of 50", first, bare, "bare query + JSON")
        said("first page of 200", timed(lambda: get("page_size=200")), bare, "bare page of 50")
        rows = timed(lambda: client.get(f"{ADDRESS}rows/?framework=BM&page=40"))
        said("further page of 50, rows only", rows, bare, "bare query + JSON")
        said("page filtered by gap, grouped", timed(lambda: get("gap=2&group_by=department")))
        make_pairs()
        packed = timed(lambda: current_table(levels_only=True), repeats=3)
        said("everybody's levels, packed", packed)
        said("one row per pair", timed(read_pairs, repeats=3), packed, "packed")
        table = current_table(levels_only=True)
        level, target = table.level, table.target
        everybody = np.zeros(table.employee_id.size, dtype=np.int64)
        section = table.employee_id % SECTIONS
        in_turn(
            "sums over everybody",
            lambda: unit_levels(table, everybody),
            lambda: bare_sums(level, target),
            "plain NumPy",
        )
        in_turn(
            "sums by section",
            lambda: unit_levels(table, section),
            lambda: bare_by_section(level, target, section),
            "plain NumPy",
        )
        said("whole matrix as CSV", once(lambda: get("format=csv")))
        said("whole matrix as Excel", once(lambda: get("format=xlsx")))
        days = [(date.today() - timedelta(days=ago)).isoformat() for ago in (400, 401, 200, 300)]
        past = f"as_of={days[0]}"
        said("first look at another day", once(lambda: get(past)))
        said("next page of that day", timed(lambda: get(past + "&page=2")), first, "page of now")
        said("the day before it", once(lambda: get(f"as_of={days[1]}")), first, "page of now")
        _facts.cache_clear()
        difference = f"as_of={days[2]}&compared_to={days[3]}"
        said("first look at a difference", once(lambda: get(difference)))
        employee = Employee.objects.filter(staff_number__startswith="BM")[0]
        skill = Competency.objects.filter(key="BK1")[0]

        def after_one() -> None:
            Assessment.objects.create(
                employee=employee,
                competency=skill,
                level=3,
                kind="supervisor",
                assurance=4,
                assessed_at=timezone.now(),
            )
            get()

        said("page after one judgement", timed(after_one), first, "page of now")
        employees = list(Employee.objects.filter(staff_number__startswith="BM")[:STATEMENTS])
        after_statements(employees, skill)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:]))
