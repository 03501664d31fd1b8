"""INSERT … SELECT: rows that the database makes from a query, without passing through Python."""

from collections.abc import Mapping
from typing import Any

from django.db import connections, models, router
from django.db.models import QuerySet, Value
from django.db.models.functions import Cast

# From so many new rows on, a plan made without knowing of them may take minutes.
MANY = 1_000


def insert_from(
    model: type[models.Model], rows: QuerySet[Any, Any], columns: Mapping[str, Any]
) -> int:
    """Add one row per row of the query; what a unique constraint has already stays.

    Gives how many are new. The query must have a WHERE or a GROUP BY: without either, SQLite
    takes ON CONFLICT for a join.

    Args:
        rows: any queryset; grouped, if it ends in `.values(...)` and columns aggregate.
        columns: what goes into each field: an expression over `rows`, or a plain value.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    selected = {
        f"into_{name}": _expression(value, field)
        for (name, value), field in zip(columns.items(), fields, strict=True)
    }
    query = rows.annotate(**selected).values_list(*selected).order_by().query
    sql, params = query.get_compiler(using).as_sql()
    quote = connection.ops.quote_name
    into = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            # Table and columns are the model's own; every value is a parameter.
            f"INSERT INTO {quote(model._meta.db_table)} ({into}) {sql} ON CONFLICT DO NOTHING",
            params,
        )
        return int(cursor.rowcount)


def count_anew(model: type[models.Model]) -> None:
    """Let PostgreSQL see what was just inserted.

    It plans by what it counted last, and by itself counts only after the transaction: to a table
    it thinks empty it would compare each new row with every other.
    """
    connection = connections[router.db_for_write(model)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _expression(value: Any, field: Any) -> Any:
    if hasattr(value, "resolve_expression"):
        return value
    target = field.target_field if field.is_relation else field
    # A bare NULL has no type once a statement is prepared on the server.
    return Value(value, output_field=target) if value is not None else Cast(Value(None), target)
