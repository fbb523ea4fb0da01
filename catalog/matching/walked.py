"""Did something small take a step between two pictures that agree otherwise? They are looked at once more, at more samples."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import cv2
import numpy as np

from catalog.matching.appearance import Registered
from catalog.matching.moved import RECOLOURED, found_elsewhere
from catalog.matching.patches import Patch, differing_samples, patches_of

# Samples a side: a figure of a tenth of the height is as large as three blocks.
CLOSE_GRID: Final = 512
# Blocks are looked for as far as in the first look. At so many samples fewer neighbours suffice: of 1,060 right pairs one has a
# block with two that moved alike (docs/matching.md, "Another frame of one scene").
REACH: Final = (88, 60)
NEIGHBOURS: Final = 2
# From so many grey levels on, and never below so many times what they differ by where they agree, two pictures differ. Pieces
# that lie no farther apart than so many samples are one patch, as the letters of a mark are.
DIFFER: Final = (15.0, 5.0)
TOGETHER: Final = 15
# A patch takes so much of the overlap; at the largest ones another picture was pasted in. Where there are more patches than this
# the pictures differ otherwise, as saved badly or under text.
SHARE: Final = (0.0003, 0.2)
MOST_PATCHES: Final = 8
# What left one place and came to the other is of one size (one over the other) and height, and took a step of so much of the
# width and height.
SIZES: Final = (0.4, 2.5)
HEIGHTS: Final = (0.6, 1.67)
STEP: Final = (0.25, 0.1)
# Where edges along both outlines are so much stronger (natural logarithm) in the same picture, both things stand there.
SAME_SIDE: Final = 0.12


def walked(both: Registered) -> float:
    """Return the share of the overlap, 0-1, of what took a step: found elsewhere, or gone from one place and come to another.

    `both` has CLOSE_GRID samples a side. The look at fewer samples loses what is small, and asks for more of what is plain:
    here the patch that a thing left and the one that it came to only have to be of one size and near each other.
    """
    return max(found_elsewhere(both, REACH, NEIGHBOURS), _stepped(both))


def _stepped(both: Registered) -> float:
    """Return the size, as a share of the overlap, of the largest patch that another like it stands near."""
    (rows, columns), area = both.mask.shape, int(both.mask.sum())
    joined = cv2.morphologyEx(differing_samples(both, *DIFFER), cv2.MORPH_CLOSE, np.ones((TOGETHER, TOGETHER), np.uint8))
    patches = patches_of(both, np.asarray(joined, dtype=np.uint8), int(SHARE[0] * area))
    if len(patches) > MOST_PATCHES:
        return 0.0
    things = [one for one in patches if one.likeness <= RECOLOURED and one.size <= SHARE[1] * area]
    pairs = (
        min(one.size, other.size)
        for one, other in combinations(things, 2)
        if SIZES[0] < one.size / other.size < SIZES[1]
        and HEIGHTS[0] < one.height / other.height < HEIGHTS[1]
        and abs(one.middle[0] - other.middle[0]) <= STEP[0] * columns
        and abs(one.middle[1] - other.middle[1]) <= STEP[1] * rows
        and not _are_laid_over(one, other)
    )
    return max(pairs, default=0) / area


def _are_laid_over(one: Patch, other: Patch) -> bool:
    """Tell whether two things clearly stand in the same picture, or are as plain as print both, as marks of two copies are."""
    is_same_side = one.shown == other.shown and min(abs(one.stronger), abs(other.stronger)) > SAME_SIDE
    return is_same_side or (one.is_print and other.is_print)
