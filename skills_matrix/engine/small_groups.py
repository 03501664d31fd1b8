"""Which sums would say what single people can do, also by taking one sum from another."""

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

Group = TypeVar("Group", bound=Hashable)


def withheld_groups(members: Mapping[Group, frozenset[int]], *, smallest: int) -> frozenset[Group]:
    """The groups whose sums must not be shown beside those of the others. Pure.

    A group of fewer than ``smallest`` people is withheld; an empty one says nothing of anybody
    and is not. Where groups that do not overlap lie within a larger one that is shown, what is
    left of the larger one can be worked out by subtraction: while that is somebody and fewer than
    ``smallest``, the smallest of those groups is withheld, too (complementary suppression).

    Args:
        members: ids of the people of each group; of two groups of equal size the earlier goes.
        smallest: of so many people sums are shown.
    """
    place = {group: number for number, group in enumerate(members)}
    by_size = sorted(members, key=lambda group: (len(members[group]), place[group]))
    shown = [group for group in by_size if len(members[group]) >= smallest]
    while (gone := next(_betraying(members, shown, smallest), None)) is not None:
        shown.remove(gone)
    kept = frozenset(shown)
    return frozenset(group for group in members if members[group] and group not in kept)


def _betraying(
    members: Mapping[Group, frozenset[int]], shown: list[Group], smallest: int
) -> Iterator[Group]:
    """Groups of `shown`, ascending by size, that leave too few of a larger one that is shown."""
    for whole in reversed(shown):
        people = members[whole]
        inner = [group for group in shown if members[group] < people]
        for first in inner:
            taken = [first]
            rest = people - members[first]
            if len(rest) < smallest:
                yield first
            for group in reversed(inner):
                if members[group] <= rest:
                    taken.append(group)
                    rest -= members[group]
                    if 0 < len(rest) < smallest:
                        yield min(taken, key=shown.index)
