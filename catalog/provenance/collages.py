"""Tell which photos hold several pictures that have nothing to do with one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from catalog.provenance.arborescence import Scores
from catalog.provenance.comparison import Comparison

# All of the part must be there, and the whole must show clearly more than the part. The edges of two parts, together, must
# step more than crops' do: nine of ten crops stay below 1.36, ten of eleven parts of collages are above 2.7
# (bench/provenance_weights.py's graphs).
_WHOLE_PART = 0.85
_EDGE = 1.3
_MOST_OF_WHOLE = 0.75


def collage_parts(count: int, compared: Mapping[tuple[int, int], Comparison]) -> frozenset[tuple[int, int]]:
    """Return (part, whole) for every whole that shows at least two parts which no comparison joins.

    `compared` holds both orders of every pair laid over each other, photos numbered below `count`.
    """
    parts: dict[int, list[int]] = defaultdict(list)
    for (part, whole), seen in compared.items():
        holds = seen.first.covered >= _WHOLE_PART and seen.second.covered <= _MOST_OF_WHOLE
        if holds and part < count and whole < count:
            parts[whole].append(part)
    found = set()
    for whole, members in parts.items():
        for part in members:
            edge = compared[part, whole].second.bare_seam
            strangers = [other for other in members if other != part and (part, other) not in compared]
            if any(edge * compared[other, whole].second.bare_seam >= _EDGE**2 for other in strangers):
                found.add((part, whole))
    return frozenset(found)


def second_sources_of(parents: tuple[int, ...], edges: Scores) -> dict[int, int]:
    """Return photos that are a second source of a composite, each with that composite.

    `parents` is a tree, `edges` its scores, -inf where a pair was not verified. The tree gives everyone one parent, so a picture
    pasted into a composite hangs below it as if cut from it. It is a source of its own when it has no copies below it, meets
    neither the composite's parent nor anything above, and the pair's own evidence says that the composite was made from it.
    """
    above = {child: _ancestors(parents, child) for child in range(len(parents))}
    with_children = set(parents)
    found = {}
    for source, parent in enumerate(parents):
        if parent < 0 or source in with_children:
            continue
        meets = [other for other in range(len(parents)) if np.isfinite(edges[source, other])]
        composite = min(meets, key=lambda other: (len(above[other]), other))
        if parents[composite] >= 0 and edges[source, composite] > edges[composite, source]:
            found[source] = composite
    return found


def _ancestors(parents: tuple[int, ...], child: int) -> list[int]:
    found = []
    while parents[child] >= 0:
        child = parents[child]
        found.append(child)
    return found
