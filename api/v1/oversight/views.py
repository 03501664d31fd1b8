from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.oversight.inputs import DutyParameters, NudgeIn, OversightFilters
from api.v1.oversight.outputs import DutyRow, NudgeOut, Oversight
from api.v1.oversight.renderers import DutyCsvRenderer
from api.views import ApiView, ListView
from lms.access.services import log_record_views
from lms.notices.services import nudge
from lms.oversight.duties import (
    DutyFilters,
    choices_of,
    counts_of,
    described,
    duties_overseen_by,
)
from lms.oversight.heads import may_oversee
from lms.people.calendar import office_today
from lms.people.models import Employee


class OverseerView(ApiView):
    """For section heads and HR; others are refused."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not may_oversee(request.user, office_today()):
            raise PermissionDenied


class OversightView(OverseerView):
    scopes = {"GET": "oversight:read"}
    parameters = {"GET": OversightFilters}

    @describe(
        operation_id="getOversight",
        tags=["oversight"],
        summary=gettext_lazy("My section's mandatory courses in numbers"),
        responses=Oversight,
    )
    def get(self, request: Request) -> Response:
        """For the head of a section and for HR. The sums are of what the filters leave."""
        today = office_today()
        departments, courses = choices_of(request.user, today)
        rows = duties_overseen_by(request.user, today, DutyFilters(**self.asked))
        return Response(
            Oversight(
                {
                    "counts": counts_of(rows),
                    "departments": [
                        {"key": row.key, "title": row.title, "depth": depth}
                        for row, depth in departments
                    ],
                    "courses": courses,
                }
            ).data
        )


class DutiesView(OverseerView, ListView):
    scopes = {"GET": "oversight:read"}
    parameters = {"GET": DutyParameters}
    renderer_classes = [JSONRenderer, DutyCsvRenderer]

    @describe(
        operation_id="listDuties",
        tags=["oversight"],
        summary=gettext_lazy("Who in my section is where, and why late"),
        responses={
            (200, "application/json"): DutyRow(many=True),
            (200, DutyCsvRenderer.media_type): OpenApiTypes.STR,
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Overdue first. Every look at somebody is logged. The file holds all pages."""
        today = office_today()
        names = ("state", "department", "course", "person")
        rows = duties_overseen_by(
            request.user, today, DutyFilters(**{name: self.asked[name] for name in names})
        )
        renderer = request.accepted_renderer
        if isinstance(renderer, DutyCsvRenderer):
            duties = described(rows, today)
            self._log(duties, "oversight.csv")
            return HttpResponse(
                renderer.file(duties),
                content_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="section-{today}.csv"'},
            )
        start = (self.asked["page"] - 1) * self.asked["page_size"]
        duties = described(rows[start : start + self.asked["page_size"]], today)
        self._log(duties, "oversight")
        return self.envelope_of(duties, rows.count(), DutyRow)

    def _log(self, duties: list[Any], what: str) -> None:
        log_record_views(
            viewer=self.request.user,
            subject_ids=[duty.employee.pk for duty in duties],
            what=what,
        )


class NudgesView(OverseerView):
    scopes = {"POST": "oversight:write"}

    @describe(
        operation_id="nudge",
        tags=["oversight"],
        summary=gettext_lazy("Remind somebody of a late course"),
        request=NudgeIn,
        responses=NudgeOut,
    )
    def post(self, request: Request) -> Response:
        """In the site and by e-mail; once a day for a person and course. It is logged."""
        said = NudgeIn(data=request.data)
        said.is_valid(raise_exception=True)
        try:
            is_sent = nudge(viewer=request.user, **said.validated_data, on=office_today())
        except Employee.DoesNotExist as fault:
            raise NotFound from fault
        return Response(NudgeOut({"is_sent": is_sent}).data)
