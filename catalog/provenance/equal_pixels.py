"""Photos with the same pixels: a copy looks the same whichever of them it was made from, so none is surer than another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

import numpy as np

from catalog.provenance.arborescence import Scores
from catalog.provenance.direction import contribution
from catalog.provenance.quantities import OrderedPair, quantify

# What tells one photo from another with the same pixels as the parent of a third: what its file states, when it was shown and
# by whom. Everything else is read from pixels, or from how they were saved, and a PNG keeps what the JPEG it was made from left.
TELLING = (
    "camera_kept", "camera_gained", "camera_lost", "facts_shared", "software_added", "software_lost", "created_before",
    "modified_before", "modified_after", "identifier_derived", "identifier_reversed", "identifier_shared", "ingredient_named",
    "published_before", "published_after", "credits_publisher",
)  # fmt: skip


def with_same_pixels(count: int, same: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return, for each of `count` photos by number, the others with its pixels in order; `same` are pairs that have them."""
    sets = [{number} for number in range(count)]
    for one, other in same:
        joined = sets[one] | sets[other]
        for number in joined:
            sets[number] = joined
    return tuple(tuple(sorted(held - {number})) for number, held in enumerate(sets))


def shared_scores(edges: Scores, pairs: Mapping[tuple[int, int], OrderedPair], alike: Sequence[Sequence[int]]) -> Scores:
    """Return the scores of edges where photos with the same pixels explain another equally well, but for what tells them apart.

    `edges[i, j]` is what speaks for j being made from i, in natural-log odds; `alike` are for each photo the others with its
    pixels. What they share is the mean of their odds, so that all of them together are as likely as before.
    """
    shared = edges.copy()
    for first in (number for number, others in enumerate(alike) if others and number < others[0]):
        for child in range(len(edges)):
            parents = [one for one in (first, *alike[first]) if (one, child) in pairs]
            if len(parents) > 1:
                told = np.array([contribution(TELLING, quantify(pairs[one, child])) for one in parents])
                shared[parents, child] = np.logaddexp.reduce(edges[parents, child] - told) - log(len(parents)) + told
    return shared
