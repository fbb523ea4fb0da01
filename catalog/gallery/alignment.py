"""How two photos are laid over each other in a drawing, from the transform that was measured between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Transform = Sequence[float]
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Hold what a drawing needs: the matrix that lays the query over the reference, and where each shows the other.

    `matrix` is in the order of SVG's `matrix(a b c d e f)`. `in_reference` and `in_query` are corners as `x,y` pairs in pixels
    of each. `is_measured` is false when no geometry was measured and the query is only stretched over the reference.
    """

    matrix: str
    in_reference: str
    in_query: str
    is_measured: bool


def align(transform: Transform | None, query: Size, reference: Size) -> Alignment:
    """Lay a query over a reference; sizes are oriented pixels of the full pictures.

    SVG draws affine maps only: a perspective is replaced by its best affine map at the middle of the query.
    """
    inverse = _inverted(transform) if transform is not None else None
    if transform is None or inverse is None:
        across, down = reference[0] / max(query[0], 1), reference[1] / max(query[1], 1)
        return Alignment(f"{across:.6g} 0 0 {down:.6g} 0 0", "", "", False)
    return Alignment(
        _affine(transform, (query[0] / 2, query[1] / 2)), _outline(transform, query), _outline(inverse, reference), True
    )


def _affine(transform: Transform, middle: tuple[float, float]) -> str:
    a, b, c, d, e, f, g, h, i = transform
    x, y = middle
    scale = g * x + h * y + i
    to_x, to_y = (a * x + b * y + c) / scale, (d * x + e * y + f) / scale
    # The derivative of a projective map at the middle (quotient rule).
    xx, xy = (a - g * to_x) / scale, (b - h * to_x) / scale
    yx, yy = (d - g * to_y) / scale, (e - h * to_y) / scale
    return " ".join(f"{number:.6g}" for number in (xx, yx, xy, yy, to_x - xx * x - xy * y, to_y - yx * x - yy * y))


def _outline(transform: Transform, size: Size) -> str:
    a, b, c, d, e, f, g, h, i = transform
    corners = ((0, 0), (size[0], 0), (size[0], size[1]), (0, size[1]))
    points = []
    for x, y in corners:
        scale = g * x + h * y + i
        if scale == 0:
            return ""
        points.append(f"{(a * x + b * y + c) / scale:.1f},{(d * x + e * y + f) / scale:.1f}")
    return " ".join(points)


def _inverted(transform: Transform) -> tuple[float, ...] | None:
    """Return the adjugate, which is the inverse up to a factor that a projective map does not see; None when there is none."""
    a, b, c, d, e, f, g, h, i = transform
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if determinant == 0:
        return None
    return (
        e * i - f * h, c * h - b * i, b * f - c * e,
        f * g - d * i, a * i - c * g, c * d - a * f,
        d * h - e * g, b * g - a * h, a * e - b * d,
    )  # fmt: skip
