"""Between frames and plain NumPy arrays: every absence becomes one sentinel, and back.

The engine reckons in plain arrays, since masked columns cost several times as much. Ids, levels
and words are never negative, so -1 stands for an absent one; an absent instant is ``FOREVER``,
so that an open end compares like any other end.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from skills_matrix.engine.columns import Column
from skills_matrix.engine.exceptions import NaiveInstant
from skills_matrix.engine.schema import check_columns, frame_schema

Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

ABSENT: Final = -1
FOREVER: Final = int(np.iinfo(np.int64).max)
DAY: Final = 86_400_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NAT: Final = int(np.iinfo(np.int64).min)


def microseconds(as_of: datetime) -> int:
    """The instant in microseconds since 1970 UTC, as the arrays hold it.

    Raises:
        NaiveInstant: ``as_of`` has no time zone.
    """
    if as_of.utcoffset() is None:
        raise NaiveInstant(f"as_of {as_of.isoformat()} has no time zone")
    return (as_of - _EPOCH) // timedelta(microseconds=1)


def moment_of(microseconds: int) -> datetime:
    """The instant that the arrays hold as microseconds since 1970 UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


class Arrays(Mapping[str, Array]):
    """The columns of a frame as plain arrays with sentinels, each read when first asked for.

    Words become their position in the schema's list. Levels, words and assurances stay ``int8``:
    widen them before reckoning beyond it.
    """

    def __init__(self, name: str, frame: pd.DataFrame, rows: Ints | None = None) -> None:
        self._name, self._frame, self._rows = name, frame, rows
        self._columns = frame_schema(name).columns
        self._read: dict[str, Array] = {}

    def __getitem__(self, key: str) -> Array:
        if key not in self._read:
            self._read[key] = _array_of(self._frame[key], self._columns[key], self._rows)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def at(self, rows: Ints) -> "Arrays":
        """The same columns at some of the rows, which may repeat."""
        size = len(self._frame) if self._rows is None else self._rows.size
        if is_everything(rows, size):
            return self
        chosen = rows if self._rows is None else self._rows[rows]
        return Arrays(self._name, self._frame, chosen)


def arrays_of(name: str, frame: pd.DataFrame) -> Arrays:
    """The columns of the frame ``name``.

    Raises:
        FrameError: as ``check_columns``.
    """
    check_columns(name, frame)
    return Arrays(name, frame)


def _array_of(values: pd.Series, column: Column, rows: Ints | None) -> Array:
    if isinstance(column.dtype, tuple):
        words = values.cat
        if tuple(words.categories) != column.dtype:
            words = words.set_categories(list(column.dtype)).cat
        return _at(words.codes.to_numpy(), rows)
    if column.dtype.startswith("datetime64"):
        instants = _at(values.to_numpy(dtype="datetime64[us]").view(np.int64), rows)
        return np.where(instants == _NAT, FOREVER, instants) if column.nullable else instants
    if column.dtype.startswith("Int"):
        return _at(values.to_numpy(dtype=column.dtype.lower(), na_value=ABSENT), rows)
    return _at(values.to_numpy(), rows)


def _at(values: Array, rows: Ints | None) -> Array:
    return values if rows is None else values.take(rows)


def frame_of(name: str, arrays: Mapping[str, Array]) -> pd.DataFrame:
    """The frame ``name`` from plain arrays with sentinels; the inverse of ``arrays_of``."""
    return pd.DataFrame(
        {
            key: _column_of(arrays[key], column.dtype)
            for key, column in frame_schema(name).columns.items()
        },
        copy=False,
    )


def _column_of(values: Array, dtype: str | tuple[str, ...]) -> Any:
    if isinstance(dtype, tuple):
        return pd.Categorical.from_codes(
            values.astype(np.int8, copy=False), categories=pd.Index(dtype)
        )
    if dtype.startswith("datetime64"):
        instants = np.where(values == FOREVER, _NAT, values).view("datetime64[us]")
        return pd.DatetimeIndex(instants).tz_localize("UTC")
    if dtype.startswith("Int"):
        return pd.arrays.IntegerArray(values.astype(dtype.lower(), copy=False), values == ABSENT)
    return values.astype(dtype, copy=False)


def is_everything(rows: Ints, size: int) -> bool:
    """Whether ``rows`` are all of so many, in order: then nothing need be copied."""
    return rows.size == size and bool((rows == np.arange(size)).all())


def take(values: Array, rows: Ints, *, absent: float = ABSENT) -> Array:
    """``values`` at ``rows``, and ``absent`` where the row is ``ABSENT``."""
    if not values.size:
        return np.full(rows.size, absent, dtype=values.dtype)
    return np.where(rows == ABSENT, absent, values.take(rows))
