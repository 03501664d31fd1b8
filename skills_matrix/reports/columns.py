"""Which competencies are the columns of the matrix, one by one or taken together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from skills_matrix.competencies.models import Competency, Framework
from skills_matrix.competencies.selectors import competencies_held
from skills_matrix.engine.arrays import Ints
from skills_matrix.reports.roster import named


@dataclass(frozen=True)
class Column:
    """A competency, or a category with `size` competencies. `group`: what it stands under."""

    key: str
    title: str
    group: Any
    framework: Framework
    size: int = 1


def competencies_shown(on: date, *, framework: str, group: str) -> list[Competency]:
    """Those held that day of the framework and below the group named; empty = of all.

    Raises:
        UnknownFilterValue: a key names nothing.
    """
    rows = competencies_held(on)
    if framework:
        rows = rows.filter(framework=named(Framework, framework, "framework"))
    if group:
        rows = rows.filter(pk__in=_below(named(Competency, group, "group")))
    return list(rows)


def _below(group: Competency) -> set[int]:
    """The group and everything under it. One query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Competency.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found, waiting = {group.pk}, [group.pk]
    while waiting:
        below: Iterable[int] = children.get(waiting.pop(), [])
        found.update(below)
        waiting.extend(below)
    return found


def columns_of(competencies: Sequence[Competency]) -> list[Column]:
    """One column each."""
    return [Column(row.key, row.title, row.parent, row.framework) for row in competencies]


def categories_of(competencies: Sequence[Competency]) -> tuple[list[Column], Ints]:
    """The categories in the order of their first competency, and the category of each competency.

    A competency without a heading above it belongs to its framework.
    """
    titled: list[Any] = [row.parent or row.framework for row in competencies]
    kinds = [(type(item), item.pk) for item in titled]
    place = {kind: n for n, kind in enumerate(dict.fromkeys(kinds))}
    category = np.array([place[kind] for kind in kinds], dtype=np.int64)
    sizes = np.bincount(category, minlength=len(place)).tolist()
    first = {place[kind]: n for n, kind in reversed(list(enumerate(kinds)))}
    return [
        Column(
            titled[n].key,
            titled[n].title,
            competencies[n].framework if competencies[n].parent else None,
            competencies[n].framework,
            sizes[at],
        )
        for at, n in sorted(first.items())
    ], category
