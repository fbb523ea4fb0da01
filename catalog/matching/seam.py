"""Does the picture go on beyond the outline of the other one, or does a seam run along it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.geometry import Matrix
from catalog.matching.registration import Plane

# Stored pixels: how far from the outline a seam may lie after registration, and where its surroundings are looked at.
BAND: Final = 2
AROUND: Final = (5, 16)
# Lines so near to the edge of the whole picture say nothing.
MARGIN: Final = 4
# Sides of an outline that are shorter have no line; longer ones lie mostly outside the picture.
SHORTEST: Final = 3
LONGEST: Final = 4096
# Grey levels a pixel added to both, so that one odd pixel in flat sky is no seam.
GROUND: Final = 2.0
# From this ratio on a seam runs along the outline. Of 200 crops of the samples with the outline off by up to 1.5 pixels, 97 in
# a hundred stayed below; of 200 sheets of two pictures side by side, none did (lowest 1.9; docs/matching.md says how).
SEAM: Final = 1.7
# Stored pixels of outline that must lie inside a picture to tell anything.
LEAST_LINE: Final = 16


def seam_along(picture: Plane, outline: Matrix, cut: Sequence[bool] = (False,) * 4) -> float:
    """Return how much stronger steps across an outline are than steps beside it, as a ratio: about 1 where the picture goes on.

    `outline` is (4, 2), corners in the picture's working pixels, in turn. The part of it that lies on the picture's own edge does
    not count; 1 where nothing else is left. Steps are averaged along lines that run beside the outline, a pixel apart; the
    strongest line near it is held against the mean of those further off. `cut` marks sides, the first from corner to corner in
    turn, that are no edge of the smaller picture but where the two stop agreeing. What is laid over one of them ends with a seam
    as well, so these count only where no other side lies inside the larger picture.
    """
    # The picture may be stored smaller than its working size.
    corners = outline * picture.zoom
    sides = [_steps_across(picture.levels[0], *ends) for ends in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    distance = np.abs(np.arange(2 * AROUND[1]) - (AROUND[1] - 0.5)) + 0.5
    own = [side for side, is_cut in zip(sides, cut, strict=True) if not is_cut]
    counted = own if sum(counts[distance <= BAND].max() for _, counts in own) >= LEAST_LINE else sides
    total, count = (np.sum([side[part] for side in counted], axis=0) for part in (0, 1))
    mean = total / np.maximum(count, 1)
    near, far = mean[(distance <= BAND) & (count > 0)], mean[(distance >= AROUND[0]) & (count > 0)]
    if not len(near) or not len(far):
        return 1.0
    return float((near.max() + GROUND) / (far.mean() + GROUND))


def _steps_across(grey: NDArray[np.float32], begin: Matrix, end: Matrix) -> tuple[Matrix, Matrix]:
    """Return for every line beside one side of an outline the sum of steps across it, in grey levels, and their count.

    Lines lie half a pixel and more to one side, then to the other: 2 * AROUND[1] of them.
    """
    lines, length = 2 * AROUND[1], int(min(np.hypot(*(end - begin)), LONGEST))
    if length < SHORTEST:
        return np.zeros(lines), np.zeros(lines)
    along = (end - begin) / np.hypot(*(end - begin))
    across = np.array([-along[1], along[0]])
    # One line more on each side, to take the differences from; pixels have their centres half a pixel inside.
    corner = begin + 0.5 * along - (AROUND[1] + 0.5) * across
    matrix = np.column_stack([along, across, corner - 0.5])
    strip = cv2.warpAffine(
        grey, matrix, (length, lines + 2), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    steps = np.abs(cv2.blur(strip[2:] - strip[:-2], (3, 1))) / 2
    x, y = (corner[axis] + along[axis] * np.arange(length) + across[axis] * np.arange(1, lines + 1)[:, None] for axis in (0, 1))
    # The edge of the whole picture is no seam.
    is_inside = (x > MARGIN) & (y > MARGIN) & (x < grey.shape[1] - MARGIN) & (y < grey.shape[0] - MARGIN)
    return np.asarray((steps * is_inside).sum(axis=1)), np.asarray(is_inside.sum(axis=1))
