"""The cubic curves of a drawing: a point on one, and its SVG path."""

from __future__ import annotations

Point = tuple[float, float]
# Left, top, right, bottom.
Box = tuple[float, float, float, float]
# Start, both bends and end.
Curve = tuple[Point, Point, Point, Point]


def curve_path(curve: Curve) -> str:
    """Return the SVG path of a curve."""
    return "M{0[0]:.1f} {0[1]:.1f}C{1[0]:.1f} {1[1]:.1f} {2[0]:.1f} {2[1]:.1f} {3[0]:.1f} {3[1]:.1f}".format(*curve)


def at_share(curve: Curve, share: float) -> Point:
    """Return the point of a cubic curve at a share of its way, 0 at the start and 1 at the end."""
    left = 1 - share
    weights = (left**3, 3 * share * left**2, 3 * share * share * left, share**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    return x, y
