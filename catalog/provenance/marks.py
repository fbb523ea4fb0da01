"""Measure what processing left in the pixels of one picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
# The middle of a picture at its own resolution says enough, and keeps the cost below the price of decoding.
WINDOW = 512
# A border line may vary this much, in levels, and differ this much from the edge's colour: JPEG rings around letters more.
_PLAIN = 6.0


def middle(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int, int]:
    """Return the middle window of (h, w, 3) pixels and the offset x, y at which it was cut."""
    height, width = pixels.shape[:2]
    top, left = max(0, (height - WINDOW) // 2), max(0, (width - WINDOW) // 2)
    return pixels[top : top + WINDOW, left : left + WINDOW], left, top


def detail(luma: Plane) -> float:
    """Return the mean absolute Laplacian of a luma plane in levels; 0 for planes below 3 × 3."""
    if min(luma.shape) < 3:
        return 0.0
    inner = 4 * luma[1:-1, 1:-1] - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:]
    return float(np.abs(inner).mean())


def cutoff(luma: Plane) -> float:
    """Return the share of the spectrum's radius, 0–1, within which 90 % of the gradient's energy lies.

    Enlarging by s leaves nothing beyond 1/s (Gallagher 2005 reads the same from periodic variance). The gradient whitens the
    spectrum of natural pictures, which falls with 1/f (Field 1987).
    """
    side = min(256, *luma.shape)
    if side < 32:
        return 1.0
    top, left = (luma.shape[0] - side) // 2, (luma.shape[1] - side) // 2
    patch = luma[top : top + side, left : left + side]
    window = np.hanning(side).astype(np.float32)
    power = np.abs(np.fft.rfft2((patch - patch.mean()) * window[:, None] * window)) ** 2
    along, across = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None, :]
    radius = np.hypot(along, across)
    energy = np.bincount((radius * side).astype(np.intp).ravel(), (power * radius**2).ravel())[: side // 2 + 1]
    total = np.cumsum(energy)
    if total[-1] <= 0:
        return 1.0
    return float(np.searchsorted(total, 0.9 * total[-1]) / (side // 2))


def blocking(luma: Plane, left: int, top: int) -> tuple[float, tuple[int, int]]:
    """Return how much stronger second differences are on an 8-pixel grid than beside it, and the grid's offset (x, y).

    `left` and `top` are where the plane was cut from the picture, so that the offset counts from the picture's corner.
    1 means no grid (Wang, Sheikh and Bovik 2002 measure steps in the same way).
    """
    if min(luma.shape) < 32:
        return 1.0, (0, 0)
    strengths = []
    offsets = []
    for axis, start in ((1, left), (0, top)):
        steps = np.abs(np.diff(luma, n=1, axis=axis))
        lines = np.minimum(steps, 12.0).mean(1 - axis)
        calm = lines[1:-1] - (lines[:-2] + lines[2:]) / 2
        place = (np.arange(len(calm)) + start + 2) % 8
        by_place = np.bincount(place, calm, 8) / np.maximum(np.bincount(place, minlength=8), 1)
        at = int(np.argmax(by_place))
        strengths.append(float(by_place[at]) / (float(lines.mean()) + 0.1))
        offsets.append(at)
    return 1.0 + float(np.mean(strengths)), (offsets[0], offsets[1])


def gaps(luma: NDArray[np.uint8]) -> float:
    """Return the share of empty levels between the 1st and 99th percentile of a histogram, 0–1.

    Stretching tones leaves a comb of empty levels that only a later lossy save fills (Stamm and Liu 2008).
    """
    counts = np.bincount(luma.ravel(), minlength=256)
    total = np.cumsum(counts)
    low, high = int(np.searchsorted(total, 0.01 * total[-1])), int(np.searchsorted(total, 0.99 * total[-1]))
    if high - low < 8:
        return 0.0
    return float((counts[low : high + 1] == 0).mean())


def content_box(luma: Plane) -> tuple[float, float, float, float]:
    """Return x, y, w, h of what lies inside plain borders, as shares; the whole where a side has none.

    A border is a run of lines that vary little and have the colour of the picture's edge.
    """
    height, width = luma.shape
    top, low = _runs(luma)
    left, right = _runs(luma.T)
    if top + low >= height or left + right >= width:
        return (0.0, 0.0, 1.0, 1.0)
    return (left / width, top / height, (width - left - right) / width, (height - top - low) / height)


def _runs(lines: Plane) -> tuple[int, int]:
    spread, mean = lines.std(1), lines.mean(1)
    found = []
    for order in (slice(None), slice(None, None, -1)):
        plain = (spread[order] < _PLAIN) & (np.abs(mean[order] - mean[order][0]) < _PLAIN)
        found.append(int(np.argmin(plain)) if not plain.all() else len(plain))
    # One or two lines are a resampling edge, not a border.
    return (found[0] if found[0] > 2 else 0), (found[1] if found[1] > 2 else 0)
