"""The only writer of people, postings and the tables they refer to."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import IO, NamedTuple

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from lms.exceptions import AccountTaken, InvalidCsv
from lms.people.csv_table import MAX_BYTES, CsvTable, Fault, read_csv
from lms.people.departments_file import DepartmentState, read_departments
from lms.people.import_report import ImportReport
from lms.people.importing import Change, PersonState, Plan, PostingState, plan_people
from lms.people.models import Department, Employee, EmploymentType, JobTier, Posting, Role
from lms.people.people_file import KnownCodes, read_people

logger = logging.getLogger(__name__)

PEOPLE = "people"
DEPARTMENTS = "departments"


class ReferenceRow(NamedTuple):
    """A tier, a role or an employment type by key. Only tiers have a `rank`."""

    key: str
    title_ja: str
    title_en: str
    rank: int = 0


def import_people(
    *,
    file: IO[bytes],
    as_of: date,
    imported_by: AbstractUser | None = None,
    ignored_columns: Iterable[str] = (),
    dry_run: bool = False,
) -> ImportReport:
    """Take HR's file of people: all of it, or nothing if any row has a fault.

    The same file twice changes nothing. The number of queries does not depend on the number of
    rows, except that postings taken back are deleted a hundred at a time.

    Args:
        file: CSV bytes; `people_file.PEOPLE_COLUMNS` are its columns.
        as_of: the office's day; orders more than a year later are refused as slips.
        imported_by: who brought the file; None = a command.
        ignored_columns: titles of columns to pass over; any other unknown column is a fault.
    """
    table, refusal = _read(file, PEOPLE)
    if table is None:
        return refusal
    with transaction.atomic():
        tiers = _lock_imports()
        ids = _ids(tiers)
        people = _people(ids)
        known = KnownCodes(ids.departments, ids.tiers, ids.roles, people, ids.employments)
        orders, faults, layout = read_people(table, known, as_of=as_of, ignored=ignored_columns)
        plan = plan_people(orders, people, layout.titles)
        faults = sorted(faults + plan.faults, key=lambda fault: fault.line)
        report = _report(PEOPLE, table, plan.changes, faults, dry_run)
        if report.is_written:
            _write_people(plan, people, ids)
            report = replace(
                report, keys=tuple((order.line, order.staff_number) for order in orders)
            )
            transaction.on_commit(lambda: _log(report, imported_by))
    return report


def people_states() -> dict[str, PersonState]:
    """Everybody with their whole history by staff number, locked until the transaction ends."""
    return _people(_ids(_lock_imports()))


def import_departments(
    *,
    file: IO[bytes],
    imported_by: AbstractUser | None = None,
    ignored_columns: Iterable[str] = (),
    dry_run: bool = False,
) -> ImportReport:
    """Take the file of the office's departments: all of it, or nothing if any row has a fault.

    Departments that the file leaves out stay as they are. `departments_file.DEPARTMENT_COLUMNS`
    are its columns.
    """
    table, refusal = _read(file, DEPARTMENTS)
    if table is None:
        return refusal
    with transaction.atomic():
        _lock_imports()
        stored = {row.key: row for row in Department.objects.select_related("parent")}
        known = {key: _department_state(row) for key, row in stored.items()}
        states, faults = read_departments(table, known, ignored=ignored_columns)
        changed = {line: row for line, row in states.items() if known.get(row.key) != row}
        changes = [
            Change(
                line,
                row.key,
                "department_changed" if row.key in known else "department_added",
                row.title_ja,
            )
            for line, row in changed.items()
        ]
        report = _report(DEPARTMENTS, table, changes, faults, dry_run)
        if report.is_written:
            _write_departments(list(changed.values()), stored)
            transaction.on_commit(lambda: _log(report, imported_by))
    return report


def import_office(
    *,
    departments: IO[bytes] | None,
    people: IO[bytes],
    as_of: date,
    imported_by: AbstractUser | None = None,
    ignored_columns: Iterable[str] = (),
    dry_run: bool = False,
) -> list[ImportReport]:
    """Take both files, departments first; a fault in either leaves nothing of both.

    A dry run does everything and takes it back, so that people may be posted to departments that
    only the other file knows.
    """
    reports = []
    with transaction.atomic():
        if departments is not None:
            reports.append(
                import_departments(
                    file=departments, imported_by=imported_by, ignored_columns=ignored_columns
                )
            )
        if not any(report.is_refused for report in reports):
            reports.append(
                import_people(
                    file=people,
                    as_of=as_of,
                    imported_by=imported_by,
                    ignored_columns=ignored_columns,
                )
            )
        if dry_run or any(report.is_refused for report in reports):
            transaction.set_rollback(True)
            reports = [replace(report, is_written=False) for report in reports]
    return reports


@transaction.atomic
def add_missing_tiers(*, rows: Iterable[ReferenceRow]) -> int:
    """Add the job tiers whose keys are new; returns how many. Those that exist stay."""
    return sum(
        JobTier.objects.get_or_create(
            key=row.key,
            defaults={"title_ja": row.title_ja, "title_en": row.title_en, "rank": row.rank},
        )[1]
        for row in rows
    )


@transaction.atomic
def add_missing_roles(*, rows: Iterable[ReferenceRow]) -> int:
    """Add the roles whose keys are new; returns how many. Those that exist stay."""
    return sum(
        Role.objects.get_or_create(
            key=row.key, defaults={"title_ja": row.title_ja, "title_en": row.title_en}
        )[1]
        for row in rows
    )


@transaction.atomic
def add_missing_employment_types(*, rows: Iterable[ReferenceRow]) -> int:
    """Add the employment types whose keys are new; returns how many. Those that exist stay."""
    return sum(
        EmploymentType.objects.get_or_create(
            key=row.key, defaults={"title_ja": row.title_ja, "title_en": row.title_en}
        )[1]
        for row in rows
    )


@transaction.atomic
def link_account(*, employee: Employee, user: AbstractUser) -> None:
    """Give a person their account. Doing it again changes nothing.

    Raises:
        AccountTaken: the person has another account, or the account is another person's.
    """
    held = Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)
    if held.user_id == user.pk:
        return
    if held.user_id is not None or Employee.objects.filter(user_id=user.pk).exists():
        raise AccountTaken("The person or the account is linked already.")
    Employee.objects.filter(pk=held.pk).update(user_id=user.pk)


class _Ids(NamedTuple):
    """Row ids by key."""

    departments: Mapping[str, int]
    tiers: Mapping[str, int]
    roles: Mapping[str, int]
    employments: Mapping[str, int]


def _ids(tiers: Mapping[str, int]) -> _Ids:
    return _Ids(
        departments=dict(Department.objects.values_list("key", "pk")),
        tiers=tiers,
        roles=dict(Role.objects.values_list("key", "pk")),
        employments=dict(EmploymentType.objects.values_list("key", "pk")),
    )


def _lock_imports() -> dict[str, int]:
    """Ids of the tiers; holding their rows makes imports wait for one another.

    Two imports at once could each plan on a history that the other is changing. `no_key` lets
    everybody else go on referring to the rows.
    """
    return dict(
        JobTier.objects.select_for_update(no_key=True).order_by("pk").values_list("key", "pk")
    )


def _read(file: IO[bytes], name: str) -> tuple[CsvTable | None, ImportReport]:
    try:
        return read_csv(file.read(MAX_BYTES + 1)), ImportReport(name, 0)
    except InvalidCsv as error:
        fault = Fault(error.line, "", "", error.code, error.message)
        return None, ImportReport(name, 0, faults=(fault,))


def _report(
    name: str, table: CsvTable, changes: list[Change], faults: list[Fault], dry_run: bool
) -> ImportReport:
    return ImportReport(
        name,
        rows=len(table.rows) + len(table.faults),
        changes=() if faults else tuple(changes),
        faults=tuple(faults),
        is_written=not faults and not dry_run,
    )


def _log(report: ImportReport, imported_by: AbstractUser | None) -> None:
    logger.info(
        "imported %s: %d rows, %d changes, by user %s",
        report.file,
        report.rows,
        len(report.changes),
        imported_by.pk if imported_by else None,
    )


def _people(ids: _Ids) -> dict[str, PersonState]:
    """Everybody with their whole history, locked, in three queries."""
    department_keys = {pk: key for key, pk in ids.departments.items()}
    tier_keys = {pk: key for key, pk in ids.tiers.items()}
    role_keys = {pk: key for key, pk in ids.roles.items()}
    employment_keys = {pk: key for key, pk in ids.employments.items()}
    people = Employee.objects.select_for_update(no_key=True).order_by("pk")
    known = list(people.values_list("pk", "staff_number", "name", "kana", "email"))
    roles: dict[int, set[str]] = {}
    for posting_id, role_id in Posting.roles.through.objects.values_list("posting_id", "role_id"):
        roles.setdefault(posting_id, set()).add(role_keys[role_id])
    postings: dict[int, list[PostingState]] = {}
    for row in Posting.objects.order_by("pk"):
        postings.setdefault(row.employee_id, []).append(
            PostingState(
                department=department_keys[row.department_id],
                tier=tier_keys[row.tier_id],
                roles=frozenset(roles.get(row.pk, ())),
                is_main=row.is_main,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                id=row.pk,
                employment=employment_keys.get(row.employment_id or 0, ""),
            )
        )
    return {
        staff_number: PersonState(
            staff_number, name, kana, email, tuple(postings.get(pk, ())), id=pk
        )
        for pk, staff_number, name, kana, email in known
    }


def _write_people(plan: Plan, people: Mapping[str, PersonState], ids: _Ids) -> None:
    """Write a plan without faults. Postings end before others begin, as the constraints ask."""
    # An upsert is linear in the rows; bulk_update would compare each with each.
    saved = Employee.objects.bulk_create(
        [
            Employee(staff_number=row.staff_number, name=row.name, kana=row.kana, email=row.email)
            for row in plan.saved
        ],
        update_conflicts=True,
        unique_fields=["staff_number"],
        update_fields=["name", "kana", "email"],
    )
    employee_ids = {row.staff_number: row.id for row in people.values() if row.id is not None}
    employee_ids |= {row.staff_number: row.pk for row in saved}
    if plan.withdrawn:
        Posting.objects.filter(pk__in=plan.withdrawn).delete()
    Posting.objects.bulk_update(
        (
            Posting(
                pk=row.id,
                department_id=ids.departments[row.department],
                tier_id=ids.tiers[row.tier],
                employment_id=ids.employments.get(row.employment),
                ends_on=row.ends_on,
            )
            for row in plan.amended
        ),
        ["department", "tier", "employment", "ends_on"],
    )
    new_postings = Posting.objects.bulk_create(
        Posting(
            employee_id=employee_ids[number],
            department_id=ids.departments[row.department],
            tier_id=ids.tiers[row.tier],
            employment_id=ids.employments.get(row.employment),
            is_main=row.is_main,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for number, row in plan.opened
    )
    amended_ids = [row.id for row in plan.amended if row.id is not None]
    if amended_ids:
        Posting.roles.through.objects.filter(posting_id__in=amended_ids).delete()
    states = [*plan.amended, *(row for _, row in plan.opened)]
    posting_ids = [*amended_ids, *(row.pk for row in new_postings)]
    Posting.roles.through.objects.bulk_create(
        Posting.roles.through(posting_id=posting_id, role_id=ids.roles[key])
        for posting_id, state in zip(posting_ids, states, strict=True)
        for key in sorted(state.roles)
    )


def _department_state(row: Department) -> DepartmentState:
    return DepartmentState(
        key=row.key,
        title_ja=row.title_ja,
        title_en=row.title_en,
        parent=row.parent.key if row.parent else "",
        measures=tuple(row.measures),
    )


def _write_departments(states: list[DepartmentState], stored: Mapping[str, Department]) -> None:
    """Rows first, places in the tree after: a parent may stand below its child in the file."""
    fresh = Department.objects.bulk_create(
        Department(
            key=row.key,
            title_ja=row.title_ja,
            title_en=row.title_en,
            measures=list(row.measures),
        )
        for row in states
        if row.key not in stored
    )
    rows = {**stored, **{row.key: row for row in fresh}}
    for state in states:
        row = rows[state.key]
        row.title_ja, row.title_en = state.title_ja, state.title_en
        row.measures = list(state.measures)
        row.parent = rows[state.parent] if state.parent else None
    Department.objects.bulk_update(
        [rows[state.key] for state in states], ["title_ja", "title_en", "measures", "parent"]
    )
