"""Where each part of one picture lies in the other, and the transform that most parts agree on.

A first transform is good near the points it came from and off elsewhere. Each cell of the overlap therefore looks for its place
nearby; cells that cannot be found, or that something was laid over, have no voice in the fit.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.geometry import affine, similarity

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]
Place = tuple[float, float, float, float]

# How far a cell may move, in samples.
REACH: Final = 6
# A cell is found where it looks like this much; by chance a textured cell finds 0.4 to 0.5 somewhere within reach.
LEAST_LIKENESS: Final = 0.6
LEAST_SPREAD: Final = 2.5
LEAST_SIDE: Final = 4
# Cells agree when their moves differ by less than this, and a share of how far they lie apart.
NEAR: Final = 1.5
NEAR_SHARE: Final = 0.06
TIGHTENING: Final = (2.5, 1.5, 1.0)
LEAST_CELLS: Final = 4
LEAST_FOR_AFFINE: Final = 6
LEAST_BREADTH: Final = 8.0
# A perspective has eight numbers, two more than the rest; what it gains must be more than that.
LEAST_FOR_PERSPECTIVE: Final = 24
CLEARLY_BETTER: Final = 0.6


def aligned(shown: Floats, taken: Floats, mask: NDArray[np.bool_], cells: int) -> Matrix | None:
    """Return the 3x3 matrix from samples of the first picture to where they are in the second; None where too few are found.

    `shown` and `taken` are (h, w) float32 of one size whose slow changes of light were taken out, `mask` is where both exist.
    `cells` is into how many parts a side they are cut: parts of fewer than ten samples a side find themselves anywhere.
    """
    places, moves = _found_cells(shown, taken, mask, cells)
    if len(places) < LEAST_CELLS:
        return None
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    differ = np.hypot(*(moves[:, None] - moves[None]).transpose(2, 0, 1))
    agrees = differ < NEAR + NEAR_SHARE * apart
    chosen = np.flatnonzero(agrees[agrees.sum(axis=1).argmax()])
    if len(chosen) < LEAST_CELLS:
        return None
    matrix = _fitted(places[chosen], moves[chosen], may_bend=False)
    for tolerance in TIGHTENING:
        off = np.hypot(*(_moved(matrix, places) - places - moves).T)
        kept = np.flatnonzero(off < tolerance)
        if len(kept) < LEAST_CELLS:
            break
        matrix = _fitted(places[kept], moves[kept], may_bend=tolerance < TIGHTENING[0])
    return matrix


def _found_cells(shown: Floats, taken: Floats, mask: NDArray[np.bool_], cells: int) -> tuple[Matrix, Matrix]:
    """Return (n, 2) centres of cells and (n, 2) how far each has moved."""
    rows, columns = (np.arange(cells + 1) * length // cells for length in shown.shape)
    inside = cv2.resize(mask.astype(np.float32), (cells, cells), interpolation=cv2.INTER_AREA)
    padded = cv2.copyMakeBorder(taken, REACH, REACH, REACH, REACH, cv2.BORDER_CONSTANT, value=0)
    # Tones may be inverted: then what is least alike is most alike.
    found: tuple[list[Place], list[Place]] = ([], [])
    for down, (top, bottom) in enumerate(pairwise(rows.tolist())):
        for across, (left, right) in enumerate(pairwise(columns.tolist())):
            part = shown[top:bottom, left:right]
            if inside[down, across] < 0.5 or min(part.shape) < LEAST_SIDE or cv2.norm(part) < LEAST_SPREAD * part.size**0.5:
                continue
            around = padded[top : bottom + 2 * REACH, left : right + 2 * REACH]
            likeness = np.asarray(cv2.matchTemplate(around, part, cv2.TM_CCORR_NORMED), dtype=np.float32)
            least, most, at_least, at_most = cv2.minMaxLoc(likeness)
            for places, height, (x, y), sign in ((found[0], most, at_most, 1), (found[1], -least, at_least, -1)):
                if height >= LEAST_LIKENESS:
                    centre = ((left + right - 1) / 2, (top + bottom - 1) / 2)
                    places.append((*centre, _peak(likeness[y] * sign, x) - REACH, _peak(likeness[:, x] * sign, y) - REACH))
    kept = np.array(max(found, key=len), dtype=np.float64).reshape(-1, 4)
    return kept[:, :2], kept[:, 2:]


def _peak(line: NDArray[np.float32], at: int) -> float:
    """Return where a line is highest, to a fraction of a step, by a parabola."""
    if not 0 < at < len(line) - 1:
        return float(at)
    before, here, after = (float(value) for value in line[at - 1 : at + 2])
    bend = before + after - 2 * here
    return at + (0.5 * (before - after) / bend if bend < 0 else 0.0)


def _fitted(places: Matrix, moves: Matrix, *, may_bend: bool) -> Matrix:
    """Return the 3x3 matrix that takes places to where they moved; a perspective only where it fits clearly better."""
    target = places + moves
    breadth = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)[1]
    is_broad = len(places) >= LEAST_FOR_AFFINE and breadth > LEAST_BREADTH
    matrix = np.vstack([affine(places, target) if is_broad else similarity(places, target), [0, 0, 1]])
    if may_bend and len(places) >= LEAST_FOR_PERSPECTIVE:
        found, _ = cv2.findHomography(places, target, 0)
        if found is not None and np.isfinite(found).all():
            bent = np.asarray(found, dtype=np.float64)
            if _off(bent, places, target) < CLEARLY_BETTER * _off(matrix, places, target):
                return bent
    return matrix


def _off(matrix: Matrix, places: Matrix, target: Matrix) -> float:
    return float(np.sqrt(((_moved(matrix, places) - target) ** 2).sum(axis=1).mean()))


def _moved(matrix: Matrix, places: Matrix) -> Matrix:
    moved = np.column_stack([places, np.ones(len(places))]) @ matrix.T
    return np.asarray(moved[:, :2] / moved[:, 2:])
