"""How much there is to see in a picture, and whether that is too little to compare it by hash."""

from __future__ import annotations

from typing import Final

import numpy as np

from catalog.descriptors.shrunk import Picture

# Side of the grey picture that is measured: large enough to see a small subject on a plain ground.
BOX: Final = 640
# The perceptual hash of a flat picture is rounding noise: of 500 photos, the six whose pHash differed between two exact ways
# of computing it were all below 1. Twice that is a margin chosen by hand (docs/matching.md, "Plain pictures").
LEAST_DETAIL: Final = 2.0


def detail(picture: Picture) -> float:
    """Return the standard deviation of the grey picture, 0 for one tone to 127.5 for half black and half white."""
    return float(np.std(picture.grey(BOX), dtype=np.float64))


def is_plain(picture: Picture) -> bool:
    """Tell whether the picture is too flat to be compared by hash; its bytes and pixels may still be compared."""
    return detail(picture) < LEAST_DETAIL
