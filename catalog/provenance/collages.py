"""Tell which photos hold several pictures that have nothing to do with one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from catalog.provenance.arborescence import Scores
from catalog.provenance.comparison import Comparison

# All of the part must be there, and the whole must show clearly more than the part. The edges of two parts, together, must
# step more than crops' do: nine of ten crops stay below 1.36, ten of eleven parts of collages are above 2.7
# (bench/provenance_weights.py's graphs).
_WHOLE_PART = 0.85
_EDGE = 1.3
_MOST_OF_WHOLE = 0.75
# Of what a second source shows of a composite, so much must be missing from the first, or what was pasted would be as large as
# the picture it was pasted into. Of eleven copies of one parent that were drawn from two, the one parent showed all in eight.
_LEAST_OF_ITS_OWN = 1 / 3


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


@dataclass(frozen=True, slots=True)
class Pasted:
    """Hold a picture that was pasted into a composite: its photos, and which of them the composite is drawn from, by number."""

    members: tuple[int, ...]
    source: int
    composite: int


def pasted_pictures(parents: tuple[int, ...], edges: Scores, compared: Mapping[tuple[int, int], Comparison]) -> list[Pasted]:
    """Return the pictures of which a composite is a second child.

    `parents` is a tree, `edges` its scores, -inf where a pair was not verified, `compared` what was laid over each other, parent
    first. The tree gives everyone one parent, so a picture pasted into a composite hangs below it with all its copies, as if cut
    from it. It is a source of its own when nothing of it meets anything but the composite and what meets the composite's own
    parent too, when every pair's own evidence says that the composite was made from it, and when it shows of the composite what
    the composite's own parent does not.
    """
    met = [{int(other) for other in np.flatnonzero(np.isfinite(edges[number]))} for number in range(len(parents))]
    above = [_ancestors(parents, number) for number in range(len(parents))]
    found: list[Pasted] = []
    taken: set[int] = set()
    # From the top down: what hangs below a pasted picture belongs to it.
    for top in sorted(range(len(parents)), key=lambda number: (len(above[number]), number)):
        members = [number for number in range(len(parents)) if number == top or top in above[number]]
        outside = set().union(*(met[number] for number in members)) - set(members)
        if parents[top] < 0 or top in taken or not outside:
            continue
        composite = min(outside, key=lambda other: (len(above[other]), other))
        home = parents[composite]
        beside = [number for number in members if composite in met[number]]
        if (
            home >= 0
            and all(other == composite or home in met[other] for other in outside)
            and all(edges[number, composite] > edges[composite, number] for number in beside)
        ):
            source = max(beside, key=lambda number: edges[number, composite])
            if _shows_its_own(compared.get((home, composite)), compared.get((source, composite))):
                taken |= set(members)
                found.append(Pasted(tuple(members), source, composite))
    return found


def _shows_its_own(home: Comparison | None, source: Comparison | None) -> bool:
    """Tell whether a second source shows of the composite what the first does not; both have the composite second."""
    if home is None or source is None:
        return True
    missing = 1 - home.second.covered * (1 - home.odd)
    return missing >= _LEAST_OF_ITS_OWN * source.second.covered


def _ancestors(parents: tuple[int, ...], child: int) -> list[int]:
    found = []
    while parents[child] >= 0:
        child = parents[child]
        found.append(child)
    return found
