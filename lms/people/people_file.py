"""HR's file of people: its columns, and each row as a personnel order (発令). Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from courses.japanese_dates import parse_date
from lms.people.cells import (
    Column,
    Layout,
    RowReader,
    lay_out,
    read_email,
    read_kana,
    read_key,
    read_keys,
    read_name,
    read_staff_number,
)
from lms.people.csv_table import CsvTable, Fault

PEOPLE_COLUMNS = (
    Column("staff_number", "職員番号", is_required=True),
    Column("name", "氏名", is_required=True),
    Column("kana", "フリガナ", is_required=True),
    Column("tier", "職層コード", is_required=True),
    Column("department", "所属コード", is_required=True),
    Column("starts_on", "発令日", is_required=True),
    Column("roles", "役割コード"),
    Column("email", "メール"),
    Column("ends_on", "終了日"),
    Column("concurrent_departments", "兼務所属コード"),
    Column("employment", "任用形態コード"),
)

# Personnel systems write this day for "no end".
OPEN_END = date.max
NO_KEYS: tuple[str, ...] = ()
# An order further ahead than this is a slip of the pen (令和44年 for 令和4年).
FURTHEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class KnownCodes:
    """What the office has: keys of its departments, tiers, roles and employment types, and its
    staff numbers."""

    departments: Collection[str]
    tiers: Collection[str]
    roles: Collection[str]
    staff_numbers: Collection[str] = ()
    employments: Collection[str] = ()


@dataclass(frozen=True)
class Order:
    """One row per person: from `starts_on` this person works there, at that tier, in those roles.

    None in `roles`, `email` and `concurrent` = the file has no such column and says nothing about
    it; None in `employment` = no such column, or an empty cell. `ends_on` is the first day the
    order no longer holds; None with `says_end` = no end, None without = the file says nothing
    about it.
    """

    line: int
    staff_number: str
    name: str
    kana: str
    tier: str
    department: str
    starts_on: date
    ends_on: date | None = None
    says_end: bool = False
    roles: frozenset[str] | None = None
    email: str | None = None
    concurrent: tuple[str, ...] | None = None
    employment: str | None = None


def read_people(
    table: CsvTable, known: KnownCodes, *, as_of: date, ignored: Iterable[str] = ()
) -> tuple[list[Order], list[Fault], Layout]:
    """Every row that can be taken, as an order; every fault of the others; the layout."""
    layout, faults = lay_out(table, PEOPLE_COLUMNS, ignored)
    if faults:
        return [], faults, layout
    faults += table.faults
    orders = []
    first_lines: dict[str, int] = {}
    shortened = {
        number.lstrip("0"): number for number in known.staff_numbers if number.startswith("0")
    }
    for row in table.rows:
        reader = RowReader(row, layout)
        order = _read_order(reader, known, as_of)
        number = order.staff_number
        if number in first_lines:
            reader.refuse(
                "staff_number",
                number,
                "repeated_staff_number",
                _("Line %(line)d has the same staff number.") % {"line": first_lines[number]},
            )
        elif number not in known.staff_numbers and number in shortened:
            reader.refuse(
                "staff_number",
                number,
                "lost_zeros",
                _("There is a %(number)s. Were its leading zeros lost?")
                % {"number": shortened[number]},
            )
        if number:
            first_lines.setdefault(number, row.line)
        faults += reader.faults
        if not reader.faults:
            orders.append(order)
    return orders, sorted(faults, key=lambda fault: fault.line), layout


def _read_order(reader: RowReader, known: KnownCodes, as_of: date) -> Order:
    layout = reader.layout
    order = Order(
        line=reader.row.line,
        staff_number=reader.require("staff_number", read_staff_number, ""),
        name=reader.require("name", read_name, ""),
        kana=reader.require("kana", read_kana, ""),
        tier=reader.require("tier", read_key, ""),
        department=reader.require("department", read_key, ""),
        starts_on=reader.require("starts_on", parse_date, date.min),
        ends_on=_first_day_after(reader.take("ends_on", parse_date, OPEN_END)),
        says_end=layout.has("ends_on"),
        roles=frozenset(reader.take("roles", read_keys, NO_KEYS)) if layout.has("roles") else None,
        email=reader.take("email", read_email, "") if layout.has("email") else None,
        concurrent=(
            reader.take("concurrent_departments", read_keys, NO_KEYS)
            if layout.has("concurrent_departments")
            else None
        ),
        employment=reader.take("employment", read_key, "") or None,
    )
    _check_codes(reader, "tier", [order.tier], known.tiers)
    _check_codes(reader, "department", [order.department], known.departments)
    _check_codes(reader, "roles", sorted(order.roles or ()), known.roles)
    _check_codes(reader, "concurrent_departments", order.concurrent or (), known.departments)
    _check_codes(reader, "employment", [order.employment or ""], known.employments)
    if order.concurrent and order.department in order.concurrent:
        reader.refuse(
            "concurrent_departments",
            order.department,
            "concurrent_is_main",
            _("The main department cannot be a concurrent one as well."),
        )
    if order.starts_on > as_of + FURTHEST_AHEAD:
        reader.refuse(
            "starts_on",
            reader.text("starts_on"),
            "too_far_ahead",
            _("%(day)s is more than a year ahead.") % {"day": order.starts_on},
        )
    if order.ends_on is not None and order.ends_on <= order.starts_on:
        reader.refuse(
            "ends_on",
            reader.text("ends_on"),
            "ends_before_start",
            _("The last day is before the first."),
        )
    return order


def _check_codes(
    reader: RowReader, name: str, codes: Iterable[str], known: Collection[str]
) -> None:
    for code in codes:
        if not code or code in known:
            continue
        full = next((key for key in known if key.lstrip("0") == code), None)
        message = (
            _("There is no %(code)s, but a %(full)s. Were its leading zeros lost?")
            if full
            else _("There is no %(code)s.")
        )
        reader.refuse(name, code, "unknown_code", message % {"code": code, "full": full})


def _first_day_after(last_day: date) -> date | None:
    return None if last_day == OPEN_END else last_day + timedelta(days=1)
