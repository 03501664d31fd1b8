from django.utils import timezone
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.skills.inputs import CellParameters
from api.v1.skills.outputs import CellOut, MySkillsOut
from api.views import ApiView
from courses.bilingual import in_language
from skills_matrix.reports import explain_cell, my_skills
from skills_matrix.reports.person import MySkills


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
                    "categories": found.categories,
                    "expiring": found.expiring,
                    "expiring_until": found.expiring_until,
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
            as_of=self.asked.get("as_of") or timezone.now(),
            minimum_assurance=self.asked.get("assurance"),
        )
        return Response(CellOut(found).data)
