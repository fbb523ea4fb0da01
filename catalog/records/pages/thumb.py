"""A photo as pages draw it small."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thumb:
    """Name a photo that can be drawn: width and height are pixels of its preview, 0 when it has none."""

    sha256: str
    width: int
    height: int
