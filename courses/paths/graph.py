"""Courses that stand on other courses, as a graph. Pure.

An edge `(before, after)` says that `before` is to be finished before `after` begins.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node")
Edge = tuple[Node, Node]


def cycle_in(edges: Iterable[Edge[Node]]) -> tuple[Node, ...]:
    """Nodes that wait for one another, each before the next and the last before the first.

    Empty = there are none.
    """
    after = _following(edges)
    finished: set[Node] = set()
    for start in after:
        if start in finished:
            continue
        # One way from the start at a time, without recursion: a chain may be long.
        way = [start]
        branches = [iter(after[start])]
        while way:
            node = next(branches[-1], None)
            if node is None:
                finished.add(way.pop())
                branches.pop()
            elif node in way:
                return tuple(way[way.index(node) :])
            elif node not in finished:
                way.append(node)
                branches.append(iter(after.get(node, ())))
    return ()


def edges_among(nodes: Collection[Node], edges: Iterable[Edge[Node]]) -> list[Edge[Node]]:
    """What has to be drawn between some nodes of an acyclic graph, in the order of the nodes.

    Two that are joined through nodes left out are joined; what other edges say already is left
    out.
    """
    after = _following(edges)
    kept = set(nodes)
    reached = {node: _next_kept(node, after, kept) for node in nodes}
    beyond = {node: _all_after(node, reached) for node in nodes}
    return [
        (node, other)
        for node in nodes
        for other in nodes
        if other in reached[node]
        and not any(other in beyond[between] for between in reached[node] if between != other)
    ]


def stages(nodes: Collection[Node], edges: Iterable[Edge[Node]]) -> list[list[Node]]:
    """The nodes of an acyclic graph by how many must be done one after another before them.

    Within a stage in the order given. Edges that lead to or from other nodes say nothing.
    """
    before: dict[Node, list[Node]] = {node: [] for node in nodes}
    for first, second in edges:
        if first in before and second in before:
            before[second].append(first)
    depths: dict[Node, int] = {}
    while len(depths) < len(before):
        ready = [
            node for node in nodes if node not in depths and all(n in depths for n in before[node])
        ]
        for node in ready:
            depths[node] = 1 + max((depths[n] for n in before[node]), default=-1)
    found: list[list[Node]] = [[] for _ in range(1 + max(depths.values(), default=-1))]
    for node in nodes:
        found[depths[node]].append(node)
    return found


def _following(edges: Iterable[Edge[Node]]) -> dict[Node, list[Node]]:
    after: dict[Node, list[Node]] = {}
    for before, following in edges:
        after.setdefault(before, []).append(following)
    return after


def _next_kept(start: Node, after: Mapping[Node, list[Node]], kept: set[Node]) -> set[Node]:
    """The first kept nodes on every way from a node."""
    found: set[Node] = set()
    seen: set[Node] = set()
    todo = list(after.get(start, ()))
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        if node in kept:
            found.add(node)
        else:
            todo.extend(after.get(node, ()))
    return found


def _all_after(start: Node, after: Mapping[Node, Iterable[Node]]) -> set[Node]:
    found: set[Node] = set()
    todo = list(after.get(start, ()))
    while todo:
        node = todo.pop()
        if node not in found:
            found.add(node)
            todo.extend(after.get(node, ()))
    return found
