from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills_matrix.engine.small_groups import withheld_groups


def people(first: int, size: int) -> frozenset[int]:
    return frozenset(range(first, first + size))


A, B, C = people(0, 7), people(10, 6), people(20, 3)
ALL = A | B | C

# What stands side by side, and which of it is withheld where sums of five people are shown.
CASES = {
    "large groups are shown": ({"a": A, "b": B}, set()),
    "a small group is withheld": ({"a": A, "c": C}, {"c"}),
    "five are enough": ({"five": people(0, 5)}, set()),
    "four are not": ({"four": people(0, 4)}, {"four"}),
    "nobody can be recognised in an empty group": ({"none": frozenset(), "a": A}, set()),
    "a total takes the next smallest with the small one": (
        {"all": ALL, "a": A, "b": B, "c": C},
        {"b", "c"},
    ),
    "without the small one in the total, nothing follows from it": (
        {"all": A | B, "a": A, "b": B, "c": C},
        {"c"},
    ),
    "two small groups hide each other": (
        {"all": A | B | C | people(30, 4), "a": A, "b": B, "c": C, "d": people(30, 4)},
        {"c", "d"},
    ),
    "all but one person are known": ({"all": A | {99}, "a": A}, {"a"}),
    "a total of few people is withheld itself": ({"all": C, "c": C}, {"all", "c"}),
    "a process within a process, by one person less": (
        {"whole": A | B, "part": (A | B) - {0}},
        {"part"},
    ),
    "groups that overlap cannot be taken away together": (
        {"all": ALL, "left": A | B, "right": B | people(0, 3)},
        {"left"},  # but one of them can: ALL less A and B is C
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_withheld(name: str) -> None:
    groups, withheld = CASES[name]
    assert withheld_groups(groups, smallest=5) == withheld


@given(
    sizes=st.lists(st.integers(0, 9), max_size=6),
    smallest=st.integers(1, 6),
)
def test_nothing_shown_leaves_few_people_by_subtraction(sizes: list[int], smallest: int) -> None:
    """Every way of taking sections from their total, counted out."""
    sections = {f"s{n}": people(100 * n, size) for n, size in enumerate(sizes)}
    total = frozenset().union(*sections.values())
    groups = {"total": total, **sections}
    shown = {key for key, one in groups.items() if one} - withheld_groups(groups, smallest=smallest)
    for key in shown:
        assert len(groups[key]) >= smallest
    if "total" not in shown:
        return
    parts = sorted(shown - {"total"})
    for size in range(1, len(parts) + 1):
        for taken in combinations(parts, size):
            rest = total.difference(*(groups[key] for key in taken))
            assert not 0 < len(rest) < smallest
