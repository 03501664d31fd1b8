"""Documents of the record store: states and profiles (xAPI 1.0.3 part 3, 2.2, 2.3, 2.6, 2.7)."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.http import http_date
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.xapi.lrs.inputs import (
    ActivityProfileAddress,
    ActivityProfileQuestion,
    AgentProfileAddress,
    AgentProfileQuestion,
    StateAddress,
    StateQuestion,
    StateRemoval,
)
from api.v1.xapi.lrs.parsing import body_of
from api.v1.xapi.lrs.views import StoreView
from lms.lrs.documents import (
    Expectation,
    Place,
    delete_documents,
    document_at,
    documents_on,
    etag_of,
    post_document,
    put_document,
)
from lms.lrs.models import LrsDocument
from lms.lrs.values import Version


class DocumentView(StoreView):
    """Documents of one kind. With a name that one, without it the names of all."""

    kind: ClassVar[LrsDocument.Kind]
    name: ClassVar[str] = "profileId"

    def get(self, request: Request) -> HttpResponse:
        if self.name not in self.asked:
            return self._names()
        found = document_at(self._place)
        if found is None:
            raise NotFound
        self.note(shown=1)
        document = bytes(found.document)
        return HttpResponse(
            document,
            content_type=found.content_type,
            headers={
                "ETag": etag_of(document),
                "Last-Modified": http_date(found.updated_at.timestamp()),
                # Whatever somebody stored must not be taken for a page of this site.
                "Content-Disposition": "attachment",
                "X-Content-Type-Options": "nosniff",
            },
        )

    def put(self, request: Request) -> Response:
        put_document(**self._sent, is_guarded=self.kind != "state" or self.version is Version.V2)
        return Response(status=204)

    def post(self, request: Request) -> Response:
        post_document(**self._sent)
        return Response(status=204)

    def delete(self, request: Request) -> Response:
        delete_documents(place=self._place, expected=self._expected)
        return Response(status=204)

    @property
    def _place(self) -> Place:
        return Place(
            kind=self.kind,
            activity=self.asked.get("activityId", ""),
            agent=self.asked.get("agent"),
            registration=self.asked.get("registration"),
            name=self.asked.get(self.name),
        )

    @property
    def _expected(self) -> Expectation:
        headers = self.request.headers
        return Expectation(
            match=headers.get("If-Match", ""), none_match=headers.get("If-None-Match", "")
        )

    @property
    def _sent(self) -> dict[str, Any]:
        return {
            "place": self._place,
            "document": body_of(self.request.data),
            "content_type": self.request.content_type or "application/octet-stream",
            "expected": self._expected,
        }

    def _names(self) -> Response:
        found = list(
            documents_on(self._place, since=self.asked.get("since")).values_list(
                "name", "updated_at"
            )
        )
        self.note(shown=len(found))
        # One name may be there under several registrations.
        response = Response(list(dict.fromkeys(name for name, _at in found)))
        if found:
            response["Last-Modified"] = http_date(max(at for _name, at in found).timestamp())
        return response


STATE = {"state"}
PROFILE = {"profile"}


class StoreStateView(DocumentView):
    kind = LrsDocument.Kind.STATE
    name = "stateId"
    enough = {"GET": STATE | {"all/read"}, "PUT": STATE, "POST": STATE, "DELETE": STATE}
    parameters = {
        "GET": StateQuestion,
        "PUT": StateAddress,
        "POST": StateAddress,
        "DELETE": StateRemoval,
    }


class ActivityProfileView(DocumentView):
    kind = LrsDocument.Kind.ACTIVITY_PROFILE
    enough = {"GET": PROFILE | {"all/read"}, "PUT": PROFILE, "POST": PROFILE, "DELETE": PROFILE}
    parameters = {
        "GET": ActivityProfileQuestion,
        "PUT": ActivityProfileAddress,
        "POST": ActivityProfileAddress,
        "DELETE": ActivityProfileAddress,
    }


class AgentProfileView(DocumentView):
    kind = LrsDocument.Kind.AGENT_PROFILE
    enough = ActivityProfileView.enough
    parameters = {
        "GET": AgentProfileQuestion,
        "PUT": AgentProfileAddress,
        "POST": AgentProfileAddress,
        "DELETE": AgentProfileAddress,
    }
