"""Loading the sample office through the same import that HR uses.

What exists is left alone, so that what HR changes on the site survives a second run.
"""

import io
from collections.abc import Callable
from datetime import date

from django.db import transaction

from lms.exceptions import ImportRefused
from lms.people.calendar import office_today
from lms.people.import_report import ImportReport
from lms.people.models import Department, Employee
from lms.people.services import (
    ReferenceRow,
    add_missing_employment_types,
    add_missing_roles,
    add_missing_tiers,
    import_departments,
    import_people,
)
from lms.starter.generator import COUNT, csv_bytes, generate_office, people_csv, read_starter

Say = Callable[[str], None]


@transaction.atomic
def load_office(*, say: Say, as_of: date | None = None, count: int = COUNT) -> list[ImportReport]:
    """Departments, tiers, roles, employment types and people of さくら区; all of it, or nothing.

    Args:
        say: told one line of progress at a time.
        as_of: the office's day; None = today.

    Raises:
        ImportRefused: something of the site is in the way; the message is the table of faults.
    """
    day = as_of or office_today()
    add_missing_tiers(rows=_reference_rows("tiers.csv"))
    add_missing_roles(rows=_reference_rows("roles.csv"))
    add_missing_employment_types(rows=_reference_rows("employment_types.csv"))
    reports = []
    departments = set(Department.objects.values_list("key", flat=True))
    units = [row for row in read_starter("departments.csv") if row["コード"] not in departments]
    if units:
        file = io.BytesIO(csv_bytes(units[0], (row.values() for row in units)))
        reports.append(_said(import_departments(file=file), say))
    people = set(Employee.objects.values_list("staff_number", flat=True))
    office = generate_office(count)
    for lines in (office.before, office.now):
        fresh = [line for line in lines if line.staff_number not in people]
        if fresh:
            file = io.BytesIO(people_csv(fresh))
            reports.append(_said(import_people(file=file, as_of=day), say))
    return reports


def _said(report: ImportReport, say: Say) -> ImportReport:
    say(report.summary())
    if report.is_refused:
        raise ImportRefused(report.fault_table())
    return report


def _reference_rows(name: str) -> list[ReferenceRow]:
    return [
        ReferenceRow(row["key"], row["title_ja"], row["title_en"], int(row.get("rank", 0)))
        for row in read_starter(name)
    ]
