"""Tell whether the coefficients of one JPEG still stand at the steps in which another was saved before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from catalog.records.traces import Traces

Plane = NDArray[np.float32]
Numbers = NDArray[np.float64]
_BLOCK = 8
# ITU-T T.81 figure A.6: row and column of the numbers 1 to 9 of a zigzag line, the lowest frequencies beside the mean.
_PLACES = ((0, 1), (1, 0), (2, 0), (1, 1), (0, 2), (0, 3), (1, 2), (2, 1), (3, 0))
# Coefficients are counted up to so many steps; larger ones are too few to tell anything.
_MOST_STEPS = 32
# Decoding to whole levels and back moves a coefficient by about 0.9 levels (root mean square), spread evenly here.
_ROUNDING = 1.5
# A ratio of likelihoods never counts for more than this, whatever the picture's own distribution.
_LEAST_RATIO = 0.05
# In natural-log odds: what the coefficients would have to say in all, and each by itself, before their silence tells anything.
_ENOUGH = 100.0
_ENOUGH_EACH = 0.03
_FEWEST = 40


def count_steps(luma: Plane, left: int, top: int, table: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Count, for each of nine low frequencies, the coefficients that are 1 … 32 steps of the file's own table large.

    `luma` is (h, w) in levels 0–255, a window of a picture at its file's own resolution that was cut at `left` and `top`;
    `table` is the luma quantisation table in zigzag order. Blocks that touch black or white are left out, for clipping moves
    their coefficients. Empty where the window holds no whole block.
    """
    down, across = -top % _BLOCK, -left % _BLOCK
    rows, columns = (luma.shape[0] - down) // _BLOCK, (luma.shape[1] - across) // _BLOCK
    if rows < 1 or columns < 1:
        return ()
    cut = luma[down : down + rows * _BLOCK, across : across + columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    blocks = cut.swapaxes(1, 2).reshape(-1, _BLOCK * _BLOCK)
    unclipped = blocks[(blocks.min(1) > 0.5) & (blocks.max(1) < 254.5)]
    steps = np.abs(unclipped @ _BASIS) / np.array(table[1 : len(_PLACES) + 1], np.float32)
    whole = np.rint(steps).astype(np.intp).clip(0, _MOST_STEPS + 1)
    return tuple(tuple(int(n) for n in np.bincount(one, minlength=_MOST_STEPS + 2)[1 : _MOST_STEPS + 1]) for one in whole.T)


def share_of_steps_seen(parent: Traces, child: Traces) -> float | None:
    """Say how far the child's coefficients stand where multiples of the parent's steps come to lie among the child's own.

    About 1 where they do as in a copy saved again in place, below 0 where they do not, None where these two tables could tell
    nothing. It is the log-likelihood ratio of the two, by that which a copy would give on average. The peaks are those by which
    Lukáš and Fridrich (2003) estimate an unknown first table; here it is known.
    """
    if not parent.step_counts or not child.step_counts:
        return None
    said = wanted = 0.0
    for number, counts in enumerate(child.step_counts, 1):
        before, own = float(parent.tables[0][number]), float(child.tables[0][number])
        found = np.trim_zeros(np.array(counts, np.float64), "b")
        if before == own or np.count_nonzero(found) < 4 or found.sum() < _FEWEST:
            continue
        place = np.arange(1.0, len(found) + 1)
        usual = _smooth(found, place)
        ratio = np.maximum(_expected(before, own, place), _LEAST_RATIO)
        mean = float((usual * ratio).sum())
        each = np.log(ratio / mean)
        in_copy = float((usual * ratio / mean) @ each)
        if in_copy >= _ENOUGH_EACH:
            said += float(found @ each)
            wanted += float(found.sum()) * in_copy
    return said / wanted if wanted >= _ENOUGH else None


def _smooth(counts: Numbers, place: Numbers) -> Numbers:
    """Return the shares of a distribution without peaks: the logarithm of the counts by the place and its logarithm."""
    trust = np.sqrt(counts + 0.5)
    design = np.stack([np.ones_like(place), place, np.log(place)], 1)
    solved, *_ = np.linalg.lstsq(design * trust[:, None], np.log(counts + 0.5) * trust, rcond=None)
    fitted = np.exp(design @ solved)
    return np.asarray(fitted / fitted.sum(), np.float64)


def _expected(before: float, own: float, place: Numbers) -> Numbers:
    """Return how many multiples of `before` are rounded to each place, by how many would be if they lay everywhere."""
    multiples = np.arange(0.0, place[-1] * own / before + 3) * before
    apart = np.abs(multiples[None, :] - place[:, None] * own)
    return np.asarray(((own / 2 + _ROUNDING - apart) / (2 * _ROUNDING)).clip(0, 1).sum(1) * before / own, np.float64)


def _basis() -> Plane:
    """Return the DCT-II of ITU-T T.81 §A.3.3 as a 64 × 9 matrix, the nine low frequencies only."""
    at = np.arange(_BLOCK)

    def wave(frequency: int) -> NDArray[np.float64]:
        return np.asarray(np.cos((2 * at + 1) * frequency * np.pi / 16) / 2 * (np.sqrt(0.5) if frequency == 0 else 1))

    return np.stack([np.outer(wave(row), wave(column)).ravel() for row, column in _PLACES], 1).astype(np.float32)


_BASIS = _basis()
