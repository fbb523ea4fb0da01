"""Find rows of marks that may be letters: what stands out from its surroundings, of like height, side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.provenance.views import Matrix, Plane, View

# Marks are looked for at these heights on every level, in its pixels; levels overlap, so that every size above the least is met.
LOWEST, HIGHEST = 7, 28
# What stands out is held against the mean of this many pixels to each side, and must differ by a share of their spread.
_AROUND = 13
_SPREADS, _LEAST_STEP = 0.9, 7.0
# Work is bounded for pictures of nothing but noise: a level with more runs than this is passed over, and the marks that stand out
# most are taken, as are rows.
_MOST_RUNS, _MOST_MARKS, _MOST_FOUND, MOST_ROWS = 150_000, 3000, 1000, 80
_NEXT = 160
_LEAST_MARKS, _LEAST_LENGTH = 3, 2.0

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TextRow:
    """Hold a row of marks, in pixels of the full picture.

    `middle` is the left end (x, y) of its middle line, `along` the vector to its right end, `height` how high it is.
    `is_dark` says that the marks are darker than what is around them; `marks` how many there are.
    """

    middle: tuple[float, float]
    along: tuple[float, float]
    height: float
    is_dark: bool
    marks: int


@dataclass(frozen=True, slots=True)
class _Marks:
    left: Numbers
    right: Numbers
    top: Numbers
    bottom: Numbers
    step: Numbers

    def taken(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> _Marks:
        return _Marks(self.left[which], self.right[which], self.top[which], self.bottom[which], self.step[which])


def find_rows(view: View) -> list[TextRow]:
    """Return the rows of a picture, those of most marks first, at most MOST_ROWS and none inside another."""
    found = []
    for number, planes in enumerate(view.levels):
        luma = planes[0]
        if min(luma.shape) < 2 * _AROUND:
            break
        mean, spread = _surroundings(luma)
        step = luma - mean
        least = np.maximum(_LEAST_STEP, np.float32(_SPREADS) * spread)
        for is_dark in (False, True):
            signed = -step if is_dark else step
            marks = _marks(signed > least, signed)
            if marks is not None:
                found += [_in_full(row, view, number, is_dark) for row in _rows(marks)]
    found.sort(key=lambda row: (-row.marks, row.middle))
    kept: list[TextRow] = []
    for row in found[:_MOST_FOUND]:
        if len(kept) == MOST_ROWS:
            break
        if not any(_is_same(row, other) for other in kept):
            kept.append(row)
    return kept


def _surroundings(luma: Plane) -> tuple[Plane, Plane]:
    """Return the mean and the standard deviation of the square around each pixel."""
    reach = 2 * _AROUND + 1
    padded = np.pad(luma.astype(np.float64), _AROUND, mode="edge")

    def summed(values: Numbers) -> Numbers:
        total = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
        total[1:, 1:] = values.cumsum(0).cumsum(1)
        return total[reach:, reach:] - total[:-reach, reach:] - total[reach:, :-reach] + total[:-reach, :-reach]

    mean = summed(padded) / reach**2
    squares = summed(padded * padded) / reach**2
    return mean.astype(np.float32), np.sqrt(np.maximum(squares - mean * mean, 0)).astype(np.float32)


def _marks(mask: NDArray[np.bool_], step: Plane) -> _Marks | None:
    """Return the joined parts of a mask that have the size of letters or of joined words; None where there are none."""
    height, width = mask.shape
    framed = np.zeros((height, width + 2), np.int8)
    framed[:, 1:-1] = mask
    change = np.diff(framed, axis=1)
    rows, starts = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    if not 0 < len(rows) <= _MOST_RUNS:
        return None
    leader = _joined(len(rows), *_touching(rows, starts, ends, width))
    numbers = np.unique(leader, return_inverse=True)[1]
    count = int(numbers.max()) + 1
    left, top = np.full(count, width, np.intp), np.full(count, height, np.intp)
    right, bottom = np.zeros(count, np.intp), np.zeros(count, np.intp)
    np.minimum.at(left, numbers, starts)
    np.minimum.at(top, numbers, rows)
    np.maximum.at(right, numbers, ends)
    np.maximum.at(bottom, numbers, rows + 1)
    area = np.bincount(numbers, ends - starts)
    along = np.zeros((height, width + 1))
    along[:, 1:] = step.cumsum(1, dtype=np.float64)
    steps = np.bincount(numbers, along[rows, ends] - along[rows, starts]) / np.maximum(area, 1)
    high, wide = bottom - top, right - left
    full = area / np.maximum(high * wide, 1)
    fits = (high >= LOWEST) & (high <= HIGHEST) & (wide >= 2) & (wide <= 6 * high) & (full > 0.12) & (area >= 10)
    # Bricks and windows fill their box; of letters only upright bars do.
    fits &= (full < 0.9) | (wide < 0.5 * high)
    which = np.flatnonzero(fits)
    if len(which) > _MOST_MARKS:
        which = which[np.argsort(-steps[which], kind="stable")[:_MOST_MARKS]]
    if len(which) < 2:
        return None
    which = which[np.lexsort((top[which], left[which]))]
    return _Marks(*(values.astype(np.float64) for values in (left[which], right[which], top[which], bottom[which], steps[which])))


def _touching(
    rows: NDArray[np.intp], starts: NDArray[np.intp], ends: NDArray[np.intp], width: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return pairs of runs in rows that follow one another which touch, corners included."""
    stride = width + 2
    begin, end = rows * stride + starts, rows * stride + ends
    # For each run, the runs of the next row that end after it begins and begin before it ends.
    first = np.searchsorted(end, begin + stride, side="left")
    last = np.searchsorted(begin, end + stride, side="right")
    count = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(rows)), count)
    lower = np.arange(int(count.sum())) - np.repeat(count.cumsum() - count, count) + np.repeat(first, count)
    return upper, lower


def _joined(count: int, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for each of `count` things the least of those that pairs join it with (Shiloach and Vishkin 1982)."""
    leader = np.arange(count)
    while True:
        first, second = leader[one], leader[other]
        apart = first != second
        if not apart.any():
            return leader
        one, other = one[apart], other[apart]
        low, high = np.minimum(first[apart], second[apart]), np.maximum(first[apart], second[apart])
        np.minimum.at(leader, high, low)
        while True:
            further = leader[leader]
            if (further == leader).all():
                break
            leader = further


def _rows(marks: _Marks) -> list[tuple[_Marks, NDArray[np.intp]]]:
    """Join each mark with the nearest like it to its right; return the rows that are long enough."""
    count = len(marks.left)
    height, middle = marks.bottom - marks.top, (marks.bottom + marks.top) / 2
    follower = np.full(count, -1)
    nearest = np.full(count, np.inf)
    for ahead in range(1, min(_NEXT, count)):
        one, other = slice(0, count - ahead), slice(ahead, count)
        higher, lower = np.maximum(height[one], height[other]), np.minimum(height[one], height[other])
        gap = marks.left[other] - marks.right[one]
        common = np.minimum(marks.bottom[one], marks.bottom[other]) - np.maximum(marks.top[one], marks.top[other])
        brighter = np.maximum(marks.step[one], marks.step[other])
        fits = (gap < 0.9 * higher) & (gap > -0.3 * lower) & (common > 0.5 * lower) & (higher < 2.3 * lower)
        fits &= np.minimum(marks.step[one], marks.step[other]) > 0.55 * brighter
        fits &= np.abs(middle[one] - middle[other]) < 0.45 * higher
        fits &= gap < nearest[one]
        which = np.flatnonzero(fits)
        follower[which] = which + ahead
        nearest[which] = gap[which]
    followed = np.flatnonzero(follower >= 0)
    leader = _joined(count, followed, follower[followed])
    order = np.argsort(leader, kind="stable")
    found = []
    for members in np.split(order, np.flatnonzero(np.diff(leader[order])) + 1):
        length = float(marks.right[members].max() - marks.left[members].min())
        high = float(np.median(height[members]))
        if (len(members) >= _LEAST_MARKS and length >= _LEAST_LENGTH * high) or (len(members) == 2 and length >= 2.5 * high):
            found.append((marks, members))
    return found


def _in_full(row: tuple[_Marks, NDArray[np.intp]], view: View, level: int, is_dark: bool) -> TextRow:
    """Return a row found on a level in pixels of the full picture: its middle line, as it slopes, and its height."""
    marks, members = row[0].taken(row[1]), row[1]
    x, y = (marks.left + marks.right) / 2, (marks.top + marks.bottom) / 2
    spread = float(np.square(x - x.mean()).sum())
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / max(spread, 1e-6) if len(members) >= _LEAST_MARKS else 0.0
    slope = max(-0.4, min(0.4, slope))
    level_line = slope * (x - x.mean())
    top, bottom = (marks.top - level_line), (marks.bottom - level_line)
    upper, lower = float(np.percentile(top, 12)), float(np.percentile(bottom, 88))
    left, right = float(marks.left.min()), float(marks.right.max())
    to_x, to_y = 2**level / view.scale[0], 2**level / view.scale[1]
    start = (upper + lower) / 2 + slope * (left - float(x.mean()))
    return TextRow(
        (left * to_x, start * to_y), ((right - left) * to_x, slope * (right - left) * to_y), (lower - upper) * to_y, is_dark,
        len(members),
    )  # fmt: skip


def _is_same(row: TextRow, other: TextRow) -> bool:
    """Tell whether most of the shorter row lies in the other."""
    left, right = max(row.middle[0], other.middle[0]), min(row.middle[0] + row.along[0], other.middle[0] + other.along[0])
    if right - left < 0.4 * min(row.along[0], other.along[0]):
        return False
    at = (left + right) / 2
    one, two = _height_at(row, at), _height_at(other, at)
    return abs(one - two) < 0.5 * min(row.height, other.height)


def _height_at(row: TextRow, x: float) -> float:
    return row.middle[1] + row.along[1] * (x - row.middle[0]) / max(row.along[0], 1e-6)


def strip_map(row: TextRow, tall: int, margin: float) -> tuple[Matrix, int]:
    """Return the map from a strip `tall` pixels high to the full picture, and how wide it is, a multiple of 4 pixels.

    The row's middle lies in the strip's middle; `margin` is how much of the row's height is shown above and below it.
    """
    length = float(np.hypot(*row.along))
    step = row.height * (1 + 2 * margin) / tall
    wide = max(4, 4 * round((length / step + 2 * margin * tall / (1 + 2 * margin)) / 4))
    along = np.array(row.along) / max(length, 1e-6)
    across = np.array([-along[1], along[0]])
    centre = np.array(row.middle) + np.array(row.along) / 2
    start = centre - along * step * (wide - 1) / 2 - across * step * (tall - 1) / 2
    return np.array(
        [[along[0] * step, across[0] * step, start[0]], [along[1] * step, across[1] * step, start[1]], [0, 0, 1.0]]
    ), wide
