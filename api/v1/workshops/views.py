from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import PageNumberPagination
from api.parameters import PageParameters
from api.schema import describe
from api.v1.courses.detail import course_of
from api.v1.workshops.outputs import MySessionOut, SessionOut
from api.views import ApiView, ListView
from lms.exceptions import SessionNotAvailable
from lms.people.calendar import office_today
from lms.workshops.models import WorkshopSession
from lms.workshops.selectors import (
    my_coming_sessions,
    session_items,
    sessions_offered,
    sessions_open_to,
    workshop_in,
)
from lms.workshops.services import cancel_registration, register


class SessionListView(ListView):
    """Sessions, page by page, as the person meets them."""

    def page_of_sessions(
        self, rows: QuerySet[WorkshopSession], output: type[SessionOut]
    ) -> Response:
        paginator = PageNumberPagination()
        shown = paginator.paginate_queryset(rows, self.request, view=self)
        items = session_items(self.employee, shown, timezone.now())
        return self.envelope_of(items, paginator.count, output)


class SessionsView(SessionListView):
    scopes = {"GET": "workshops:read"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listSessions",
        tags=["workshops"],
        summary=gettext_lazy("The sessions of a workshop"),
        responses=SessionOut(many=True),
    )
    def get(self, request: Request, key: str, activity_key: str) -> Response:
        """Those to come, the next first; and those, past or cancelled, that I registered for."""
        workshop = workshop_in(course_of(self.employee, key, office_today()), activity_key)
        if workshop is None:
            raise NotFound
        rows = sessions_offered(self.employee, workshop, timezone.now())
        return self.page_of_sessions(rows, SessionOut)


class MySessionsView(SessionListView):
    scopes = {"GET": "workshops:read"}
    parameters = {"GET": PageParameters}

    @describe(
        operation_id="listMySessions",
        tags=["workshops"],
        summary=gettext_lazy("My workshops"),
        responses=MySessionOut(many=True),
    )
    def get(self, request: Request) -> Response:
        """Sessions to come in which I have a seat or wait for one, cancelled ones too."""
        rows = my_coming_sessions(self.employee, timezone.now())
        return self.page_of_sessions(rows, MySessionOut)


class RegistrationView(ApiView):
    scopes = {"PUT": "workshops:write", "DELETE": "workshops:write"}

    @describe(
        operation_id="registerForSession",
        tags=["workshops"],
        summary=gettext_lazy("Register for a session"),
        request=None,
        responses=SessionOut,
    )
    def put(self, request: Request, session_uuid: UUID) -> Response:
        """A seat, or a place on the waiting list where none is left. Enrols me in the course."""
        return self.settled(register(employee=self.employee, session=self.session()).session)

    @describe(
        operation_id="cancelRegistration",
        tags=["workshops"],
        summary=gettext_lazy("Give up my seat"),
        responses={200: SessionOut},
    )
    def delete(self, request: Request, session_uuid: UUID) -> Response:
        """Or my place on the waiting list. The first who waits gets the seat."""
        return self.settled(
            cancel_registration(employee=self.employee, session=self.session()).session
        )

    def session(self) -> WorkshopSession:
        """The session of the address.

        Raises:
            SessionNotAvailable: it belongs to no course of mine, or does not exist.
        """
        mine = sessions_open_to(self.employee, office_today())
        found = mine.filter(uuid=self.kwargs["session_uuid"]).first()
        if found is None:
            raise SessionNotAvailable(_("No such session."))
        return found

    def settled(self, session: WorkshopSession) -> Response:
        (item,) = session_items(self.employee, [session], timezone.now())
        return Response(SessionOut(item).data)
