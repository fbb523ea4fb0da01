"""A picture whose smaller forms are made once, however many algorithms ask for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


class Picture(Protocol):
    """Offer a picture at any smaller size; ReducedPicture does."""

    def fitted(self, box: int) -> Pixels:
        """Return (h, w, 3) uint8 whose longer side is at most `box`; never enlarged."""

    def grey(self, box: int) -> Pixels:
        """Return (h, w) uint8 whose longer side is at most `box`; never enlarged."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Hold a picture and the forms of it that were asked for."""

    picture: Picture
    _fitted: dict[int, Pixels] = field(default_factory=dict)
    _grey: dict[int, Pixels] = field(default_factory=dict)

    def fitted(self, box: int) -> Pixels:
        """Return the picture's own form, made at the first question."""
        if box not in self._fitted:
            self._fitted[box] = self.picture.fitted(box)
        return self._fitted[box]

    def grey(self, box: int) -> Pixels:
        """Return the picture's own grey form, made at the first question."""
        if box not in self._grey:
            self._grey[box] = self.picture.grey(box)
        return self._grey[box]
