"""The floor: a DRF view that knows its caller by token and stores what it is sent in one INSERT."""

import json
import uuid

from django.db import connection
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import BearerTokenAuthentication

TABLE = "bench_statement"
CREATE = f"CREATE TABLE IF NOT EXISTS {TABLE} (id uuid PRIMARY KEY, statement jsonb NOT NULL)"


class Bare(APIView):
    authentication_classes = [BearerTokenAuthentication]
    renderer_classes = [JSONRenderer]

    def post(self, request: Request) -> Response:
        said = request.data if isinstance(request.data, list) else [request.data]
        values = ", ".join(["(%s, %s)"] * len(said))
        params = [value for item in said for value in (uuid.UUID(item["id"]), json.dumps(item))]
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} (id, statement) VALUES {values}", params)
        return Response([item["id"] for item in said])


bare = Bare.as_view()
