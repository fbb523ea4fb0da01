"""Local features: a few hundred points spread over the picture and its scales, 40 bytes each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.descriptors.point_code import describe_points
from catalog.descriptors.point_spread import spread_points
from catalog.descriptors.scale_space import blurred_octaves, find_blobs
from catalog.descriptors.shrunk import Picture
from catalog.descriptors.words import words_of
from catalog.records.descriptor import Descriptor
from catalog.records.local_points import ANGLE_STEPS_PER_TURN, POINT_FIELDS, SCALE_STEPS_PER_OCTAVE

BOX: Final = 640
# Smaller pictures are enlarged to this: a thumbnail has too few pixels for blobs of 1.6 pixels.
LEAST_BOX: Final = 320
MOST_POINTS: Final = 300
LEAST_CONTRAST: Final = 0.6
FULL: Final = 65535


PointArray = NDArray[np.void]


def find_points(grey: NDArray[np.uint8]) -> PointArray:
    """Return the packed points of an (h, w) grey picture, without their words; its longer side should be BOX or less."""
    longest = max(grey.shape)
    if longest < LEAST_BOX:
        grow = LEAST_BOX / longest
        grey = np.asarray(cv2.resize(grey, None, fx=grow, fy=grow, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    height, width = grey.shape
    octaves = blurred_octaves(grey.astype(np.float32))
    blobs = find_blobs(octaves, LEAST_CONTRAST)
    zoom = (2.0**blobs.octave).astype(np.float32)
    chosen = spread_points(blobs.x * zoom, blobs.y * zoom, blobs.sigma * zoom, blobs.contrast, (width, height), MOST_POINTS)
    chosen = chosen[np.lexsort((blobs.layer[chosen], blobs.octave[chosen]))]
    blobs, zoom = blobs.taken(chosen), zoom[chosen]
    points = np.zeros(len(blobs), dtype=np.dtype(list(POINT_FIELDS)))
    if not len(blobs):
        return points
    angle, code = describe_points(octaves, blobs)
    points["x"] = np.clip((blobs.x * zoom + 0.5) / width * FULL, 0, FULL).round()
    points["y"] = np.clip((blobs.y * zoom + 0.5) / height * FULL, 0, FULL).round()
    share = blobs.sigma * zoom / max(width, height)
    points["scale"] = np.clip(-np.log2(share) * SCALE_STEPS_PER_OCTAVE, 0, 255).round()
    points["angle"] = np.round(angle * (ANGLE_STEPS_PER_TURN / (2 * np.pi))).astype(np.int64) % ANGLE_STEPS_PER_TURN
    points["code"] = code
    return points


@dataclass(frozen=True, slots=True)
class LocalPointsAlgorithm:
    """Reduce a picture to at most 300 points, packed as catalog/records/local_points.py says; a plain one may have none."""

    name: str = "local_points"
    version: int = 2
    bits: int = 0

    def describe(self, picture: Picture) -> Descriptor:
        """Find, choose, code and sort the points of the grey picture at a box of 640."""
        points = find_points(picture.grey(BOX))
        if len(points):
            points["word"] = words_of(np.ascontiguousarray(points["code"]))
        return Descriptor(self.name, self.version, self.bits, points.tobytes())


LOCAL_POINTS: Final = LocalPointsAlgorithm()
