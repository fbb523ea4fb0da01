"""In which of two registered pictures something was laid over: in the one with a step all along where they begin to differ."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from catalog.provenance.views import Plane

Mask = NDArray[np.bool_]
# Where the two differ is told to the pixel: from so many levels on, and from so many times what is usual in the pair.
_DIFFERS = 9.0
_TIMES_USUAL = 2.0
# An edge lies within a block of where whole blocks differ, and gaps in what was laid over, narrower than this, are not its edge.
_BLOCK = 4
_GAP = 2
# Resampling spreads an edge over so many pixels of the frame.
_APART = 3
# Fewer places along an edge say nothing.
_LEAST = 16
# One level of rounding on either side.
_ROUNDING = 2.0


def differing_region(gap: Plane, odd: Mask, both: Mask) -> Mask:
    """Return, to the pixel, where two pictures show different things, without the gaps between letters.

    `gap` is by how many levels they differ, `odd` the blocks in which they differ throughout, `both` where both lie.
    """
    if not odd.any():
        return odd
    far = max(_DIFFERS, _TIMES_USUAL * float(np.median(gap[both])))
    differs = (gap > far) & _near(odd, _BLOCK)
    closed: Mask = ~_near(~_near(differs, _GAP), _GAP)
    return closed


def edge_step(luma: Plane, region: Mask, both: Mask) -> float:
    """Return how many times as large the luma steps along the region's edge are as those outside it, at least 1.

    A picture goes on across the edge of what was laid over its copy; what was laid over begins there. 1 where the region has no
    edge to speak of. docs/provenance.md says what that was measured on.
    """
    at_edge, outside = [], []
    for plane, inside, known in ((luma, region, both), (luma.T, region.T, both.T)):
        step = np.abs(plane[_APART:] - plane[:-_APART])
        known_both = known[_APART:] & known[:-_APART]
        at_edge.append(step[(inside[_APART:] != inside[:-_APART]) & known_both])
        outside.append(step[~inside[_APART:] & ~inside[:-_APART] & known_both])
    edge, usual = np.concatenate(at_edge), np.concatenate(outside)
    if edge.size < _LEAST or not usual.size:
        return 1.0
    return max(1.0, (float(edge.mean()) + _ROUNDING) / (float(usual.mean()) + _ROUNDING))


def _near(mask: Mask, reach: int) -> Mask:
    """Return what lies at most so many pixels, across and down, from the mask."""
    for axis in (0, 1):
        margin = [(reach, reach) if at == axis else (0, 0) for at in (0, 1)]
        mask = np.asarray(sliding_window_view(np.pad(mask, margin), 2 * reach + 1, axis=axis).any(-1), np.bool_)
    return mask
