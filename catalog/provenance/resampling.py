"""Sample a picture's luma precisely, as an editor that resizes would."""

from __future__ import annotations

import numpy as np

from catalog.provenance.views import Matrix, Plane, View, project

_LANCZOS = 3.0


def resampled(view: View, mapping: Matrix, width: int, height: int, *, is_upright: bool, is_rough: bool = False) -> Plane:
    """Sample a view's luma where `mapping` leads from a frame of height × width pixels to the view's finest pixels.

    `is_upright` says that rows map to rows and columns to columns: then by Lanczos windows as wide as the step, as editors
    shrink and enlarge; else by cubic convolution from the level that is not much finer than the frame, or where `is_rough`, which
    is enough to find the map, linearly.
    """
    plane: Plane = view.levels[0][0]
    if is_upright:
        across = _resampling(mapping[0, 0], mapping[0, 2], width, plane.shape[1])
        down = _resampling(mapping[1, 1], mapping[1, 2], height, plane.shape[0])
        return _product(down, plane, across)
    step = np.sqrt(abs(np.linalg.det(mapping[:2, :2])))
    level = int(np.clip(np.floor(np.log2(max(step, 1.0)) + 0.4), 0, len(view.levels) - 1))
    u, v, _ = project(mapping, height, width)
    halving = np.float32(2**level)
    half = np.float32(0.5)
    between = _linear if is_rough else _cubic
    found = between(view.levels[level][0], (u + half) / halving - half, (v + half) / halving - half)
    return found.reshape(height, width)


def _product(down: tuple[Plane, int, int], plane: Plane, across: tuple[Plane, int, int]) -> Plane:
    rows, top, low = down
    columns, left, right = across
    return np.asarray(rows @ plane[top:low, left:right] @ columns.T, np.float32)


def _resampling(step: float, start: float, count: int, size: int) -> tuple[Plane, int, int]:
    """Return a Lanczos matrix (count × used) for positions start + step·i in a line of `size` pixels, and the used range."""
    positions = start + step * np.arange(count)
    width = max(1.0, abs(step))
    reach = _LANCZOS * width
    low = int(np.clip(np.floor(positions.min() - reach), 0, size - 1))
    high = int(np.clip(np.ceil(positions.max() + reach) + 1, low + 1, size))
    nearest = np.floor(positions - reach).astype(np.intp)[:, None] + np.arange(int(2 * reach) + 2)[None, :]
    distance = (nearest - positions[:, None]) / width
    weights = np.where(np.abs(distance) < _LANCZOS, np.sinc(distance) * np.sinc(distance / _LANCZOS), 0.0)
    weights *= (nearest >= low) & (nearest < high)
    total = weights.sum(1, keepdims=True)
    weights /= np.where(np.abs(total) < 1e-6, 1.0, total)
    matrix = np.zeros((count, high - low), np.float32)
    np.add.at(matrix, (np.arange(count)[:, None], (nearest - low).clip(0, high - low - 1)), weights.astype(np.float32))
    return matrix, low, high


def _linear(plane: Plane, u: Plane, v: Plane) -> Plane:
    """Sample between pixels linearly."""
    u = u.clip(0, plane.shape[1] - 1.01)
    v = v.clip(0, plane.shape[0] - 1.01)
    left, top = u.astype(np.int32), v.astype(np.int32)
    share_x, share_y = u - left, v - top
    flat = plane.ravel()
    at = top * np.int32(plane.shape[1]) + left
    upper: Plane = flat[at]
    lower = flat[at + plane.shape[1]]
    upper += (flat[at + 1] - upper) * share_x
    lower += (flat[at + plane.shape[1] + 1] - lower) * share_x
    upper += (lower - upper) * share_y
    return upper


def _cubic(plane: Plane, u: Plane, v: Plane) -> Plane:
    """Sample between pixels by cubic convolution (Keys 1981, a = -0.5)."""
    u = u.clip(1, plane.shape[1] - 2.01)
    v = v.clip(1, plane.shape[0] - 2.01)
    left, top = u.astype(np.int32), v.astype(np.int32)
    share_x, share_y = u - left, v - top
    flat = plane.ravel()
    found = np.zeros(u.size, np.float32)
    across = _keys(share_x)
    at = (top - 1) * plane.shape[1] + left
    for weight in _keys(share_y):
        row = flat[at - 1] * across[0] + flat[at] * across[1] + flat[at + 1] * across[2] + flat[at + 2] * across[3]
        found += weight * row
        at = at + plane.shape[1]
    return found


def _keys(share: Plane) -> tuple[Plane, Plane, Plane, Plane]:
    one, two, three = share, share * share, share * share * share
    return (
        -0.5 * one + two - 0.5 * three,
        1 - 2.5 * two + 1.5 * three,
        0.5 * one + 2 * two - 1.5 * three,
        -0.5 * two + 0.5 * three,
    )
