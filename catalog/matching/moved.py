"""Did something leave one place and come to another, or was something laid over one of two registered pictures?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.registration import Floats

# Samples smoothed and grey levels, tones matched, from which on two pictures differ; never less than this many times what they
# differ by where they agree, so that grain and blocks of coding do not count.
SMOOTHED: Final = 5
DIFFERS: Final = 30.0
TIMES_USUAL: Final = 6.0
# A sticker over a busy ground comes in pieces: what shows in both ways must be farther apart than this many samples.
APART: Final = 7
# A patch of fewer samples is a speck, and one of fewer than the second number is found anywhere.
LEAST_PATCH: Final = 12
LEAST_SOUGHT: Final = 40
# Edges along the outline of a patch are this much stronger (natural logarithm) in the picture where the thing stands.
STRONGER: Final = 0.3
# Grey levels a sample added to both.
GROUND: Final = 1.0
# From this share on the largest patches are looked for elsewhere, so far across and half as far down, and not nearer than a few
# samples; they are found where they correlate so well and at least a part of that place differs, too.
WORTH_A_LOOK: Final = 0.0005
MOST_PATCHES: Final = 8
LONGEST_PATCH: Final = 110
REACH: Final = 96
NOT_NEARER: Final = 4.0
# What is found with the first likeness counts half, with the second in full.
LIKENESS: Final = (0.7, 0.8)
LEAST_DIFFERING: Final = 0.3
LEAST_SPREAD: Final = 6.0
MARGIN: Final = 2


@dataclass(frozen=True, slots=True)
class Moved:
    """Hold shares of the overlap, 0-1.

    `pieces` show a thing in one picture only: in the first or in the second, whichever is less. `both_ways` is the same where
    pieces next to each other count as one. `elsewhere` differs and was found at another place of the other picture, which
    differs as well.
    """

    pieces: float = 0.0
    both_ways: float = 0.0
    elsewhere: float = 0.0


@dataclass(frozen=True, slots=True)
class _Patches:
    """Hold (h, w) numbers of the patches that differ, 0 elsewhere, and each one's left, top, width, height and size."""

    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]


def moved_parts(both: Registered) -> Moved:
    """Measure what moved between two registered pictures.

    What is laid over a copy has an outline in one of the two pictures and is nowhere in the other. A person who went from one
    place to another leaves a patch with an outline in the first picture and another with an outline in the second, and both show
    the same person.
    """
    differs = _differing(both)
    patches = _patches(differs)
    # One patch alone cannot have left and come.
    if len(patches.boxes) < 2:
        return Moved()
    area = int(both.mask.sum())
    pieces = _both_ways(both, patches) / area
    if pieces < WORTH_A_LOOK:
        return Moved()
    closed = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((APART, APART), np.uint8))
    joined = _patches(np.asarray(closed, dtype=np.uint8))
    return Moved(pieces, _both_ways(both, joined) / area, _elsewhere(both, patches) / area)


def _differing(both: Registered) -> NDArray[np.uint8]:
    """Return (h, w): 1 where the pictures differ, tones matched."""
    off = np.abs(cv2.blur(np.where(both.mask, both.luma - both.expected, np.float32(0)), (SMOOTHED, SMOOTHED)))
    usual = float(np.median(off[both.sound])) if both.sound.any() else 0.0
    differs = (off > max(DIFFERS, TIMES_USUAL * usual)).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def _patches(differs: NDArray[np.uint8]) -> _Patches:
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(differs, connectivity=8)
    is_speck = boxes[:, cv2.CC_STAT_AREA] < LEAST_PATCH
    is_speck[0] = True
    number = np.cumsum(~is_speck) * ~is_speck
    return _Patches(number.astype(np.int32)[labels], boxes[~is_speck].astype(np.int32))


def _both_ways(both: Registered, patches: _Patches) -> int:
    """Count the samples of patches with an outline in the first picture only, and in the second only; return the lesser."""
    edges, other_edges = _edges(both.luma), _edges(both.expected)
    here = there = 0
    for number, (left, top, width, height, size) in enumerate(patches.boxes.tolist(), 1):
        around = (slice(max(0, top - 3), top + height + 3), slice(max(0, left - 3), left + width + 3))
        patch = (patches.labels[around] == number).astype(np.uint8)
        outline = (cv2.dilate(patch, np.ones((5, 5), np.uint8)) - cv2.erode(patch, np.ones((3, 3), np.uint8))) > 0
        outline &= both.mask[around]
        if outline.any():
            stronger = np.log((edges[around][outline].mean() + GROUND) / (other_edges[around][outline].mean() + GROUND))
            here += size * int(stronger > STRONGER)
            there += size * int(stronger < -STRONGER)
    return min(here, there)


def _edges(luma: Floats) -> Floats:
    """Return (h, w) float32: how steep the luma is, in grey levels a sample."""
    across, down = (cv2.Sobel(luma, cv2.CV_32F, *axis, ksize=3) for axis in ((1, 0), (0, 1)))
    return np.asarray(cv2.magnitude(across, down) / 8, dtype=np.float32)


def _elsewhere(both: Registered, patches: _Patches) -> float:
    """Count the samples of the largest patches that are found at another place of the other picture."""
    differs = (patches.labels > 0).astype(np.float32)
    largest = sorted(patches.boxes.tolist(), key=lambda box: -box[4])[:MOST_PATCHES]
    found = 0.0
    for left, top, width, height, size in largest:
        if size < LEAST_SOUGHT or max(width, height) > LONGEST_PATCH:
            continue
        box = (left, top, width, height)
        likeness = max(
            _likeness_elsewhere(*pair, differs, box) for pair in ((both.luma, both.expected), (both.expected, both.luma))
        )
        found += size * sum(likeness > least for least in LIKENESS) / len(LIKENESS)
    return found


def _likeness_elsewhere(picture: Floats, other: Floats, differs: Floats, box: tuple[int, int, int, int]) -> float:
    """Return how like a box of one picture another place of the other is, where that place differs, too; 0 for none."""
    left, top = max(0, box[0] - MARGIN), max(0, box[1] - MARGIN)
    part = np.ascontiguousarray(picture[top : box[1] + box[3] + MARGIN, left : box[0] + box[2] + MARGIN])
    if float(part.std()) < LEAST_SPREAD:
        return 0.0
    height, width = part.shape
    west, north = max(0, left - REACH), max(0, top - REACH // 2)
    around = (slice(north, top + height + REACH // 2), slice(west, left + width + REACH))
    likeness = cv2.matchTemplate(np.ascontiguousarray(other[around]), part, cv2.TM_CCOEFF_NORMED)
    differing = cv2.boxFilter(differs[around], -1, (width, height), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    rows, columns = np.mgrid[0 : likeness.shape[0], 0 : likeness.shape[1]]
    is_apart = np.hypot(columns - (left - west), rows - (top - north)) > NOT_NEARER
    differing = differing[: likeness.shape[0], : likeness.shape[1]]
    return float(np.where(is_apart & (differing > LEAST_DIFFERING), likeness, 0.0).max())
