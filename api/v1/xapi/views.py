import hashlib
from datetime import UTC, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import UnsupportedXapiVersion
from api.parsers import DocumentParser
from api.schema import describe
from api.v1.courses.detail import enrolment_in
from api.v1.xapi.documents import merged_document
from api.v1.xapi.inputs import (
    MAX_STATEMENTS,
    StatementParameters,
    StatementsParameters,
    StateParameters,
    StateReadParameters,
    cursor_after,
)
from api.v1.xapi.outputs import ONE_OR_MANY, ONE_OR_RESULT, StatementIn
from api.views import ApiView
from courses.models import Activity
from lms.exceptions import InvalidStatement, NotEnrolled
from lms.flows import record_statements
from lms.records.models import Statement
from lms.records.selectors import activity_state, activity_state_ids, statements_of
from lms.records.services import delete_activity_state, save_activity_state

VERSION = "1.0.3"
NAMES = {"type": "array", "items": {"type": "string"}}
# `stored` is taken inside the transaction that writes; one still open may yet show an older time.
SETTLING = timedelta(seconds=10)

ANSWERED = OpenApiExample(
    "answered",
    request_only=True,
    value={
        "id": "12f8fd5c-8f1f-4b8f-9a53-9b1b5a4e2b10",
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
        "object": {"id": "urn:uuid:8a5c1f4e-6f0f-4d37-9d0a-9b9a3f1d2c11"},
        "result": {"score": {"scaled": 1, "raw": 1, "min": 0, "max": 1}, "completion": True},
        "timestamp": "2026-04-01T00:00:00Z",
    },
)


class XapiView(ApiView):
    """xAPI 1.0.3: the version goes with every answer; another one asked for is refused.

    A request that names no version is taken, unlike the specification says.
    """

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        version = request.headers.get("X-Experience-API-Version", VERSION)
        if version != "1.0" and not version.startswith("1.0."):
            raise UnsupportedXapiVersion

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["X-Experience-API-Version"] = VERSION
        return response


class StatementsView(XapiView):
    scopes = {"GET": "xapi:read", "POST": "xapi:write", "PUT": "xapi:write"}
    parameters = {"GET": StatementsParameters, "PUT": StatementParameters}

    @describe(
        operation_id="listStatements",
        tags=["xapi"],
        summary=gettext_lazy("My statements"),
        responses=OpenApiResponse(
            ONE_OR_RESULT, description=gettext_lazy("With statementId that one, else a list.")
        ),
    )
    def get(self, request: Request) -> Response:
        """My own only. `more` is the address of the rest."""
        asked = self.asked
        mine = statements_of(
            self.employee,
            activity=asked.get("activity"),
            verb=asked.get("verb", ""),
            since=asked.get("since"),
            until=asked.get("until"),
            ascending=asked["ascending"] == "true",
        )
        settled = (timezone.now() - SETTLING).astimezone(UTC).isoformat()
        headers = {"X-Experience-API-Consistent-Through": settled}
        if "statementId" in asked:
            found = mine.filter(pk=asked["statementId"]).first()
            if found is None:
                raise NotFound
            return Response(found.statement, headers=headers)
        rows, more = self._part(mine)
        body = {"statements": [row.statement for row in rows], "more": more}
        return Response(body, headers=headers)

    @describe(
        operation_id="recordStatements",
        tags=["xapi"],
        summary=gettext_lazy("Record what I did"),
        request=ONE_OR_MANY,
        examples=[ANSWERED],
        responses={
            200: OpenApiResponse({"type": "array", "items": {"type": "string"}}, "The ids.")
        },
    )
    def post(self, request: Request) -> Response:
        """One statement or a list; all are taken, or none."""
        ids = record_statements(employee=self.employee, statements=request.data)
        return Response([str(item) for item in ids])

    @describe(
        operation_id="recordStatement",
        tags=["xapi"],
        summary=gettext_lazy("Record one statement under its id"),
        request=StatementIn,
        responses={204: None},
    )
    def put(self, request: Request) -> Response:
        """Doing it again changes nothing."""
        statement = _with_id(request.data, self.asked["statementId"])
        record_statements(employee=self.employee, statements=statement)
        return Response(status=204)

    def _part(self, rows: QuerySet[Statement]) -> tuple[list[Statement], str]:
        """As many rows as asked for from the cursor on, and the address of those after them."""
        limit = self.asked["limit"] or MAX_STATEMENTS
        if "cursor" in self.asked:
            way = "gt" if self.asked["ascending"] == "true" else "lt"
            stored, key = self.asked["cursor"]
            rows = rows.filter(
                Q(**{f"stored__{way}": stored}) | Q(**{"stored": stored, f"id__{way}": key})
            )
        found = list(rows[: limit + 1])
        if len(found) <= limit:
            return found, ""
        last = found[limit - 1]
        query = self.request.query_params.dict() | {"cursor": cursor_after(last.stored, last.id)}
        return found[:limit], f"{reverse('xapi_statements')}?{urlencode(query)}"


def _with_id(statement: Any, statement_id: UUID) -> dict[str, Any]:
    """The statement under the id of the address; it may leave its own out, not contradict it."""
    if not isinstance(statement, dict):
        raise InvalidStatement(_("Send one statement."))
    own = statement.get("id", str(statement_id))
    if not isinstance(own, str) or own.lower() != str(statement_id):
        raise InvalidStatement(_("The id is not that of the address."), place="id")
    return statement | {"id": own}


class StateView(XapiView):
    """Documents in which a player keeps where the learner was (xAPI 1.0.3 part 3, 2.3)."""

    scopes = {
        "GET": "xapi:read",
        "PUT": "xapi:write",
        "POST": "xapi:write",
        "DELETE": "xapi:write",
    }
    parameters = {
        "GET": StateReadParameters,
        "PUT": StateParameters,
        "POST": StateParameters,
        "DELETE": StateParameters,
    }
    parser_classes = [DocumentParser]

    @describe(
        operation_id="getActivityState",
        tags=["xapi"],
        summary=gettext_lazy("A document of mine, or their names"),
        responses={
            (200, "*/*"): OpenApiResponse(
                OpenApiTypes.BINARY, gettext_lazy("The document as it was stored.")
            ),
            (200, "application/json"): OpenApiResponse(
                {"description": gettext_lazy("The document where it is JSON, or the names.")}
            ),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """With stateId the document, without it the names of those there are."""
        activity = self.asked["activityId"]
        if "stateId" not in self.asked:
            return Response(activity_state_ids(self.employee, activity))
        state = activity_state(self.employee, activity, self.asked["stateId"])
        if state is None:
            raise NotFound
        document = bytes(state.document)
        return HttpResponse(
            document,
            content_type=state.content_type,
            headers={
                "ETag": f'"{hashlib.sha1(document, usedforsecurity=False).hexdigest()}"',
                "Last-Modified": http_date(state.updated_at.timestamp()),
                # Whatever somebody stored must not be taken for a page of this site.
                "Content-Disposition": "attachment",
                "X-Content-Type-Options": "nosniff",
            },
        )

    @describe(
        operation_id="putActivityState",
        tags=["xapi"],
        summary=gettext_lazy("Keep a document"),
        request={"*/*": OpenApiTypes.BINARY},
        responses={204: None},
    )
    def put(self, request: Request) -> Response:
        """Replaces what was there. For activities of courses I am enrolled in."""
        self._save(self._document())
        return Response(status=204)

    @describe(
        operation_id="postActivityState",
        tags=["xapi"],
        summary=gettext_lazy("Add to a document"),
        request={"*/*": OpenApiTypes.BINARY},
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """JSON objects are merged at the top level; without a document it is kept as it is."""
        document = self._document()
        with transaction.atomic():
            before = activity_state(self.employee, self.asked["activityId"], self.asked["stateId"])
            self._save(merged_document(before, document, self._content_type()))
        return Response(status=204)

    @describe(
        operation_id="deleteActivityState",
        tags=["xapi"],
        summary=gettext_lazy("Forget a document"),
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        """Nothing happens where there is none."""
        delete_activity_state(
            employee=self.employee,
            activity=self.asked["activityId"],
            state_id=self.asked["stateId"],
        )
        return Response(status=204)

    def _content_type(self) -> str:
        return self.request.content_type or "application/octet-stream"

    def _document(self) -> bytes:
        document = self.request.data
        # DRF does not ask the parser about an empty body.
        return document if isinstance(document, bytes) else b""

    def _save(self, document: bytes) -> None:
        activity: Activity = self.asked["activityId"]
        if enrolment_in(self.employee, activity.course) is None:
            raise NotEnrolled(_("You are not enrolled in this course."))
        save_activity_state(
            employee=self.employee,
            activity=activity,
            state_id=self.asked["stateId"],
            document=document,
            content_type=self._content_type(),
        )
