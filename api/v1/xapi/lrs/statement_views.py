"""Statements of the record store (xAPI 1.0.3 part 3, 2.1)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import QueryParameters
from api.v1.xapi.inputs import MAX_STATEMENTS, cursor_after
from api.v1.xapi.lrs.inputs import StatementAddress, StatementsQuestion
from api.v1.xapi.lrs.parsing import body_of, read_statements
from api.v1.xapi.lrs.views import StoreView
from lms.lrs.access import READ_OTHERS
from lms.lrs.models import LrsStatement
from lms.lrs.multipart import multipart_of
from lms.lrs.presenting import canonical, ids_only
from lms.lrs.selectors import (
    Question,
    attachments_named,
    consistent_through,
    definitions_of,
    statement_by_id,
    statements_asked_for,
)
from lms.lrs.services import store_lrs_statements, written
from lms.lrs.terms import activities_in
from lms.records.models import Statement

CONSISTENT_HEADER = "X-Experience-API-Consistent-Through"


class StoreStatementsView(StoreView):
    """What systems said, and for those that may read everything also what our learners did."""

    enough = {
        "GET": READ_OTHERS | {"statements/read/mine"},
        "POST": {"statements/write"},
        "PUT": {"statements/write"},
    }
    parameters = {"GET": StatementsQuestion, "POST": QueryParameters, "PUT": StatementAddress}

    def post(self, request: Request) -> Response:
        return Response([str(item) for item in self._store()])

    def put(self, request: Request) -> Response:
        self._store(statement_id=self.asked["statementId"])
        return Response(status=204)

    def get(self, request: Request) -> HttpResponse:
        # Taken before the rows are read: what comes in between may be missing.
        through = written(consistent_through())
        ids = {"statementId", "voidedStatementId"} & self.asked.keys()
        response = self._one(min(ids)) if ids else self._many()
        response[CONSISTENT_HEADER] = through
        return response

    def _store(self, **address: Any) -> list[Any]:
        request = self.request
        sent = read_statements(body_of(request.data), request.content_type or "")
        return store_lrs_statements(
            client=self.client,
            statements=sent.statements,
            files=sent.files,
            version=self.version,
            **address,
        )

    @property
    def _mine(self) -> Any:
        return None if self.client.may(READ_OTHERS) else self.client

    def _one(self, name: str) -> HttpResponse:
        found = statement_by_id(
            self.asked[name], mine=self._mine, voided=name == "voidedStatementId"
        )
        if found is None:
            raise NotFound
        (shown,) = self._shown([found])
        response = self._answer(shown, [found.statement])
        response["Last-Modified"] = http_date(found.stored.timestamp())
        return response

    def _many(self) -> HttpResponse:
        asked = self.asked
        limit = min(asked["limit"] or MAX_STATEMENTS, MAX_STATEMENTS)
        question = Question(
            agent=asked.get("agent"),
            verb=asked.get("verb"),
            activity=asked.get("activity"),
            registration=asked.get("registration"),
            related_agents=asked["related_agents"] == "true",
            related_activities=asked["related_activities"] == "true",
            since=asked.get("since"),
            until=asked.get("until"),
            ascending=asked["ascending"] == "true",
            after=asked.get("cursor"),
            mine=self._mine,
        )
        found = statements_asked_for(question, limit=limit + 1)
        rows, more = found[:limit], ""
        if len(found) > limit:
            last = rows[-1]
            query = self.request.query_params.dict() | {
                "cursor": cursor_after(last.stored, last.id)
            }
            more = f"{reverse('xapi_statements')}?{urlencode(query)}"
        body = {"statements": self._shown(rows), "more": more}
        return self._answer(body, [row.statement for row in rows])

    def _shown(self, rows: list[LrsStatement | Statement]) -> list[dict[str, Any]]:
        """The statements in the format asked for; that they are shown is put down."""
        if self._mine is None:
            self.note(shown=len(rows))
        statements: list[dict[str, Any]] = [row.statement for row in rows]
        if self.asked["format"] == "ids":
            return [ids_only(statement) for statement in statements]
        if self.asked["format"] == "canonical":
            named = {activity["id"] for said in statements for activity in activities_in(said)}
            definitions = definitions_of(named)
            accepted = parse_accept_lang_header(self.request.headers.get("Accept-Language", ""))
            languages = [tag for tag, _weight in accepted]
            return [
                canonical(statement, definitions=definitions, languages=languages)
                for statement in statements
            ]
        return statements

    def _answer(self, body: Any, statements: list[dict[str, Any]]) -> HttpResponse:
        """JSON; or, asked for attachments, parts of which the first one is that JSON."""
        if self.asked["attachments"] == "false":
            return Response(body)
        whole, content_type = multipart_of(
            JSONRenderer().render(body), attachments_named(statements)
        )
        return HttpResponse(whole, content_type=content_type)
