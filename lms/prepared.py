"""What every answer of every learner asks of the database, put into SQL once and kept.

The ORM takes several times longer to write such a command than the database to carry it out.
Nothing here knows what it is used for; the queries stay Django's own, on every database.

PostgreSQL plans such a command once a connection too, where the site's database options have a
`prepare_threshold`: planning takes longer than carrying it out. Leave it out where something
between the site and the database gives each transaction another connection.
"""

import json
from collections.abc import Callable, Sequence
from copy import copy
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

# Rows in one command; more of them gain nothing.
LARGEST = 1_000


class Slot(Expression):
    """The place of a value that is known only when the query is asked."""

    def __init__(self, name: str, number: int | None, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name, self.number = name, number

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", (self,)

    def value_in(self, values: dict[str, Any], database: Any) -> Any:
        value = values[self.name]
        if self.number is not None:
            # A list is asked for by the next power of two: its last value fills the rest.
            value = value[min(self.number, len(value) - 1)]
        return self.output_field.get_db_prep_value(value, database)


class PreparedQuery:
    """A queryset that differs from one time to the next only in some values.

    Example:
        PreparedQuery(
            lambda slots: Activity.objects.filter(uuid__in=slots["uuids"]).values_list("pk"),
            uuids=UUIDField(),
        ).ask(uuids=[…])
    """

    def __init__(
        self, build: Callable[[dict[str, Any]], QuerySet[Any, Any]], **fields: "Field[Any, Any]"
    ) -> None:
        self._build, self._fields = build, fields
        self._kept: dict[Any, _Written] = {}

    def ask(self, **values: Any) -> list[Any]:
        """What the queryset gives with these values. A list of values must not be empty."""
        database = connections[DEFAULT_DB_ALIAS]
        written = self._written(values, database)
        params = tuple(
            item.value_in(values, database) if isinstance(item, Slot) else item
            for item in written.params
        )
        if written.is_plain:
            with _cursor(database) as cursor:
                cursor.execute(written.sql, params)
                found = cursor.fetchall()
            return [_converted(row, written.converters, database) for row in found]
        compiler = copy(written.compiler)
        compiler.connection = database
        compiler.as_sql = lambda *_args, **_options: (written.sql, params)
        compiler.get_converters = lambda _columns: written.converters
        asked: Any = written.queryset.all()
        asked.query.get_compiler = lambda *_args, **_options: compiler
        return list(asked)

    def _written(self, values: dict[str, Any], database: Any) -> "_Written":
        sizes = {
            name: 1 << (len(value) - 1).bit_length()
            for name, value in values.items()
            if isinstance(value, list)
        }
        shape = (database.vendor, *sizes.items())
        if shape not in self._kept:
            slots = {
                name: [Slot(name, n, field) for n in range(sizes[name])]
                if name in sizes
                else Slot(name, None, field)
                for name, field in self._fields.items()
            }
            queryset = self._build(slots)
            compiler: Any = queryset.query.get_compiler(connection=database)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column for column, *_rest in compiler.select])
            compiler.connection = None  # that of this thread; each that asks brings its own
            is_plain = issubclass(queryset._iterable_class, ValuesListIterable)
            self._kept[shape] = _Written(queryset, compiler, sql, params, converters, is_plain)
        return self._kept[shape]


class _Written(NamedTuple):
    """A query as the ORM has put it into SQL.

    Attributes:
        params: with slots among them.
        converters: place in a row -> what makes a Python value of it, and the column.
        is_plain: rows are the answer; else the ORM makes objects of them.
    """

    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: Sequence[Any]
    converters: dict[int, Any]
    is_plain: bool


def _converted(row: Sequence[Any], converters: dict[int, Any], database: Any) -> Sequence[Any]:
    values = list(row)
    for place, (steps, column) in converters.items():
        for step in steps:
            values[place] = step(values[place], column, database)
    return values


class PreparedInsert:
    """Rows into one table, many with one command.

    Args:
        names: the fields, in the order in which rows give them.
        known_by: the fields by which a row is found to be there already; it takes over the
            others. Empty = it stays as it is, and the new row is left out.
    """

    def __init__(
        self, model: type[Model], names: Sequence[str], *, known_by: Sequence[str] = ()
    ) -> None:
        self._model, self._known_by = model, known_by
        self._fields: list[Any] = [model._meta.get_field(name) for name in names]
        self._columns = [field.column for field in self._fields]

    def run(self, rows: Sequence[Sequence[Any]]) -> set[Any]:
        """Write them; the primary keys of those that were new or have taken over."""
        database = connections[DEFAULT_DB_ALIAS]
        size = min(database.ops.bulk_batch_size(self._fields, rows) or 1, LARGEST)
        written: set[Any] = set()
        for start in range(0, len(rows), size):
            sql, params = self.command(rows[start : start + size], database)
            with _cursor(database) as cursor:
                cursor.execute(sql, params)
                written.update(self._key.to_python(key) for (key,) in cursor.fetchall())
        return written

    def command(
        self, rows: Sequence[Sequence[Any]], database: Any, *, condition: str = ""
    ) -> tuple[str, list[Any]]:
        """With a condition (PostgreSQL), a row that is there already and stays is an error."""
        write = self._documents if database.vendor == "postgresql" else self._values
        source, params = write(rows, database)
        tail = self._tail if self._known_by or not condition else ""
        return " ".join([self._head, source, condition, tail]), params

    def _documents(self, rows: Sequence[Sequence[Any]], database: Any) -> tuple[str, list[Any]]:
        """All as one JSON document: PostgreSQL takes it apart several times faster than the
        driver writes a thousand values down one by one."""
        documents = [dict(zip(self._columns, row, strict=True)) for row in rows]
        text = json.dumps(documents, default=str, ensure_ascii=False)
        return " ".join(["SELECT * FROM jsonb_to_recordset(%s) AS given", self._types]), [text]

    def _values(self, rows: Sequence[Sequence[Any]], database: Any) -> tuple[str, list[Any]]:
        row_of_slots = f"({', '.join(['%s'] * len(self._fields))})"
        return f"VALUES {', '.join([row_of_slots] * len(rows))}", [
            field.get_db_prep_save(value, database)
            for row in rows
            for field, value in zip(self._fields, row, strict=True)
        ]

    # Tables and columns are the models' own; every value is a parameter.

    @cached_property
    def _head(self) -> str:
        return f"INSERT INTO {_quoted(self._model._meta.db_table)} ({_quoted(*self._columns)})"

    @cached_property
    def _tail(self) -> str:
        fields: list[Any] = [self._model._meta.get_field(name) for name in self._known_by]
        known = [field.column for field in fields]
        taken = ", ".join(
            f"{_quoted(name)} = EXCLUDED.{_quoted(name)}"
            for name in self._columns
            if name not in known
        )
        doing = f"({_quoted(*known)}) DO UPDATE SET {taken}" if known else "DO NOTHING"
        return f"ON CONFLICT {doing} RETURNING {_quoted(self._key.column)}"

    @cached_property
    def _types(self) -> str:
        database = connections[DEFAULT_DB_ALIAS]
        types = (
            f"{_quoted(field.column)} {field.cast_db_type(database)}" for field in self._fields
        )
        return f"({', '.join(types)})"

    @cached_property
    def _key(self) -> Any:
        return self._model._meta.pk


def _cursor(database: Any) -> Any:
    """A cursor whose commands the database keeps planned; Django's own where it keeps none, and
    where commands are logged, which are to be read as they would be sent."""
    database.ensure_connection()
    if database.queries_logged or getattr(database.connection, "prepare_threshold", None) is None:
        return database.cursor()
    return database._prepare_cursor(_preparing()(database.connection))


@cache
def _preparing() -> Any:
    from psycopg import Cursor

    class PreparingCursor(Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
            return super().execute(query, params, prepare=True)

    return PreparingCursor


Part = tuple[PreparedInsert, Sequence[Sequence[Any]]]


def _quoted(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)


def run_together(*parts: Part) -> None:
    """Write rows into several tables, with one command where the database can."""
    database = connections[DEFAULT_DB_ALIAS]
    wanted = [(insert, rows) for insert, rows in parts if rows]
    if database.vendor != "postgresql" or any(len(rows) > LARGEST for _insert, rows in wanted):
        for insert, rows in wanted:
            insert.run(rows)
        return
    commands = [insert.command(rows, database) for insert, rows in wanted]
    if commands:
        _run_as_one(commands, "SELECT 1", database)


def can_run_if() -> bool:
    """Whether the database has what `run_if` needs: else nobody need prepare anything for it."""
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


def run_if(guard: tuple[str, Sequence[Any]], *parts: Part) -> bool:
    """The same, only if a command changes a row, and with it in one: all of it or nothing, even
    outside a transaction. False = nothing was written.

    PostgreSQL only; elsewhere it is always False.

    Args:
        guard: an UPDATE of one row and its parameters.

    Raises:
        IntegrityError: a row is there that a part would leave as it is.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if not can_run_if() or any(len(rows) > LARGEST for _insert, rows in parts):
        return False
    sql, params = guard
    commands = [
        insert.command(rows, database, condition="WHERE EXISTS (SELECT FROM part_0)")
        for insert, rows in parts
        if rows
    ]
    first = (f"{sql} RETURNING 1", list(params))
    return bool(_run_as_one([first, *commands], "SELECT EXISTS (SELECT FROM part_0)", database))


def _run_as_one(commands: Sequence[tuple[str, list[Any]]], last: str, database: Any) -> Any:
    named = ", ".join(f"part_{n} AS ({sql})" for n, (sql, _params) in enumerate(commands))
    with _cursor(database) as cursor:
        cursor.execute(
            f"WITH {named} {last}", [value for _sql, params in commands for value in params]
        )
        return cursor.fetchone()[0]
