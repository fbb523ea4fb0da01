"""Did something before the camera move between two registered pictures?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.patches import BLOCK, differing_samples, in_place, patches_of
from catalog.matching.registration import Floats

# From so many grey levels on, tones matched, two pictures differ, and never below so many times what they differ by where they
# agree, so that grain and blocks of coding do not count: for blocks, which are looked for again, and for patches, which are not.
BLOCKS_DIFFER: Final = (20.0, 4.0)
PATCHES_DIFFER: Final = (30.0, 6.0)
# Below this share of the overlap nothing is looked for.
WORTH_A_LOOK: Final = 0.0005
# Blocks lie this far apart, and farther where there would be more than so many.
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
# Edges along the outline of a patch are this much stronger (natural logarithm) in the picture where the thing stands.
STRONGER: Final = 0.3


@dataclass(frozen=True, slots=True)
class Moved:
    """Hold shares of the overlap, 0-1.

    `elsewhere` was found at another place, from the first picture to the second and back. `both_ways` shows a thing that is no
    print in one picture only: in the first or in the second, whichever is less. `displaced` is how far the field of view moved,
    as a share of the long side. `walked` is what a closer look found to have taken a step.
    """

    elsewhere: float = 0.0
    both_ways: float = 0.0
    displaced: float = 0.0
    walked: float = 0.0


def moved_parts(both: Registered) -> Moved:
    """Measure what moved between two registered pictures.

    What is laid over a copy has no counterpart in the other picture, and mostly is print. A person who took a step is there in
    both. What turned or left its shape, as a pendulum does, is not found again, but leaves a thing in the first picture where the
    second shows the ground, and another in the second.
    """
    return Moved(found_elsewhere(both), _both_ways(both))


def found_elsewhere(both: Registered, reach: tuple[int, int] = REACH, neighbours: int = LEAST_NEIGHBOURS) -> float:
    """Return the share of the overlap, 0-1, whose blocks are found elsewhere in the other picture, from either to the other.

    Blocks are looked for so many samples across and down; so many others beside one must have moved alike.
    """
    differs = differing_samples(both, *BLOCKS_DIFFER)
    area = int(both.mask.sum())
    if differs.sum() < WORTH_A_LOOK * area:
        return 0.0
    differing = np.asarray(cv2.blur(differs.astype(np.float32), (BLOCK, BLOCK)), dtype=np.float32)
    found = _moved_samples(both.luma, both.expected, both.mask, differing, reach, neighbours)
    if not found:
        return 0.0
    return min(found, _moved_samples(both.expected, both.luma, both.mask, differing, reach, neighbours)) / area


def _moved_samples(
    picture: Floats, other: Floats, mask: NDArray[np.bool_], differing: Floats, reach: tuple[int, int], neighbours: int
) -> int:
    """Return for how many samples of a picture blocks stand that were found elsewhere in the other one with their neighbours."""
    spread, likeness = in_place(picture, other, mask)
    half = BLOCK // 2
    is_sought = (differing > LEAST_DIFFERING) & (spread > LEAST_SPREAD) & (likeness < AGREES_IN_PLACE)
    inside = np.zeros_like(is_sought)
    inside[half:-half, half:-half] = is_sought[half:-half, half:-half]
    apart = max(CLOSEST, int(np.sqrt(inside.sum() / MOST_BLOCKS)))
    centres = np.argwhere(inside[::apart, ::apart]) * apart
    moves = [_move(picture, other, differing, row, column, reach) for row, column in centres.tolist()]
    places = np.array([centre for centre, move in zip(centres, moves, strict=True) if move is not None], dtype=np.float64)
    steps = np.array([move for move in moves if move is not None], dtype=np.float64)
    if len(places) <= neighbours:
        return 0
    is_near, is_alike = (
        np.hypot(*(values[:, None] - values[None]).transpose(2, 0, 1)) < limit
        for values, limit in ((places, NEIGHBOURHOOD), (steps, ALIKE))
    )
    # Every block is its own neighbour.
    return int(((is_near & is_alike).sum(axis=1) > neighbours).sum()) * apart * apart


def _move(
    picture: Floats, other: Floats, differing: Floats, row: int, column: int, reach: tuple[int, int]
) -> tuple[int, int] | None:
    """Return how far down and across a block is found from its place in the other picture; None where it is not."""
    half, (across, down) = BLOCK // 2, reach
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
    sizes = [0, 0]
    for patch in patches_of(both, differs, LEAST_PATCH):
        if abs(patch.stronger) > STRONGER and not patch.is_print and patch.likeness <= RECOLOURED:
            sizes[patch.shown] += patch.size
    return min(sizes)
