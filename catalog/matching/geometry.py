"""From points that look alike to a transform that many of them agree on. No randomness anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.matching.points import Points

Matrix = NDArray[np.float64]

MOST_PAIRS: Final = 160
MOST_DISTANCE: Final = 90
# One pair of points gives a whole similarity. Others agree when they land within this of where it says, the more so the
# farther they are from the pair, since its direction and size are known to about a tenth.
NEAR: Final = 6.0
NEAR_SHARE: Final = 0.22
SCALE_TOLERANCE: Final = 0.5
ANGLE_TOLERANCE: Final = 0.45
TIGHTENING: Final = (16.0, 10.0, 7.0, 6.0)
LEAST_PAIRS: Final = 3
# Points closer than this in the query count once.
SPACING: Final = 6.0
# More squares of that side than any picture has in a row.
ROWS_APART: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Pairs:
    """Hold pairs of points that look alike: rows of the query's and of the reference's points."""

    query: NDArray[np.intp]
    reference: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.query)

    def taken(self, index: NDArray[np.intp] | NDArray[np.bool_]) -> Pairs:
        """Return the pairs at these places."""
        return Pairs(self.query[index], self.reference[index])


@dataclass(frozen=True, slots=True)
class Model:
    """Hold a transform from query to reference working pixels (2x3), the pairs that agree, and how many places they cover."""

    matrix: Matrix
    pairs: Pairs
    places: int


def likeness(query: Points, reference: Points) -> NDArray[np.int16]:
    """Return (n, m): in how many bits the code of each query point differs from that of each reference point."""
    own, other = (np.ascontiguousarray(points.code).view(np.uint64).T.copy() for points in (query, reference))
    apart = np.zeros((len(query), len(reference)), dtype=np.int16)
    for lane, other_lane in zip(own, other, strict=True):
        apart += np.bitwise_count(lane[:, None] ^ other_lane[None, :])
    return apart


def alike(apart: NDArray[np.int16]) -> Pairs:
    """Pair every query point with the reference point most like it, clearest first, at most MOST_PAIRS.

    `apart` is what `likeness` returns.
    """
    if min(apart.shape) < LEAST_PAIRS:
        return Pairs(np.empty(0, np.intp), np.empty(0, np.intp))
    rows = np.arange(len(apart))
    nearest = apart.argmin(axis=1)
    least = apart[rows, nearest]
    others = apart.copy()
    others[rows, nearest] = np.iinfo(np.int16).max
    clearness = least / (others.min(axis=1) + 1e-6)
    order = np.argsort(clearness, kind="stable")[:MOST_PAIRS]
    order = order[least[order] <= MOST_DISTANCE]
    return Pairs(order.astype(np.intp), nearest[order].astype(np.intp))


def agreeing_model(query: Points, reference: Points, pairs: Pairs) -> Model | None:
    """Find the transform that most pairs agree on; None when fewer than three do."""
    first = _consensus(query, reference, pairs)
    if len(first) < LEAST_PAIRS:
        return None
    source = query.place[pairs.query].astype(np.float64)
    target = reference.place[pairs.reference].astype(np.float64)
    growth = np.log(reference.radius[pairs.reference] / query.radius[pairs.query])
    turn = reference.angle[pairs.reference] - query.angle[pairs.query]
    chosen, matrix = first, similarity(source[first], target[first])
    for step, tolerance in enumerate(TIGHTENING):
        off = np.hypot(*(apply(matrix, source) - target).T)
        scale = 0.5 * np.log(abs(np.linalg.det(matrix[:, :2])) + 1e-12)
        angle = np.arctan2(matrix[1, 0] - matrix[0, 1], matrix[0, 0] + matrix[1, 1])
        fits = (off < tolerance) & (np.abs(growth - scale) < 0.6) & (_apart(turn, angle) < 0.6)
        if fits.sum() < LEAST_PAIRS:
            break
        chosen = np.flatnonzero(fits)
        is_broad = step >= 2 and len(chosen) >= 5 and _breadth(source[chosen]) > 12.0
        matrix = affine(source[chosen], target[chosen]) if is_broad else similarity(source[chosen], target[chosen])
    return Model(matrix, pairs.taken(chosen), spread_count(source[chosen]))


def spread_count(places: NDArray[np.floating]) -> int:
    """Count (n, 2) places in working pixels, those that crowd within SPACING once."""
    squares = (places // SPACING).astype(np.int64)
    return len(np.unique(squares[:, 0] * ROWS_APART + squares[:, 1]))


def _consensus(query: Points, reference: Points, pairs: Pairs) -> NDArray[np.intp]:
    if len(pairs) < LEAST_PAIRS:
        return np.empty(0, np.intp)
    source, target = query.place[pairs.query], reference.place[pairs.reference]
    zoom = reference.radius[pairs.reference] / query.radius[pairs.query]
    turn = reference.angle[pairs.reference] - query.angle[pairs.query]
    growth, cosine, sine = np.log(zoom), np.cos(turn), np.sin(turn)
    # Squares and cosines instead of roots and angles: every pair is held against every other one.
    across = source[None, :, 0] - source[:, 0, None]
    down = source[None, :, 1] - source[:, 1, None]
    turned_x, turned_y = (zoom * cosine)[:, None], (zoom * sine)[:, None]
    off_x = turned_x * across - turned_y * down - (target[None, :, 0] - target[:, 0, None])
    off_y = turned_y * across + turned_x * down - (target[None, :, 1] - target[:, 1, None])
    reach = NEAR + (np.float32(NEAR_SHARE) * zoom)[:, None] * np.sqrt(across * across + down * down)
    agrees = (
        (off_x * off_x + off_y * off_y < reach * reach)
        & (np.abs(growth[:, None] - growth[None, :]) < SCALE_TOLERANCE)
        & (cosine[:, None] * cosine + sine[:, None] * sine > np.float32(np.cos(ANGLE_TOLERANCE)))
    )
    return np.flatnonzero(agrees[agrees.sum(axis=1).argmax()])


def _apart(first: NDArray[np.floating], second: float) -> NDArray[np.floating]:
    return np.asarray(np.abs((first - second + np.pi) % (2 * np.pi) - np.pi))


def _breadth(places: Matrix) -> float:
    """Return the standard deviation of places along their narrower axis."""
    return float(np.linalg.svd(places - places.mean(axis=0), compute_uv=False)[1] / np.sqrt(len(places)))


def similarity(source: Matrix, target: Matrix) -> Matrix:
    """Return the 2x3 turn, zoom and shift that takes (n, 2) source nearest to target, by least squares."""
    middle, goal = source.mean(axis=0), target.mean(axis=0)
    left, right = source - middle, target - goal
    size = (left * left).sum() + 1e-9
    along = (left * right).sum() / size
    around = (left[:, 0] * right[:, 1] - left[:, 1] * right[:, 0]).sum() / size
    linear = np.array([[along, -around], [around, along]])
    return np.column_stack([linear, goal - linear @ middle])


def affine(source: Matrix, target: Matrix) -> Matrix:
    """Return the 2x3 affine transform that takes (n, 2) source nearest to target, by least squares."""
    solved, *_ = np.linalg.lstsq(np.column_stack([source, np.ones(len(source))]), target, rcond=None)
    return np.asarray(solved.T)


def apply(matrix: Matrix, places: NDArray[np.floating]) -> Matrix:
    """Return (n, 2) places moved by a 2x3 matrix."""
    return np.asarray(places @ matrix[:, :2].T + matrix[:, 2])
