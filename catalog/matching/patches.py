"""Where do two registered pictures differ, patch by patch, and in which of them does a thing stand there?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.registration import Floats

# Samples smoothed.
SMOOTHED: Final = 5
# Detail is compared in squares of this many samples a side.
BLOCK: Final = 13
# Grey levels a sample added to the edges of both pictures, so that little against nothing is not much.
GROUND: Final = 1.0
# What spreads over fewer grey levels from sample to sample inside its outline is as plain as print; fewer samples do not tell.
PRINT: Final = 4.0
LEAST_INSIDE: Final = 6


@dataclass(frozen=True, slots=True)
class Patch:
    """Hold a patch in which two registered pictures differ.

    `size` and `height` are in samples, `middle` across and down. `likeness` (-1 to 1) is how well the detail in it agrees in
    place: what was only recoloured agrees. `stronger` is how much stronger the edges along its outline are in the first
    picture, natural logarithm, negative where they are in the second; `is_print` says that it is as plain as print there.
    """

    size: int
    height: int
    middle: tuple[float, float]
    likeness: float
    stronger: float
    is_print: bool

    @property
    def shown(self) -> int:
        """Return in which picture a thing stands here: 0 for the first, 1 for the second."""
        return 0 if self.stronger > 0 else 1


def patches_of(both: Registered, differs: NDArray[np.uint8], least: int) -> list[Patch]:
    """Measure the patches of `differs`, (h, w), of at least so many samples; none where it is one.

    One patch alone cannot have left and come.
    """
    _, labels, boxes, middles = cv2.connectedComponentsWithStats(differs, connectivity=8)
    numbers = [int(number) + 1 for number in np.flatnonzero(boxes[1:, cv2.CC_STAT_AREA] >= least)]
    if len(numbers) < 2:
        return []
    pictures = (both.luma, both.expected)
    edges, rough = [_edges(one) for one in pictures], [_roughness(one) for one in pictures]
    _, likeness = in_place(both.luma, both.expected, both.mask)
    found: list[Patch] = []
    for number in numbers:
        left, top, width, height, size = boxes[number].tolist()
        around = (slice(max(0, top - 3), top + height + 3), slice(max(0, left - 3), left + width + 3))
        patch = (labels[around] == number).astype(np.uint8)
        inside = cv2.erode(patch, np.ones((3, 3), np.uint8)) > 0
        outline = (cv2.dilate(patch, np.ones((5, 5), np.uint8)) > 0) & ~inside & both.mask[around]
        if not outline.any():
            continue
        stronger = float(np.log(np.divide(*(one[around][outline].mean() + GROUND for one in edges))))
        shown = rough[0 if stronger > 0 else 1][around][inside]
        is_print = len(shown) >= LEAST_INSIDE and float(np.median(shown)) < PRINT
        middle = (float(middles[number][0]), float(middles[number][1]))
        found.append(Patch(size, height, middle, float(likeness[around][patch > 0].mean()), stronger, is_print))
    return found


def differing_samples(both: Registered, levels: float, times_usual: float) -> NDArray[np.uint8]:
    """Return (h, w): 1 where the pictures differ, tones matched."""
    off = np.abs(cv2.blur(np.where(both.mask, both.luma - both.expected, np.float32(0)), (SMOOTHED, SMOOTHED)))
    usual = float(np.median(off[both.sound])) if both.sound.any() else 0.0
    differs = (off > max(levels, times_usual * usual)).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def in_place(picture: Floats, other: Floats, mask: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return (h, w) for the block around each sample: its spread in grey levels, its correlation with the other's, -1 to 1."""
    weight = mask.astype(np.float32)
    count = cv2.blur(weight, (BLOCK, BLOCK)) + np.float32(1e-6)

    def mean(values: Floats) -> Floats:
        return np.asarray(cv2.blur(values * weight, (BLOCK, BLOCK)) / count, dtype=np.float32)

    own, theirs = mean(picture), mean(other)
    spread, their_spread = (
        np.sqrt(np.maximum(mean(one * one) - one_mean * one_mean, 1.0)) for one, one_mean in ((picture, own), (other, theirs))
    )
    together = mean(picture * other) - own * theirs
    return np.asarray(spread, dtype=np.float32), np.asarray(together / (spread * their_spread), dtype=np.float32)


def _edges(luma: Floats) -> Floats:
    """Return (h, w) float32: how steep the luma is, in grey levels a sample."""
    across, down = (cv2.Sobel(luma, cv2.CV_32F, *axis, ksize=3) for axis in ((1, 0), (0, 1)))
    return np.asarray(cv2.magnitude(across, down) / 8, dtype=np.float32)


def _roughness(luma: Floats) -> Floats:
    """Return (h, w) float32: over how many grey levels each sample and its eight neighbours spread."""
    mean = cv2.blur(luma, (3, 3))
    return np.asarray(np.sqrt(np.maximum(cv2.blur(luma * luma, (3, 3)) - mean * mean, 0.0)), dtype=np.float32)
