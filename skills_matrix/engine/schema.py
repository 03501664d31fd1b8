"""Every frame of the engine as data: its grain, its key, its columns, what absence means.

``INPUTS`` and ``DERIVED`` are the contract between ``frames.py`` (which builds the input frames
from rows), the engine (which derives the others) and ``reports.py`` (which reads them). Frames
are long, and the order of their rows never carries meaning.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from skills_matrix.engine.columns import Column, FrameSchema
from skills_matrix.engine.derived import DERIVED
from skills_matrix.engine.exceptions import FrameError
from skills_matrix.engine.inputs import INPUTS

__all__ = [
    "DERIVED",
    "FRAMES",
    "INPUTS",
    "check_columns",
    "check_frame",
    "empty_frame",
    "frame_from_rows",
    "frame_schema",
]

FRAMES: Final[Mapping[str, FrameSchema]] = {**INPUTS, **DERIVED}


def frame_schema(name: str) -> FrameSchema:
    """The schema called ``name``.

    Raises:
        FrameError: ``unknown_frame``.
    """
    try:
        return FRAMES[name]
    except KeyError:
        raise FrameError("unknown_frame", f"no frame is called {name!r}", frame=name) from None


def empty_frame(name: str) -> pd.DataFrame:
    """The frame ``name`` without rows, with its columns in order and their dtypes."""
    return frame_from_rows(name, ())


def frame_from_rows(name: str, rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """The frame ``name`` from plain rows, for example a ``values_list``.

    Args:
        rows: values in the order of the schema's columns; None = absent.

    Raises:
        FrameError: ``ragged_row``, or what ``check_frame`` finds.

    Example:
        >>> frame_from_rows("people", [(1, 10, None)]).dtypes["tier_id"]
        Int64Dtype()
    """
    columns = frame_schema(name).columns
    listed = list(rows)
    try:
        values = list(zip(*listed, strict=True)) if listed else [()] * len(columns)
    except ValueError:
        values = []
    if len(values) != len(columns):
        message = f"{name}: each row has {len(columns)} values, {', '.join(columns)}"
        raise FrameError("ragged_row", message, frame=name)
    made = {
        key: _filled(name, key, column, given)
        for (key, column), given in zip(columns.items(), values, strict=True)
    }
    frame = pd.DataFrame(made)
    check_frame(name, frame)
    return frame


def _filled(name: str, key: str, column: Column, values: Sequence[Any]) -> Any:
    missing = not column.nullable and any(value is None for value in values)
    if missing:
        raise FrameError(
            "missing_value", f"{name}.{key} has no value in a row", frame=name, column=key
        )
    if isinstance(column.dtype, tuple) and not set(values) <= {*column.dtype, None}:
        stray = sorted({str(value) for value in values} - {*column.dtype, "None"})
        message = f"{name}.{key} is one of {', '.join(column.dtype)}, not {', '.join(stray)}"
        raise FrameError("out_of_range", message, frame=name, column=key)
    try:
        return pd.array(list(values), dtype=column.pandas_dtype)
    except (TypeError, ValueError, OverflowError) as fault:
        message = f"{name}.{key} cannot be read as {column.pandas_dtype}: {fault}"
        raise FrameError("wrong_dtype", message, frame=name, column=key) from fault


def check_columns(name: str, frame: pd.DataFrame) -> None:
    """Check which columns the frame has and their dtypes; looks at no row.

    Raises:
        FrameError: ``unknown_frame``, ``missing_column``, ``unexpected_column``, ``wrong_dtype``.
    """
    columns = frame_schema(name).columns
    for key, column in columns.items():
        if key not in frame.columns:
            raise FrameError("missing_column", f"{name} has no {key}", frame=name, column=key)
        found, wanted = frame[key].dtype, column.pandas_dtype
        # By name, since UTC has more than one spelling of the same zone.
        if found != wanted and str(found) != str(wanted):
            message = f"{name}.{key} is {found}, not {wanted}"
            raise FrameError("wrong_dtype", message, frame=name, column=key)
    for key in frame.columns:
        if key not in columns:
            message = f"{name} has a column {key} that its schema does not know"
            raise FrameError("unexpected_column", message, frame=name, column=str(key))


def check_frame(name: str, frame: pd.DataFrame) -> None:
    """Check a frame against its schema: columns, dtypes, absences, bounds and grain.

    Raises:
        FrameError: as ``check_columns``, and ``missing_value``, ``out_of_range``,
            ``duplicate_row``. The message and ``column`` name the column.
    """
    check_columns(name, frame)
    schema = frame_schema(name)
    for key, column in schema.columns.items():
        values = frame[key]
        if not column.nullable and values.isna().any():
            message = f"{name}.{key} has a missing value"
            raise FrameError("missing_value", message, frame=name, column=key)
        low = column.minimum is not None and bool((values < column.minimum).any())
        high = column.maximum is not None and bool((values > column.maximum).any())
        if low or high:
            message = f"{name}.{key} leaves {column.minimum}..{column.maximum}"
            raise FrameError("out_of_range", message, frame=name, column=key)
    if frame.duplicated(list(schema.key)).any():
        message = f"{name} has two rows with the same {', '.join(schema.key)}"
        raise FrameError("duplicate_row", message, frame=name, column=schema.key[0])
