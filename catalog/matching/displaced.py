"""Does each of two registered pictures show, beyond opposite edges, what the other one no longer shows?"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from catalog.matching.geometry import Matrix
from catalog.matching.guided import project
from catalog.matching.points import LONG_SIDE
from catalog.matching.registration import Floats, Plane

# Both fields are so nearly of one size, and lie so near each other, when a camera took two frames of one scene. What lies farther
# apart may as well be two pieces cut out of one photo (docs/matching.md, "Another frame of one scene"). Less than the last of
# these is not looked at; shares of the long side.
SIZES: Final = (0.94, 1.06)
FARTHEST: Final = 0.06
LEAST: Final = 0.001
# Sine of twice the turn, mirrored or not, up to which the sides of one picture run along those of the other.
MOST_TURN: Final = 0.3
# Along a side the pictures are laid on each other once more, in a band of this share of the picture, of at least so many pixels.
# What changes over more than SLOW pixels is light. A shift counts from this response on, and up to so many pixels.
BAND: Final = 0.25
LEAST_BAND: Final = 16
SLOW: Final = 6.0
LEAST_SURE: Final = 0.1
MOST_OFF: Final = 6.0
# A strip whose detail is less than this share of that beside it was filled in, as a border is. Detail is the mean step between
# neighbours along the edge, in grey levels; noise of coding has so much of it.
FILLED: Final = 0.25
NOISE: Final = 0.1
# A strip is sampled in at least so many lines.
FEWEST_LINES: Final = 2


def displaced(matrix: Matrix, query: Plane, reference: Plane) -> float:
    """Return how far the field of view moved, as a share of the long side; 0 where one picture contains the other.

    `matrix` is the 3x3 transform from query to reference working pixels. A copy is cut out of its original or stands within a
    border: one field contains the other. A camera that turned a little loses at one side what it gains at the other. Both strips
    must go on as the picture beside them does, since what fills a rim shows nothing. Fields of different size are two crops.
    """
    turn = np.arctan2(matrix[1, 0], matrix[0, 0])
    if abs(np.sin(2 * turn)) > MOST_TURN:
        return 0.0
    middles = np.array([[0, 0.5], [1, 0.5], [0.5, 0], [0.5, 1]]) * [query.width, query.height]
    placed, size = project(matrix, middles), np.array([reference.width, reference.height])
    low, high = placed.min(axis=0), placed.max(axis=0)
    sizes = (high - low) / size
    if (sizes < SIZES[0]).any() or (sizes > SIZES[1]).any():
        return 0.0
    # How far the query reaches beyond the near and the far side of the reference, across and down; negative where it falls short.
    beyond, most = np.array([-low, high - size]), 0.0
    for axis, side in ((0, 0), (0, 1), (1, 0), (1, 1)):
        gained, lost = float(beyond[side, axis]), float(-beyond[1 - side, axis])
        moved = min(gained, lost)
        if not max(most, LEAST * LONG_SIDE) < moved <= FARTHEST * LONG_SIDE:
            continue
        outward = 1.0 if side else -1.0
        gained -= outward * _off(matrix, query, reference, axis, side)
        lost -= outward * _off(matrix, query, reference, axis, 1 - side)
        moved = min(moved, gained, lost)
        if moved > most and _go_on(matrix, query, reference, axis, side, moved):
            most = moved
    return most / LONG_SIDE


def _off(matrix: Matrix, query: Plane, reference: Plane, axis: int, side: int) -> float:
    """Return how far right or down the query lies from the reference along one side, working pixels; 0 where that is unclear.

    By phase correlation (C. Kuglin, D. Hines, 1975) of what both show there: the transform is that of all points, and edges lie
    outside of them.
    """
    size = (reference.width, reference.height)
    band, begin = BAND * size[axis], (1 - BAND) * size[axis] if side else 0.0
    corner, extent = ((begin, 0.0), (band, size[1])) if axis == 0 else ((0.0, begin), (size[0], band))
    shape = (round(extent[0]), round(extent[1]))
    if min(shape) < LEAST_BAND:
        return 0.0
    grid = np.array([[1, 0, corner[0] + 0.5], [0, 1, corner[1] + 0.5], [0, 0, 1.0]])
    pictures = (reference.sampled(grid, shape)[0], query.sampled(np.linalg.inv(matrix) @ grid, shape)[0])
    first, second = (picture - cv2.GaussianBlur(picture, (0, 0), SLOW) for picture in pictures)
    # The window has the type of the pictures; cv2 has no name for that in its stubs.
    window = np.asarray(cv2.createHanningWindow(shape, cv2.CV_32F), dtype=np.float32)
    shift, sure = cv2.phaseCorrelate(np.asarray(first), np.asarray(second), window)
    return float(shift[axis]) if sure >= LEAST_SURE and abs(shift[axis]) <= MOST_OFF else 0.0


def _go_on(matrix: Matrix, query: Plane, reference: Plane, axis: int, side: int, width: float) -> bool:
    """Tell whether the query goes on beyond one side of the reference, and the reference beyond the query at the other side."""
    end, outward = (reference.width, reference.height)[axis], 1.0 if side else -1.0
    edge, other_edge = (end, width) if side else (0.0, end - width)
    inverse = np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    gained = _detail(query, inverse, reference, axis, (edge, outward * width))
    before = _detail(query, inverse, reference, axis, (edge, -outward * width))
    lost = _detail(reference, np.eye(3), reference, axis, (other_edge, -outward * width))
    after = _detail(reference, np.eye(3), reference, axis, (other_edge, outward * width))
    return gained >= FILLED * before + NOISE and lost >= FILLED * after + NOISE


def _detail(picture: Plane, to_picture: Matrix, reference: Plane, axis: int, strip: tuple[float, float]) -> float:
    """Return the mean step between neighbours along a strip, in grey levels, without what lies outside of the picture.

    `strip` is where it begins and how wide it is, pixels of the reference along an axis; a negative width goes back.
    """
    begin, width = strip
    lines, along = max(FEWEST_LINES, round(abs(width))), round((reference.width, reference.height)[1 - axis])
    line = np.array([abs(width) / lines, 0, min(begin, begin + width) + abs(width) / lines / 2])
    place = np.array([0, 1.0, 0.5])
    # Across, the grid runs over the lines of an upright strip; down, over those of a level one.
    rows = (line, place) if axis == 0 else (place[[1, 0, 2]], line[[1, 0, 2]])
    samples, inside = picture.sampled(
        to_picture @ np.array([*rows, [0, 0, 1.0]]), (lines, along) if axis == 0 else (along, lines)
    )
    steps, known = _along(samples, axis), inside > 0
    counted = known[1:] & known[:-1] if axis == 0 else known[:, 1:] & known[:, :-1]
    return float(steps[counted].mean()) if counted.any() else 0.0


def _along(samples: Floats, axis: int) -> Floats:
    """Return how much neighbours along a strip differ."""
    return np.asarray(np.abs(np.diff(samples, axis=0 if axis == 0 else 1)), dtype=np.float32)
