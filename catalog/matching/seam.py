"""Does the picture go on beyond the outline of the other one, or does a seam run along it?"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.geometry import Matrix
from catalog.matching.registration import Plane

# Stored pixels: how far from the outline a seam may lie after registration, and where its surroundings are looked at.
BAND: Final = 2
AROUND: Final = (5, 16)
# The edge of the whole picture is no seam.
MARGIN: Final = 4
# Grey levels a pixel added to both, so that one odd pixel in flat sky is no seam.
GROUND: Final = 2.0
# From this ratio on a seam runs along the outline. Of 200 crops of the samples with the outline off by up to 1.5 pixels, 97 in
# a hundred stayed below; of 200 sheets of two pictures side by side, none did (lowest 1.9; docs/matching.md says how).
SEAM: Final = 1.7


def seam_along(picture: Plane, outline: Matrix) -> float:
    """Return how much stronger steps across an outline are than steps beside it, as a ratio: about 1 where the picture goes on.

    `outline` is (4, 2), corners in the picture's working pixels. The part of it that lies on the picture's own edge does not
    count; 1 where nothing else is left. Steps are averaged along lines that run beside the outline, pixel by pixel of distance;
    the strongest line near it is held against the mean of those further off.
    """
    grey = picture.levels[0].astype(np.float32)
    inside = np.zeros(grey.shape, dtype=np.uint8)
    # The picture may be stored smaller than its working size.
    cv2.fillPoly(inside, [np.round(np.clip(outline * picture.zoom, -1e5, 1e5)).astype(np.int32)], (255,))
    if inside.all() or not inside.any():
        return 1.0
    signed = cv2.distanceTransform(inside, cv2.DIST_L2, 5) - cv2.distanceTransform(255 - inside, cv2.DIST_L2, 5)
    across = _steps_across(grey, signed)[MARGIN:-MARGIN, MARGIN:-MARGIN]
    distance = np.abs(np.rint(signed[MARGIN:-MARGIN, MARGIN:-MARGIN]).astype(np.intp))
    side = (signed[MARGIN:-MARGIN, MARGIN:-MARGIN] > 0).astype(np.intp)
    line = (distance * 2 + side)[distance <= AROUND[1]]
    count = np.bincount(line, minlength=2 * AROUND[1] + 2)
    mean = np.bincount(line, weights=across[distance <= AROUND[1]], minlength=len(count)) / np.maximum(count, 1)
    near, far = mean[: 2 * BAND + 2][count[: 2 * BAND + 2] > 0], mean[2 * AROUND[0] :][count[2 * AROUND[0] :] > 0]
    if not len(near) or not len(far):
        return 1.0
    return float((near.max() + GROUND) / (far.mean() + GROUND))


def _steps_across(grey: NDArray[np.float32], signed: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (h, w) float32: how steep the picture is in the direction away from the outline, in grey levels a pixel."""
    gradients = [cv2.Sobel(plane, cv2.CV_32F, *axis, ksize=3) / 8 for plane in (grey, signed) for axis in ((1, 0), (0, 1))]
    length = np.maximum(np.hypot(gradients[2], gradients[3]), 1e-6)
    return np.asarray(np.abs(gradients[0] * gradients[2] + gradients[1] * gradients[3]) / length)
