"""Where two registered pictures stop showing the same, to a sample: the edges of a part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.registration import CELLS, Floats

Box = tuple[float, float, float, float]

# Differences above so many grey levels say no more than that something else lies there.
MOST: Final = 60.0
# A line of samples shows something else from so many times what the lines inside differ by, within these grey levels.
TIMES_INSIDE: Final = 2.5
ANOTHER: Final = (10.0, 25.0)
# An edge lies no farther than this from where whole cells put it, as a share of the overlap.
REACH: Final = 1.5 / CELLS
# So near to the end of the overlap, in samples, an edge is that end: the last lines are mixed with what lies beside them.
SNAP: Final = 2
# Rows are averaged between the edges of columns and columns between those of rows, so they are looked for in turn.
PASSES: Final = 2
# Working pixels: nearer edges are one.
SAME: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Edges:
    """Hold two boxes, x0, y0, x1, y1 in query working pixels: of the overlap, and of where both pictures show the same in it."""

    whole: Box
    box: Box

    @property
    def cut(self) -> tuple[bool, ...]:
        """Tell for left, top, right and bottom whether the overlap goes on beyond the box there."""
        return tuple(abs(one - other) > SAME for one, other in zip(self.whole, self.box, strict=True))


def found_edges(both: Registered, whole: Box, cells: Box) -> Edges:
    """Find the edges of where two registered pictures show the same.

    `whole` is the box of the overlap that `both` holds samples of, `cells` the part of it that agrees, by whole cells. An edge
    that is one of the overlap is exactly that.
    """
    off = np.minimum(np.abs(both.luma - both.expected), np.float32(MOST))
    by_cells = [_samples(whole, cells, axis, off.shape[1 - axis]) for axis in (1, 0)]
    rows, columns = by_cells
    for _ in range(PASSES):
        rows = _span(_lines(off[:, slice(*columns)], both.mask[:, slice(*columns)]), by_cells[0])
        columns = _span(_lines(off[slice(*rows)].T, both.mask[slice(*rows)].T), by_cells[1])
    left, right = (_place(whole, 0, number, off.shape[1]) for number in columns)
    top, bottom = (_place(whole, 1, number, off.shape[0]) for number in rows)
    return Edges(whole, (left, top, right, bottom))


def _samples(whole: Box, cells: Box, axis: int, length: int) -> tuple[int, int]:
    """Return the first sample and the last, plus one, of a box along an axis: 0 across, 1 down."""
    scale = length / (whole[axis + 2] - whole[axis])
    return round((cells[axis] - whole[axis]) * scale), round((cells[axis + 2] - whole[axis]) * scale)


def _place(whole: Box, axis: int, number: int, length: int) -> float:
    """Return where a sample begins, or the last one ends, in working pixels."""
    return whole[axis + 2] if number == length else whole[axis] + number * (whole[axis + 2] - whole[axis]) / length


def _lines(off: Floats, mask: NDArray[np.bool_]) -> Floats:
    """Return by how many grey levels each row of samples differs in the mean, 0 where there is none."""
    weight = mask.astype(np.float32)
    return np.asarray((off * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1), dtype=np.float32)


def _span(differ: Floats, cells: tuple[int, int]) -> tuple[int, int]:
    """Return the first line and the last, plus one, between which the pictures show the same."""
    limit = np.float32(np.clip(TIMES_INSIDE * np.median(differ[slice(*cells)]), *ANOTHER))
    gain = limit - differ
    return len(gain) - _end(gain[::-1], len(gain) - cells[1], len(gain) - cells[0]), _end(gain, *cells)


def _end(gain: Floats, first: int, last: int) -> int:
    """Return where lines that agree end: where the sum of what each of them gains is greatest, near the end by whole cells."""
    reach = round(REACH * len(gain))
    begin = max(last - reach, (first + last) // 2)
    end = begin + 1 + int(np.cumsum(gain[begin : last + reach]).argmax())
    return len(gain) if end >= len(gain) - SNAP else end
