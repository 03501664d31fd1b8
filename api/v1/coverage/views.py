from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import pages_of
from api.schema import describe
from api.v1.coverage.inputs import (
    CoverageParameters,
    ExpiringParameters,
    PeopleParameters,
    PersonnelParameters,
    UnitParameters,
    WhatIfIn,
)
from api.v1.coverage.outputs import (
    CoverageOut,
    ExpiringOut,
    MovablePeople,
    UnitCoverageOut,
    WhatIfChoices,
    WhatIfOut,
)
from api.v1.coverage.renderers import NeedCsvRenderer
from api.v1.skills.choices import matrix_choices
from api.views import ApiView
from lms.people.calendar import office_today
from lms.personnel.access import changes_visible_to
from skills_matrix.access import require_whole_matrix, smallest_group_for
from skills_matrix.engine.columns import RISK_REASONS
from skills_matrix.reports.coverage import CoverageReport, coverage_report, unit_coverage
from skills_matrix.reports.expiring import falling_report
from skills_matrix.reports.what_if import Move, movable_people, what_if, what_if_applied


class CoverageView(ApiView):
    scopes = {"GET": "matrix:read"}
    parameters = {"GET": CoverageParameters}
    renderer_classes = [JSONRenderer, NeedCsvRenderer]

    @describe(
        operation_id="getCoverage",
        tags=["coverage"],
        summary=gettext_lazy("What sections and business processes need, and what is at risk"),
        responses={
            (200, "application/json"): CoverageOut,
            (200, NeedCsvRenderer.media_type): OpenApiTypes.STR,
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """HR sees the office, a head the own section. Numbers only; small units are suppressed."""
        found = coverage_report(
            viewer=request.user,
            as_of=self.asked.get("as_of"),
            days=self.asked["horizon"],
            department=self.asked["department"],
            kind=self.asked.get("kind", ""),
        )
        renderer = request.accepted_renderer
        if isinstance(renderer, NeedCsvRenderer):
            return self._file(renderer, found)
        return Response(CoverageOut(self._page(found)).data)

    def _risks(self, found: CoverageReport) -> list[Any]:
        reason = self.asked.get("reason")
        return [need for need in found.risks if reason in (None, need.reason)]

    def _file(self, renderer: NeedCsvRenderer, found: CoverageReport) -> HttpResponse:
        what = self.asked["list"]
        needs = self._risks(found) if what == "risks" else found.needs
        name = f"{what}-{office_today(found.as_of)}.csv"
        return HttpResponse(
            renderer.file(needs),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _page(self, found: CoverageReport) -> dict[str, Any]:
        page, page_size = self.asked["page"], self.asked["page_size"]
        risks = self._risks(found)
        numbers = Counter(need.reason for need in found.risks)
        return {
            "as_of": found.as_of,
            "horizon_on": found.horizon_on,
            "count": len(risks),
            "page": page,
            "page_size": page_size,
            "pages": pages_of(len(risks), page_size),
            "risks": risks[(page - 1) * page_size : page * page_size],
            "by_reason": {reason: numbers[reason] for reason in RISK_REASONS},
            "units": found.units,
            "small_group": smallest_group_for(self.request.user),
            "scale": found.scale,
            "departments": _choices(found.choices),
        }


def _choices(departments: list[Any]) -> list[dict[str, Any]]:
    return [{"key": row.key, "title": row.title, "depth": depth} for row, depth in departments]


class UnitCoverageView(ApiView):
    scopes = {"GET": "matrix:read"}
    parameters = {"GET": UnitParameters}

    @describe(
        operation_id="getUnitCoverage",
        tags=["coverage"],
        summary=gettext_lazy("One section or business process, and who holds what it needs"),
        responses=UnitCoverageOut,
    )
    def get(self, request: Request, kind: str, key: str) -> Response:
        """With the names that you may see. Every look at somebody is logged."""
        found = unit_coverage(
            viewer=request.user,
            kind=kind,
            key=key,
            as_of=self.asked.get("as_of"),
            days=self.asked["horizon"],
        )
        return Response(UnitCoverageOut(found).data)


class WhatIfView(ApiView):
    # Nothing is written, so reading is enough.
    scopes = {"GET": "matrix:read", "POST": "matrix:read"}

    @describe(
        operation_id="getWhatIfChoices",
        tags=["coverage"],
        summary=gettext_lazy("Where people could be moved to"),
        responses=WhatIfChoices,
    )
    def get(self, request: Request) -> Response:
        """For HR."""
        require_whole_matrix(request.user)
        return Response(WhatIfChoices(matrix_choices(office_today())).data)

    @describe(
        operation_id="whatIf",
        tags=["coverage"],
        summary=gettext_lazy("What if these people moved on that day"),
        request=WhatIfIn,
        responses=WhatIfOut,
    )
    def post(self, request: Request) -> Response:
        """For HR. Which needs fall short where, before beside after. Nothing is written."""
        require_whole_matrix(request.user)
        said = WhatIfIn(data=request.data)
        said.is_valid(raise_exception=True)
        found = what_if(
            viewer=request.user,
            on=said.validated_data["on"],
            moves=[Move(**move) for move in said.validated_data["moves"]],
        )
        return Response(WhatIfOut(found).data)


class PersonnelWhatIfView(ApiView):
    scopes = {"GET": "matrix:read"}
    parameters = {"GET": PersonnelParameters}

    @describe(
        operation_id="whatIfPersonnel",
        tags=["coverage"],
        summary=gettext_lazy("What if a personnel file were applied"),
        responses=WhatIfOut,
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        """For HR, of a file with a preview that is not applied yet. Nothing is written."""
        change = changes_visible_to(request.user).filter(uuid=uuid).first()
        if change is None:
            raise NotFound
        on = self.asked.get("on") or change.effective_on
        return Response(WhatIfOut(what_if_applied(viewer=request.user, change=change, on=on)).data)


class MovablePeopleView(ApiView):
    scopes = {"GET": "matrix:read"}
    parameters = {"GET": PeopleParameters}

    @describe(
        operation_id="findMovablePeople",
        tags=["coverage"],
        summary=gettext_lazy("People by name, to move them in a what-if"),
        responses=MovablePeople,
    )
    def get(self, request: Request) -> Response:
        """For HR. By name, kana or staff number; no skills are shown."""
        people, is_cut = movable_people(viewer=request.user, search=self.asked["search"])
        return Response(MovablePeople({"people": people, "is_cut": is_cut}).data)


class ExpiringView(ApiView):
    scopes = {"GET": "matrix:read"}
    parameters = {"GET": ExpiringParameters}

    @describe(
        operation_id="listExpiringSkills",
        tags=["coverage"],
        summary=gettext_lazy("Whose level falls soon, and what renews it"),
        responses=ExpiringOut,
    )
    def get(self, request: Request) -> Response:
        """HR sees the office, a head the own section. Every look at somebody is logged."""
        page, page_size = self.asked["page"], self.asked["page_size"]
        found = falling_report(
            viewer=request.user,
            days=self.asked["horizon"],
            department=self.asked["department"],
            only_targets=self.asked["only_targets"],
            page=page,
            page_size=page_size,
        )
        return Response(
            ExpiringOut(
                {
                    "horizon_on": found.horizon_on,
                    "count": found.count,
                    "page": page,
                    "page_size": page_size,
                    "pages": pages_of(found.count, page_size),
                    "results": found.rows,
                    "scale": found.scale,
                    "departments": _choices(found.choices),
                }
            ).data
        )
