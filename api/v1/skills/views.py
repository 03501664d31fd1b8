from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import pages_of
from api.schema import describe
from api.v1.skills.choices import matrix_choices
from api.v1.skills.inputs import CellParameters, MatrixParameters
from api.v1.skills.outputs import CellOut, MatrixOut, MySkillsOut
from api.v1.skills.renderers import CsvRenderer, FileRenderer, XlsxRenderer
from api.views import ApiView
from courses.bilingual import in_language
from skills_matrix.reports import MatrixFilters, explain_cell, matrix, my_skills
from skills_matrix.reports.matrix import Matrix
from skills_matrix.reports.person import MySkills

FILTERS = ("department", "tier", "role", "framework", "group")


class MySkillsView(ApiView):
    scopes = {"GET": "skills:read"}

    @describe(
        operation_id="getMySkills",
        tags=["skills"],
        summary=gettext_lazy("My skills"),
        responses=MySkillsOut,
    )
    def get(self, request: Request) -> Response:
        """Every competency I have a level in, believe in, or am asked for; where each came from."""
        found = my_skills(employee=self.employee, as_of=timezone.now())
        return Response(
            MySkillsOut(
                {
                    "as_of": found.as_of,
                    "framework_note": _framework_note(found),
                    "scale": found.scale,
                    "rows": found.rows,
                    "are_targets_hidden": found.are_targets_hidden,
                    "summary": {
                        "targets": sum(row.target is not None for row in found.rows),
                        **{name: found.count(name) for name in ("met", "one_short", "lacking")},
                    },
                }
            ).data
        )


def _framework_note(found: MySkills) -> str:
    """Where the frameworks of the competencies shown come from, each once."""
    frameworks = {row.competency.framework_id: row.competency.framework for row in found.rows}
    notes = (in_language(framework, "source_note") for framework in frameworks.values())
    return "\n".join(note for note in notes if note)


class MatrixView(ApiView):
    scopes = {"GET": "matrix:read"}
    parameters = {"GET": MatrixParameters}
    renderer_classes = [JSONRenderer, CsvRenderer, XlsxRenderer]

    @describe(
        operation_id="getSkillsMatrix",
        tags=["skills"],
        summary=gettext_lazy("People × competencies"),
        responses={
            (200, "application/json"): MatrixOut,
            (200, CsvRenderer.media_type): OpenApiTypes.STR,
            (200, XlsxRenderer.media_type): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """For HR. Every look at other people's skills is logged. Files hold all pages."""
        renderer = request.accepted_renderer
        to_file = renderer.file if isinstance(renderer, FileRenderer) else None
        found = matrix(
            viewer=request.user,
            filters=MatrixFilters(**{name: self.asked[name] for name in FILTERS}),
            as_of=self.asked.get("as_of"),
            page=None if to_file else self.asked["page"],
            page_size=self.asked["page_size"],
        )
        if to_file:
            return to_file(found)
        return Response(MatrixOut(self._page(found)).data)

    def _page(self, found: Matrix) -> dict[str, Any]:
        page_size = self.asked["page_size"]
        return {
            "as_of": found.as_of,
            "count": found.count,
            "page": self.asked["page"],
            "page_size": page_size,
            "pages": pages_of(found.count, page_size),
            "competencies": found.competencies,
            "scale": found.scale,
            "people": found.rows,
            "summary": found.summary,
            "filters": matrix_choices(),
        }


class CellView(ApiView):
    scopes = {"GET": "skills:read"}
    parameters = {"GET": CellParameters}

    @describe(
        operation_id="explainCell",
        tags=["skills"],
        summary=gettext_lazy("Why a cell says what it says"),
        responses=OpenApiResponse(CellOut),
    )
    def get(self, request: Request, staff_number: str, competency_key: str) -> Response:
        """One's own cells; with the permission for the matrix everybody's."""
        found = explain_cell(
            viewer=request.user,
            staff_number=staff_number,
            competency_key=competency_key,
            as_of=self.asked.get("as_of", timezone.now()),
        )
        return Response(CellOut(found).data)
