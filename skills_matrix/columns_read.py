"""Many rows as columns: for facts of which there are a hundred for each person.

Row by row, making Python's own numbers and moments of each value is nearly all of the time that a
matrix of another day takes. PostgreSQL gives whole columns instead, as the bytes that it holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, QuerySet

from skills_matrix.engine.arrays import ABSENT, FOREVER, Ints, microseconds

Columns = Mapping[str, Any]

# People whose rows are one array: some megabytes, far from the most that a value may be.
RUN: Final = 1_000
# What PostgreSQL writes before the elements of an array; before each stands its own length.
_HEADER: Final = 20
_LENGTH: Final = 4
# PostgreSQL's moments count from 2000-01-01; its infinity is FOREVER.
_EPOCH: Final = 946_684_800_000_000


def read_columns(
    rows: QuerySet[Any], *, numbers: Columns, moments: Columns, run_by: str
) -> dict[str, Ints]:
    """The values of a query, column by column; in any order, but the same in each.

    Args:
        numbers: name of the column -> name of a field, or an expression.
        moments: the same of moments.
        run_by: name of the one of ``numbers`` that says whose row it is.

    Returns:
        Moments as microseconds UTC; ``ABSENT`` and ``FOREVER`` where the value is null.
    """
    aliases = [f"column_{n}" for n in range(len(numbers) + len(moments))]
    given = (*numbers.values(), *moments.values())
    asked = rows.order_by().annotate(
        **{
            alias: F(one) if isinstance(one, str) else one
            for alias, one in zip(aliases, given, strict=True)
        }
    )
    read = _by_array if connections[rows.db].vendor == "postgresql" else _by_row
    columns = read(asked.values_list(*aliases), aliases, len(numbers), list(numbers).index(run_by))
    return dict(zip((*numbers, *moments), columns, strict=True))


def _by_array(
    asked: QuerySet[Any, Any], aliases: Sequence[str], numbers: int, run_by: int
) -> Iterator[Ints]:
    try:
        statement, values = asked.query.get_compiler(using=asked.db).as_sql()
    except EmptyResultSet:
        yield from np.empty((len(aliases), 0), dtype=np.int64)
        return
    nothing = [str(ABSENT)] * numbers + ["'infinity'"] * (len(aliases) - numbers)
    arrays = ", ".join(
        f"array_send(array_agg(coalesce({alias}, {absent})))"
        for alias, absent in zip(aliases, nothing, strict=True)
    )
    # The aggregates of one query meet its rows in one order, so the arrays fit each other.
    with connections[asked.db].cursor() as cursor:
        cursor.execute(
            f"SELECT {arrays} FROM ({statement}) AS facts"  # noqa: S608 - names of our own
            f" GROUP BY {aliases[run_by]} / {RUN}",
            values,
        )
        runs = cursor.fetchall()
    for n in range(len(aliases)):
        column = np.concatenate([np.empty(0, np.int64), *(_elements(run[n]) for run in runs)])
        if n >= numbers:
            column = np.where(column == FOREVER, FOREVER, column + _EPOCH)
        yield column


def _elements(array: bytes) -> Ints:
    """The elements of an array of numbers without null, as `array_send` writes it."""
    count = int.from_bytes(array[12:16], "big")
    size = (len(array) - _HEADER) // count - _LENGTH
    element = np.dtype([("length", ">i4"), ("value", f">i{size}")])
    return np.frombuffer(array, element, offset=_HEADER)["value"].astype(np.int64)


def _by_row(
    asked: QuerySet[Any, Any], aliases: Sequence[str], numbers: int, _run_by: int
) -> Iterator[Ints]:
    rows = list(asked)
    for n, column in enumerate(zip(*rows, strict=True) if rows else [()] * len(aliases)):
        if n < numbers:
            values = [ABSENT if value is None else value for value in column]
        else:
            values = [FOREVER if value is None else microseconds(value) for value in column]
        yield np.array(values, dtype=np.int64)
