"""What many unrelated photos share: a banner, a logo, a studio frame."""

from __future__ import annotations

from dataclasses import dataclass

# Raised whenever the same photos may give other templates.
TEMPLATE_VERSION = 1
Room = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Template:
    """Hold one template.

    `digest` is the SHA-256 of what it consists of. `points` are its local features, packed as
    catalog/records/local_points.py says, where every carrier has them. `aspect` is the carriers' width over height. `room` is the
    largest rectangle that it leaves free: x0, y0, x1, y1 as shares of width and height. `photos` counts the carriers known.
    """

    digest: str
    version: int
    points: bytes
    aspect: float
    room: Room
    photos: int
