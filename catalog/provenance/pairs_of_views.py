"""What any two photos of a chain are laid over each other by: their decoded previews, and the map between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from catalog.imaging import decode_preview
from catalog.provenance.views import Matrix, View, inverted, view_of
from catalog.records.match import Verification
from catalog.records.traces import TracedPhoto

# Points found in two pictures lie on each other within about half a pixel.
_NEAR = 1.0
_GRID = 8
# At a glance pictures are looked at in this size at most, with their colours.
GLANCE_BOX = 640


class Views:
    """Decode each preview at most once, when it is asked for."""

    def __init__(self, photos: Sequence[TracedPhoto], box: int, *, planes: int) -> None:
        self._photos, self._box, self._planes = photos, box, planes
        self._made: dict[int, View | None] = {}

    def __getitem__(self, number: int) -> View | None:
        if number not in self._made:
            photo = self._photos[number]
            jpeg = photo.preview()
            made = None
            if jpeg:
                made = view_of(decode_preview(jpeg, self._box), photo.width, photo.height, planes=self._planes)
            self._made[number] = made
        return self._made[number]


def transform_of(found: Verification, first: TracedPhoto, second: TracedPhoto) -> Matrix | None:
    """Return the map from the first's pixels to the second's; None where the pair has no usable geometry."""
    if found.transform is None:
        same_size = (first.width, first.height) == (second.width, second.height)
        return np.eye(3) if same_size and found.relation in {"same_bytes", "same_pixels"} else None
    matrix = np.array(found.transform, np.float64).reshape(3, 3)
    if not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-12:
        return None
    return matrix if found.query == first.sha256 else inverted(matrix)


def is_on_one_grid(transform: Matrix, one: TracedPhoto, other: TracedPhoto) -> bool:
    """Tell whether a map between full pixels only moves, and by whole blocks of 8, within a pixel over the larger of both."""
    width, height = float(max(one.width, other.width)), float(max(one.height, other.height))
    corners = np.array([[0, width, 0, width], [0, 0, height, height], [1.0, 1.0, 1.0, 1.0]])
    mapped = transform @ corners
    if np.abs(mapped[2]).min() < 1e-9:
        return False
    moved = mapped[:2] / mapped[2] - corners[:2]
    whole = _GRID * np.rint(moved.mean(1) / _GRID)
    return bool(np.abs(moved - whole[:, None]).max() <= _NEAR)
