"""Make one picture again from another, pixel by pixel, and see what is left over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.provenance.resampling import resampled
from catalog.provenance.tones import tone_curve, toned
from catalog.provenance.views import Matrix, Plane, View, inverted, project

# The window looked at, in the child's own pixels: JPEG noise needs its own resolution, not the whole picture.
WINDOW = 256
# The middle of the window is enough to find where exactly the two lie.
_REFINED = 192
# The map is refined once at half size, which reaches further, and twice at full size.
_LEVELS = (1, 0, 0)
_BLOCK = 8


@dataclass(frozen=True, slots=True)
class Remaking:
    """Hold what is left of a child when it is made again from a parent.

    `left_over` is the mean difference in levels in the calmer 75 % of 8 × 8 blocks. `beyond_coding` is the root mean square, in
    levels, of what the child's own JPEG rounding cannot explain there; equal to that of the whole difference where the child's
    tables say nothing. `explained` is the share of the child's fine structure (what lies between it and its own smoothed
    self) that comes out again, 0–1.
    """

    left_over: float
    beyond_coding: float
    explained: float


def remake(parent: View, child: View, transform: Matrix, table: tuple[int, ...]) -> Remaking | None:
    """Make a window of the child from the parent; `transform` maps full pixels of the parent to those of the child.

    `table` is the child's luma quantisation table in zigzag order, empty where it has none or where the view is not at the
    child's own resolution. The map is refined on the window first (Lucas and Kanade 1981, affine, robustly weighted). None
    where less than 32 × 32 pixels are common.
    """
    to_parent = _in_view_pixels(parent, child, transform)
    window = _window(parent, child, to_parent)
    if window is None:
        return None
    left, top, width, height = window
    # The same window's middle, for the map; then the whole, for what is left over.
    inner_width, inner_height = min(width, _REFINED), min(height, _REFINED)
    inner_left, inner_top = left + (width - inner_width) // 2, top + (height - inner_height) // 2
    mapping = _flattened(to_parent @ _shifted(inner_left, inner_top), inner_width, inner_height)
    is_upright = False
    for level in _LEVELS:
        step = 2**level
        zoom = np.array([[step, 0, (step - 1) / 2], [0, step, (step - 1) / 2], [0, 0, 1.0]])
        wanted = child.levels[level][0, inner_top // step :, inner_left // step :][: inner_height // step, : inner_width // step]
        made = resampled(parent, mapping @ zoom, wanted.shape[1], wanted.shape[0], is_upright=is_upright, is_rough=True)
        mapping = mapping @ zoom @ _correction(_toned(made, wanted), wanted, is_upright=is_upright) @ inverted(zoom)
        # Points found in a picture turn its map by a little that no editor did: once refined, it tells.
        if not is_upright and _is_upright(mapping, inner_width, inner_height):
            is_upright, mapping = True, _straightened(mapping, inner_width, inner_height)
    mapping = mapping @ _shifted(left - inner_left, top - inner_top)
    wanted = child.levels[0][0, top : top + height, left : left + width]
    made = _toned(resampled(parent, mapping, width, height, is_upright=is_upright), wanted)
    return _left_over(_evenly_lit(made, wanted), wanted, table)


def _shifted(x: int, y: int) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])


def _in_view_pixels(parent: View, child: View, transform: Matrix) -> Matrix:
    """Return the map from the child view's finest pixels to the parent view's."""
    return _to_view(parent) @ inverted(transform) @ inverted(_to_view(child))


def _to_view(view: View) -> Matrix:
    x, y = view.scale
    return np.array([[x, 0, x / 2 - 0.5], [0, y, y / 2 - 0.5], [0, 0, 1.0]])


def _window(parent: View, child: View, to_parent: Matrix) -> tuple[int, int, int, int] | None:
    """Return x, y, w, h in the child's view, on its 8-pixel grid, in the middle of what both show."""
    height, width = child.shape
    u, v, ahead = project(to_parent, height, width, step=8)
    inside = (u >= 1) & (u <= parent.shape[1] - 2) & (v >= 1) & (v <= parent.shape[0] - 2) & ahead
    inside = inside.reshape(-1, len(range(0, width, 8)))
    rows, columns = np.flatnonzero(inside.mean(1) > 0.3), np.flatnonzero(inside.mean(0) > 0.3)
    if not len(rows) or not len(columns):
        return None
    left, across = _span(columns, width)
    top, down = _span(rows, height)
    return (left, top, across, down) if min(across, down) >= 32 else None


def _span(places: NDArray[np.intp], limit: int) -> tuple[int, int]:
    """Return start and length, both whole blocks, of the middle of a run of blocks."""
    first, last = int(places[0]), min(int(places[-1]) + 1, limit // _BLOCK)
    size = max(0, min(WINDOW // _BLOCK, last - first))
    return (first + (last - first - size) // 2) * _BLOCK, size * _BLOCK


def _is_upright(mapping: Matrix, width: int, height: int) -> bool:
    """Tell whether rows map to rows and columns to columns within a quarter of a pixel."""
    return bool(abs(mapping[0, 1]) * height < 0.5 and abs(mapping[1, 0]) * width < 0.5 and np.abs(mapping[2, :2]).max() < 1e-7)


def _flattened(mapping: Matrix, width: int, height: int) -> Matrix:
    """Return the affine map that agrees in the window's middle, where the perspective bends it by less than a pixel."""
    middle = mapping @ np.array([(width - 1) / 2, (height - 1) / 2, 1.0])
    x, y = middle[:2] / middle[2]
    slope = (mapping[:2, :2] - np.outer((x, y), mapping[2, :2])) / middle[2]
    start = (x, y) - slope @ ((width - 1) / 2, (height - 1) / 2)
    flat = np.array([[*slope[0], start[0]], [*slope[1], start[1]], [0.0, 0.0, 1.0]])
    corners = np.array([[0, width, 0, width], [0, 0, height, height], [1.0, 1.0, 1.0, 1.0]])
    bent = mapping @ corners
    return flat if np.abs((flat @ corners)[:2] - bent[:2] / bent[2]).max() < 1 else mapping


def _straightened(mapping: Matrix, width: int, height: int) -> Matrix:
    """Return the map without its turn and slant, the middle of the window kept where it is."""
    x, y = (width - 1) / 2, (height - 1) / 2
    return np.array(
        [
            [mapping[0, 0], 0, mapping[0, 2] + mapping[0, 1] * y],
            [0, mapping[1, 1], mapping[1, 2] + mapping[1, 0] * x],
            [0, 0, 1.0],
        ]
    )


def _toned(made: Plane, wanted: Plane) -> Plane:
    """Give `made` the tones of `wanted`: each level becomes the mean level that stands in its place."""
    # Every second row says as much about the curve.
    curve = tone_curve(made[::2], wanted[::2], least=20)
    return made if curve is None else toned(made, curve)


def _correction(made: Plane, wanted: Plane, *, is_upright: bool) -> Matrix:
    """Return the small affine map of the child's frame that brings `made` closer to `wanted`, from every second row."""
    across = (made[2::2, 2:] - made[2::2, :-2]) * np.float32(0.5)
    across = across[: (made.shape[0] - 2) // 2]
    down = (made[3::2] - made[1:-2:2]) * np.float32(0.5)
    rows = min(len(across), len(down))
    across, down = across[:rows], down[:rows, 1:-1]
    gap = (wanted - made)[2::2, 1:-1][:rows]
    trust = 1 / (1 + np.square(gap / np.float32(np.abs(gap).mean() * 1.5 + 1)))
    height, width = made.shape
    x = np.asarray(np.arange(1, width - 1) * 2 / (width - 1) - 1, np.float32)[None, :]
    y = np.asarray(np.arange(2, 2 + 2 * rows, 2) * 2 / (height - 1) - 1, np.float32)[:, None]
    columns: tuple[Plane, ...]
    if is_upright:
        columns = (across, across * x, down, down * y)
        places = [(0, 0), (0, 1), (1, 0), (1, 2)]
    else:
        columns = (across, across * x, across * y, down, down * x, down * y)
        places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    move = np.zeros((2, 3))
    for (row, column), amount in zip(places, _solved(columns, gap, trust, ridge=1e-3), strict=True):
        move[row, column] = min(2.0, max(-2.0, amount))
    half = np.array([(width - 1) / 2, (height - 1) / 2])
    slope = move[:, 1:] / half
    start = move[:, 0] - move[:, 1] - move[:, 2]
    return np.array([[1 + slope[0, 0], slope[0, 1], start[0]], [slope[1, 0], 1 + slope[1, 1], start[1]], [0.0, 0.0, 1.0]])


def _solved(columns: tuple[Plane, ...], gap: Plane, trust: Plane, ridge: float) -> list[float]:
    """Return the weighted least-squares shares of the columns in the gap; zeros where nothing can be told."""
    design = np.stack([column.ravel() for column in columns])
    weighted = design * trust.ravel()
    normal = (weighted @ design.T).astype(np.float64)
    normal += np.eye(len(columns)) * (ridge * np.trace(normal) / len(columns) + 1e-9)
    return [float(amount) for amount in np.linalg.solve(normal, (weighted @ gap.ravel()).astype(np.float64))]


def _evenly_lit(made: Plane, wanted: Plane) -> Plane:
    """Give `made` the slow changes of light across `wanted`: a vignette or a gradient laid over it."""
    height, width = made.shape
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    fields = (x + 0 * y, y + 0 * x, x * x + 0 * y, y * y + 0 * x)
    coarse = tuple((made * field)[::4, ::4] for field in (np.ones_like(made), *fields))
    gap = (wanted - made)[::4, ::4]
    trust = 1 / (1 + np.square(gap / np.float32(np.abs(gap).mean() * 1.5 + 1)))
    shares = _solved(coarse, gap, trust, ridge=1e-4)
    light = np.float32(1 + shares[0]) + sum((np.float32(share) * field for share, field in zip(shares[1:], fields, strict=True)))
    lit: Plane = made * light
    return lit


def _left_over(made: Plane, wanted: Plane, table: tuple[int, ...]) -> Remaking:
    gap = wanted - made
    blocks = _blocks(gap)
    size = np.abs(blocks).mean((1, 2))
    calm = size <= np.quantile(size, 0.75)
    kept = blocks[calm]
    coefficients = _DCT @ kept @ _DCT.T
    allowed = _allowance(table)
    beyond = np.maximum(np.abs(coefficients) - allowed, 0.0)
    smooth = _blocks(wanted)[calm]
    smooth = smooth - smooth.mean((1, 2), keepdims=True)
    remade = _blocks(made)[calm]
    remade = remade - remade.mean((1, 2), keepdims=True)
    energy = float((smooth * smooth).sum() * (remade * remade).sum())
    return Remaking(
        left_over=float(np.abs(kept).mean()),
        beyond_coding=float(np.sqrt(np.square(beyond).mean())),
        explained=float((smooth * remade).sum()) / max(energy, 1e-6) ** 0.5,
    )


def _blocks(plane: Plane) -> NDArray[np.float32]:
    rows, columns = plane.shape[0] // _BLOCK, plane.shape[1] // _BLOCK
    cut = plane[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    return np.ascontiguousarray(cut.swapaxes(1, 2)).reshape(-1, _BLOCK, _BLOCK)


def _dct_matrix() -> NDArray[np.float32]:
    """Return the orthonormal 8-point DCT-II of ITU-T T.81 §A.3.3 as a matrix."""
    frequency, place = np.arange(8)[:, None], np.arange(8)[None, :]
    matrix = np.cos((2 * place + 1) * frequency * np.pi / 16) / 2
    matrix[0] /= np.sqrt(2)
    return matrix.astype(np.float32)


_DCT = _dct_matrix()
# ITU-T T.81 figure A.6: where each number of a zigzag line stands in the block, row by row.
_ZIGZAG = sorted(range(64), key=lambda at: (at // 8 + at % 8, (at // 8 if (at // 8 + at % 8) % 2 else at % 8)))


def _allowance(table: tuple[int, ...]) -> NDArray[np.float32]:
    """Return half a quantisation step for each coefficient, what rounding alone can change; nothing without a table."""
    steps = np.zeros(64, np.float32)
    if len(table) == 64:
        steps[_ZIGZAG] = np.array(table, np.float32) / 2
    return steps.reshape(8, 8)
