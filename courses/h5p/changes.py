"""What differs between two sets of parameters. No Django."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ABSENT = object()


@dataclass(frozen=True, slots=True)
class Change:
    """One row per value that is not the same.

    Attributes:
        path: as in `behaviour.autoCheck` or `questions[2].params.text`.
        before, after: any JSON value; `ABSENT` = there is none on that side.
    """

    path: str
    before: Any
    after: Any


def changes(before: Any, after: Any, *, path: str = "") -> Iterator[Change]:
    """Every difference, leaves first in the order of the newer side.

    Lists are compared place by place; what one list has more is one change per item.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*after, *before]):
            inner = f"{path}.{key}" if path else str(key)
            yield from changes(before.get(key, ABSENT), after.get(key, ABSENT), path=inner)
    elif isinstance(before, list) and isinstance(after, list):
        for place in range(max(len(before), len(after))):
            sides = [side[place] if place < len(side) else ABSENT for side in (before, after)]
            yield from changes(*sides, path=f"{path}[{place}]")
    elif not _same(before, after):
        yield Change(path, before, after)


def _same(before: Any, after: Any) -> bool:
    # In Python True == 1; in JSON they are two things.
    return isinstance(before, bool) == isinstance(after, bool) and bool(before == after)
