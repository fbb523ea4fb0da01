"""What was done between two registered pictures, from the closed list; without saying to which of them."""

from __future__ import annotations

from typing import Final

import numpy as np

from catalog.matching.layout import Layout
from catalog.matching.registration import Agreement, Matrix
from catalog.records.comparable import Comparable
from catalog.records.match import CHANGES

LEAST_TURN_DEGREES: Final = 5.0
LEAST_CROPPED: Final = 0.12
LEAST_RESIZED: Final = 0.03


def named_changes(query: Comparable, reference: Comparable, found: Agreement, layout: Layout) -> tuple[str, ...]:
    """Name the changes, in the order of the closed list."""
    names = {"recompressed"}
    linear = found.matrix[:2, :2]
    if np.linalg.det(linear) < 0:
        names.add("mirrored")
    if _turn(linear) > LEAST_TURN_DEGREES:
        names.add("rotated")
    if layout.reference_share < 1 - LEAST_CROPPED:
        names.add("cropped")
    if layout.is_part:
        names.add("composite")
    elif layout.outside_share > 0.06:
        names.add("bordered")
    grown = float(np.sqrt(abs(np.linalg.det(linear)))) * max(reference.width, reference.height) / max(query.width, query.height)
    if abs(grown - 1) > LEAST_RESIZED:
        names.add("resized")
    if found.correlation < 0:
        names.add("recoloured")
    return tuple(name for name in CHANGES if name in names)


def _turn(linear: Matrix) -> float:
    """Return the turn in degrees, 0-180, a mirror taken out first."""
    upright = linear @ np.diag([-1.0, 1.0]) if np.linalg.det(linear) < 0 else linear
    return float(abs(np.degrees(np.arctan2(upright[1, 0] - upright[0, 1], upright[0, 0] + upright[1, 1]))))
