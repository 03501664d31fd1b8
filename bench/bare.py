"""The floor: DRF views that know their caller by token and store what they are sent, no more.

They share nothing with the API that could be made faster there: the token is found as DRF's own
`TokenAuthentication` finds it, and nothing is checked, graded or counted.
"""

import json
import uuid
from typing import Any

from django.db import connection, models
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.access.models import ApiToken
from lms.access.selectors import token_digest

TABLE = "bench_statement"
CREATE = f"CREATE TABLE IF NOT EXISTS {TABLE} (id uuid PRIMARY KEY, statement jsonb NOT NULL)"


class BareStatement(models.Model):
    """What is sent, as it is."""

    id = models.UUIDField(primary_key=True)
    statement = models.JSONField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = TABLE

    def __str__(self) -> str:
        return str(self.id)


class BareToken(TokenAuthentication):
    """DRF's own, over the tokens there are here."""

    keyword = "Bearer"

    def authenticate_credentials(self, key: str) -> tuple[Any, ApiToken]:
        try:
            token = ApiToken.objects.select_related("user").get(digest=token_digest(key))
        except ApiToken.DoesNotExist as error:
            raise AuthenticationFailed from error
        if not token.user.is_active:
            raise AuthenticationFailed
        return token.user, token


class Bare(APIView):
    authentication_classes = [BareToken]
    permission_classes = [IsAuthenticated]
    parser_classes = [JSONParser]
    renderer_classes = [JSONRenderer]

    def post(self, request: Request) -> Response:
        said = request.data if isinstance(request.data, list) else [request.data]
        self.store(said)
        return Response([item["id"] for item in said])

    def store(self, said: list[dict[str, Any]]) -> None:
        """One INSERT, by hand."""
        values = ", ".join(["(%s, %s)"] * len(said))
        params = [value for item in said for value in (uuid.UUID(item["id"]), json.dumps(item))]
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} (id, statement) VALUES {values}", params)


class BareBulk(Bare):
    def store(self, said: list[dict[str, Any]]) -> None:
        """One INSERT, by the ORM."""
        BareStatement.objects.bulk_create(
            BareStatement(id=item["id"], statement=item) for item in said
        )
