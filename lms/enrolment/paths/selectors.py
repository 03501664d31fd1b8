"""Learning paths as one person meets them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from courses.catalogue.selectors import published_courses
from courses.models import Course, LearningPath, PathStep
from courses.paths.graph import edges_among, stages
from courses.paths.selectors import live_paths, prerequisite_edges
from lms.enrolment.prerequisites import met_by
from lms.enrolment.selectors import LearningItem, learning_of
from lms.people.models import Employee


class State(StrEnum):
    """How one person stands to a course of a path.

    DONE = finished, or a course that counts as it; CLOSED = published, but not meant for them.
    """

    DONE = "done"
    RUNNING = "running"
    OPEN = "open"
    LOCKED = "locked"
    CLOSED = "closed"


@dataclass(frozen=True)
class Node:
    """One row per course of a path. `item` None = not mine: `state` is then CLOSED.

    `stage` counts from 0: so many courses of the path come before it, one after another.
    """

    course: Course
    state: State
    is_optional: bool
    stage: int
    item: LearningItem | None

    @property
    def locked_by(self) -> tuple[Course, ...]:
        return self.item.locked_by if self.state == State.LOCKED and self.item else ()

    @property
    def left(self) -> timedelta:
        """Planned learning time that is left of it."""
        if self.state in (State.DONE, State.CLOSED) or self.item is None:
            return timedelta(0)
        gone = self.item.done / self.item.total if self.item.total else 0.0
        return self.course.duration * (1 - gone)


@dataclass(frozen=True)
class MyPath:
    """A path and where the person stands on it. `nodes` go by stage, then by the path's order.

    `edges` are pairs of course keys: the first is to be finished before the second.
    """

    path: LearningPath
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]

    @property
    def asked(self) -> list[Node]:
        """What makes up the path for this person."""
        return [row for row in self.nodes if not row.is_optional and row.state != State.CLOSED]

    @property
    def done(self) -> int:
        return sum(row.state == State.DONE for row in self.asked)

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def left(self) -> timedelta:
        """What is optional is not counted."""
        return sum((row.left for row in self.asked), timedelta(0))

    @property
    def next(self) -> Node | None:
        """What to go on with: what is begun before what can be begun; None = nothing now."""
        return next(
            (
                row
                for state in (State.RUNNING, State.OPEN)
                for row in self.asked
                if row.state == state
            ),
            None,
        )

    def after(self, course: Course) -> Node | None:
        """What comes next for whoever is at a course of the path; None = nothing is left."""
        order = [row.course.pk for row in self.nodes]
        here = order.index(course.pk)
        left = [
            (number, row)
            for number, row in enumerate(self.nodes)
            if row in self.asked and row.state != State.DONE and number != here
        ]
        return min(left, key=lambda pair: (pair[0] < here, pair[0]), default=(0, None))[1]


@dataclass(frozen=True)
class Place:
    """A path that a course is part of, and what comes after the course on it."""

    path: MyPath
    next: Node | None


def places_of(course: Course, paths: Sequence[MyPath]) -> list[Place]:
    return [
        Place(path, path.after(course))
        for path in paths
        if any(row.course.pk == course.pk for row in path.nodes)
    ]


def paths_of(
    employee: Employee, on: date, *, items: Sequence[LearningItem] | None = None
) -> list[MyPath]:
    """Paths with a course of mine that is not optional, in their order.

    The number of queries does not depend on that of paths or courses.

    Args:
        items: what `learning_of` gave for the same day, where the caller has it.
    """
    paths = list(live_paths())
    if not paths:
        return []
    learning = learning_of(employee, on) if items is None else items
    mine = {item.course.pk: item for item in learning}
    published = set(published_courses().values_list("pk", flat=True))
    steps: dict[int, list[PathStep]] = {}
    for step in PathStep.objects.filter(path__in=paths).select_related("course"):
        if step.course_id in published:
            steps.setdefault(step.path_id, []).append(step)
    met = met_by(employee, {step.course_id for rows in steps.values() for step in rows})
    edges = prerequisite_edges()
    found = [_my_path(path, steps.get(path.pk, []), mine, met, edges) for path in paths]
    return [path for path in found if path.asked]


def _my_path(
    path: LearningPath,
    steps: Sequence[PathStep],
    mine: dict[int, LearningItem],
    met: set[int],
    prerequisites: Sequence[tuple[int, int]],
) -> MyPath:
    by_id = {step.course_id: step for step in steps}
    edges = edges_among(list(by_id), prerequisites)
    return MyPath(
        path=path,
        nodes=tuple(
            Node(
                course=by_id[pk].course,
                state=_state(mine.get(pk), pk in met),
                is_optional=by_id[pk].is_optional,
                stage=number,
                item=mine.get(pk),
            )
            for number, stage in enumerate(stages(list(by_id), edges))
            for pk in stage
        ),
        edges=tuple((by_id[before].course.key, by_id[after].course.key) for before, after in edges),
    )


def _state(item: LearningItem | None, is_met: bool) -> State:
    if item is None:
        return State.CLOSED
    # Begun and met, yet not complete: it is asked anew.
    if item.completed_at is not None or (is_met and item.started_at is None):
        return State.DONE
    if item.started_at is not None:
        return State.RUNNING
    return State.LOCKED if item.locked_by else State.OPEN
