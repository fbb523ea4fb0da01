"""A photo's pixels as planes that can be sampled anywhere; knows nothing of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Matrix = NDArray[np.float64]
# ITU-R BT.601 as JFIF uses it: rows are luma, blue difference, red difference.
_YCBCR = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]], np.float32)


@dataclass(frozen=True, slots=True)
class View:
    """Hold a photo's planes, finest first.

    `levels[k]` is (3, h, w) float32: luma 0–255 and the two colour differences around 0, halved k times. `scale` is view
    pixels of level 0 per pixel of the full picture, 0–1 (x, y).
    """

    levels: tuple[Plane, ...]
    width: int
    height: int
    scale: tuple[float, float]

    @property
    def shape(self) -> tuple[int, int]:
        """Return height and width of the finest level."""
        return self.levels[0].shape[1], self.levels[0].shape[2]


def view_of(pixels: NDArray[np.uint8], width: int, height: int) -> View:
    """Make a view of (h, w, 3) sRGB bytes that show a picture of width × height oriented pixels."""
    planes = np.tensordot(_YCBCR, pixels.astype(np.float32), axes=([1], [2]))
    levels = [np.ascontiguousarray(planes)]
    while min(levels[-1].shape[1:]) >= 32:
        levels.append(_halved(levels[-1]))
    scale = (pixels.shape[1] / width, pixels.shape[0] / height)
    return View(tuple(levels), width, height, scale)


def sample(view: View, to_full: Matrix, height: int, width: int) -> tuple[Plane, NDArray[np.bool_]]:
    """Sample a view on a frame of height × width pixels.

    `to_full` maps frame pixel centres (x, y, 1) to pixels of the full picture, centres at whole numbers. Returns (3, h, w)
    planes and where the frame lies inside the picture. Linear between pixels, from the level whose pixels are not much
    smaller than the frame's, so that shrinking does not alias.
    """
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    flat = to_full @ np.stack([x.ravel(), y.ravel(), np.ones(x.size)])
    depth = np.where(np.abs(flat[2]) < 1e-9, 1e-9, flat[2])
    full_x, full_y = flat[0] / depth, flat[1] / depth
    inside = (full_x > -0.5) & (full_x < view.width - 0.5) & (full_y > -0.5) & (full_y < view.height - 0.5) & (flat[2] > 0)
    level = _level_for(view, to_full, height, width)
    planes = view.levels[level]
    halving = float(2**level)
    u = ((full_x + 0.5) * view.scale[0] / halving - 0.5).clip(0, planes.shape[2] - 1.001)
    v = ((full_y + 0.5) * view.scale[1] / halving - 0.5).clip(0, planes.shape[1] - 1.001)
    left, top = u.astype(np.intp), v.astype(np.intp)
    right_share, low_share = (u - left).astype(np.float32), (v - top).astype(np.float32)
    at = top * planes.shape[2] + left
    flat_planes = planes.reshape(3, -1)
    upper = flat_planes[:, at] * (1 - right_share) + flat_planes[:, at + 1] * right_share
    at += planes.shape[2]
    lower = flat_planes[:, at] * (1 - right_share) + flat_planes[:, at + 1] * right_share
    found = upper * (1 - low_share) + lower * low_share
    return found.reshape(3, height, width), inside.reshape(height, width)


def _level_for(view: View, to_full: Matrix, height: int, width: int) -> int:
    step = density(to_full, width / 2, height / 2) * float(np.sqrt(view.scale[0] * view.scale[1]))
    return int(np.clip(np.floor(np.log2(max(step, 1.0)) + 0.25), 0, len(view.levels) - 1))


def density(transform: Matrix, x: float, y: float) -> float:
    """Return how many target pixels one source pixel spans at (x, y), as a length; 0 where the map is degenerate."""
    point = transform @ np.array([x, y, 1.0])
    if abs(point[2]) < 1e-9:
        return 0.0
    jacobian = (transform[:2, :2] - np.outer(point[:2] / point[2], transform[2, :2])) / point[2]
    return float(np.sqrt(abs(np.linalg.det(jacobian))))


def inverted(transform: Matrix) -> Matrix:
    """Return the map the other way; numpy.linalg.LinAlgError where there is none."""
    return np.asarray(np.linalg.inv(transform), np.float64)


def _halved(planes: Plane) -> Plane:
    height, width = planes.shape[1] // 2 * 2, planes.shape[2] // 2 * 2
    even = planes[:, :height, :width]
    return (even[:, ::2, ::2] + even[:, 1::2, ::2] + even[:, ::2, 1::2] + even[:, 1::2, 1::2]) * np.float32(0.25)
