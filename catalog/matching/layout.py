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
from catalog.records.comparable import Comparable

# From this share of the query on, what lies outside the reference is more than a border of the fit.
LEAST_OUTSIDE: Final = 0.06
# Grey levels of spread, after slow changes are taken out, that make what is outside a picture of its own.
TEXTURED: Final = 6.0
# Share of what is outside that must be textured for the query to be made of several pictures.
BUSY: Final = 0.35


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold how two registered pictures lie.

    `query_share` and `reference_share` (0-1) say how much of each the other shows. `box` is x, y, w, h in full-size query
    pixels of the region that shows the reference. `outside_texture` (0-1) is the textured share of what lies outside it,
    0 where nothing does; `outside_share` is its share of the query. `is_part` tells that one picture is a region of the
    other beside something else.
    """

    query_share: float
    reference_share: float
    box: tuple[float, float, float, float]
    outside_share: float
    outside_texture: float
    is_part: bool


def layout_of(query: Comparable, reference: Comparable, found: Agreement) -> Layout:
    """Work out the layout from the transform alone and, for what is outside, from the query's pixels."""
    own, other = plane(query), plane(reference)
    inside = _covered(found.matrix, own, other)
    seen = _covered(np.asarray(np.linalg.inv(found.matrix)), other, own)
    zoom = max(query.width, query.height) / LONG_SIDE
    left, top, right, bottom = (value * zoom for value in found.box)
    outside_share = float(1 - inside.mean())
    texture = _texture(own, ~inside) if outside_share > LEAST_OUTSIDE else 0.0
    return Layout(
        float(inside.mean()),
        float(seen.mean()),
        (left, top, right - left, bottom - top),
        outside_share,
        texture,
        outside_share > LEAST_OUTSIDE and texture > BUSY,
    )


def _covered(matrix: Matrix, picture: Plane, other: Plane) -> NDArray[np.bool_]:
    """Return (h, w) of a 64-sample grid of the picture: where the other one shows."""
    scale = 64 / max(picture.width, picture.height)
    height, width = max(2, round(picture.height * scale)), max(2, round(picture.width * scale))
    rows, columns = np.mgrid[0:height, 0:width]
    places = np.stack([(columns.reshape(-1) + 0.5) / scale, (rows.reshape(-1) + 0.5) / scale], axis=1)
    moved = project(matrix, places)
    is_inside = (moved >= 0).all(axis=1) & (moved[:, 0] <= other.width) & (moved[:, 1] <= other.height)
    return np.asarray(is_inside.reshape(height, width))


def _texture(picture: Plane, outside: NDArray[np.bool_]) -> float:
    """Return the share of the outside where the grey picture varies within a few pixels."""
    grey = picture.levels[0]
    mean, square = cv2.boxFilter(grey, -1, (9, 9)), cv2.sqrBoxFilter(grey, -1, (9, 9))
    spread = np.sqrt(np.maximum(square - mean * mean, 0))
    busy = cv2.resize(spread, (outside.shape[1], outside.shape[0]), interpolation=cv2.INTER_AREA) > TEXTURED
    return float(busy[outside].mean()) if outside.any() else 0.0
