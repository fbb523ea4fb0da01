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

    `levels[k]` is (planes, h, w) float32: luma 0–255 and, where they are held, the two colour differences around 0, halved k
    times. `scale` is view pixels of level 0 per pixel of the full picture, 0–1 (x, y).
    """

    levels: tuple[Plane, ...]
    width: int
    height: int
    scale: tuple[float, float]

    @property
    def shape(self) -> tuple[int, int]:
        """Return height and width of the finest level."""
        return self.levels[0].shape[1], self.levels[0].shape[2]


def view_of(pixels: NDArray[np.uint8], width: int, height: int, *, planes: int = 3) -> View:
    """Make a view of (h, w, 3) sRGB bytes that show a picture of width × height oriented pixels; one plane is luma alone."""
    finest = np.tensordot(_YCBCR[:planes], pixels.astype(np.float32), axes=([1], [2]))
    levels = [np.ascontiguousarray(finest)]
    while min(levels[-1].shape[1:]) >= 32:
        levels.append(_halved(levels[-1]))
    scale = (pixels.shape[1] / width, pixels.shape[0] / height)
    return View(tuple(levels), width, height, scale)


def sample(view: View, to_full: Matrix, height: int, width: int, *, planes: int = 1) -> tuple[Plane, NDArray[np.bool_]]:
    """Sample the first planes of a view on a frame of height × width pixels.

    `to_full` maps frame pixel centres (x, y, 1) to pixels of the full picture, centres at whole numbers. Returns (planes, h, w)
    and where the frame lies inside the picture. Linear between pixels, from the level whose pixels are not much smaller than
    the frame's, so that shrinking does not alias.
    """
    level = _level_for(view, to_full, height, width)
    source = view.levels[level][:planes]
    halving = float(2**level)
    into_level = np.array(
        [
            [view.scale[0] / halving, 0, view.scale[0] / halving / 2 - 0.5],
            [0, view.scale[1] / halving, view.scale[1] / halving / 2 - 0.5],
            [0, 0, 1.0],
        ]
    )
    u, v, ahead = project(into_level @ to_full, height, width)
    inside = (u > -0.5) & (u < source.shape[2] - 0.5) & (v > -0.5) & (v < source.shape[1] - 0.5) & ahead
    u = u.clip(0, source.shape[2] - 1.01)
    v = v.clip(0, source.shape[1] - 1.01)
    left, top = u.astype(np.int32), v.astype(np.int32)
    right_share, low_share = u - left, v - top
    at = top * np.int32(source.shape[2]) + left
    flat = source.reshape(planes, -1)
    found = np.empty((planes, u.size), np.float32)
    for number, plane in enumerate(flat):
        upper, lower = plane[at], plane[at + source.shape[2]]
        upper += (plane[at + 1] - upper) * right_share
        lower += (plane[at + source.shape[2] + 1] - lower) * right_share
        upper += (lower - upper) * low_share
        found[number] = upper
    return found.reshape(planes, height, width), inside.reshape(height, width)


def project(mapping: Matrix, height: int, width: int, step: int = 1) -> tuple[Plane, Plane, NDArray[np.bool_]]:
    """Map every `step`-th pixel of a frame: x, y as flat float32, and whether the point lies before the camera."""
    x, y = np.arange(0, width, step, dtype=np.float64)[None, :], np.arange(0, height, step, dtype=np.float64)[:, None]
    across = mapping[0, 0] * x + (mapping[0, 1] * y + mapping[0, 2])
    down = mapping[1, 0] * x + (mapping[1, 1] * y + mapping[1, 2])
    if mapping[2, 0] == 0 and mapping[2, 1] == 0 and mapping[2, 2] == 1:
        ahead = np.ones(across.size, np.bool_)
    else:
        depth = mapping[2, 0] * x + (mapping[2, 1] * y + mapping[2, 2])
        ahead = (depth > 1e-9).ravel()
        depth = np.where(depth > 1e-9, depth, 1.0)
        across, down = across / depth, down / depth
    return across.ravel().astype(np.float32), down.ravel().astype(np.float32), ahead


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
