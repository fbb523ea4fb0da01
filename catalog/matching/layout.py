"""Where each picture lies in the other: shares, the box of the part, what is outside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.edges import Box, Edges, found_edges
from catalog.matching.guided import project
from catalog.matching.points import LONG_SIDE
from catalog.matching.prepared import plane
from catalog.matching.registration import Agreement, Matrix, Plane, visible_box
from catalog.matching.seam import SEAM, seam_along
from catalog.records.comparable import Comparable

# From this share of the query on, what lies outside the reference is more than a border of the fit.
LEAST_OUTSIDE: Final = 0.06
# Grey levels of spread, after slow changes are taken out, that make what is outside a picture of its own.
TEXTURED: Final = 6.0
# Share of what is outside that must be textured for the query to be made of several pictures, whatever its tones are; below the
# second number it is paper or a gradient.
BUSY: Final = 0.35
SMOOTH: Final = 0.1
# Where these shares of the outside have one tone and one of two, it is paper with something written on it, no picture with much
# sky; where the last number of what is hardly textured has one of two, it is a frame before a wall or a page with a bar.
PAPER: Final = (0.55, 0.8)
TWO_TONES: Final = 0.76
# Letters vary within the tone of their paper, so that the two shares come to more than 1; sky does not.
WRITTEN: Final = 1.15
# An edge of something before plain ground may look like a seam; this is more than it reaches.
CLEAR_SEAM: Final = 3.0
# Less of the overlap than this was left after trimming: around the same picture lies something else in each.
MOST_TRIMMED: Final = 0.9
# The outermost share of a picture that is its frame if it varies by less than so many grey levels, and by how many two frames
# differ that are not one.
RIM_SHARE: Final = 0.01
ONE_TONE: Final = 5.0
FRAMES_DIFFER: Final = 40.0
GRID: Final = 128
UPRIGHT_DEGREES: Final = 2.5
IDENTITY: Final = np.eye(3)


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold how two registered pictures lie.

    `query_share` and `reference_share` (0-1) say how much of each the other shows. `box` is x, y, w, h in full-size query
    pixels of the region that shows the reference, `agreeing` the same as x0, y0, x1, y1 in working pixels. `outside_texture`
    (0-1) is the textured share of what lies outside it, 0 where nothing does; `outside_share` is its share of the query.
    `is_part` tells that one picture is a region of the
    other beside something else, `goes_on` that the query goes on beyond the reference without a seam. `perspective`
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
    agreeing: Box

    @property
    def has_outside(self) -> bool:
        """Tell whether more than the rim of the fit lies outside the reference."""
        return self.outside_share > LEAST_OUTSIDE


def layout_of(
    query: Comparable, reference: Comparable, found: Agreement, whole: Registered | None = None, kept: float = 1.0
) -> Layout:
    """Work out the layout from the transform and, for where the two stop showing the same and what is outside, from the pixels.

    `whole` are the pictures laid on each other over all of the overlap, None where that is too small to tell; `kept` (0-1) is the
    share of it that was compared, after edges that do not agree were trimmed.
    """
    own, other = plane(query), plane(reference)
    back = np.asarray(np.linalg.inv(found.matrix))
    placed = project(back, _corners(other))
    covered = _covered(found.matrix, own, (0.0, 0.0, other.width, other.height))
    covered_too = _covered(back, other, (0.0, 0.0, own.width, own.height))
    edges = Edges(found.box, found.box)
    has_more = kept < 1 or 1 - min(covered.mean(), covered_too.mean()) > LEAST_OUTSIDE
    overlap = visible_box(found.matrix, own, other)
    if has_more and whole is not None and overlap is not None and _is_upright(project(found.matrix, _box_corners(found.box))):
        edges = found_edges(whole, overlap, found.box)
    # Which of the two was stored first must not matter: each is asked what lies around the other in it.
    around = _surroundings(own, covered, placed, edges)
    around_too = _surroundings(other, covered_too, _corners(own), edges, found.matrix)
    most, least = (around, around_too) if covered.mean() <= covered_too.mean() else (around_too, around)
    is_inset = kept < MOST_TRIMMED and _are_framed_apart(own, other)
    # The one that shows more decides; where it says nothing against it, the other one does.
    is_part = is_inset or most == "another picture" or (most != "paper" and least == "another picture")
    if is_part:
        covered &= _covered(IDENTITY, own, edges.box)
        covered_too &= _covered(back, other, edges.box)
    outside_share = float(1 - covered.mean())
    zoom = max(query.width, query.height) / LONG_SIDE
    left, top, right, bottom = (value * zoom for value in edges.box)
    return Layout(
        float(covered.mean()),
        float(covered_too.mean()),
        (left, top, right - left, bottom - top),
        outside_share,
        _texture(own, ~covered)[0] if outside_share > LEAST_OUTSIDE else 0.0,
        is_part,
        around == "more of the picture",
        # Far from a small part its transform says little.
        _skew(project(found.matrix, _box_corners(edges.box)) if is_part else placed),
        _is_upright(placed),
        edges.box,
    )


def _surroundings(picture: Plane, covered: NDArray[np.bool_], outline: Matrix, edges: Edges, into: Matrix = IDENTITY) -> str:
    """Say what lies around the other picture in this one: nothing, paper, more of the picture, or another picture behind a seam.

    `covered` is where the transform puts the other one, `outline` its corners in query working pixels; `into` takes those into
    this picture.
    """
    if 1 - covered.mean() <= LEAST_OUTSIDE:
        return "nothing"
    agreeing, cut = _cut_outline(outline, edges)
    seams = (seam_along(picture, project(into, outline)), seam_along(picture, project(into, agreeing), cut))
    if max(seams) < SEAM:
        return "more of the picture"
    texture, one_tone, two_tones = _texture(picture, ~covered)
    is_plain = texture <= SMOOTH or (texture <= BUSY and (two_tones >= TWO_TONES or max(seams) < CLEAR_SEAM))
    is_paper = one_tone >= PAPER[0] and (two_tones >= PAPER[1] or one_tone + texture >= WRITTEN)
    return "paper" if is_plain or is_paper else "another picture"


def _cut_outline(outline: Matrix, edges: Edges) -> tuple[Matrix, tuple[bool, ...]]:
    """Return the outline of a picture in query working pixels without what was cut off, and which of its sides are cuts."""
    left, top, right, bottom = (
        edge if is_cut else far
        for edge, is_cut, far in zip(edges.box, edges.cut, (-np.inf, -np.inf, np.inf, np.inf), strict=True)
    )
    places = np.clip(outline, (left, top), (right, bottom))
    was_moved = places != outline
    return places, tuple(bool((was_moved[side] & was_moved[(side + 1) % 4]).any()) for side in range(4))


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
    return _box_corners((0.0, 0.0, picture.width, picture.height))


def _box_corners(box: Box) -> Matrix:
    return np.array([[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]], dtype=np.float64)


def _skew(outline: Matrix) -> float:
    """Return how far a (4, 2) outline is from a parallelogram, as a share of its diagonal."""
    diagonal = max(np.hypot(*(outline[2] - outline[0])), np.hypot(*(outline[3] - outline[1])))
    return float(np.hypot(*(outline[0] - outline[1] + outline[2] - outline[3])) / diagonal)


def _is_upright(outline: Matrix) -> bool:
    """Tell whether the sides of a (4, 2) outline run along those of the picture, as good as."""
    sides = np.roll(outline, -1, axis=0) - outline
    lean = np.degrees(np.arctan2(np.abs(sides).min(axis=1), np.abs(sides).max(axis=1)))
    return bool(lean.max() < UPRIGHT_DEGREES)


def _covered(matrix: Matrix, picture: Plane, box: Box) -> NDArray[np.bool_]:
    """Return (h, w) of a grid of the picture: what a 3x3 matrix puts into a box."""
    scale = GRID / max(picture.width, picture.height)
    height, width = max(2, round(picture.height * scale)), max(2, round(picture.width * scale))
    across, down = (np.arange(width) + 0.5) / scale, (np.arange(height) + 0.5)[:, None] / scale
    x, y, depth = (row[0] * across + (row[1] * down + row[2]) for row in matrix)
    # Depth is positive wherever a plausible transform is used; elsewhere nothing shows.
    is_right = (x >= box[0] * depth) & (x <= box[2] * depth)
    return np.asarray((depth > 0) & is_right & (y >= box[1] * depth) & (y <= box[3] * depth))


def _texture(picture: Plane, outside: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Return the share of the outside that varies within a few pixels, that has its commonest tone, and its two commonest."""
    # The seam itself is neither side: it would make every frame look busy.
    clear = cv2.erode(outside.astype(np.uint8), np.ones((5, 5), np.uint8), borderType=cv2.BORDER_REPLICATE) > 0
    if not clear.any():
        clear = outside
    grey = picture.levels[0]
    size = (outside.shape[1], outside.shape[0])
    mean, square = (cv2.blur(cv2.resize(one, size, interpolation=cv2.INTER_AREA), (2, 2)) for one in (grey, grey * grey))
    busy = np.sqrt(np.maximum(square - mean * mean, 0)) > TEXTURED
    tones = np.bincount((cv2.resize(grey, size, interpolation=cv2.INTER_NEAREST)[clear] / 8).astype(np.intp), minlength=33)
    total, shares = tones.sum(), [0.0, 0.0]
    for number in range(len(shares)):
        # A tone is sixteen levels wide.
        first = int((tones[:-1] + tones[1:]).argmax())
        shares[number] = float(tones[first : first + 2].sum() / total)
        tones[first : first + 2] = 0
    return float(busy[clear].mean()), shares[0], sum(shares)
