"""How the line of a claim goes from a credited party to a publication without passing behind anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from catalog.gallery.curves import Box, Curve, Point, at_share, curve_path

# A curve is looked at in so many places: some five pixels apart at usual sizes.
LOOKED_AT = 120
CORNER = 8.0


def claim_line(start: Point, end: Point, around: Sequence[Point], obstacles: Sequence[Box], at: Callable[[float], float]) -> str:
    """Return an SVG path: one curve from start to end where nothing is in its way, else the way around with rounded corners.

    `around` are the corners of that way, first and last point included. `at` turns a place in time into one on the page.
    """
    bend = (end[1] - start[1]) / 2
    curve = (start, (start[0], start[1] + bend), (end[0], end[1] - bend), end)
    if not any(_inside(point, box) for point in _points(curve) for box in obstacles):
        first, second, third, last = [(at(x), y) for x, y in curve]
        return curve_path((first, second, third, last))
    corners = [(at(x), y) for x, y in around]
    path = f"M{_written(corners[0])}"
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        path += f"L{_written(_towards(corner, before))}Q{_written(corner)} {_written(_towards(corner, after))}"
    return f"{path}L{_written(corners[-1])}"


def _points(curve: Curve) -> list[Point]:
    return [at_share(curve, step / LOOKED_AT) for step in range(LOOKED_AT + 1)]


def _inside(point: Point, box: Box) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def _towards(corner: Point, other: Point) -> Point:
    """Return the point as far from a corner as it is rounded, or half way where the next corner is nearer than that."""
    length = max(abs(other[0] - corner[0]), abs(other[1] - corner[1]), 1e-9)
    share = min(CORNER / length, 0.5)
    return corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share


def _written(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
