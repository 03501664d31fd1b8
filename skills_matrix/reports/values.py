"""Frame values to plain ones: NA and NaT become None, numpy numbers Python's."""

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pandas as pd

from skills_matrix.engine.arrays import FOREVER, moment_of


def plain(value: Any) -> Any:
    """A value of a frame as plain Python; None where there is none."""
    if value is pd.NaT or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        moment: datetime = value.to_pydatetime()
        return moment
    return value.item() if hasattr(value, "item") else value


def moment_at(microseconds: int) -> datetime | None:
    """An instant of an array as plain Python; None where there is none."""
    return None if microseconds == FOREVER else moment_of(microseconds)


def rows_of(frame: pd.DataFrame) -> Iterator[SimpleNamespace]:
    """The rows of a frame, one namespace each, with plain values."""
    columns = list(frame.columns)
    lists = [[plain(value) for value in frame[column].astype(object)] for column in columns]
    for values in zip(*lists, strict=True):
        yield SimpleNamespace(**dict(zip(columns, values, strict=True)))
