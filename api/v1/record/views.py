"""My record of learning and my calendar."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import describe
from api.v1.certificates.views import PublicView, VerifyThrottle
from api.v1.record.inputs import RecordParameters
from api.v1.record.outputs import CalendarLinkOut, CalendarLinkState, RecordRow
from api.v1.skills.files.contents import Value
from api.v1.skills.files.plain import harmless
from api.views import ApiView, ListView
from lms.agenda.models import AgendaLink
from lms.agenda.selectors import agenda_of, employee_of_link
from lms.agenda.services import make_agenda_link, revoke_agenda_link
from lms.conf import conf
from lms.people.calendar import OFFICE_ZONE, office_today
from lms.transcript.selectors import RecordItem, record_of


class CsvRenderer(BaseRenderer):
    """UTF-8 with a byte-order mark, which Excel needs to read Japanese. The view sends the file."""

    media_type = "text/csv"
    format = "csv"


class CalendarRenderer(BaseRenderer):
    """For negotiation only: the view sends the file itself."""

    media_type = "text/calendar"
    format = "ics"


class RecordView(ListView):
    scopes = {"GET": "learning:read"}
    parameters = {"GET": RecordParameters}
    renderer_classes = [JSONRenderer, CsvRenderer]

    @describe(
        operation_id="listRecord",
        tags=["learning"],
        summary=gettext_lazy("My record of learning"),
        responses={
            (200, "application/json"): RecordRow(many=True),
            (200, CsvRenderer.media_type): OpenApiTypes.STR,
        },
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """Every course I took up or was assigned, the latest first. The file holds all pages."""
        items = record_of(self.employee)
        if isinstance(request.accepted_renderer, CsvRenderer):
            return _csv(items)
        return self.page_of(items, RecordRow)


class CalendarView(ApiView):
    scopes = {"GET": "learning:read"}
    renderer_classes = [CalendarRenderer]

    @describe(
        operation_id="getCalendar",
        tags=["learning"],
        summary=gettext_lazy("My due dates as a calendar file"),
        responses={(200, CalendarRenderer.media_type): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> HttpResponse:
        """iCalendar (RFC 5545): a whole-day event per course that is due and not finished."""
        return _calendar(agenda_of(self.employee, office_today()))


class SubscribedCalendarView(PublicView):
    throttle_classes = [VerifyThrottle]
    renderer_classes = [CalendarRenderer]

    @describe(
        operation_id="getSubscribedCalendar",
        tags=["learning"],
        summary=gettext_lazy("Somebody's due dates, for their calendar program"),
        responses={(200, CalendarRenderer.media_type): OpenApiTypes.STR},
    )
    def get(self, request: Request, token: str) -> HttpResponse:
        """The address is the secret; it works until it is revoked."""
        employee = employee_of_link(token)
        if employee is None:
            raise NotFound
        return _calendar(agenda_of(employee, office_today()))


class CalendarLinkView(ApiView):
    scopes = {"GET": "learning:read"}

    @describe(
        operation_id="getCalendarLink",
        tags=["learning"],
        summary=gettext_lazy("Whether I have a calendar address"),
        responses=CalendarLinkState,
    )
    def get(self, request: Request) -> Response:
        """Since when; the address itself is shown only when it is made."""
        link = AgendaLink.objects.filter(employee=self.employee).first()
        return Response(CalendarLinkState({"created_at": link.created_at if link else None}).data)

    @describe(
        operation_id="makeCalendarLink",
        tags=["learning"],
        summary=gettext_lazy("A new calendar address"),
        request=None,
        responses={201: CalendarLinkOut},
    )
    def post(self, request: Request) -> Response:
        """An earlier address stops working."""
        token = make_agenda_link(employee=self.employee)
        path = reverse("subscribed-calendar", kwargs={"token": token})
        return Response({"address": conf.SITE_ORIGIN + path}, status=201)

    @describe(
        operation_id="revokeCalendarLink",
        tags=["learning"],
        summary=gettext_lazy("Take my calendar address back"),
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        """It stops working at once."""
        revoke_agenda_link(employee=self.employee)
        return Response(status=204)


def _csv(items: Iterable[RecordItem]) -> HttpResponse:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(
        [
            _("Course title"),
            _("Due on"),
            _("Started on"),
            _("Completed on"),
            _("Renewed on"),
            _("Score (%)"),
            _("Attempts"),
            _("Minutes spent"),
            _("Valid until"),
            _("Verification code"),
        ]
    )
    for item in items:
        row: list[Value] = [
            item.course.title,
            item.due_on.isoformat() if item.due_on else "",
            *(
                moment.astimezone(OFFICE_ZONE).date().isoformat() if moment else ""
                for moment in (item.started_at, item.completed_at, item.renewed_at)
            ),
            "" if item.score is None else round(item.score * 100),
            item.attempts,
            int(item.time_spent.total_seconds() // 60),
            item.expires_on.isoformat() if item.expires_on else "",
            " ".join(row.code for row in item.certificates if row.revoked_at is None),
        ]
        writer.writerow([harmless(value) for value in row])
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type=f"{CsvRenderer.media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="record-{office_today()}.csv"'},
    )


def _calendar(content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=f"{CalendarRenderer.media_type}; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="training.ics"'},
    )
