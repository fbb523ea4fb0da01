"""Trees over scored directed edges: the best one, and how probable each edge is over all of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def best_tree(edges: Scores, roots: Scores) -> tuple[int, ...]:
    """Return the parent of each photo, -1 for the root, in the tree of greatest total score.

    `edges[i, j]` is the score of i being j's parent, `roots[j]` of j having none; -inf forbids. Exactly one photo has no parent.
    Edmonds 1967 (Chu and Liu 1965), contracted one circle at a time; ties go to the lower index. ValueError when no tree can
    be made.
    """
    count = len(roots)
    graph = np.full((count + 1, count + 1), -np.inf)
    graph[1:, 1:] = edges
    # More than all other scores can make up for, so that the greatest tree starts once only.
    finite = np.concatenate([edges[np.isfinite(edges)], roots[np.isfinite(roots)], [0.0]])
    graph[0, 1:] = roots - (count + 1) * (float(finite.max()) - float(finite.min()) + 1)
    parents = _arborescence(graph)
    if parents is None or sum(parent == 0 for parent in parents.values()) != 1:
        raise ValueError("no photo can be the root of a tree that reaches all others")
    return tuple(parents[node] - 1 for node in range(1, count + 1))


def _arborescence(graph: Scores) -> dict[int, int] | None:
    """Return each node's parent in the greatest arborescence from node 0, None when there is none."""
    count = len(graph)
    scores = graph.copy()
    np.fill_diagonal(scores, -np.inf)
    scores[:, 0] = -np.inf
    parents = {node: int(np.argmax(scores[:, node])) for node in range(1, count)}
    if any(not np.isfinite(scores[parents[node], node]) for node in parents):
        return None
    circle = _circle(parents)
    if circle is None:
        return parents
    inside = sorted(circle)
    outside = [node for node in range(count) if node not in circle]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    entering, leaving = {}, {}
    kept = {node: scores[parents[node], node] for node in inside}
    for place, node in enumerate(outside):
        gains = [scores[node, target] - kept[target] for target in inside]
        at = int(np.argmax(gains))
        small[place, -1], entering[place] = gains[at], inside[at]
        sources = [scores[origin, node] for origin in inside]
        at = int(np.argmax(sources))
        small[-1, place], leaving[place] = sources[at], inside[at]
    solved = _arborescence(small)
    if solved is None:
        return None
    result = {node: parents[node] for node in inside}
    for child, parent in solved.items():
        if child == len(outside):
            result[entering[parent]] = outside[parent]
        else:
            result[outside[child]] = leaving[child] if parent == len(outside) else outside[parent]
    return result


def _circle(parents: dict[int, int]) -> set[int] | None:
    for start in parents:
        seen: dict[int, None] = {}
        node = start
        while node in parents and node not in seen:
            seen[node] = None
            node = parents[node]
        if node in seen:
            order = list(seen)
            return set(order[order.index(node) :])
    return None


def edge_probabilities(edges: Scores, roots: Scores) -> tuple[Scores, Scores]:
    """Return how probable each edge and each root is when a tree's probability grows with e to its total score.

    Directed matrix-tree theorem (Tutte 1948; Koo, Globerson, Carreras and Collins 2007, §3). The first result is (n, n) with
    i's probability of being j's parent at [i, j]; each column and that photo's root probability add up to 1.
    """
    count = len(roots)
    top = np.maximum(np.where(np.isfinite(edges), edges, -np.inf).max(0, initial=-np.inf), roots)
    top = np.where(np.isfinite(top), top, 0.0)
    # One scale a column changes no probability and keeps the determinant within range.
    weights = np.exp(np.clip(edges - top, -60, 0)) * np.isfinite(edges)
    np.fill_diagonal(weights, 0.0)
    starts = np.exp(np.clip(roots - top, -60, 0)) * np.isfinite(roots)
    laplacian = np.diag(weights.sum(0)) - weights
    single = laplacian.copy()
    single[0, :] = starts
    inverse = np.linalg.inv(single)
    probable = np.zeros((count, count))
    for child in range(count):
        into = weights[:, child] * (inverse[child, child] if child != 0 else 0.0)
        away = weights[:, child] * inverse[child, :]
        away[0] = 0.0
        probable[:, child] = into - away
    rooted = starts * inverse[:, 0]
    return probable.clip(0.0, 1.0), rooted.clip(0.0, 1.0)
