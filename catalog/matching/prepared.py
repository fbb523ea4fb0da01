"""One picture made ready for verification: points unpacked, preview decoded once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.imaging import decode_preview
from catalog.matching.points import Points, read_points, working_size
from catalog.matching.registration import Plane, plane_of
from catalog.records.comparable import Comparable

# Pixels are compared at the working size: finer detail does not survive a re-save.
BOX = 640
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
    """Return (h, w, 3) uint8 of the preview at the working size; raises ImageError for a preview that is none."""
    return decode_preview(comparable.preview, BOX)


@lru_cache(maxsize=KEPT)
def plane(comparable: Comparable) -> Plane:
    """Return the grey plane of a picture."""
    rgb = colours_of(comparable)
    grey = (rgb.astype(np.float32) @ np.array([0.299, 0.587, 0.114], dtype=np.float32)).astype(np.uint8)
    return plane_of(grey, *working_size(comparable.width, comparable.height))
