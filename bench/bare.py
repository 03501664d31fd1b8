"""The floor: a Django view that stores what it is sent with one INSERT, and nothing else."""

import json
import uuid

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

TABLE = "bench_statement"
CREATE = f"CREATE TABLE IF NOT EXISTS {TABLE} (id uuid PRIMARY KEY, statement jsonb NOT NULL)"
INSERT = f"INSERT INTO {TABLE} (id, statement) VALUES (%s, %s)"


@csrf_exempt
def bare(request: HttpRequest) -> JsonResponse:
    statement = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [uuid.UUID(statement["id"]), json.dumps(statement)])
    return JsonResponse([statement["id"]], safe=False)
