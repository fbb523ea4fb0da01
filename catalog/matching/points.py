"""Local features as arrays, in working pixels: the long side of every picture is 640 of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.records.comparable import Comparable
from catalog.records.local_points import (
    ANGLE_STEPS_PER_TURN,
    CELLS_PER_SIDE,
    DIRECTIONS,
    POINT_FIELDS,
    SCALE_STEPS_PER_OCTAVE,
    THRESHOLDS,
)

LONG_SIDE: Final = 640.0
FULL: Final = 65535.0
POINT_DTYPE: Final = np.dtype(list(POINT_FIELDS))
ALGORITHM: Final = "local_points"
VERSION: Final = 2
Floats = NDArray[np.float32]


def _order(rows: NDArray[np.intp], columns: NDArray[np.intp], turns: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for every bit of a changed code the bit of the code it comes from."""
    cells = (rows[:, None] * CELLS_PER_SIDE + columns[None, :]).reshape(-1)
    one = (cells[:, None] * DIRECTIONS + turns[None, :]).reshape(-1)
    return np.concatenate([one + threshold * len(one) for threshold in range(THRESHOLDS)])


_UP = np.arange(CELLS_PER_SIDE)
_DOWN = _UP[::-1].copy()
_SAME = np.arange(DIRECTIONS)
# Mirrored along the point's own axis: rows change places and every direction is counted the other way round.
MIRRORED_ORDER: Final = _order(_DOWN, _UP, (-_SAME) % DIRECTIONS)
# Inverted tones turn the point round: rows and columns change places, directions stay as seen from the point.
INVERTED_ORDER: Final = _order(_DOWN, _DOWN, _SAME)


@dataclass(frozen=True, slots=True)
class Points:
    """Hold n points of a picture as parallel arrays.

    `place` (n, 2) and `radius` (n,) are float32 working pixels, `angle` (n,) radians; `code` is (n, 32) uint8.
    `width` and `height` are the picture's in working pixels.
    """

    place: Floats
    radius: Floats
    angle: Floats
    code: NDArray[np.uint8]
    width: float
    height: float

    def __len__(self) -> int:
        return len(self.place)

    def mirrored(self) -> Points:
        """Return the points of the same picture mirrored left to right."""
        place = self.place.copy()
        place[:, 0] = self.width - place[:, 0]
        angle = (np.pi - self.angle).astype(np.float32)
        return Points(place, self.radius, angle, reordered(self.code, MIRRORED_ORDER), self.width, self.height)

    def inverted(self) -> Points:
        """Return the points of the same picture with its tones inverted."""
        angle = (self.angle + np.pi).astype(np.float32)
        return Points(self.place, self.radius, angle, reordered(self.code, INVERTED_ORDER), self.width, self.height)


def reordered(code: NDArray[np.uint8], order: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Return (n, bytes) codes with their bits in another order."""
    return np.packbits(np.unpackbits(code, axis=1)[:, order], axis=1)


def working_size(width: int, height: int) -> tuple[float, float]:
    """Return a picture's sides in working pixels."""
    longest = max(width, height, 1)
    return width * LONG_SIDE / longest, height * LONG_SIDE / longest


def read_points(comparable: Comparable) -> Points:
    """Unpack a picture's local features; a picture without them has none (0 points)."""
    found = comparable.descriptor(ALGORITHM)
    packed = found.data if found is not None and found.version == VERSION else b""
    return unpacked_points(packed, *working_size(comparable.width, comparable.height))


def unpacked_points(packed: bytes, width: float, height: float) -> Points:
    """Turn packed points of a picture of this working size into arrays."""
    points = np.frombuffer(packed, dtype=POINT_DTYPE)
    place = np.empty((len(points), 2), dtype=np.float32)
    place[:, 0] = points["x"] * (width / FULL)
    place[:, 1] = points["y"] * (height / FULL)
    radius = (LONG_SIDE * 2.0 ** (points["scale"].astype(np.float32) / -SCALE_STEPS_PER_OCTAVE)).astype(np.float32)
    angle = points["angle"].astype(np.float32) * np.float32(2 * np.pi / ANGLE_STEPS_PER_TURN)
    return Points(place, radius, angle, np.ascontiguousarray(points["code"]), width, height)
