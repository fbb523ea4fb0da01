"""Where each picture lies in the other: shares, the box of the part, what is outside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.guided import project
from catalog.matching.points import LONG_SIDE
from catalog.matching.prepared import plane
from catalog.matching.registration import Agreement, Matrix, Plane
from catalog.matching.seam import SEAM, seam_along
from catalog.records.comparable import Comparable

# From this share of the query on, what lies outside the reference is more than a border of the fit.
LEAST_OUTSIDE: Final = 0.06
# Grey levels of spread, after slow changes are taken out, that make what is outside a picture of its own.
TEXTURED: Final = 6.0
# Share of what is outside that must be textured for the query to be made of several pictures.
BUSY: Final = 0.35
# Where this share of the outside has one tone, it is paper with something written on it, not a picture.
PAPER: Final = 0.55
# Less of the overlap than this was left after trimming: around the same picture lies something else in each.
MOST_TRIMMED: Final = 0.9
# The outermost share of a picture that is its frame if it varies by less than so many grey levels, and by how many two frames
# differ that are not one.
RIM_SHARE: Final = 0.01
ONE_TONE: Final = 5.0
FRAMES_DIFFER: Final = 40.0
GRID: Final = 128
UPRIGHT_DEGREES: Final = 2.5


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold how two registered pictures lie.

    `query_share` and `reference_share` (0-1) say how much of each the other shows. `box` is x, y, w, h in full-size query
    pixels of the region that shows the reference. `outside_texture` (0-1) is the textured share of what lies outside it,
    0 where nothing does; `outside_share` is its share of the query. `is_part` tells that one picture is a region of the
    other beside something else, `goes_on` that the larger one goes on beyond the smaller without a seam. `perspective`
    says how far the reference's outline is from a parallelogram, as a share of its diagonal. `is_upright` tells that its
    sides run along the query's.
    """

    query_share: float
    reference_share: float
    box: tuple[float, float, float, float]
    outside_share: float
    outside_texture: float
    is_part: bool
    goes_on: bool
    perspective: float
    is_upright: bool

    @property
    def has_outside(self) -> bool:
        """Tell whether more than the rim of the fit lies outside the reference."""
        return self.outside_share > LEAST_OUTSIDE


def layout_of(query: Comparable, reference: Comparable, found: Agreement, kept: float = 1.0) -> Layout:
    """Work out the layout from the transform alone and, for what is outside, from the query's pixels.

    `kept` (0-1) is the share of the overlap that was compared, after edges that do not agree were trimmed.
    """
    own, other = plane(query), plane(reference)
    inside = _covered(found.matrix, own, other)
    seen = _covered(np.asarray(np.linalg.inv(found.matrix)), other, own)
    zoom = max(query.width, query.height) / LONG_SIDE
    left, top, right, bottom = (value * zoom for value in found.box)
    outside_share = float(1 - inside.mean())
    outside = _texture(own, ~inside) if outside_share > LEAST_OUTSIDE else (0.0, 0.0)
    # Which of the two was stored first must not matter: the one that shows more is asked, be it query or reference.
    back = np.asarray(np.linalg.inv(found.matrix))
    if outside_share >= 1 - seen.mean():
        surroundings = _surroundings(own, outside_share, outside, project(back, _corners(other)))
    else:
        around = _texture(other, ~seen) if 1 - seen.mean() > LEAST_OUTSIDE else (0.0, 0.0)
        surroundings = _surroundings(other, float(1 - seen.mean()), around, project(found.matrix, _corners(own)))
    is_inset = kept < MOST_TRIMMED and _are_framed_apart(own, other)
    return Layout(
        float(inside.mean()),
        float(seen.mean()),
        (left, top, right - left, bottom - top),
        outside_share,
        outside[0],
        is_inset or surroundings == "another picture",
        surroundings == "more of the picture",
        *_outline(found.matrix, other),
    )


def _surroundings(larger: Plane, share: float, looks: tuple[float, float], outline: Matrix) -> str:
    """Say what lies around the smaller picture: nothing, paper, more of the picture, or another picture behind a seam.

    `share` is how much of the larger picture lies outside, `looks` what `_texture` says of that.
    """
    if share <= LEAST_OUTSIDE:
        return "nothing"
    texture, one_tone = looks
    if texture <= BUSY or one_tone >= PAPER:
        return "more of the picture" if seam_along(larger, outline) < SEAM else "paper"
    return "another picture" if seam_along(larger, outline) >= SEAM else "more of the picture"


def _are_framed_apart(query: Plane, reference: Plane) -> bool:
    """Tell whether each picture has a frame of one tone, and not the same one."""
    own, other = _frame_tone(query), _frame_tone(reference)
    return own is not None and other is not None and abs(own - other) > FRAMES_DIFFER


def _frame_tone(picture: Plane) -> float | None:
    """Return the grey level that runs along three edges of a picture or all four, None where there is none."""
    grey = picture.levels[0]
    rim = max(1, round(RIM_SHARE * max(grey.shape)))
    strips = (grey[:rim], grey[-rim:], grey[:, :rim], grey[:, -rim:])
    tones = sorted(float(strip.mean()) for strip in strips if float(strip.std()) < ONE_TONE)
    middle = tones[len(tones) // 2] if tones else 0.0
    return middle if sum(abs(tone - middle) < ONE_TONE for tone in tones) >= 3 else None


def _corners(picture: Plane) -> Matrix:
    return np.array([[0, 0], [picture.width, 0], [picture.width, picture.height], [0, picture.height]], dtype=np.float64)


def _outline(matrix: Matrix, reference: Plane) -> tuple[float, bool]:
    """Return the outline's distance from a parallelogram, and whether its sides are upright."""
    placed = project(np.asarray(np.linalg.inv(matrix)), _corners(reference))
    diagonal = max(np.hypot(*(placed[2] - placed[0])), np.hypot(*(placed[3] - placed[1])))
    skew = float(np.hypot(*(placed[0] - placed[1] + placed[2] - placed[3])) / diagonal)
    sides = np.roll(placed, -1, axis=0) - placed
    lean = np.degrees(np.arctan2(np.abs(sides).min(axis=1), np.abs(sides).max(axis=1)))
    return skew, bool(lean.max() < UPRIGHT_DEGREES)


def _covered(matrix: Matrix, picture: Plane, other: Plane) -> NDArray[np.bool_]:
    """Return (h, w) of a grid of the picture: where the other one shows."""
    scale = GRID / max(picture.width, picture.height)
    height, width = max(2, round(picture.height * scale)), max(2, round(picture.width * scale))
    across, down = (np.arange(width) + 0.5) / scale, (np.arange(height) + 0.5)[:, None] / scale
    x, y, depth = (row[0] * across + (row[1] * down + row[2]) for row in matrix)
    # Depth is positive wherever a plausible transform is used; elsewhere nothing shows.
    return np.asarray((depth > 0) & (x >= 0) & (y >= 0) & (x <= other.width * depth) & (y <= other.height * depth))


def _texture(picture: Plane, outside: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the share of the outside that varies within a few pixels, and the share that has its commonest tone."""
    # The seam itself is neither side: it would make every frame look busy.
    clear = cv2.erode(outside.astype(np.uint8), np.ones((5, 5), np.uint8), borderType=cv2.BORDER_REPLICATE) > 0
    if not clear.any():
        clear = outside
    grey = picture.levels[0]
    size = (outside.shape[1], outside.shape[0])
    mean, square = (cv2.blur(cv2.resize(one, size, interpolation=cv2.INTER_AREA), (2, 2)) for one in (grey, grey * grey))
    busy = np.sqrt(np.maximum(square - mean * mean, 0)) > TEXTURED
    tones = np.bincount((cv2.resize(grey, size, interpolation=cv2.INTER_NEAREST)[clear] / 8).astype(np.intp), minlength=33)
    return float(busy[clear].mean()), float((tones[:-1] + tones[1:]).max() / tones.sum())
