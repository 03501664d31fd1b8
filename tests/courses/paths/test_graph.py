"""Any graph: no cycle is missed or made up, and what is drawn says all there is, once."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.paths.graph import cycle_in, edges_among, stages

NODES = range(8)
PAIRS = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES))
GRAPHS = st.lists(PAIRS, max_size=24, unique=True)
# Every edge leads upwards in a shuffled order, so there is no cycle.
ACYCLIC = st.permutations(NODES).flatmap(
    lambda order: st.lists(PAIRS, max_size=24, unique=True).map(
        lambda pairs: [(order[min(pair)], order[max(pair)]) for pair in pairs if pair[0] != pair[1]]
    )
)
SOME_NODES = st.lists(st.sampled_from(NODES), unique=True)


def reaches(edges: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Every pair of which the second comes somewhere after the first."""
    pairs = set(edges)
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    return pairs


@pytest.mark.parametrize(
    ("edges", "cycle"),
    [
        ([], ()),
        ([("a", "b"), ("b", "c"), ("a", "c")], ()),
        ([("a", "a")], ("a",)),
        ([("a", "b"), ("b", "a")], ("a", "b")),
        ([("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")], ("a", "b", "c")),
    ],
)
def test_a_cycle_is_named_in_its_order(
    edges: list[tuple[str, str]], cycle: tuple[str, ...]
) -> None:
    assert cycle_in(edges) == cycle


@given(edges=GRAPHS)
def test_a_cycle_is_found_exactly_where_something_comes_after_itself(
    edges: list[tuple[int, int]],
) -> None:
    cycle = cycle_in(edges)
    assert bool(cycle) == any(first == second for first, second in reaches(edges))
    assert all(pair in edges for pair in zip(cycle, (*cycle[1:], *cycle[:1]), strict=True))


@given(edges=ACYCLIC, nodes=SOME_NODES)
def test_what_is_drawn_says_all_that_there_is_between_the_nodes(
    edges: list[tuple[int, int]], nodes: list[int]
) -> None:
    drawn = edges_among(nodes, edges)
    assert reaches(drawn) == {pair for pair in reaches(edges) if set(pair) <= set(nodes)}


@given(edges=ACYCLIC, nodes=SOME_NODES)
def test_nothing_is_drawn_that_the_rest_says_already(
    edges: list[tuple[int, int]], nodes: list[int]
) -> None:
    drawn = edges_among(nodes, edges)
    assert len(set(drawn)) == len(drawn)
    assert all(edge not in reaches(other for other in drawn if other != edge) for edge in drawn)


@given(edges=ACYCLIC, nodes=SOME_NODES)
def test_every_node_stands_in_the_first_stage_after_all_that_come_before_it(
    edges: list[tuple[int, int]], nodes: list[int]
) -> None:
    inside = [pair for pair in edges if set(pair) <= set(nodes)]
    found = stages(nodes, edges)
    place = {node: number for number, stage in enumerate(found) for node in stage}
    assert sorted(place) == sorted(nodes)
    assert all(stage == [node for node in nodes if node in stage] for stage in found)
    for node in nodes:
        before = [place[first] for first, second in inside if second == node]
        assert place[node] == 1 + max(before, default=-1)
