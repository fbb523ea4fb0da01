"""Do the slow tones of two registered pictures rise and fall together? Of a mark that two photos share only the strokes agree."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.registration import Agreement, Floats

# Samples a side that the overlap is reduced to, and the radius of the blur there: about an eighth of it is looked at together,
# more than the letters of a mark and less than what a photo shows.
SIDE: Final = 64
RADIUS: Final = 2.5
# Fewer samples tell nothing; nor do tones that spread over less than so many grey levels in both pictures.
LEAST_SAMPLES: Final = 64
LEAST_SPREAD: Final = 2.0
# Cells away from what was laid over are asked where they are so many of all.
MOST_CELLS: Final = 0.5
# A sample counts where so much of it lies in both pictures.
WITHIN: Final = 0.95


def slow_tones_together(both: Registered, found: Agreement) -> float:
    """Return how far the slow tones of two registered pictures go together, 0-1; 1 where none show.

    It is the absolute correlation of luma blurred over an eighth of the overlap: tones may be inverted, brightened or darkened.
    It is taken in cells that agree, in these with those that show nothing, and in such of the second as lie beside no other,
    where these are many; the greatest counts. What was laid over one picture has no voice in the first, in the second there is
    more to go by, and in the last the rim of what was laid over, in cells that agree otherwise, has no voice either.
    """
    shrink = min(1.0, SIDE / max(both.mask.shape))
    size = (max(4, round(both.mask.shape[1] * shrink)), max(4, round(both.mask.shape[0] * shrink)))
    inside = _small(both.mask.astype(np.float32), size) > WITHIN
    first, second = (_small(luma, size) for luma in (both.luma, both.other_luma))
    asked = [found.agreeing, found.agreeing | ~found.compared]
    away = cv2.erode(asked[1].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if away.mean() >= MOST_CELLS:
        asked.append(away)
    return max(
        _together(first, second, (cv2.resize(cells.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0) & inside)
        for cells in asked
    )


def _together(first: Floats, second: Floats, counts: NDArray[np.bool_]) -> float:
    """Return the absolute correlation of two blurred pictures where they count; what does not count shines into nothing."""
    if counts.sum() < LEAST_SAMPLES:
        return 1.0
    weight = _blurred(counts.astype(np.float32)) + np.float32(1e-6)
    one, other = ((_blurred(picture * counts) / weight)[counts].astype(np.float64) for picture in (first, second))
    if max(one.std(), other.std()) < LEAST_SPREAD:
        return 1.0
    return 0.0 if min(one.std(), other.std()) < 1e-3 else float(min(1.0, abs(np.corrcoef(one, other)[0, 1])))


def _small(picture: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(cv2.resize(np.asarray(picture, dtype=np.float32), size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _blurred(picture: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), RADIUS), dtype=np.float32)
