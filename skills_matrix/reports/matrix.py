"""The matrix: people × competencies, filtered, with what each column adds up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms.people.models import Department, Employee, JobTier, Posting, Role
from lms.people.selectors import department_subtree_ids, postings_on
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.competencies.models import Competency, Framework
from skills_matrix.competencies.selectors import ScaleStep, competencies_held, scale
from skills_matrix.engine.aggregates import department_levels
from skills_matrix.exceptions import UnknownFilterValue
from skills_matrix.frames import competencies_frame, office_day
from skills_matrix.reports.access import employees_with_skills_visible_to, require_matrix
from skills_matrix.reports.chain import derive_chain
from skills_matrix.reports.values import rows_of

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
    as_of: datetime,
    page: int | None = 1,
    page_size: int = 50,
) -> Matrix:
    """One page of the matrix, and the sums over all its pages. Looks are logged.

    Args:
        page: from 1; None = everybody, for exports. A page past the end has no rows.

    Raises:
        PermissionDenied: the viewer may not see the matrix.
        UnknownFilterValue: a filter names nothing.
    """
    require_matrix(viewer)
    postings = _postings(viewer, filters, as_of)
    competencies = _competencies(filters, office_day(as_of))
    count = postings.count()
    chosen = postings
    if page is not None:
        chosen = postings[(page - 1) * page_size : page * page_size]
    listed = list(chosen.select_related("employee", "department", "tier").prefetch_related("roles"))
    chain = derive_chain(
        employees=Employee.objects.filter(pk__in=postings.order_by().values("employee_id")),
        competencies=competencies,
        as_of=as_of,
    )
    columns = {competency.pk: n for n, competency in enumerate(competencies)}
    shown = {posting.employee_id for posting in listed}
    cells: dict[int, list[MatrixCell]] = {pk: [] for pk in shown}
    page_cells = chain.cells[chain.cells["employee_id"].isin(shown)]
    for cell in rows_of(
        page_cells[
            ["employee_id", "competency_id", "level", "target", "gap", "since", "expires_at"]
        ]
    ):
        cells[cell.employee_id].append(
            MatrixCell(
                column=columns[cell.competency_id],
                level=cell.level,
                target=cell.target,
                gap=cell.gap,
                since=cell.since,
                expires_at=cell.expires_at,
            )
        )
    log_skills_views(
        viewer=viewer, subject_ids=[posting.employee_id for posting in listed], what="matrix"
    )
    return Matrix(
        as_of=as_of,
        count=count,
        competencies=list(competencies),
        scale=scale(),
        rows=[
            MatrixRow(
                employee=posting.employee,
                posting=posting,
                cells=sorted(cells[posting.employee_id], key=lambda cell: cell.column),
            )
            for posting in listed
        ],
        summary=_summary(chain, competencies, columns),
    )


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


def _summary(
    chain: Any, competencies: QuerySet[Competency], columns: dict[int, int]
) -> list[ColumnSummary]:
    """The sums of engine/aggregates.py, with the whole selection taken as one department."""
    together = chain.frames.people.assign(department_id=0)
    sums = department_levels(chain.cells, together, competencies_frame(competencies))
    return sorted(
        (
            ColumnSummary(
                column=columns[row.competency_id],
                assessed=row.assessed,
                with_target=row.targeted,
                at_target=row.at_target,
                mean_level=row.mean_level,
            )
            for row in rows_of(sums)
        ),
        key=lambda item: item.column,
    )
