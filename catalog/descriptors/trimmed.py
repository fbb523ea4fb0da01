"""PDQ of what lies inside a border or between letterbox bars, under the eight turns and mirrors; nothing where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.descriptors.pdq import BOX, pdq_codes
from catalog.descriptors.shrunk import Picture
from catalog.records.descriptor import Descriptor
from catalog.records.trimmed import FULL, TRIMMED, TRIMMED_BOX

# A line belongs to a border when all but so few of its pixels are this near to one tone. JPEG at quality 30
# moves a plain border by less; a sky moves by more within a line.
TOLERANCE: Final = 14
STRAYS: Final = 0.02
# Less than this share of a side is not worth a second code; more than MOST, and too little of the picture would be left.
LEAST: Final = 0.015
MOST: Final = 0.4
# A frame may have a line of another colour around it.
ROUNDS: Final = 2


def inner_box(grey: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """Return x0, y0, x1, y1 in pixels of what lies inside the border of an (h, w) picture, None where it has none."""
    height, width = grey.shape
    left, top, right, bottom = 0, 0, width, height
    for _ in range(ROUNDS):
        inside = grey[top:bottom, left:right]
        rows = _border(inside, height), _border(inside[::-1], height)
        if bottom - top - sum(rows) < (1 - 2 * MOST) * height:
            return None
        inside = inside[rows[0] : inside.shape[0] - rows[1]]
        columns = (_border(inside.T, width), _border(inside.T[::-1], width))
        top, bottom, left, right = top + rows[0], bottom - rows[1], left + columns[0], right - columns[1]
        if right - left < (1 - 2 * MOST) * width:
            return None
    is_small = max(top, height - bottom) < LEAST * height and max(left, width - right) < LEAST * width
    return None if is_small else (left, top, right, bottom)


def _border(lines: NDArray[np.uint8], side: int) -> int:
    """Count the lines from the first one on that are of its tone, and the blended one behind them."""
    most = int(MOST * side)
    tone = int(np.median(lines[0]))
    if _strays(lines[:1], tone)[0] > STRAYS:
        return 0
    found = _strays(lines[:most], tone) > STRAYS
    count = int(np.argmax(found)) if found.any() else len(found)
    return min(count + 1, len(lines) - 1) if count > 1 else 0


def _strays(lines: NDArray[np.uint8], tone: int) -> NDArray[np.float64]:
    off = np.abs(lines.astype(np.int16) - tone)
    return np.asarray((off > TOLERANCE).mean(axis=1))


@dataclass(frozen=True, slots=True)
class TrimmedPdqAlgorithm:
    """Reduce the inside of a bordered picture to its box and eight PDQ codes, packed as catalog/records/trimmed.py says."""

    name: str = TRIMMED
    version: int = 1
    bits: int = 0

    def describe(self, picture: Picture) -> Descriptor:
        """Trim the picture at a box of 512 and hash what is left; a picture without a border has no bytes."""
        grey = picture.grey(BOX)
        box = inner_box(grey)
        if box is None:
            return Descriptor(self.name, self.version, self.bits, b"")
        height, width = grey.shape
        left, top, right, bottom = box
        shares = (left / width, top / height, right / width, bottom / height)
        packed = TRIMMED_BOX.pack(*(round(share * FULL) for share in shares))
        codes = pdq_codes(np.ascontiguousarray(grey[top:bottom, left:right]))
        return Descriptor(self.name, self.version, self.bits, packed + b"".join(codes))


TRIMMED_PDQ: Final = TrimmedPdqAlgorithm()
