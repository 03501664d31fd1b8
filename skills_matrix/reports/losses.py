"""Which texts of a matrix an old encoding cannot hold: shown before the file is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.people.models import Employee
from skills_matrix.assessments.services import log_skills_views
from skills_matrix.reports.characters import Loss, losses
from skills_matrix.reports.matrix import MatrixFilters, MatrixLayout, MatrixRow, matrix


@dataclass(frozen=True)
class TextLoss:
    """A text that is written otherwise. Without a person it is a competency's title.

    `column`: staff_number, name, kana, department, tier, roles or competency.
    """

    staff_number: str
    name: str
    column: str
    text: str
    losses: list[Loss]


def matrix_losses(
    *, viewer: Any, filters: MatrixFilters, layout: MatrixLayout, as_of: datetime | None = None
) -> tuple[int, list[TextLoss]]:
    """How many rows there are, and every text in them that CP932 cannot hold, row by row.

    The people listed are logged as looked at, since being listed says that the conditions hold.

    Raises:
        PermissionDenied, UnknownFilterValue: as `matrix`.
    """
    found = matrix(viewer=viewer, filters=filters, layout=layout, as_of=as_of, page=None, what=None)
    listed = [
        *(_loss_of(None, "competency", column.title) for column in found.columns),
        *(
            _loss_of(row, column, text)
            for row in {row.staff_number: row for row in found.rows}.values()
            for column, text in _texts(row)
        ),
    ]
    lost = [row for row in listed if row.losses]
    seen = Employee.objects.filter(staff_number__in={row.staff_number for row in lost} - {""})
    log_skills_views(
        viewer=viewer, subject_ids=seen.values_list("pk", flat=True), what="export:characters"
    )
    return found.count, lost


def _loss_of(row: MatrixRow | None, column: str, text: str) -> TextLoss:
    number, name = (row.staff_number, row.name) if row else ("", "")
    return TextLoss(number, name, column, text, losses(text))


def _texts(row: MatrixRow) -> Iterator[tuple[str, str]]:
    yield "staff_number", row.staff_number
    yield "name", row.name
    yield "kana", row.kana
    yield "department", row.department.title
    yield "tier", row.tier.title if row.tier else ""
    for role in row.roles:
        yield "roles", role.title
