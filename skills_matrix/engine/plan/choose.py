"""Which courses: an integer programme, of which HiGHS proves that no other takes fewer minutes."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy import optimize, sparse

from skills_matrix.engine.plan.problem import Gives, Offer, reached, waits_for

# Above it a course is taken: what HiGHS calls whole is whole to a millionth.
_HALF: Final = 0.5


def choose_courses(
    levels: Mapping[str, int],
    ends: Mapping[str, int],
    courses: Mapping[str, Offer],
    rules: Sequence[Gives],
    seconds: float,
) -> tuple[set[str], bool]:
    """The courses of fewest minutes that reach these levels, and whether that is proven."""
    useful = [row for row in rules if row.level > levels.get(row.competency, 0)]
    keys = {row.course for row in useful}
    waiting = list(keys)
    while waiting:
        found = {key for key in waits_for(waiting.pop(), courses) if not courses[key].is_done}
        waiting += sorted(found - keys)
        keys |= found
    listed = sorted(courses, key=lambda key: (not courses[key].is_assigned, key))
    names = [key for key in listed if key in keys]
    rows = _Rows({key: column for column, key in enumerate(names)})
    for key in names:
        for before in waits_for(key, courses):
            if not courses[before].is_done:
                rows.add({rows.at[before]: 1.0, rows.at[key]: -1.0}, low=0.0)
    _require_levels(rows, levels, ends, useful)
    if not rows.low:
        return set(), True
    minutes = rows.cost([courses[key].minutes for key in names])
    fewest = rows.least(minutes, seconds)
    if fewest is None:
        return _enough(set(names), levels, ends, courses, rules), False
    first, is_proven = fewest
    # Among as many minutes: fewer courses first, then the earlier in the list.
    size, all_places = len(names), len(listed) ** 2
    places = [all_places + listed.index(key) for key in names]
    best = round(float(minutes[:size] @ (first[:size] > _HALF)))
    rows.add({at: float(minutes[at]) for at in range(size)}, low=0.0, high=float(best))
    settled = rows.least(rows.cost(places), seconds)
    taken = (settled or fewest)[0][:size] > _HALF
    return {names[at] for at in np.flatnonzero(taken)}, is_proven and bool(settled and settled[1])


class _Rows:
    """Conditions ``low <= row @ x <= high`` on columns 0..1; the first are the courses: whole."""

    def __init__(self, courses: Mapping[str, int]) -> None:
        self.at = courses
        self.columns = self.courses = len(courses)
        self.parts: list[Mapping[int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, row: Mapping[int, float], *, low: float, high: float = np.inf) -> None:
        self.parts.append(row)
        self.low.append(low)
        self.high.append(high)

    def column(self) -> int:
        self.columns += 1
        return self.columns - 1

    def cost(self, of_courses: Sequence[int]) -> Any:
        return np.array([*of_courses, *[0] * (self.columns - self.courses)], dtype=float)

    def least(self, cost: Any, seconds: float) -> tuple[Any, bool] | None:
        """The columns of least cost and whether that is proven; None = none found in time."""
        at = [(row, column) for row, part in enumerate(self.parts) for column in part]
        values = [value for part in self.parts for value in part.values()]
        matrix = sparse.csr_array(
            (values, tuple(np.array(at).T)), shape=(len(self.parts), self.columns)
        )
        whole = np.zeros(self.columns)
        whole[: self.courses] = 1
        found = optimize.milp(
            cost,
            integrality=whole,
            bounds=optimize.Bounds(0, 1),
            constraints=optimize.LinearConstraint(matrix, self.low, self.high),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        return None if found.x is None else (found.x, found.status == 0)


def _require_levels(
    rows: _Rows, levels: Mapping[str, int], ends: Mapping[str, int], rules: Sequence[Gives]
) -> None:
    """Rows by which the courses reach every end.

    A rule that asks for as much as it would show is no way there: whoever meets it is there.
    """
    needed = {(key, level) for key, level in ends.items() if level > levels.get(key, 0)}
    needed |= {
        (row.competency, row.from_level)
        for row in rules
        if row.from_level > levels.get(row.competency, 0)
    }
    holds = {pair: rows.column() for pair in sorted(needed)}
    counts: dict[Gives, int] = {}
    for row in rules:
        if (row.competency, row.from_level) in holds:
            counts[row] = rows.column()
            rows.add({rows.at[row.course]: 1.0, counts[row]: -1.0}, low=0.0)
            held = holds[row.competency, row.from_level]
            rows.add({held: 1.0, counts[row]: -1.0}, low=0.0)
    for (competency, level), held in holds.items():
        ways = {
            counts.get(row, rows.at[row.course])
            for row in rules
            if row.competency == competency and row.from_level < level <= row.level
        }
        rows.add({held: -1.0, **dict.fromkeys(sorted(ways), 1.0)}, low=0.0)
        if ends.get(competency) == level:
            rows.add({held: 1.0}, low=1.0)


def _enough(
    taken: set[str],
    levels: Mapping[str, int],
    ends: Mapping[str, int],
    courses: Mapping[str, Offer],
    rules: Sequence[Gives],
) -> set[str]:
    """Of too many courses, the longest left out one after the other while the rest suffices."""
    for key in sorted(taken, key=lambda key: (-courses[key].minutes, key)):
        rest = taken - {key}
        is_asked = any(key in waits_for(other, courses) for other in rest)
        held = reached(levels, rules, rest)
        if not is_asked and all(held.get(name, 0) >= level for name, level in ends.items()):
            taken = rest
    return taken
