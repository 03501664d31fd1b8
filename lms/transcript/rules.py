"""How much time learning took, as far as the statements tell. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

# Without a word for so long, the learner is taken to have left.
GAP = timedelta(minutes=15)
# No exercise takes longer in one go; a browser left open over night says it did.
LONGEST = timedelta(hours=2)


class Moment(NamedTuple):
    """When a statement was made, and how long it says that what it tells of took."""

    at: datetime
    took: timedelta = timedelta(0)


def time_spent(moments: Iterable[Moment]) -> timedelta:
    """Time spent in sittings.

    A statement covers the time it says it took, up to its moment. What is no more than GAP apart
    is one sitting, and a sitting lasts from its beginning to its end; overlaps count once. A
    single statement that says nothing of a duration is a sitting of no length: the time is what
    is proved, so rather less than what was spent. Neither order nor repetition changes it.
    """
    spans = sorted(
        (item.at - min(max(item.took, timedelta(0)), LONGEST), item.at) for item in moments
    )
    total = timedelta(0)
    begin = end = None
    for start, stop in spans:
        if begin is None or end is None:
            begin, end = start, stop
        elif start - end <= GAP:
            end = max(end, stop)
        else:
            total += end - begin
            begin, end = start, stop
    return total if begin is None or end is None else total + (end - begin)
