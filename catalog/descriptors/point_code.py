"""The direction of a point and the 256 bits that say what is around it.

Gradients in a turned square of 4 x 4 cells and eight directions, as in D. Lowe, IJCV 60(2), 2004, section 6, here kept as
one bit a value and threshold. Cells and directions lie so that mirroring or inverting the picture only reorders bits
(catalog/records/local_points.py has the order): a query is mirrored without being described again.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.descriptors.scale_space import SCALES, Blobs, Floats
from catalog.records.local_points import CELLS_PER_SIDE, DIRECTIONS

# The square is twelve radii wide (four cells of three, as Lowe's), a sample a radius: what is blurred by a radius holds no more.
SAMPLES: Final = 12
WIDTH_IN_SIGMA: Final = 12.0
# The direction is read from a smaller square: its rim would count for a sixth of the middle.
DIRECTION_SAMPLES: Final = 10
DIRECTION_WIDTH: Final = 10.0
# Harmonics of the histogram of directions; six tell peaks 60 degrees apart.
HARMONICS: Final = 6
TRIED_DIRECTIONS: Final = 72
# A bit is set where a value is above the median of the point's 128 values, a second one where it is in the upper fifth.
RANKS: Final = (64, 100)


def _grid(samples: int, width: float) -> tuple[Floats, Floats]:
    """Return where the samples lie, in radii, one row and column more on every side for gradients."""
    line = ((np.arange(samples + 2) - (samples + 1) / 2) * (width / samples)).astype(np.float32)
    across, down = np.meshgrid(line, line)
    return across, down


def _cell_weights() -> Floats:
    """Return (samples, cells): how much a sample counts for each cell, falling off linearly and towards the rim."""
    line = (np.arange(SAMPLES) - (SAMPLES - 1) / 2) * CELLS_PER_SIDE / SAMPLES
    centres = np.arange(CELLS_PER_SIDE) - (CELLS_PER_SIDE - 1) / 2
    near = np.maximum(0, 1 - np.abs(line[:, None] - centres[None, :])) * np.exp(-0.5 * (line / 2) ** 2)[:, None]
    return np.asarray(np.einsum("ya,xb->yxab", near, near).reshape(SAMPLES * SAMPLES, -1), dtype=np.float32)


def _direction_weights() -> Floats:
    """Return (samples,): a Gaussian of 1.5 times the point's blur (Lowe, section 5)."""
    across, down = DIRECTION_GRID
    square = (across**2 + down**2)[1:-1, 1:-1].reshape(-1)
    return np.asarray(np.exp(-0.5 * square / 2.4**2), dtype=np.float32)


GRID: Final = _grid(SAMPLES, WIDTH_IN_SIGMA)
DIRECTION_GRID: Final = _grid(DIRECTION_SAMPLES, DIRECTION_WIDTH)
CELL_WEIGHTS: Final = _cell_weights()
DIRECTION_WEIGHTS: Final = _direction_weights()
TRIED: Final = np.arange(TRIED_DIRECTIONS) * (2 * np.pi / TRIED_DIRECTIONS)
# Falls off so that the sum of harmonics rings little (Lanczos' factors).
WAVES: Final = np.stack([np.sinc(k / (HARMONICS + 1)) * np.exp(-1j * k * TRIED) for k in range(1, HARMONICS + 1)]).astype(
    np.complex64
)


def _patches(octaves: list[list[Floats]], blobs: Blobs, angle: Floats, grid: tuple[Floats, Floats]) -> Floats:
    """Return (n, side, side) grey values around each point, turned by its angle; points are sorted by octave and layer."""
    cosine, sine = (turned[:, None] for turned in (np.cos(angle) * blobs.sigma, np.sin(angle) * blobs.sigma))
    across, down = (line.reshape(1, -1) for line in grid)
    map_x = blobs.x[:, None] + cosine * across - sine * down
    map_y = blobs.y[:, None] + sine * across + cosine * down
    patches = np.empty(map_x.shape, dtype=np.float32)
    key = blobs.octave * (SCALES + 1) + blobs.layer
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    for start, stop in zip(starts, np.append(starts[1:], len(key)), strict=True):
        level = octaves[blobs.octave[start]][blobs.layer[start]]
        rows = slice(start, stop)
        patches[rows] = cv2.remap(level, map_x[rows], map_y[rows], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return patches.reshape(len(blobs), *grid[0].shape)


def _gradients(patches: Floats) -> tuple[Floats, Floats, Floats]:
    across = (patches[:, 1:-1, 2:] - patches[:, 1:-1, :-2]).reshape(len(patches), -1)
    down = (patches[:, 2:, 1:-1] - patches[:, :-2, 1:-1]).reshape(len(patches), -1)
    return across, down, np.sqrt(across * across + down * down) + np.float32(1e-6)


def _directions(across: Floats, down: Floats, strength: Floats) -> Floats:
    """Return the strongest gradient direction of each point, radians, from harmonics of its histogram."""
    unit = (across + 1j * down).astype(np.complex64) / strength
    turning = unit * (strength * DIRECTION_WEIGHTS)
    moments = np.empty((len(across), HARMONICS), dtype=np.complex64)
    for harmonic in range(HARMONICS):
        moments[:, harmonic] = turning.sum(axis=1)
        if harmonic + 1 < HARMONICS:
            turning *= unit
    histogram = (moments @ WAVES).real
    best = histogram.argmax(axis=1)
    rows = np.arange(len(best))
    before, here = histogram[rows, best - 1], histogram[rows, best]
    after = histogram[rows, (best + 1) % TRIED_DIRECTIONS]
    bend = before + after - 2 * here
    move = np.where(bend < 0, (before - after) / 2 / np.where(bend < 0, bend, 1), 0)
    return np.asarray((best + move) * (2 * np.pi / TRIED_DIRECTIONS), dtype=np.float32)


def _cell_values(across: Floats, down: Floats, strength: Floats) -> Floats:
    """Return (n, 128): gradient strength by cell and direction, each gradient shared by the directions it leans to."""
    half = DIRECTIONS // 2
    shares = np.empty((DIRECTIONS, *across.shape), dtype=np.float32)
    inverse = 1 / strength
    for direction in range(half):
        turn = direction * 2 * np.pi / DIRECTIONS
        along = across * np.float32(np.cos(turn)) + down * np.float32(np.sin(turn))
        lean = along * np.abs(along) * inverse
        np.maximum(lean, 0, out=shares[direction])
        np.subtract(shares[direction], lean, out=shares[direction + half])
    values = shares.reshape(-1, across.shape[1]) @ CELL_WEIGHTS
    return np.ascontiguousarray(values.reshape(DIRECTIONS, len(across), -1).transpose(1, 2, 0)).reshape(len(across), -1)


def describe_points(octaves: list[list[Floats]], blobs: Blobs) -> tuple[Floats, NDArray[np.uint8]]:
    """Return the angle of each point, radians (n,), and its code, (n, 32) uint8; points are sorted by octave and layer."""
    upright = _gradients(_patches(octaves, blobs, np.zeros(len(blobs), dtype=np.float32), DIRECTION_GRID))
    angle = _directions(*upright)
    values = _cell_values(*_gradients(_patches(octaves, blobs, angle, GRID)))
    ranked = np.sort(values, axis=1)
    bits = np.concatenate([values > ranked[:, rank, None] for rank in RANKS], axis=1)
    return angle, np.packbits(bits, axis=1)
