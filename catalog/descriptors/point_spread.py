"""Which points to keep, so that every part and every scale of the picture has some."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.descriptors.scale_space import FIRST_SIGMA, Floats

# Shares of the points by octave of their size. Small ones answer for hard crops, large ones for small pastes and
# thumbnails (docs/matching.md, "Local features").
SHARES: Final = (0.40, 0.30, 0.18, 0.12)
CELLS: Final = 6


def spread_points(x: Floats, y: Floats, sigma: Floats, contrast: Floats, size: tuple[int, int], most: int) -> NDArray[np.intp]:
    """Return at most `most` places; `size` is (width, height), `sigma` the radius in the same pixels.

    Within an octave the strongest point of every cell comes first, then the second of every cell, and so on. What an
    octave of large points cannot use goes to the next smaller one.
    """
    if len(x) <= most:
        return np.arange(len(x))
    octave = np.clip(np.floor(np.log2(sigma / FIRST_SIGMA)), 0, len(SHARES) - 1).astype(np.intp)
    column = np.clip(x / size[0] * CELLS, 0, CELLS - 1).astype(np.intp)
    row = np.clip(y / size[1] * CELLS, 0, CELLS - 1).astype(np.intp)
    cell = (octave * CELLS + row) * CELLS + column
    order = np.lexsort((-contrast, cell))
    starts = np.flatnonzero(np.r_[True, cell[order][1:] != cell[order][:-1]])
    rank = np.empty(len(x), dtype=np.intp)
    rank[order] = np.arange(len(x)) - np.repeat(starts, np.diff(np.r_[starts, len(x)]))
    kept: list[NDArray[np.intp]] = []
    spare = 0
    for level in reversed(range(len(SHARES))):
        places = np.flatnonzero(octave == level)
        wanted = round(SHARES[level] * most) + spare
        kept.append(places[np.lexsort((-contrast[places], rank[places]))][:wanted])
        spare = wanted - len(kept[-1])
    return np.concatenate(kept)[:most]
