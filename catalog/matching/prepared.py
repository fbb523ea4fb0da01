"""One picture made ready for verification: points unpacked, preview decoded once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.imaging import decode_grey_preview, decode_preview
from catalog.matching.points import Points, read_points, working_size
from catalog.matching.registration import Plane, plane_of
from catalog.records.comparable import Comparable

# Pixels are compared at the working size: finer detail does not survive a re-save.
BOX = 640
# Colours are compared only where they change slowly.
COLOUR_BOX = 160
KEPT = 24


@lru_cache(maxsize=KEPT)
def points_of(comparable: Comparable) -> Points:
    """Return a picture's points; those of the last few pictures are kept, as a query meets many references."""
    return read_points(comparable)


@lru_cache(maxsize=KEPT)
def mirrored_points_of(comparable: Comparable) -> Points:
    """Return the points of the picture mirrored left to right."""
    return points_of(comparable).mirrored()


@lru_cache(maxsize=KEPT)
def colours_of(comparable: Comparable) -> NDArray[np.uint8]:
    """Return (h, w, 3) uint8 of the preview, small; raises ImageError for a preview that is none."""
    return decode_preview(comparable.preview, COLOUR_BOX)


@lru_cache(maxsize=KEPT)
def plane(comparable: Comparable) -> Plane:
    """Return the grey plane of a picture; raises ImageError for a preview that is none."""
    return plane_of(decode_grey_preview(comparable.preview, BOX), *working_size(comparable.width, comparable.height))
