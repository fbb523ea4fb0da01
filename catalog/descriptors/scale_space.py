"""Blobs of every size in a grey picture: extrema of differences of Gaussians, found to a fraction of a pixel.

After D. Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", IJCV 60(2), 2004, sections 3 and 4. OpenCV's
own SIFT doubles the picture first and costs five times as much; the doubling finds blobs that a re-save destroys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Lowe's values: three scales an octave, from a first blur of 1.6, of a picture that the lens already blurred by 0.5.
SCALES: Final = 3
FIRST_SIGMA: Final = 1.6
LENS_SIGMA: Final = 0.5
# Blobs lie on edges when one principal curvature is more than ten times the other (Lowe, 4.1).
EDGE_RATIO: Final = 10.0
MOST_OCTAVES: Final = 6
SMALLEST_SIDE: Final = 16
RIM: Final = 2
SQUARE: Final = np.ones((3, 3), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Blobs:
    """Hold n blobs as parallel arrays.

    `octave` and `layer` (intp) name the blurred picture they are sampled from; `x`, `y` (float32) are its pixels;
    `sigma` (float32) is the blob's radius in those pixels; `contrast` (float32) is how far it stands out, in grey levels.
    """

    octave: NDArray[np.intp]
    layer: NDArray[np.intp]
    x: Floats
    y: Floats
    sigma: Floats
    contrast: Floats

    def __len__(self) -> int:
        return len(self.x)

    def taken(self, index: NDArray[np.intp]) -> Blobs:
        """Return the blobs at these places, in that order."""
        return Blobs(self.octave[index], self.layer[index], self.x[index], self.y[index], self.sigma[index], self.contrast[index])


def blurred_octaves(grey: Floats) -> list[list[Floats]]:
    """Return octaves of blurred pictures, each half the side of the one before; `grey` is (h, w), 0–255."""
    steps = [
        FIRST_SIGMA * (2.0 ** (2 * layer / SCALES) - 2.0 ** (2 * (layer - 1) / SCALES)) ** 0.5 for layer in range(1, SCALES + 3)
    ]
    base = _blur(grey, (FIRST_SIGMA**2 - LENS_SIGMA**2) ** 0.5)
    octaves: list[list[Floats]] = []
    while min(base.shape) >= SMALLEST_SIDE and len(octaves) < MOST_OCTAVES:
        layers = [base]
        for step in steps:
            layers.append(_blur(layers[-1], step))
        octaves.append(layers)
        base = np.ascontiguousarray(layers[SCALES][::2, ::2])
    return octaves


def _blur(picture: Floats, sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.float32)


def find_blobs(octaves: list[list[Floats]], least_contrast: float) -> Blobs:
    """Return every extremum in place and scale that stands out by `least_contrast` grey levels and is no edge."""
    found = [blobs for octave, layers in enumerate(octaves) for blobs in _octave_blobs(octave, layers, least_contrast)]
    return Blobs(
        np.concatenate([blobs.octave for blobs in found] or [np.empty(0, np.intp)]),
        np.concatenate([blobs.layer for blobs in found] or [np.empty(0, np.intp)]),
        np.concatenate([blobs.x for blobs in found] or [np.empty(0, np.float32)]),
        np.concatenate([blobs.y for blobs in found] or [np.empty(0, np.float32)]),
        np.concatenate([blobs.sigma for blobs in found] or [np.empty(0, np.float32)]),
        np.concatenate([blobs.contrast for blobs in found] or [np.empty(0, np.float32)]),
    )


def _octave_blobs(octave: int, layers: list[Floats], least_contrast: float) -> list[Blobs]:
    steps: list[Floats] = [layers[index + 1] - layers[index] for index in range(SCALES + 2)]
    highest = [cv2.dilate(step, SQUARE) for step in steps]
    lowest = [cv2.erode(step, SQUARE) for step in steps]
    found = []
    for layer in range(1, SCALES + 1):
        step = steps[layer]
        peak = cv2.max(cv2.max(highest[layer - 1], highest[layer]), highest[layer + 1])
        pit = cv2.min(cv2.min(lowest[layer - 1], lowest[layer]), lowest[layer + 1])
        inner = slice(RIM, -RIM)
        middle = step[inner, inner]
        stands_out = np.maximum(middle >= peak[inner, inner], middle <= pit[inner, inner])
        at = np.flatnonzero(stands_out)
        row, column = np.divmod(at, middle.shape[1])
        row, column = row + RIM, column + RIM
        strong = np.abs(step[row, column]) > least_contrast
        row, column = row[strong], column[strong]
        found.append(_refined(octave, layer, steps[layer - 1], step, steps[layer + 1], row, column))
    return found


def _refined(
    octave: int, layer: int, below: Floats, step: Floats, above: Floats, row: NDArray[np.intp], column: NDArray[np.intp]
) -> Blobs:
    """Fit a parabola through each extremum and its neighbours, and drop edges."""
    here = step[row, column]
    left, right, up, down = step[row, column - 1], step[row, column + 1], step[row - 1, column], step[row + 1, column]
    xx, yy = left + right - 2 * here, up + down - 2 * here
    xy = (step[row + 1, column + 1] - step[row + 1, column - 1] - step[row - 1, column + 1] + step[row - 1, column - 1]) / 4
    curvature = xx * yy - xy * xy
    is_blob = (curvature > 0) & ((xx + yy) ** 2 * EDGE_RATIO < (EDGE_RATIO + 1) ** 2 * curvature)
    safe = np.where(is_blob, curvature, np.float32(1))
    slope_x, slope_y = (right - left) / 2, (down - up) / 2
    move_x = np.clip(-(yy * slope_x - xy * slope_y) / safe, -0.6, 0.6)
    move_y = np.clip(-(xx * slope_y - xy * slope_x) / safe, -0.6, 0.6)
    before, after = below[row, column], above[row, column]
    bend = before + after - 2 * here
    move_scale = np.clip((before - after) / 2 / np.where(bend == 0, np.float32(1), bend), -0.6, 0.6)
    count = int(is_blob.sum())
    return Blobs(
        np.full(count, octave, dtype=np.intp),
        np.full(count, layer, dtype=np.intp),
        (column + move_x)[is_blob].astype(np.float32),
        (row + move_y)[is_blob].astype(np.float32),
        (FIRST_SIGMA * 2.0 ** ((layer + move_scale[is_blob]) / SCALES)).astype(np.float32),
        np.abs(here[is_blob]).astype(np.float32),
    )
