"""A second look with a first transform in hand: which points agree with it, and a better transform from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.geometry import Matrix, affine, similarity, spread_count
from catalog.matching.points import LONG_SIDE, Floats, Points

# Working pixels of the reference, from the first look to the last.
TOLERANCES: Final = (14.0, 9.0, 6.0, 5.0)
MOST_DISTANCE: Final = 96
# Farther off than this at the first look nothing comes near later.
REACH: Final = 48.0
LEAST_AGREEING: Final = 3
GROWTH_TOLERANCE: Final = 0.5
ANGLE_TOLERANCE: Final = 0.5
# A perspective has eight numbers: it is only fitted to this many agreements, an affine transform to half as many.
LEAST_FOR_PERSPECTIVE: Final = 14
LEAST_FOR_AFFINE: Final = 6
# Neighbours lie so far apart, working pixels: nearer ones are often one thing found twice. Measured in docs/matching.md, "Another
# frame of one scene".
NEIGHBOURS: Final = (12.0, 60.0)
LEAST_FOR_PARALLAX: Final = 30
LEAST_SHARE_FOR_PARALLAX: Final = 0.4
LEAST_TOGETHER: Final = 0.1


@dataclass(frozen=True, slots=True)
class Guided:
    """Hold a transform (3x3, query to reference working pixels) and what agrees with it.

    `agreeing` are rows of the query's points that found a fitting partner, `partners` those partners; `expected` counts
    the points that could agree: the query's inside the reference or the reference's inside the query, whichever are fewer;
    `places` counts agreeing points that do not crowd; `residual` is their median distance, `parallax` how far neighbours are
    off together, both in working pixels.
    """

    matrix: Matrix
    agreeing: NDArray[np.intp]
    partners: NDArray[np.intp]
    expected: int
    places: int
    residual: float
    parallax: float


def project(matrix: Matrix, places: NDArray[np.floating]) -> Matrix:
    """Return (n, 2) places moved by a 3x3 matrix."""
    moved = places @ matrix[:, :2].T + matrix[:, 2]
    depth = np.where(np.abs(moved[:, 2:]) < 1e-9, 1e-9, moved[:, 2:])
    return np.asarray(moved[:, :2] / depth)


def guided(query: Points, reference: Points, apart: NDArray[np.int16], matrix: Matrix) -> Guided:
    """Let every point of the query look for its partner where the transform puts it, and fit again, four times.

    `apart` (n, m) is in how many bits the codes of the points differ.
    """
    placed = project(matrix, query.place)
    every_row, every_column, every_distance = _within(placed.astype(np.float32), reference.place, apart)
    agreeing = partners = np.empty(0, dtype=np.intp)
    near = np.empty(0)
    for tolerance in TOLERANCES:
        off = np.sqrt(((placed[every_row] - reference.place[every_column]) ** 2).sum(axis=1))
        close = np.flatnonzero(off < tolerance)
        rows, columns, off = every_row[close], every_column[close], off[close]
        scale, angle = _local_scale_and_angle(matrix, query, placed)
        growth = np.log(reference.radius[columns] / query.radius[rows]) - scale[rows]
        turn = (reference.angle[columns] - query.angle[rows] - angle[rows] + np.pi) % (2 * np.pi) - np.pi
        fits = (np.abs(growth) < GROWTH_TOLERANCE) & (np.abs(turn) < ANGLE_TOLERANCE)
        rows, columns, cost = rows[fits], columns[fits], (every_distance[close] + off)[fits]
        order = np.lexsort((cost, rows))
        agreeing, first = np.unique(rows[order], return_index=True)
        partners = columns[order][first]
        near = off[fits][order][first]
        if len(agreeing) < LEAST_AGREEING:
            break
        matrix = _fitted(query.place[agreeing].astype(np.float64), reference.place[partners].astype(np.float64))
        placed = project(matrix, query.place)
    expected = min(_inside(matrix, query, reference), _inside(_inverse(matrix), reference, query))
    source = query.place[agreeing]
    residual = float(np.median(near)) if len(near) else LONG_SIDE
    is_telling = len(agreeing) >= max(LEAST_FOR_PARALLAX, LEAST_SHARE_FOR_PARALLAX * expected)
    parallax = _off_together(source, placed[agreeing] - reference.place[partners]) if is_telling else 0.0
    return Guided(matrix, agreeing, partners, expected, spread_count(source), residual, parallax)


def _off_together(source: Floats, off: Matrix) -> float:
    """Return how far points are off in the same direction as their neighbours, in working pixels.

    A point is found to a pixel or so, to another side than its neighbour. What one transform cannot take in, because the camera
    moved and near things passed before far ones, moves neighbours together. It is the root of the mean product of the errors of
    neighbours, where that is a fair part of the mean square (`LEAST_TOGETHER`).
    """
    apart = _squared_distances(source, source)
    are_neighbours = ((apart > NEIGHBOURS[0] ** 2) & (apart < NEIGHBOURS[1] ** 2)).astype(np.float64)
    together = float((off * (are_neighbours @ off)).sum() / max(1.0, are_neighbours.sum()))
    alone = float((off * off).sum(axis=1).mean())
    return float(np.sqrt(together)) if together > LEAST_TOGETHER * alone else 0.0


def _inverse(matrix: Matrix) -> Matrix:
    """Return the transform back; what cannot be undone is left as it is, as verification refuses it later."""
    return np.asarray(np.linalg.inv(matrix)) if abs(np.linalg.det(matrix)) > 1e-12 else matrix


def _inside(matrix: Matrix, points: Points, picture: Points) -> int:
    """Count the points that a transform puts into a picture."""
    placed = project(matrix, points.place)
    return int(((placed >= 0).all(axis=1) & (placed[:, 0] <= picture.width) & (placed[:, 1] <= picture.height)).sum())


def _within(
    placed: Floats, places: Floats, apart: NDArray[np.int16]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int16]]:
    """Return rows, columns and distances of points that are alike and could come to lie near each other after fitting."""
    rows, columns = np.divmod(np.flatnonzero(_squared_distances(placed, places) < np.float32(REACH * REACH)), len(places))
    distances = apart[rows, columns]
    is_alike = distances < MOST_DISTANCE
    return rows[is_alike], columns[is_alike], distances[is_alike]


def _squared_distances(first: Floats, second: Floats) -> Floats:
    """Return (n, m): how far each of n places is from each of m, squared."""
    across = first[:, None, 0] - second[None, :, 0]
    down = first[:, None, 1] - second[None, :, 1]
    # In place: these arrays are the largest of a look, and making others of their size costs more than the sums.
    across *= across
    down *= down
    across += down
    return across


def _local_scale_and_angle(matrix: Matrix, query: Points, placed: Matrix) -> tuple[Matrix, Matrix]:
    """Return log growth and turn of the transform at every point: how it stretches areas there, and where its direction goes."""
    depth = query.place @ matrix[2, :2] + matrix[2, 2]
    depth = np.where(np.abs(depth) < 1e-9, 1e-9, depth)
    # The derivatives of a projective transform (R. Hartley, A. Zisserman, "Multiple View Geometry", section 2.4).
    xx, xy = ((matrix[0, column] - placed[:, 0] * matrix[2, column]) / depth for column in (0, 1))
    yx, yy = ((matrix[1, column] - placed[:, 1] * matrix[2, column]) / depth for column in (0, 1))
    cosine, sine = np.cos(query.angle), np.sin(query.angle)
    turn = np.arctan2(yx * cosine + yy * sine, xx * cosine + xy * sine) - query.angle
    return 0.5 * np.log(np.maximum(np.abs(xx * yy - xy * yx), 1e-12)), np.asarray(turn, dtype=np.float64)


def _fitted(source: Matrix, target: Matrix) -> Matrix:
    breadth = np.linalg.svd(source - source.mean(axis=0), compute_uv=False)[1] / np.sqrt(len(source))
    if len(source) >= LEAST_FOR_PERSPECTIVE and breadth > 20.0:
        found, _ = cv2.findHomography(source, target, 0)
        if found is not None and np.isfinite(found).all():
            return np.asarray(found, dtype=np.float64)
    simple = affine(source, target) if len(source) >= LEAST_FOR_AFFINE and breadth > 10.0 else similarity(source, target)
    return np.vstack([simple, [0, 0, 1]])
