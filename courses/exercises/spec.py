"""What an author says about the table: its columns, its key and the rules that count. Pure."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from courses.exercises.refusals import InvalidExercise
from courses.exercises.texts import RULES

ColumnType = Literal[
    "text",
    "address",
    "integer",
    "number",
    "date",
    "time",
    "code-lg",
    "postal",
    "phone",
    "lat",
    "lon",
]
NUMERIC: frozenset[ColumnType] = frozenset({"integer", "number"})
WORDS: frozenset[ColumnType] = frozenset({"text", "address"})
CODES: frozenset[ColumnType] = frozenset({"code-lg", "postal", "phone"})
DEGREES: frozenset[ColumnType] = frozenset({"lat", "lon"})

Name = Annotated[str, Field(min_length=1, max_length=100)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Part):
    """One column, as it should be.

    Attributes:
        name: exactly the header, unit included: `定員（人）`.
        unit: what the name must state and the cells must not; empty = none.
        is_atomic: one value a cell. Dates, numbers, codes and degrees always are.
        allowed: the only values there may be; empty = any.
        symbols: declared marks for values that are withheld, e.g. `***`.
    """

    name: Name
    type: ColumnType = "text"
    unit: Annotated[str, Field(max_length=20)] = ""
    is_required: bool = False
    is_atomic: bool = False
    allowed: tuple[Name, ...] = ()
    symbols: tuple[Name, ...] = ()


class Pick(_Part):
    """A rule that the author picked. `is_critical`: a single breach keeps the pass mark away."""

    rule: str
    weight: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] = 1
    is_critical: bool = False


class Spec(_Part):
    """Everything that grading needs besides the files.

    Attributes:
        keys: the columns that together name a row; none = rows are told apart by their order.
        formats: which kinds of file are taken.
        minimum_rows: how many rows must at least be left where there is no expected table.
    """

    columns: Annotated[tuple[Column, ...], Field(max_length=100)]
    keys: tuple[Name, ...] = ()
    rules: tuple[Pick, ...]
    formats: Annotated[tuple[Literal["csv", "xlsx"], ...], Field(min_length=1)] = ("csv", "xlsx")
    minimum_rows: Annotated[int, Field(ge=0, le=100_000)] = 0

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


def parse_spec(value: Any) -> Spec:
    """The specification from decoded JSON.

    Raises:
        InvalidExercise: with the place of the first fault.
    """
    try:
        spec = Spec.model_validate(value)
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors(include_url=False)[0]["loc"])
        raise InvalidExercise("spec_shape", place=place or "spec") from error
    names = [column.name for column in spec.columns]
    picked = [pick.rule for pick in spec.rules]
    if not names:
        raise InvalidExercise("no_columns", place="columns")
    if not picked:
        raise InvalidExercise("no_rules", place="rules")
    for name in names:
        if names.count(name) > 1:
            raise InvalidExercise("column_twice", place="columns", column=name)
    for key in spec.keys:
        if key not in names:
            raise InvalidExercise("key_unknown", place="keys", column=key)
    for rule in picked:
        if rule not in RULES:
            raise InvalidExercise("unknown_rule", place="rules", rule=rule)
        if picked.count(rule) > 1:
            raise InvalidExercise("rule_twice", place="rules", rule=rule)
    return spec
