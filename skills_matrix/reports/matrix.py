"""The matrix: people × competencies, filtered, with what each column adds up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import numpy as np
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.models import Department, Employee, JobTier, Posting, Role
from lms.people.selectors import department_subtree_ids, postings_on
from skills_matrix.access import employees_with_skills_visible_to, require_matrix
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.models import Competency, Framework
from skills_matrix.competencies.selectors import ScaleStep, competencies_held, scale
from skills_matrix.engine.arrays import ABSENT
from skills_matrix.engine.table import SkillTable, unit_levels
from skills_matrix.exceptions import UnknownFilterValue
from skills_matrix.frames import office_day
from skills_matrix.reports.table import skill_table
from skills_matrix.reports.values import moment_at

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class MatrixFilters:
    """Keys to narrow the matrix by; empty = not narrowed. A department includes those below."""

    department: str = ""
    tier: str = ""
    role: str = ""
    framework: str = ""
    group: str = ""


@dataclass(frozen=True)
class MatrixCell:
    """`column` is the index into the competencies. A pair without any fact has no cell."""

    column: int
    level: int | None
    target: int | None
    gap: int | None
    since: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True)
class MatrixRow:
    employee: Employee
    posting: Posting
    cells: list[MatrixCell]


@dataclass(frozen=True)
class ColumnSummary:
    """What everybody the filters leave adds up to in one competency."""

    column: int
    assessed: int
    with_target: int
    at_target: int
    mean_level: float | None


@dataclass(frozen=True)
class Matrix:
    as_of: datetime
    count: int
    competencies: list[Competency]
    scale: list[ScaleStep]
    rows: list[MatrixRow]
    summary: list[ColumnSummary]


def matrix(
    *,
    viewer: Any,
    filters: MatrixFilters,
    as_of: datetime | None = None,
    page: int | None = 1,
    page_size: int = 50,
) -> Matrix:
    """One page of the matrix, and the sums over all its pages. Looks are logged.

    Args:
        as_of: None = now, which reads the copy instead of deriving.
        page: from 1; None = everybody, for exports. A page past the end has no rows.

    Raises:
        PermissionDenied: the viewer may not see the matrix.
        UnknownFilterValue: a filter names nothing.
    """
    require_matrix(viewer)
    moment = as_of or timezone.now()
    postings = _postings(viewer, filters, moment)
    competencies = list(_competencies(filters, office_day(moment)))
    everybody = list(postings.values_list("employee_id", flat=True))
    begin = 0 if page is None else (page - 1) * page_size
    shown = everybody if page is None else everybody[begin : begin + page_size]
    listed = (
        postings.filter(employee_id__in=shown)
        .select_related("employee", "department", "tier")
        .prefetch_related("roles")
    )
    sums = skill_table(
        employees=Employee.objects.filter(pk__in=everybody),
        competencies=competencies,
        as_of=as_of,
        levels_only=True,
    )
    table = skill_table(
        employees=Employee.objects.filter(pk__in=shown), competencies=competencies, as_of=as_of
    )
    cells = _cells(table)
    log_skills_views(viewer=viewer, subject_ids=shown, what="matrix")
    return Matrix(
        as_of=moment,
        count=len(everybody),
        competencies=competencies,
        scale=scale(),
        rows=[
            MatrixRow(employee=posting.employee, posting=posting, cells=cells[posting.employee_id])
            for posting in listed
        ],
        summary=_summary(sums),
    )


def _cells(table: SkillTable) -> dict[int, list[MatrixCell]]:
    """The filled cells of each person, by column."""
    filled = (table.level != ABSENT) | (table.self_level != ABSENT) | (table.target != ABSENT)
    cells: dict[int, list[MatrixCell]] = {pk: [] for pk in table.employee_id.tolist()}
    row, column = np.nonzero(filled)
    values = zip(
        table.employee_id[row].tolist(),
        column.tolist(),
        *(getattr(table, name)[row, column].tolist() for name in ("level", "target")),
        table.gap[row, column].tolist(),
        *(getattr(table, name)[row, column].tolist() for name in ("since", "expires_at")),
        strict=True,
    )
    for person, place, level, target, gap, since, expires_at in values:
        cells[person].append(
            MatrixCell(
                column=place,
                level=_present(level),
                target=_present(target),
                gap=_present(gap),
                since=moment_at(since),
                expires_at=moment_at(expires_at),
            )
        )
    return cells


def _present(value: int) -> int | None:
    return None if value == ABSENT else value


def _postings(viewer: Any, filters: MatrixFilters, as_of: datetime) -> QuerySet[Posting]:
    """Main postings in force of the people the filters leave, in the order of the matrix."""
    rows = postings_on(office_day(as_of)).filter(
        is_main=True, employee__in=employees_with_skills_visible_to(viewer)
    )
    if filters.department:
        department = _named(Department, filters.department, "department")
        rows = rows.filter(department_id__in=department_subtree_ids(department))
    if filters.tier:
        rows = rows.filter(tier=_named(JobTier, filters.tier, "tier"))
    if filters.role:
        role = _named(Role, filters.role, "role")
        holders = postings_on(office_day(as_of)).filter(roles=role).values("employee_id")
        rows = rows.filter(employee_id__in=holders)
    return rows.order_by(
        "department__key", "-tier__rank", "employee__kana", "employee__staff_number"
    )


def _competencies(filters: MatrixFilters, on: date) -> QuerySet[Competency]:
    rows = competencies_held(on)
    if filters.framework:
        rows = rows.filter(framework=_named(Framework, filters.framework, "framework"))
    if filters.group:
        group = _named(Competency, filters.group, "group")
        rows = rows.filter(pk__in=_below(group))
    return rows


def _below(group: Competency) -> set[int]:
    """The group and everything under it. One query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Competency.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found, waiting = {group.pk}, [group.pk]
    while waiting:
        below: Iterable[int] = children.get(waiting.pop(), [])
        found.update(below)
        waiting.extend(below)
    return found


def _named(model: type[Row], key: str, place: str) -> Row:
    row = model._default_manager.filter(key=key).first()
    if row is None:
        raise UnknownFilterValue(_("Nothing has the key “%(key)s”.") % {"key": key}, place=place)
    return row


def _summary(table: SkillTable) -> list[ColumnSummary]:
    """The sums of engine/table.py, with the whole selection taken as one unit."""
    sums = unit_levels(table, np.zeros(table.employee_id.size, dtype=np.int64))
    if not sums.unit.size:
        return [ColumnSummary(column, 0, 0, 0, None) for column in range(table.competency_id.size)]
    mean = sums.mean_level[0]
    return [
        ColumnSummary(
            column=column,
            assessed=int(sums.assessed[0, column]),
            with_target=int(sums.targeted[0, column]),
            at_target=int(sums.at_target[0, column]),
            mean_level=None if np.isnan(mean[column]) else float(mean[column]),
        )
        for column in range(table.competency_id.size)
    ]
