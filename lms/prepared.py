"""What every answer of every learner asks of the database, put into SQL once and kept.

The ORM takes several times longer to write such a command than the database to carry it out.
Nothing here knows what it is used for; the queries stay Django's own, on every database.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler


# Rows in one command; more of them gain nothing.
LARGEST = 1_000


class Slot(Expression):
    """The place of a value that is known only when the query is asked."""

    def __init__(self, name: str, number: int | None, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name, self.number = name, number

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", (self,)

    def value_in(self, values: dict[str, Any]) -> Any:
        value = values[self.name]
        if self.number is not None:
            # A list is asked for by the next power of two: its last value fills the rest.
            value = value[min(self.number, len(value) - 1)]
        return self.output_field.get_db_prep_value(value, connection)


class PreparedQuery:
    """One question; `rows` are what `values_list` gives.

    Example:
        PreparedQuery(
            lambda slots: Activity.objects.filter(uuid__in=slots["uuids"]).values_list("pk"),
            uuids=UUIDField(),
        ).rows(uuids=[…])
    """

    def __init__(
        self, build: Callable[[dict[str, Any]], QuerySet[Any, Any]], **fields: Field[Any, Any]
    ) -> None:
        self._build, self._fields = build, fields
        self._kept: dict[Any, tuple[str, Sequence[Any], dict[int, Any]]] = {}

    def rows(self, **values: Any) -> list[Sequence[Any]]:
        """The answer. A list of values must not be empty."""
        sql, params, converters = self._sql(values)
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [item.value_in(values) if isinstance(item, Slot) else item for item in params]
            )
            found = cursor.fetchall()
        return list(_converted(found, converters)) if converters else found

    def _sql(self, values: dict[str, Any]) -> tuple[str, Sequence[Any], dict[int, Any]]:
        sizes = {
            name: 1 << (len(value) - 1).bit_length()
            for name, value in values.items()
            if isinstance(value, list)
        }
        shape = (connection.vendor, *sizes.items())
        if shape not in self._kept:
            slots = {
                name: [Slot(name, n, field) for n in range(sizes[name])]
                if name in sizes
                else Slot(name, None, field)
                for name, field in self._fields.items()
            }
            compiler = self._build(slots).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column for column, *_rest in compiler.select])
            self._kept[shape] = sql, params, converters
        return self._kept[shape]


def _converted(rows: Iterable[Any], converters: dict[int, Any]) -> Iterator[Sequence[Any]]:
    for row in rows:
        values = list(row)
        for place, (convert, column) in converters.items():
            for step in convert:
                values[place] = step(values[place], column, connection)
        yield values


class PreparedInsert:
    """Rows into one table, as many as fit with each command.

    Args:
        names: the fields, in the order in which rows give them.
        known_by: the fields by which a row is found to be there already; it takes over the
            others. Empty = it stays as it is, and the new row is left out.
    """

    def __init__(
        self, model: type[Model], names: Sequence[str], *, known_by: Sequence[str] = ()
    ) -> None:
        self._fields: list[Any] = [model._meta.get_field(name) for name in names]
        columns = {
            name: f'"{field.column}"' for name, field in zip(names, self._fields, strict=True)
        }
        pk = model._meta.pk
        taken = [f"{column} = EXCLUDED.{column}" for column in columns.values()]
        known = ", ".join(columns[name] for name in known_by)
        self._head = f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns.values())}) VALUES '
        self._row = f"({', '.join(['%s'] * len(names))})"
        self._tail = (
            f" ON CONFLICT ({known}) DO UPDATE SET {', '.join(taken)}"
            if known
            else (" ON CONFLICT DO NOTHING")
        )
        self._tail += f' RETURNING "{pk.column}"'
        self._read = pk.to_python

    def run(self, rows: Sequence[Sequence[Any]]) -> set[Any]:
        """Write them; the primary keys of those that were new or have taken over."""
        written: set[Any] = set()
        size = min(connection.ops.bulk_batch_size(self._fields, rows) or 1, LARGEST)
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            params = [
                field.get_db_prep_save(value, connection)
                for row in part
                for field, value in zip(self._fields, row, strict=True)
            ]
            with connection.cursor() as cursor:
                cursor.execute(self._head + ", ".join([self._row] * len(part)) + self._tail, params)
                written.update(self._read(key) for (key,) in cursor.fetchall())
        return written
