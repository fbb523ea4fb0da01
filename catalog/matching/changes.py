"""What was done between two registered pictures, from the closed list; without saying to which of them."""

from __future__ import annotations

from typing import Final

import numpy as np

from catalog.matching.appearance import Appearance
from catalog.matching.layout import Layout
from catalog.matching.registration import Agreement, Matrix
from catalog.records.comparable import Comparable
from catalog.records.match import CHANGES

# Each limit lies between what re-saving alone does and what the change does (docs/matching.md, "Changes").
LEAST_TURN_DEGREES: Final = 4.0
LEAST_CROPPED: Final = 0.08
LEAST_RESIZED: Final = 0.03
LEAST_PERSPECTIVE: Final = 0.02
LEAST_TONE: Final = 12.0
LEAST_HUE: Final = 7.0
GREY_CHROMA: Final = 3.0
COLOUR_CHROMA: Final = 6.0
SOFTER: Final = 0.55
SHARPER: Final = 1.8
LEAST_COVERED: Final = 0.005
# Share of what lies outside the reference that is busy: above the first something is written there, above the second on a
# large frame it is a screen.
WRITTEN: Final = 0.03
SCREEN_SHARE: Final = 0.3


def named_changes(
    query: Comparable, reference: Comparable, found: Agreement, layout: Layout, appearance: Appearance
) -> tuple[str, ...]:
    """Name the changes, in the order of the closed list.

    `recompressed` is said of every pair whose pixels were not found equal: they were coded again.
    """
    names = {"recompressed", *_geometry(query, reference, found, layout), *_surroundings(layout), *_looks(appearance, found)}
    return tuple(name for name in CHANGES if name in names)


def _geometry(query: Comparable, reference: Comparable, found: Agreement, layout: Layout) -> set[str]:
    names = set()
    linear = found.matrix[:2, :2]
    if np.linalg.det(linear) < 0:
        names.add("mirrored")
    if layout.perspective > LEAST_PERSPECTIVE:
        names.add("perspective")
    elif _turn(linear) > LEAST_TURN_DEGREES:
        names.add("rotated")
    if layout.reference_share < 1 - LEAST_CROPPED:
        names.add("cropped")
    grown = float(np.sqrt(abs(np.linalg.det(linear)))) * max(reference.width, reference.height) / max(query.width, query.height)
    if abs(grown - 1) > LEAST_RESIZED:
        names.add("resized")
    return names


def _surroundings(layout: Layout) -> set[str]:
    if layout.is_part:
        return {"composite"}
    if layout.has_outside and layout.goes_on:
        return {"cropped"}
    if not layout.has_outside or not layout.is_upright:
        # A turned picture leaves corners: they are part of the turn.
        return set()
    names = {"bordered"}
    if layout.outside_texture > WRITTEN:
        names.add("overlaid")
        if layout.outside_share > SCREEN_SHARE:
            names.add("screenshot")
    return names


def _looks(appearance: Appearance, found: Agreement) -> set[str]:
    names = set()
    low, high = sorted(appearance.chroma)
    is_grey = low < GREY_CHROMA and high > COLOUR_CHROMA
    if is_grey:
        names.add("greyscale")
    if appearance.tone > LEAST_TONE or found.correlation < 0 or (appearance.hue > LEAST_HUE and not is_grey):
        names.add("recoloured")
    if appearance.sharpness < SOFTER:
        names.add("blurred")
    if appearance.sharpness > SHARPER:
        names.add("sharpened")
    if appearance.covered > LEAST_COVERED:
        names.add("overlaid")
    return names


def _turn(linear: Matrix) -> float:
    """Return the turn in degrees, 0-180, a mirror taken out first."""
    upright = linear @ np.diag([-1.0, 1.0]) if np.linalg.det(linear) < 0 else linear
    return float(abs(np.degrees(np.arctan2(upright[1, 0] - upright[0, 1], upright[0, 0] + upright[1, 1]))))
