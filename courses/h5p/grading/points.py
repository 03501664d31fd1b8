"""The two values every grader speaks in, and reading content that may lack anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Between the items of a response: xAPI 1.0.3, part 2, 4.1.1.1 (interaction activities).
SEPARATOR = "[,]"


@dataclass(frozen=True)
class Answer:
    """What a learner answered.

    Attributes:
        response: xAPI `result.response` of the whole; empty = nothing.
        parts: sub-content id -> response of that part, however deep it lies in a composite.
    """

    response: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def items(self) -> list[str]:
        return self.response.split(SEPARATOR) if self.response else []


@dataclass(frozen=True)
class Points:
    """Points earned of points there are; `most` is never negative."""

    earned: float
    most: float

    @property
    def fraction(self) -> float:
        return min(1.0, max(0.0, self.earned / self.most)) if self.most > 0 else 0.0


# None = it cannot be graded.
Grader = Callable[[Mapping[str, Any], Answer], Points | None]


def group(params: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A group of fields; empty where the content has none or something else."""
    value = params.get(name)
    return value if isinstance(value, dict) else {}


def groups(params: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of groups, without what is none: editors leave holes in lists."""
    value = params.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(params: Mapping[str, Any], name: str) -> str:
    value = params.get(name)
    return value if isinstance(value, str) else ""


def number(params: Mapping[str, Any], name: str, default: float) -> float:
    value = params.get(name)
    # Exactly these types: true and false are no numbers.
    return float(value) if type(value) in _NUMBERS else default  # type: ignore[arg-type]


_NUMBERS = frozenset({int, float})


def indices(answer: Answer) -> set[int]:
    """Numbers of the choices taken; what is no number names no choice."""
    return {int(item) for item in answer.items if item.isdecimal() and item.isascii()}
