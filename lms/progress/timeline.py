"""What only the order of events tells: time read, and attempts that count. Pure.

Both are functions of a set of events. The order in which they came, and what came twice, change
nothing; but unlike minima and maxima they cannot be merged from parts, so they are always folded
from all of a person's statements about the activity.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

# The player reports a portion about once a minute.
LONGEST_PORTION = timedelta(minutes=5)


class Portion(NamedTuple):
    """A stretch of reading: when it ended, and how long it is said to have been."""

    at: datetime
    took: timedelta


class Reading(NamedTuple):
    """`reached`: the moments at which the minimum was read, each counted from the one before."""

    time: timedelta
    reached: list[datetime]


class Try(NamedTuple):
    """An attempt at a question: when, and whether the server found it passed."""

    at: datetime
    passed: bool


def read_portions(portions: Iterable[Portion], minimum: timedelta) -> Reading:
    """How long somebody read, by the clock.

    A portion counts as far as it is no longer than `LONGEST_PORTION` and lies behind the one
    before it: two windows side by side read no faster than one.
    """
    time = since = timedelta(0)
    last: datetime | None = None
    reached = []
    for at, took in sorted(portions, key=lambda portion: (portion.at, -portion.took)):
        new = min(took, LONGEST_PORTION)
        if last is not None:
            new = min(new, at - last)
        last = at
        time += new
        since += new
        if since >= minimum:
            reached.append(at)
            since = timedelta(0)
    return Reading(time, reached)


def counted_tries(tries: Iterable[Try], pause: timedelta) -> list[Try]:
    """The tries that count: the first, and then the first after each pause, whatever lies between.

    Of two at the same moment the failed one counts.
    """
    counted: list[Try] = []
    for item in sorted(tries):
        if not counted or item.at >= counted[-1].at + pause:
            counted.append(item)
    return counted
