"""How long it takes until everybody's assignments follow the rules, and how that grows.

    python bench/rule_evaluation.py [people] [rules]

An office of so many people, so many mandatory rules of all kinds (each means a tenth of the
office on average). Measured: the first evaluation, which makes every assignment; one of the same
day, which finds nothing to do; one after a twentieth of the people moved; the first of a fiscal
year. The same with fewer people and with fewer rules says how it grows. Beside it stands the
least the database can do: the same assignments copied from one table into another with the same
indexes.

Everything is rolled back. Only the ratios carry over from one machine to another.
"""

import os
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from wagtail.models import Page  # noqa: E402

from courses.models import Course  # noqa: E402
from courses.pages.models import CoursePage  # noqa: E402
from lms.enrolment.models import Assignment, AudienceRule  # noqa: E402
from lms.enrolment.rules.schedule import office_midnight  # noqa: E402
from lms.enrolment.rules.services import evaluate_rules  # noqa: E402
from lms.people.models import Department, Employee, JobTier, Posting, Role  # noqa: E402
from lms.progress.models import CourseProgress  # noqa: E402

ON = date(2026, 11, 25)
APRIL = date(2027, 4, 1)
TIERS, ROLES, BRANCHES, SECTIONS = 7, 20, 20, 5
COURSES = 40


def make_office(people: int, dice: random.Random) -> None:
    tiers = JobTier.objects.bulk_create(
        JobTier(key=f"BT{n}", title_ja=f"T{n}", rank=900 + n) for n in range(TIERS)
    )
    roles = Role.objects.bulk_create(Role(key=f"BR{n}", title_ja=f"R{n}") for n in range(ROLES))
    tops = Department.objects.bulk_create(
        Department(key=f"BD{n}", title_ja=f"D{n}") for n in range(BRANCHES)
    )
    sections = Department.objects.bulk_create(
        Department(key=f"BD{top.key}-{n}", title_ja=f"S{n}", parent=top)
        for top in tops
        for n in range(SECTIONS)
    )
    employees = Employee.objects.bulk_create(
        Employee(staff_number=f"B{n:06}", name=f"職員{n}", kana="ショクイン") for n in range(people)
    )
    postings = Posting.objects.bulk_create(
        Posting(
            employee=employee,
            department=dice.choice(sections),
            tier=dice.choice(tiers),
            starts_on=ON - timedelta(days=dice.randint(1, 6_000)),
        )
        for employee in employees
    )
    Posting.roles.through.objects.bulk_create(
        Posting.roles.through(posting=posting, role=dice.choice(roles))
        for posting in postings
        if dice.random() < 0.3
    )


def condition(dice: random.Random) -> dict[str, Any]:
    tier = {"tier": sorted(f"BT{n}" for n in dice.sample(range(TIERS), 2))}
    role = {"role": [f"BR{dice.randrange(ROLES)}"]}
    branch = {"department": sorted(f"BD{n}" for n in dice.sample(range(BRANCHES), 5))}
    return dice.choice(
        (
            {"all": [branch, tier]},
            {"all": [tier, {"not": branch}]},
            {"any": [role, {"all": [branch, {"joined_within_months": 60}]}]},
            {"all": [{"any": [role, tier]}, {"not": {"joined_within_months": 24}}, branch]},
        )
    )


def make_rules(number: int, dice: random.Random) -> None:
    root = Page.objects.filter(depth=1).get()
    courses = Course.objects.bulk_create(
        Course(key=f"BC{n}", title_ja=f"C{n}", duration=timedelta(minutes=30))
        for n in range(COURSES)
    )
    for course in courses:
        root.add_child(instance=CoursePage(title=course.key, slug=course.key, course=course))
    schedules: tuple[dict[str, Any], ...] = (
        {"due": "days", "due_days": 30},
        {"due": "date", "due_on": date(2027, 3, 31)},
        {"due": "fiscal_year_end", "repeats": "fiscal_year", "credit_months": 3},
        {"due": "days", "due_days": 60, "repeats": "months", "repeat_months": 24},
    )
    seen: set[tuple[int, str]] = set()
    rules = []
    while len(rules) < number:
        course, wanted = courses[len(rules) % COURSES], condition(dice)
        if (course.pk, str(wanted)) in seen:
            continue
        seen.add((course.pk, str(wanted)))
        rules.append(
            AudienceRule(
                course=course,
                condition=wanted,
                is_mandatory=True,
                **schedules[len(rules) % len(schedules)],
            )
        )
    AudienceRule.objects.bulk_create(rules)
    at = office_midnight(ON)
    CourseProgress.objects.bulk_create(
        CourseProgress(
            employee_id=pk,
            course=course,
            started_at=at,
            last_at=at,
            completed_at=at if dice.random() < 0.5 else None,
        )
        for pk in Employee.objects.values_list("pk", flat=True)
        for course in dice.sample(courses, 5)
    )


def move_some(dice: random.Random) -> None:
    sections = list(Department.objects.filter(parent__isnull=False))
    moved = list(Posting.objects.filter(ends_on=None)[::20])
    for posting in moved:
        posting.department = dice.choice(sections)
    Posting.objects.bulk_update(moved, ["department"], batch_size=500)


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def seconds_of_copy() -> float:
    """INSERT … SELECT of every assignment into a table like it."""
    table = Assignment._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TEMP TABLE copied (LIKE {table} INCLUDING ALL)")
        else:
            cursor.execute(f"CREATE TEMP TABLE copied AS SELECT * FROM {table} WHERE 0")
        start = time.perf_counter()
        cursor.execute(f"INSERT INTO copied SELECT * FROM {table}")
        taken = time.perf_counter() - start
        cursor.execute("DROP TABLE copied")
    return taken


def measure(people: int, rules: int) -> dict[str, float]:
    dice = random.Random(20261125)
    taken: dict[str, float] = {}

    def clock(name: str, on: date) -> None:
        start = time.perf_counter()
        outcome = evaluate_rules(on=on)
        taken[name] = time.perf_counter() - start
        print(f"  {name}: {taken[name]:.2f} s  {outcome}", flush=True)

    with transaction.atomic():
        AudienceRule.objects.all().delete()
        make_office(people, dice)
        make_rules(rules, dice)
        analyse()
        print(f"{people:,} people × {rules} rules", flush=True)
        clock("first", ON)
        analyse()
        taken["copy"] = seconds_of_copy()
        clock("again", ON)
        move_some(dice)
        clock("moved", ON + timedelta(days=1))
        clock("april", APRIL)
        transaction.set_rollback(True)
    return taken


def main(people: int = 5_000, rules: int = 200) -> None:
    call_command("migrate", verbosity=0)
    sizes = [(people * part // 100, rules) for part in (20, 50, 100)]
    sizes += [(people, rules * part // 100) for part in (25, 50)]
    found = {size: measure(*size) for size in sizes}
    whole = found[people, rules]
    print(f"\nseconds{'':<17}" + "".join(f"{name:>9}" for name in whole))
    for size in sorted(found):
        row = "".join(f"{taken:>9.2f}" for taken in found[size].values())
        print(f"{size[0]:>6,} people × {size[1]:>3} rules{row}")
    copied = "".join(f"{taken / whole['copy']:>9.1f}" for taken in whole.values())
    print(f"{'÷ copy':<24}{copied}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
