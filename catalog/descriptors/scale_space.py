"""Blobs of every size in a grey picture: extrema of differences of Gaussians, found to a fraction of a pixel.

After D. Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", IJCV 60(2), 2004, sections 3 and 4. Two things are
left out for speed: the picture is not doubled first (blobs that only doubling shows do not survive a re-save), and no blur is
computed twice: where an octave ends, its neighbour in scale is looked up in the next one, at half the side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

# Lowe's values: three scales an octave, from a first blur of 1.6, of a picture that the lens already blurred by 0.5.
SCALES: Final = 3
FIRST_SIGMA: Final = 1.6
LENS_SIGMA: Final = 0.5
# A Gaussian is cut off where it is a hundredth of its height.
CUT_OFF: Final = 3.0
# Blobs lie on edges when one principal curvature is more than ten times the other (Lowe, 4.1).
EDGE_RATIO: Final = 10.0
MOST_OCTAVES: Final = 7
SMALLEST_SIDE: Final = 8
RIM: Final = 2
# How far a parabola may move a blob from the pixel it was found at.
MOST_MOVE: Final = 0.6
SQUARE: Final = np.ones((3, 3), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Blobs:
    """Hold n blobs as parallel arrays.

    `octave` and `layer` (intp) name the blurred picture they are sampled from; `x`, `y` (float32) are its pixels;
    `sigma` (float32) is the blob's radius in those pixels; `contrast` (float32) is how far it stands out, in grey levels.
    """

    octave: Places
    layer: Places
    x: Floats
    y: Floats
    sigma: Floats
    contrast: Floats

    def __len__(self) -> int:
        return len(self.x)

    def taken(self, index: Places) -> Blobs:
        """Return the blobs at these places, in that order."""
        return Blobs(self.octave[index], self.layer[index], self.x[index], self.y[index], self.sigma[index], self.contrast[index])


def blurred_octaves(grey: Floats) -> list[list[Floats]]:
    """Return octaves of SCALES + 1 blurred pictures, each octave half the side of the one before; `grey` is (h, w), 0–255.

    The last picture of an octave and the first of the next have the same blur.
    """
    steps = [
        FIRST_SIGMA * (2.0 ** (2 * layer / SCALES) - 2.0 ** (2 * (layer - 1) / SCALES)) ** 0.5 for layer in range(1, SCALES + 1)
    ]
    base = _blurred(grey, (FIRST_SIGMA**2 - LENS_SIGMA**2) ** 0.5)
    octaves: list[list[Floats]] = []
    while min(base.shape) >= SMALLEST_SIDE and len(octaves) < MOST_OCTAVES:
        layers = [base]
        for step in steps:
            layers.append(_blurred(layers[-1], step))
        octaves.append(layers)
        base = np.ascontiguousarray(layers[SCALES][::2, ::2])
    return octaves


def _blurred(picture: Floats, sigma: float) -> Floats:
    side = 2 * round(CUT_OFF * sigma) + 1
    return np.asarray(cv2.GaussianBlur(picture, (side, side), sigma), dtype=np.float32)


def find_blobs(octaves: list[list[Floats]], least_contrast: float) -> Blobs:
    """Return every extremum in place and scale that stands out by `least_contrast` grey levels and is no edge."""
    steps = _Steps.between(octaves)
    return steps.refined(steps.standing_out(least_contrast))


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold places in the steps: octave, layer, row and column, and the place in the flat arrays."""

    octave: Places
    layer: Places
    row: Places
    column: Places
    at: Places

    def taken(self, index: NDArray[np.bool_]) -> _Found:
        return _Found(self.octave[index], self.layer[index], self.row[index], self.column[index], self.at[index])


@dataclass(frozen=True, slots=True)
class _Steps:
    """Hold the differences between blurred pictures of all octaves end to end in flat arrays.

    So one pass serves the blobs of all octaves. `signed` are the differences, `size` their absolute values, `around` the most
    of these in each square of three. `starts`, `heights` and `widths` describe the octaves, each of SCALES layers.
    """

    signed: Floats
    size: Floats
    around: Floats
    starts: Places
    heights: Places
    widths: Places

    @classmethod
    def between(cls, octaves: list[list[Floats]]) -> _Steps:
        heights, widths = (np.array([layers[0].shape[axis] for layers in octaves], dtype=np.intp) for axis in (0, 1))
        starts = np.concatenate([[0], np.cumsum(SCALES * heights * widths)]).astype(np.intp)
        signed, size, around = (np.empty(int(starts[-1]), dtype=np.float32) for _ in range(3))
        found = cls(signed, size, around, starts, heights, widths)
        for octave, layers in enumerate(octaves):
            for layer in range(SCALES):
                here = found.part(octave, layer)
                shape = layers[0].shape
                cv2.subtract(layers[layer + 1], layers[layer], dst=signed[here].reshape(shape))
                cv2.absdiff(layers[layer + 1], layers[layer], dst=size[here].reshape(shape))
                cv2.dilate(size[here].reshape(shape), SQUARE, dst=around[here].reshape(shape))
        return found

    def part(self, octave: int, layer: int) -> slice:
        """Return where a layer lies in the flat arrays."""
        area = int(self.heights[octave] * self.widths[octave])
        start = int(self.starts[octave]) + layer * area
        return slice(start, start + area)

    def standing_out(self, least: float) -> _Found:
        """Return the places that are the most of their 26 neighbours and at least `least`."""
        some = [
            np.flatnonzero(self.size[here] >= np.maximum(self.around[here], np.float32(least))) + here.start
            for octave in range(len(self.heights))
            for layer in range(SCALES)
            if 0 < octave * SCALES + layer < len(self.heights) * SCALES - 1
            for here in [self.part(octave, layer)]
        ]
        at = np.concatenate(some or [np.empty(0, dtype=np.intp)])
        octave = np.searchsorted(self.starts, at, side="right") - 1
        layer, within = np.divmod(at - self.starts[octave], (self.heights * self.widths)[octave])
        row, column = np.divmod(within, self.widths[octave])
        found = _Found(octave, layer, row, column, at)
        height, width = self.heights[octave], self.widths[octave]
        found = found.taken((row >= RIM) & (column >= RIM) & (row < height - RIM) & (column < width - RIM))
        own = self.size[found.at]
        return found.taken((own >= self.around[self._finer(found)]) & (own >= self._coarser(found)))

    def _finer(self, found: _Found) -> Places:
        """Return the same places one scale finer: the layer before, or the last of the octave before at twice the side."""
        before = np.maximum(found.octave - 1, 0)
        area = self.heights[before] * self.widths[before]
        row, column = (
            np.minimum(2 * place, sides[before] - 1) for place, sides in ((found.row, self.heights), (found.column, self.widths))
        )
        across = self.starts[before] + (SCALES - 1) * area + row * self.widths[before] + column
        return np.where(found.layer > 0, found.at - (self.heights * self.widths)[found.octave], across)

    def _coarser(self, found: _Found) -> Floats:
        """Return the most of the 9 neighbours one scale coarser; of the octave after, those of its pixels that lie among them."""
        is_last = found.layer == SCALES - 1
        inside = np.where(is_last, found.at, found.at + (self.heights * self.widths)[found.octave])
        most = np.where(is_last, np.float32(0), self.around[inside])
        last = found.taken(is_last)
        for down in (0, 1):
            for across in (0, 1):
                place = self._after(last, down, across)
                most[is_last] = np.maximum(most[is_last], self.size[place])
        return most

    def _after(self, found: _Found, down: int, across: int) -> Places:
        """Return the places in the first layer of the octave after, rounded down or up."""
        after = found.octave + 1
        row = np.minimum((found.row + down) // 2, self.heights[after] - 1)
        column = np.minimum((found.column + across) // 2, self.widths[after] - 1)
        return np.asarray(self.starts[after] + row * self.widths[after] + column)

    def refined(self, found: _Found) -> Blobs:
        """Fit a parabola through each extremum and its neighbours, and drop edges."""
        stride = self.widths[found.octave]
        here = self.signed[found.at]
        left, right, up, down = (self.signed[found.at + move] for move in (-1, 1, -stride, stride))
        corners = [self.signed[found.at + move] for move in (stride + 1, -stride - 1, stride - 1, 1 - stride)]
        xx, yy = left + right - 2 * here, up + down - 2 * here
        xy = (corners[0] + corners[1] - corners[2] - corners[3]) / 4
        curvature = xx * yy - xy * xy
        is_blob = (curvature > 0) & ((xx + yy) ** 2 * EDGE_RATIO < (EDGE_RATIO + 1) ** 2 * curvature)
        safe = np.where(is_blob, curvature, np.float32(1))
        slope_x, slope_y = (right - left) / 2, (down - up) / 2
        move_x = np.clip(-(yy * slope_x - xy * slope_y) / safe, -MOST_MOVE, MOST_MOVE)
        move_y = np.clip(-(xx * slope_y - xy * slope_x) / safe, -MOST_MOVE, MOST_MOVE)
        blobs = found.taken(is_blob)
        return Blobs(
            blobs.octave,
            blobs.layer,
            (blobs.column + move_x[is_blob]).astype(np.float32),
            (blobs.row + move_y[is_blob]).astype(np.float32),
            (FIRST_SIGMA * 2.0 ** ((blobs.layer + self._move_scale(blobs)) / SCALES)).astype(np.float32),
            np.abs(here[is_blob]).astype(np.float32),
        )

    def _move_scale(self, found: _Found) -> Floats:
        """Return how far between the layers the blobs stand out most, -MOST_MOVE to MOST_MOVE."""
        here, before = self.size[found.at], self.size[self._finer(found)]
        is_last = found.layer == SCALES - 1
        after = self.size[np.where(is_last, found.at, found.at + (self.heights * self.widths)[found.octave])]
        after[is_last] = self.size[self._after(found.taken(is_last), 0, 0)]
        bend = before + after - 2 * here
        return np.clip((before - after) / 2 / np.where(bend == 0, np.float32(1), bend), -MOST_MOVE, MOST_MOVE)
