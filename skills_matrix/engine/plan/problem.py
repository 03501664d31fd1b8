"""What a learning plan is made from and what it says, and what follows from finished courses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from skills_matrix.engine.exceptions import InvalidPlan
from skills_matrix.engine.plan.calendar import PlannedWeek


@dataclass(frozen=True, slots=True)
class Goal:
    """A level asked for, at least 1."""

    competency: str
    level: int
    is_must: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A course the person may take.

    Attributes:
        minutes: left to do, or the whole of a course to be taken again.
        requires: courses to finish before it. Those that are not offered are only advice.
        is_done: finished, so that nothing waits for it; it can still be taken again.
        is_assigned: the person has to take it anyway.
        due_on: None = by no day.
    """

    course: str
    minutes: int
    requires: frozenset[str] = frozenset()
    is_done: bool = False
    is_assigned: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Gives:
    """Finishing the course shows the level, once the person holds `from_level` of the competency.

    Levels are derived from all that is finished: it does not matter what was finished first.
    """

    course: str
    competency: str
    level: int
    from_level: int = 0


@dataclass(frozen=True, slots=True)
class Raised:
    """`before` 0 = no level was held."""

    competency: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Step:
    """One course of the plan.

    Attributes:
        raises: levels of the competencies asked for that follow when it is finished.
        after: courses of the plan to finish before it.
        opens: courses of the plan that wait for it, by themselves.
        why: what decided its place: ``opens``, ``due``, ``must`` or ``short``.
    """

    course: str
    minutes: int
    raises: tuple[Raised, ...]
    after: tuple[str, ...]
    opens: tuple[str, ...]
    why: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Left:
    """A goal that courses do not reach; `reached` is the highest level that the plan leads to."""

    goal: Goal
    reached: int


@dataclass(frozen=True, slots=True)
class LearningPlan:
    """The plan.

    Attributes:
        steps: in the order to take them; empty = no course would help, or nothing is open.
        met: goals held already.
        left: goals that no course reaches.
        minutes: of all steps.
        is_proven: no other courses take fewer minutes. False = the time was over.
        ends_on: the last day of the last step; None = no steps.
        is_in_time: whether that is not after the deadline.
        hours_needed: the fewest whole hours a week that would meet the deadline; None = none
            would, or there is no deadline or nothing to do.
        weeks: what is done in which week, in whole minutes.
    """

    steps: tuple[Step, ...]
    met: tuple[Goal, ...]
    left: tuple[Left, ...]
    minutes: int
    is_proven: bool
    ends_on: date | None
    is_in_time: bool
    hours_needed: int | None
    weeks: tuple[PlannedWeek, ...]


def reached(
    levels: Mapping[str, int], rules: Sequence[Gives], finished: Collection[str]
) -> dict[str, int]:
    """The levels held once these courses are finished, those of ``levels`` included."""
    held = dict(levels)
    while True:
        higher = {
            row.competency: row.level
            for row in sorted(rules, key=lambda row: row.level)
            if row.course in finished and row.from_level <= held.get(row.competency, 0) < row.level
        }
        if not higher:
            return held
        held |= higher


def require_sense(
    goals: Collection[Goal], offers: Collection[Offer], rules: Sequence[Gives], hours: int
) -> None:
    """Raises InvalidPlan, as ``learning_plan`` says."""
    named = [offer.course for offer in offers], [goal.competency for goal in goals]
    if hours < 1:
        raise InvalidPlan(f"{hours} hours a week")
    if any(offer.minutes < 0 for offer in offers):
        raise InvalidPlan("a course of less than no minutes")
    if any(len(set(keys)) < len(keys) for keys in named):
        raise InvalidPlan("a course or a competency is named twice")
    asked = [*(goal.level for goal in goals), *(row.level for row in rules)]
    if min(asked, default=1) < 1 or any(row.from_level < 0 for row in rules):
        raise InvalidPlan("a level that is none")


def begun_some_day(courses: Mapping[str, Offer]) -> dict[str, Offer]:
    """Without those that wait, however far away, for a course that waits for them."""
    free: set[str] = set()
    while True:
        more = {
            key
            for key in courses.keys() - free
            if all(courses[before].is_done or before in free for before in waits_for(key, courses))
        }
        if not more:
            return {key: offer for key, offer in courses.items() if key in free}
        free |= more


def waits_for(key: str, courses: Mapping[str, Offer]) -> list[str]:
    """What must be finished before it, by itself: nothing before what was finished once."""
    offer = courses[key]
    return [] if offer.is_done else sorted(offer.requires & courses.keys() - {key})
