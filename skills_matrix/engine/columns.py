"""The vocabulary of the frames: words, bounds, and the kinds of column they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

LEVEL_MIN: Final = 0
LEVEL_MAX: Final = 4
LEVELS: Final = range(LEVEL_MIN, LEVEL_MAX + 1)

ASSESSMENT_KINDS: Final = ("self", "supervisor", "certificate", "test", "project", "mentoring")
# A course's evidence has a kind of its own; the others keep their order behind it.
EVIDENCE_KINDS: Final = ("course", *ASSESSMENT_KINDS)
EVIDENCE_SOURCES: Final = ("course", "assessment")
EVIDENCE_STATES: Final = ("valid", "expired", "withdrawn", "superseded")
NEED_STATUSES: Final = ("lacking", "one_short", "met")
AGEING_KINDS: Final = ("validity", "half_life")
UNIT_KINDS: Final = ("section", "process", "project")
# From the gravest to the least: what is missing, what is known to come, what hangs on one person.
RISK_REASONS: Final = (
    "short_now",
    "short_after_leavings",
    "short_after_expiries",
    "single_holder",
)
COVERAGE_CHANGES: Final = ("falls", "worse", "thin", "better", "recovers")

INSTANT: Final = "datetime64[us, UTC]"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a frame.

    Attributes:
        dtype: pandas dtype by name, or the allowed words of a categorical column.
        meaning: unit and meaning, and what a missing value says where one is allowed.
        nullable: whether NA / NaT may stand in it.
        minimum: lowest allowed value, inclusive; None = no bound.
        maximum: highest allowed value, inclusive; None = no bound.
    """

    dtype: str | tuple[str, ...]
    meaning: str
    nullable: bool = False
    minimum: float | None = None
    maximum: float | None = None

    @property
    def pandas_dtype(self) -> Any:
        return _pandas_dtype(self.dtype)


@cache
def _pandas_dtype(dtype: str | tuple[str, ...]) -> Any:
    if isinstance(dtype, tuple):
        return pd.CategoricalDtype(list(dtype))
    return pd.api.types.pandas_dtype(dtype)


@dataclass(frozen=True, slots=True)
class FrameSchema:
    """One frame: what a row is, which columns make it unique, and its columns."""

    grain: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]


def an_id(meaning: str) -> Column:
    return Column("int64", meaning, minimum=0)


def optional_id(meaning: str) -> Column:
    return Column("Int64", meaning, nullable=True, minimum=0)


def a_level(meaning: str, minimum: int = LEVEL_MIN) -> Column:
    return Column("Int8", meaning, minimum=minimum, maximum=LEVEL_MAX)


def optional_level(meaning: str, maximum: int = LEVEL_MAX) -> Column:
    return Column("Int8", meaning, nullable=True, minimum=LEVEL_MIN, maximum=maximum)


def an_instant(meaning: str) -> Column:
    return Column(INSTANT, meaning)


def optional_instant(meaning: str) -> Column:
    return Column(INSTANT, meaning, nullable=True)


def a_count(meaning: str) -> Column:
    return Column("int64", meaning, minimum=0)


def a_fraction(meaning: str) -> Column:
    return Column("float64", meaning, minimum=0.0, maximum=1.0)


EMPLOYEE = an_id("the person")
COMPETENCY = an_id("the competency")
ASSURANCE = Column("int8", "how far the evidence can be trusted; higher = stronger", minimum=0)
EFFECTIVE_FROM = an_instant("in force from this moment on")
EFFECTIVE_UNTIL = optional_instant("in force before this moment; NaT = open")
PAIR = {"employee_id": EMPLOYEE, "competency_id": COMPETENCY}
