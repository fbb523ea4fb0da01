"""Do the pixels agree where a transform says the two pictures show the same?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.alignment import aligned

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]

# The overlap is compared on a grid of at most this many samples a side, cut into this many cells a side.
GRID: Final = 160
CELLS: Final = 8
LEAST_SIDE: Final = 24
# Slow changes of light are taken out by a local mean over this share of the grid.
LOCAL_SHARE: Final = 0.12
# And of detail only over this: two shirts have one outline, not one weave.
FINE_SHARE: Final = 0.035
# A cell with less spread than this (grey levels, after the local mean) shows nothing that could agree.
LEAST_TEXTURE: Final = 2.5
# A cell agrees from this correlation on: chance reaches it in one cell of a hundred (docs/matching.md, "Pixels").
LEAST_AGREEMENT: Final = 0.5
# Samples and cells a side, coarse to fine, when a transform is refined: the first pass reaches an eighth of the picture.
COARSE_GRIDS: Final = ((48, 6), (64, 6), (96, 6))
FINE_GRID: Final = (160, 8)
LEAST_SAMPLES: Final = 64


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hold how well two registered pictures agree.

    `correlation` is the mean over textured cells, -1 to 1; negative where tones are inverted. `fine` is that of fine
    detail alone, which outlines of like shape lack. `share` is the part of textured cells that agree, 0-1; `cells` how
    many agree; `textured` how many could. `matrix` (3x3) is the transform from query to reference working pixels after
    refinement. `box` is x0, y0, x1, y1 in query working pixels of what was compared. `agreeing` and `compared` are
    (CELLS, CELLS) bool maps over it. `exchanged` counts cells that differ where one picture shows more than the other, of
    whichever has fewer: what was laid over a copy adds to one of them only, where a frame holds another picture both show much.
    """

    correlation: float
    fine: float
    share: float
    cells: int
    textured: int
    matrix: Matrix
    box: tuple[float, float, float, float]
    agreeing: NDArray[np.bool_]
    compared: NDArray[np.bool_]
    exchanged: int


@dataclass(frozen=True, slots=True)
class Plane:
    """Hold a grey picture in several sizes; `zoom` is stored pixels a working pixel of the largest."""

    levels: tuple[Floats, ...]
    zoom: float
    width: float
    height: float

    def sampled(self, places_to_working: Matrix, size: tuple[int, int]) -> tuple[Floats, NDArray[np.uint8]]:
        """Return (h, w) grey samples and (h, w) numbers, 1 inside the picture and 0 outside, of a grid mapped by a 3x3 matrix.

        The level is chosen so that a step of the grid is one to two stored pixels: neither aliased nor blurred.
        """
        scale = np.diag([self.zoom, self.zoom, 1.0])
        full = scale @ places_to_working
        centre = np.array([size[0] / 2, size[1] / 2, 1.0])
        step = _step(full, centre)
        level = int(np.clip(np.floor(np.log2(max(step, 1e-6)) + 0.25), 0, len(self.levels) - 1))
        shrink = np.diag([0.5**level, 0.5**level, 1.0])
        # Centres of pixels lie half a pixel inside. Halving (`cv2.pyrDown`) keeps every other pixel where it is: the first stays.
        centred = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1.0]])
        matrix = shrink @ centred @ full
        picture = self.levels[level]
        taken = cv2.warpPerspective(
            picture, matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        )
        inside = cv2.warpPerspective(
            np.ones(picture.shape, dtype=np.uint8), matrix, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        )
        return np.asarray(taken, dtype=np.float32), np.asarray(inside, dtype=np.uint8)


def _step(matrix: Matrix, place: Matrix) -> float:
    here, right, down = (matrix @ (place + np.array(move)) for move in ([0, 0, 0], [1, 0, 0], [0, 1, 0]))
    here, right, down = here[:2] / here[2], right[:2] / right[2], down[:2] / down[2]
    return float(np.sqrt(np.hypot(*(right - here)) * np.hypot(*(down - here))))


def step_of(matrix: Matrix, box: tuple[float, float, float, float]) -> float:
    """Return how many pixels a step in the middle of the box becomes under a 3x3 matrix."""
    return _step(matrix, np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 1.0]))


def plane_of(grey: NDArray[np.uint8], width: float, height: float) -> Plane:
    """Make a plane of an (h, w) grey picture that stands for a picture of this working size."""
    levels = [grey.astype(np.float32)]
    while min(levels[-1].shape) >= 16 and len(levels) < 6:
        levels.append(np.asarray(cv2.pyrDown(levels[-1]), dtype=np.float32))
    return Plane(tuple(levels), max(grey.shape) / max(width, height), width, height)


def visible_box(matrix: Matrix, query: Plane, reference: Plane) -> tuple[float, float, float, float] | None:
    """Return x0, y0, x1, y1 in query working pixels of where the reference shows; None when it lies outside."""
    corners = np.array([[0, 0, 1], [reference.width, 0, 1], [reference.width, reference.height, 1], [0, reference.height, 1]])
    inverse = np.linalg.inv(matrix)
    placed = corners @ inverse.T
    if (placed[:, 2] * inverse[2, 2] <= 0).any():
        return None
    places = placed[:, :2] / placed[:, 2:]
    low = np.maximum(places.min(axis=0), 0)
    high = np.minimum(places.max(axis=0), [query.width, query.height])
    if (high - low < 4).any():
        return None
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def agreement(
    matrix: Matrix, query: Plane, reference: Plane, *, within: tuple[float, float, float, float] | None = None
) -> Agreement | None:
    """Compare the pixels under a 3x3 transform from query to reference working pixels; None without an overlap.

    `within` narrows the comparison to a box of the query.
    """
    box = within or visible_box(matrix, query, reference)
    if box is None:
        return None
    to_query, size = _grid(box, min(query.zoom, reference.zoom * step_of(matrix, box)), GRID)
    shown, shown_inside = query.sampled(to_query, size)
    taken, inside = reference.sampled(matrix @ to_query, size)
    return _compared(shown, taken, (shown_inside > 0) & (inside > 0), matrix, box)


def refined(matrix: Matrix, query: Plane, reference: Plane, *, is_near: bool = False) -> Matrix:
    """Move a transform until the parts of the overlap lie where they are found: first far and coarsely, then near and finely.

    `is_near` says that it is known to be off by little, so that only the last is needed.
    """
    for side, cells in (FINE_GRID,) if is_near else (*COARSE_GRIDS, FINE_GRID):
        box = visible_box(matrix, query, reference)
        if box is None:
            break
        to_query, size = _grid(box, min(query.zoom, reference.zoom * step_of(matrix, box)), side)
        shown, shown_inside = query.sampled(to_query, size)
        taken, inside = reference.sampled(matrix @ to_query, size)
        mask = (shown_inside > 0) & (inside > 0)
        if mask.sum() < LEAST_SAMPLES:
            break
        moved = aligned(_flattened(shown, mask), _flattened(taken, mask), mask, cells)
        if moved is None:
            break
        matrix = matrix @ to_query @ moved @ np.linalg.inv(to_query)
    return matrix


def _grid(box: tuple[float, float, float, float], finest: float, most: int) -> tuple[Matrix, tuple[int, int]]:
    """Return the 3x3 matrix from samples to query working pixels, and (width, height) of the grid.

    It is no finer than `finest` samples a working pixel, which is what both pictures hold, and has at most `most` a side.
    """
    width, height = box[2] - box[0], box[3] - box[1]
    longest = max(width, height)
    scale = min(most / longest, max(finest, LEAST_SIDE / longest))
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    spread = np.array([[width / size[0], 0, box[0]], [0, height / size[1], box[1]], [0, 0, 1]])
    return spread @ np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]]), size


def trimmed_box(found: Agreement, least: float) -> tuple[float, float, float, float] | None:
    """Return the box without edges where next to nothing agrees: a collage shows only a piece. None if it need not shrink.

    At least the share `least` of the area stays, so that a banner that two pictures share never counts as all of them.
    """
    rows, columns = _sound_span(found, 1), _sound_span(found, 0)
    height, width = rows[1] - rows[0], columns[1] - columns[0]
    if (height, width) == (CELLS, CELLS) or height * width < least * CELLS * CELLS:
        return None
    left, top, right, bottom = found.box
    across, down = (right - left) / CELLS, (bottom - top) / CELLS
    return left + columns[0] * across, top + rows[0] * down, left + columns[1] * across, top + rows[1] * down


def _sound_span(found: Agreement, axis: int) -> tuple[int, int]:
    """Return the first and the last line of cells, plus one, where a fair part of what is textured agrees."""
    textured, agreeing = found.compared.sum(axis=axis), found.agreeing.sum(axis=axis)
    sound = np.flatnonzero((textured < 3) | (agreeing > 0.25 * textured))
    return (int(sound[0]), int(sound[-1]) + 1) if len(sound) else (0, CELLS)


def _flattened(picture: Floats, mask: NDArray[np.bool_], window: float = LOCAL_SHARE) -> Floats:
    """Take the local mean out, counting only what is inside."""
    side = max(3, round(max(picture.shape) * window)) | 1
    weight = mask.astype(np.float32)
    total = cv2.boxFilter(picture * weight, -1, (side, side), normalize=False)
    count = cv2.boxFilter(weight, -1, (side, side), normalize=False)
    return np.asarray((picture - total / np.maximum(count, 1)) * weight, dtype=np.float32)


def _compared(
    shown: Floats, taken: Floats, mask: NDArray[np.bool_], matrix: Matrix, box: tuple[float, float, float, float]
) -> Agreement | None:
    if mask.sum() < LEAST_SAMPLES:
        return None
    first, second = _flattened(shown, mask), _flattened(taken, mask)
    sharp, other_sharp = _flattened(shown, mask, FINE_SHARE), _flattened(taken, mask, FINE_SHARE)
    count = np.maximum(per_cell(mask.astype(np.float32)), 1)
    together, own, other = per_cell(first * second) / count, per_cell(first * first) / count, per_cell(second * second) / count
    local = together / np.sqrt(np.maximum(own * other, 1e-9))
    is_large = count >= 0.5 * mask.size / (CELLS * CELLS)
    textured = is_large & (np.maximum(own, other) > LEAST_TEXTURE**2)
    # Every textured cell has one voice: a glaring sticker must not drown the rest.
    correlation = float(local[textured].mean()) if textured.any() else 0.0
    sign = -1.0 if correlation < 0 else 1.0
    agrees = textured & (local * sign > LEAST_AGREEMENT)
    share = float(agrees.sum() / max(1, textured.sum()))
    exchanged = _exchanged(own, other, textured & ~agrees, agrees)
    together, own, other = (
        per_cell(one * two) / count for one, two in ((sharp, other_sharp), (sharp, sharp), (other_sharp, other_sharp))
    )
    fine = together / np.sqrt(np.maximum(own * other, 1e-9))
    shape = (CELLS, CELLS)
    return Agreement(
        correlation,
        float(fine[textured].mean()) if textured.any() else 0.0,
        share,
        int(agrees.sum()),
        int(textured.sum()),
        matrix,
        box,
        agrees.reshape(shape),
        textured.reshape(shape),
        exchanged,
    )


def per_cell(values: Floats) -> Matrix:
    """Return (CELLS * CELLS,) float64: the sums of (h, w) values over each cell, row by row."""
    # As two products of matrices this takes a quarter of the time of counting sample by sample.
    rows, columns = (_cells_of(length) for length in values.shape)
    return np.asarray(rows @ values.astype(np.float64) @ columns.T).reshape(-1)


@lru_cache(maxsize=256)
def _cells_of(length: int) -> Matrix:
    """Return (CELLS, length): 1 where a sample of a side belongs to a cell of it, 0 elsewhere."""
    return np.asarray(np.arange(CELLS)[:, None] == np.arange(length) * CELLS // length, dtype=np.float64)


def _exchanged(own: Matrix, other: Matrix, differs: NDArray[np.bool_], agrees: NDArray[np.bool_]) -> int:
    """Count the cells that differ where one picture shows more than the other, of the picture that has fewer of them."""
    gain = float(np.median(own[agrees] / np.maximum(other[agrees], 1e-9))) if agrees.any() else 1.0
    more = own > gain * other
    return int(min((differs & more).sum(), (differs & ~more).sum()))
