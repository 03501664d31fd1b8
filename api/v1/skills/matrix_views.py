"""HR's matrix: pages of it, files, the report of a fiscal year, and views that people keep."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import pages_of
from api.schema import describe
from api.v1.skills.choices import matrix_choices
from api.v1.skills.files.contents import MatrixExport
from api.v1.skills.inputs import (
    MatrixParameters,
    MatrixRowParameters,
    ReportParameters,
    SavedViewChange,
    SavedViewIn,
)
from api.v1.skills.matrix_outputs import (
    FiscalYearOut,
    MatrixFileOut,
    MatrixOut,
    MatrixRowsOut,
    SavedViewOut,
    UnwritableOut,
    choices_out,
    columns_out,
    group_out,
    rows_out,
    sums_out,
    unit_year_out,
)
from api.v1.skills.outputs import DayField, ScaleStepOut
from api.v1.skills.renderers import (
    Cp932CsvRenderer,
    CsvRenderer,
    FileRenderer,
    JsonFileRenderer,
    XlsxRenderer,
)
from api.views import ApiView
from lms.people.calendar import office_today
from lms.people.selectors import employee_of
from skills_matrix.access import require_matrix
from skills_matrix.reports.filter_words import filter_words
from skills_matrix.reports.fiscal_year import fiscal_year_report
from skills_matrix.reports.losses import matrix_losses
from skills_matrix.reports.matrix import Matrix, MatrixFilters, MatrixLayout, matrix
from skills_matrix.reports.roster import Scope
from skills_matrix.saved_views.selectors import view_of, views_of
from skills_matrix.saved_views.services import change_view, delete_view, save_view

_SCOPE = ("department", "tier", "role")
_COLUMNS = ("framework", "group")
_CONDITIONS = ("competency", "level_is", "level", "gap", "expires_within", "older_than")
_LAYOUT = ("sort", "group_by", "collapse")
_day = DayField().to_representation


class MatrixRowsView(ApiView):
    scopes = {"GET": "matrix:read"}
    parameters = {"GET": MatrixRowParameters}

    @describe(
        operation_id="listSkillsMatrixRows",
        tags=["skills"],
        summary=gettext_lazy("People × competencies, rows only"),
        responses=MatrixRowsOut,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Further pages of the same matrix, without columns and sums."""
        return Response(self.rows_of(self.found(page=self.asked["page"])))

    def found(self, *, page: int) -> Matrix:
        """The page that was asked for."""
        return matrix(**self.question, page=page, page_size=self.asked["page_size"])

    @property
    def question(self) -> dict[str, Any]:
        """What was asked, for `matrix`."""
        given = self.asked
        names = (*_SCOPE, *_COLUMNS, *_CONDITIONS)
        return {
            "viewer": self.request.user,
            "filters": MatrixFilters(
                **{name: given[name] for name in names if given.get(name) is not None},
                assurance=given.get("assurance"),
            ),
            "layout": MatrixLayout(**{name: given[name] for name in _LAYOUT}),
            "as_of": given.get("as_of"),
            "compared_to": self._compared_to,
        }

    @property
    def _compared_to(self) -> datetime | None:
        """The moment; None = nothing is compared."""
        if "compared_to" not in self.asked:
            return None
        moment: datetime = self.asked["compared_to"] or timezone.now()
        return moment

    def rows_of(self, found: Matrix) -> dict[str, Any]:
        page_size = self.asked["page_size"]
        return {
            "count": found.count,
            "page": self.asked["page"],
            "page_size": page_size,
            "pages": pages_of(found.count, page_size),
            "people": rows_out(found),
        }


class MatrixView(MatrixRowsView):
    parameters = {"GET": MatrixParameters}
    renderer_classes = [
        JSONRenderer,
        CsvRenderer,
        Cp932CsvRenderer,
        XlsxRenderer,
        JsonFileRenderer,
    ]

    @describe(
        operation_id="getSkillsMatrix",
        tags=["skills"],
        summary=gettext_lazy("People × competencies"),
        responses={
            (200, "application/json"): MatrixOut,
            (200, CsvRenderer.media_type): OpenApiTypes.STR,
            (200, Cp932CsvRenderer.media_type): OpenApiTypes.BINARY,
            (200, XlsxRenderer.media_type): OpenApiTypes.BINARY,
            (200, JsonFileRenderer.media_type): MatrixFileOut,
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """For HR. Every look at other people's skills is logged. Files hold all pages."""
        renderer = request.accepted_renderer
        if isinstance(renderer, FileRenderer):
            return renderer.file(self._export(renderer))
        found = self.found(page=self.asked["page"])
        turnover = found.turnover
        return Response(
            {
                "as_of": _day(found.as_of),
                "compared_to": None if found.compared_to is None else _day(found.compared_to),
                **self.rows_of(found),
                "competencies": columns_out(found.columns),
                "scale": ScaleStepOut(found.scale, many=True).data,
                "summary": sums_out(found.sums),
                "groups": [group_out(group) for group in found.groups],
                "turnover": turnover and {"joined": turnover.joined, "left": turnover.left},
                "filters": choices_out(matrix_choices(office_today(found.as_of))),
            }
        )

    def _export(self, renderer: FileRenderer) -> MatrixExport:
        question = self.question
        conditions = filter_words(question["filters"], question["layout"])
        if renderer.is_grouped and not question["layout"].group_by:
            question["layout"] = replace(question["layout"], group_by="department")
        return MatrixExport(
            found=matrix(**question, page=None, what="export:matrix"),
            conditions=conditions,
            by=_named(self.request.user),
            at=timezone.now(),
        )


def _named(user: Any) -> str:
    employee = employee_of(user)
    return f"{employee.name} ({employee.staff_number})" if employee else user.get_username()


class MatrixCharactersView(MatrixRowsView):
    @describe(
        operation_id="listUnwritableCharacters",
        tags=["skills"],
        summary=gettext_lazy("What CP932 cannot hold of the matrix"),
        responses=UnwritableOut,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Of all rows. The people listed are logged as looked at; nobody else is shown."""
        question = self.question
        del question["compared_to"]
        count, texts = matrix_losses(**question)
        return Response(UnwritableOut({"count": count, "texts": texts}).data)


class FiscalYearView(ApiView):
    scopes = {"GET": "matrix:read"}
    parameters = {"GET": ReportParameters}

    @describe(
        operation_id="getSkillsFiscalYear",
        tags=["skills"],
        summary=gettext_lazy("Skills at the beginning and end of a fiscal year"),
        responses=FiscalYearOut,
    )
    def get(self, request: Request) -> Response:
        """For HR. By section or tier; while the year runs, its end is today. Names nobody."""
        found = fiscal_year_report(
            viewer=request.user,
            fiscal_year=self.asked["fiscal_year"],
            scope=Scope(**{name: self.asked[name] for name in _SCOPE}),
            by=self.asked["by"],
            **{name: self.asked[name] for name in _COLUMNS},
            minimum_assurance=self.asked.get("assurance"),
            collapse=self.asked["collapse"],
        )
        return Response(
            {
                "fiscal_year": found.fiscal_year,
                "starts_on": found.starts_on,
                "ends_on": found.ends_on,
                "competencies": columns_out(found.columns),
                "total": unit_year_out(found.total),
                "units": [unit_year_out(unit) for unit in found.units],
            }
        )


class SavedViewsView(ApiView):
    scopes = {"GET": "matrix:read", "POST": "matrix:write"}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require_matrix(request.user)

    @describe(
        operation_id="listMatrixViews",
        tags=["skills"],
        summary=gettext_lazy("My saved views of the matrix"),
        responses=SavedViewOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """By name; nobody keeps more than fifty."""
        return Response(SavedViewOut(views_of(request.user), many=True).data)

    @describe(
        operation_id="saveMatrixView",
        tags=["skills"],
        summary=gettext_lazy("Save a view of the matrix"),
        request=SavedViewIn,
        responses={201: SavedViewOut},
    )
    def post(self, request: Request) -> Response:
        """Under a name that none of mine has."""
        body = SavedViewIn(data=request.data)
        body.is_valid(raise_exception=True)
        view = save_view(owner=request.user, **body.validated_data)
        return Response(SavedViewOut(view).data, status=201)


class SavedViewView(ApiView):
    scopes = {"PATCH": "matrix:write", "DELETE": "matrix:write"}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require_matrix(request.user)

    @describe(
        operation_id="changeMatrixView",
        tags=["skills"],
        summary=gettext_lazy("Rename a saved view, or have it show something else"),
        request=SavedViewChange,
        responses=SavedViewOut,
    )
    def patch(self, request: Request, uuid: UUID) -> Response:
        """Only my own."""
        body = SavedViewChange(data=request.data)
        body.is_valid(raise_exception=True)
        view = change_view(view=view_of(request.user, uuid), **body.validated_data)
        return Response(SavedViewOut(view).data)

    @describe(
        operation_id="deleteMatrixView",
        tags=["skills"],
        summary=gettext_lazy("Delete a saved view"),
        responses={204: None},
    )
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Only my own; the address it stood for goes on working."""
        delete_view(view=view_of(request.user, uuid))
        return Response(status=204)
