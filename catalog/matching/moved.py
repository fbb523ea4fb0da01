"""Did something before the camera move between two registered pictures?"""

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
# From so many grey levels on, tones matched, two pictures differ, and never below so many times what they differ by where they
# agree, so that grain and blocks of coding do not count: for blocks, which are looked for again, and for patches, which are not.
BLOCKS_DIFFER: Final = (20.0, 4.0)
PATCHES_DIFFER: Final = (30.0, 6.0)
# Below this share of the overlap nothing is looked for.
WORTH_A_LOOK: Final = 0.0005
# A block is a square of this many samples a side; blocks lie this far apart, and farther where there would be more than so many.
BLOCK: Final = 13
CLOSEST: Final = 4
MOST_BLOCKS: Final = 80
# A block is looked for where so much of it differs, where it shows something (grey levels) and where its detail does not agree in
# place: what agrees there was only recoloured.
LEAST_DIFFERING: Final = 0.35
LEAST_SPREAD: Final = 6.0
AGREES_IN_PLACE: Final = 0.75
# So far across and down it is looked for; nearer than the third number it has not moved.
REACH: Final = (44, 30)
LEAST_MOVE: Final = 2.5
# It is found where it is so much alike, so much more than anywhere else farther off than some samples (an edge is found all along
# itself), and where so much of the place differs, too: what came there was not there before.
LEAST_LIKENESS: Final = 0.7
CLEARLY: Final = 0.08
PEAK: Final = 4
LEAST_DIFFERING_THERE: Final = 0.2
# A thing has moved when so many other blocks within some samples have moved alike.
NEIGHBOURHOOD: Final = 26.0
ALIKE: Final = 2.5
LEAST_NEIGHBOURS: Final = 3
# A patch of fewer samples is a speck. A sticker over a busy ground comes in pieces: they lie no farther apart than this.
LEAST_PATCH: Final = 12
TOGETHER: Final = 7
# Where the detail of a patch correlates so well it was only recoloured.
RECOLOURED: Final = 0.6
# Edges along the outline of a patch are this much stronger (natural logarithm) in the picture where the thing stands; grey levels
# a sample added to both.
STRONGER: Final = 0.3
GROUND: Final = 1.0
# What spreads over fewer grey levels from sample to sample inside its outline is as plain as print; fewer samples do not tell.
PRINT: Final = 4.0
LEAST_INSIDE: Final = 6


@dataclass(frozen=True, slots=True)
class Moved:
    """Hold shares of the overlap, 0-1.

    `elsewhere` was found at another place, from the first picture to the second and back. `both_ways` shows a thing that is no
    print in one picture only: in the first or in the second, whichever is less. `displaced` is how far the field of view moved,
    as a share of the long side.
    """

    elsewhere: float = 0.0
    both_ways: float = 0.0
    displaced: float = 0.0


def moved_parts(both: Registered) -> Moved:
    """Measure what moved between two registered pictures.

    What is laid over a copy has no counterpart in the other picture, and mostly is print. A person who took a step is there in
    both. What turned or left its shape, as a pendulum does, is not found again, but leaves a thing in the first picture where the
    second shows the ground, and another in the second.
    """
    return Moved(_elsewhere(both), _both_ways(both))


def _elsewhere(both: Registered) -> float:
    """Return the share of the overlap, 0-1, whose blocks are found elsewhere in the other picture, from either to the other."""
    differs = differing_samples(both, *BLOCKS_DIFFER)
    area = int(both.mask.sum())
    if differs.sum() < WORTH_A_LOOK * area:
        return 0.0
    differing = np.asarray(cv2.blur(differs.astype(np.float32), (BLOCK, BLOCK)), dtype=np.float32)
    found = _moved_samples(both.luma, both.expected, both.mask, differing)
    return min(found, _moved_samples(both.expected, both.luma, both.mask, differing)) / area if found else 0.0


def differing_samples(both: Registered, levels: float, times_usual: float) -> NDArray[np.uint8]:
    """Return (h, w): 1 where the pictures differ, tones matched."""
    off = np.abs(cv2.blur(np.where(both.mask, both.luma - both.expected, np.float32(0)), (SMOOTHED, SMOOTHED)))
    usual = float(np.median(off[both.sound])) if both.sound.any() else 0.0
    differs = (off > max(levels, times_usual * usual)).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def _moved_samples(picture: Floats, other: Floats, mask: NDArray[np.bool_], differing: Floats) -> int:
    """Return for how many samples of a picture blocks stand that were found elsewhere in the other one with their neighbours."""
    spread, likeness = _in_place(picture, other, mask)
    half = BLOCK // 2
    is_sought = (differing > LEAST_DIFFERING) & (spread > LEAST_SPREAD) & (likeness < AGREES_IN_PLACE)
    inside = np.zeros_like(is_sought)
    inside[half:-half, half:-half] = is_sought[half:-half, half:-half]
    apart = max(CLOSEST, int(np.sqrt(inside.sum() / MOST_BLOCKS)))
    centres = np.argwhere(inside[::apart, ::apart]) * apart
    moves = [_move(picture, other, differing, row, column) for row, column in centres.tolist()]
    places = np.array([centre for centre, move in zip(centres, moves, strict=True) if move is not None], dtype=np.float64)
    steps = np.array([move for move in moves if move is not None], dtype=np.float64)
    if len(places) <= LEAST_NEIGHBOURS:
        return 0
    is_near, is_alike = (
        np.hypot(*(values[:, None] - values[None]).transpose(2, 0, 1)) < limit
        for values, limit in ((places, NEIGHBOURHOOD), (steps, ALIKE))
    )
    # Every block is its own neighbour.
    return int(((is_near & is_alike).sum(axis=1) > LEAST_NEIGHBOURS).sum()) * apart * apart


def _in_place(picture: Floats, other: Floats, mask: NDArray[np.bool_]) -> tuple[Floats, Floats]:
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


def _move(picture: Floats, other: Floats, differing: Floats, row: int, column: int) -> tuple[int, int] | None:
    """Return how far down and across a block is found from its place in the other picture; None where it is not."""
    half, (across, down) = BLOCK // 2, REACH
    block = np.ascontiguousarray(picture[row - half : row + half + 1, column - half : column + half + 1])
    top, left = max(0, row - half - down), max(0, column - half - across)
    around = np.ascontiguousarray(other[top : row + half + down + 1, left : column + half + across + 1])
    likeness = cv2.matchTemplate(around, block, cv2.TM_CCOEFF_NORMED)
    _, most, _, (x, y) = cv2.minMaxLoc(likeness)
    moved_down, moved_across = y + top + half - row, x + left + half - column
    if most < LEAST_LIKENESS or np.hypot(moved_down, moved_across) < LEAST_MOVE:
        return None
    if differing[row + moved_down, column + moved_across] < LEAST_DIFFERING_THERE:
        return None
    likeness[max(0, y - PEAK) : y + PEAK + 1, max(0, x - PEAK) : x + PEAK + 1] = -1.0
    return (moved_down, moved_across) if most - float(likeness.max()) > CLEARLY else None


def _both_ways(both: Registered) -> float:
    """Return the share of the overlap, 0-1, of patches with an outline in one picture only, of the picture that has less of them.

    Counted are patches by themselves and those next to each other as one, whichever is less.
    """
    differs = differing_samples(both, *PATCHES_DIFFER)
    joined = np.asarray(cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((TOGETHER, TOGETHER), np.uint8)), dtype=np.uint8)
    alone = _outlined(both, differs)
    return min(alone, _outlined(both, joined)) / int(both.mask.sum()) if alone else 0.0


def _outlined(both: Registered, differs: NDArray[np.uint8]) -> int:
    """Count the samples of patches outlined in the first picture only, and in the second only; return the lesser."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(differs, connectivity=8)
    patches = [(number, box) for number, box in enumerate(boxes.tolist()) if number and box[cv2.CC_STAT_AREA] >= LEAST_PATCH]
    # One patch alone cannot have left and come.
    if len(patches) < 2:
        return 0
    pictures = (both.luma, both.expected)
    edges, rough = [_edges(one) for one in pictures], [_roughness(one) for one in pictures]
    _, likeness = _in_place(both.luma, both.expected, both.mask)
    sizes = [0, 0]
    for number, (left, top, width, height, size) in patches:
        around = (slice(max(0, top - 3), top + height + 3), slice(max(0, left - 3), left + width + 3))
        patch = (labels[around] == number).astype(np.uint8)
        inside = cv2.erode(patch, np.ones((3, 3), np.uint8)) > 0
        outline = (cv2.dilate(patch, np.ones((5, 5), np.uint8)) > 0) & ~inside & both.mask[around]
        if not outline.any() or likeness[around][patch > 0].mean() > RECOLOURED:
            continue
        stronger = np.log(np.divide(*(one[around][outline].mean() + GROUND for one in edges)))
        shown = 0 if stronger > 0 else 1
        is_print = inside.sum() >= LEAST_INSIDE and float(np.median(rough[shown][around][inside])) < PRINT
        if abs(stronger) > STRONGER and not is_print:
            sizes[shown] += size
    return min(sizes)


def _edges(luma: Floats) -> Floats:
    """Return (h, w) float32: how steep the luma is, in grey levels a sample."""
    across, down = (cv2.Sobel(luma, cv2.CV_32F, *axis, ksize=3) for axis in ((1, 0), (0, 1)))
    return np.asarray(cv2.magnitude(across, down) / 8, dtype=np.float32)


def _roughness(luma: Floats) -> Floats:
    """Return (h, w) float32: over how many grey levels each sample and its eight neighbours spread."""
    mean = cv2.blur(luma, (3, 3))
    return np.asarray(np.sqrt(np.maximum(cv2.blur(luma * luma, (3, 3)) - mean * mean, 0.0)), dtype=np.float32)
