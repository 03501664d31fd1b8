"""In which order the courses are taken, and what follows from each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from skills_matrix.engine.plan.calendar import Calendar
from skills_matrix.engine.plan.problem import Gives, Offer, Raised, Step, reached, waits_for


def in_order(
    chosen: Collection[str],
    courses: Mapping[str, Offer],
    rules: Sequence[Gives],
    levels: Mapping[str, int],
    musts: Collection[str],
) -> list[str]:
    """What is waited for before what waits; else the most pressing, the shortest, the first key.

    A course is as pressing as the most pressing that waits for it.
    """
    useful = [row for row in rules if row.level > levels.get(row.competency, 0)]
    urgency = {
        key: (
            courses[key].due_on or date.max,
            not any(row.course == key and row.competency in musts for row in useful),
        )
        for key in chosen
    }
    # As often as the longest chain may be long: what waits hands its urgency to what it waits for.
    for _ in chosen:
        for key in chosen:
            for before in waits_for(key, courses):
                if before in urgency:
                    urgency[before] = min(urgency[before], urgency[key])
    order: list[str] = []
    while len(order) < len(chosen):
        held = reached(levels, rules, order)
        ready = [
            key
            for key in set(chosen).difference(order)
            if not {*waits_for(key, courses)}.intersection(chosen).difference(order)
        ]
        order.append(
            min(
                ready,
                key=lambda key: (
                    any(
                        row.course == key and row.from_level > held.get(row.competency, 0)
                        for row in rules
                    ),
                    urgency[key],
                    courses[key].minutes,
                    key,
                ),
            )
        )
    return order


def steps_of(
    order: Sequence[str],
    courses: Mapping[str, Offer],
    rules: Sequence[Gives],
    levels: Mapping[str, int],
    musts: Collection[str],
    calendar: Calendar,
) -> Iterator[Step]:
    held = reached(levels, rules, ())
    for number, key in enumerate(order):
        then = reached(levels, rules, order[: number + 1])
        raises = tuple(
            Raised(name, before=held.get(name, 0), after=level)
            for name, level in sorted(then.items())
            if level > held.get(name, 0)
        )
        held = then
        opens = tuple(row for row in order if key in waits_for(row, courses))
        starts_on, ends_on = calendar.days[number]
        yield Step(
            course=key,
            minutes=courses[key].minutes,
            raises=raises,
            after=tuple(row for row in order if row in waits_for(key, courses)),
            opens=opens,
            why=(
                "opens"
                if opens
                else "due"
                if courses[key].due_on
                else "must"
                if any(row.competency in musts for row in raises)
                else "short"
            ),
            starts_on=starts_on,
            ends_on=ends_on,
        )
