"""Two previews laid over one another by a found transform, for people to look at."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image

from catalog.errors import ImageError
from catalog.imaging.preview import PREVIEW_QUALITY, decode_preview

Size = tuple[int, int]
Box = tuple[float, float, float, float]
UNMOVED = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
BLEND = 0.5


def aligned_blend(query: bytes, reference: bytes, sizes: tuple[Size, Size], transform: Sequence[float], box: int) -> bytes:
    """Return a JPEG, longer side at most `box`, of the query with the reference laid half transparent where it belongs.

    `sizes` are the full oriented width and height of query and reference, `transform` maps the first's pixels to the
    second's, 3×3 row-major. Where the reference does not reach, the query is shown darker. Raises ImageError for previews that
    cannot be read or a transform that does not fit them.
    """
    below, above = (Image.fromarray(decode_preview(one, box)) for one in (query, reference))
    into = _scaled(transform, (below.width / sizes[0][0], above.width / sizes[1][0]))
    if abs(into[8]) < 1e-12:
        raise ImageError("the transform sends the query's corner to infinity", code="bad_transform")
    coefficients = [number / into[8] for number in into[:8]]
    moved = above.transform(below.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    reached = Image.new("L", above.size, 255).transform(below.size, Image.Transform.PERSPECTIVE, coefficients)
    dim = Image.blend(below, Image.new("RGB", below.size), BLEND)
    target = BytesIO()
    Image.composite(Image.blend(below, moved, BLEND), dim, reached).save(target, "JPEG", quality=PREVIEW_QUALITY)
    return target.getvalue()


def outline(box: Box, size: Size, transform: Sequence[float] = UNMOVED) -> list[tuple[float, float]]:
    """Return where the corners of a box lie in a picture of this size, as shares of its width and height, in turn from top left.

    `box` is x, y, width, height in pixels; `transform` takes those to pixels of the picture, 3×3 row-major.
    """
    left, top, width, height = box
    corners = np.array([[left, left + width, left + width, left], [top, top, top + height, top + height], [1, 1, 1, 1]])
    moved = np.array(transform, dtype=np.float64).reshape(3, 3) @ corners
    return [(float(x / z / size[0]), float(y / z / size[1])) for x, y, z in moved.T if abs(z) > 1e-12]


def _scaled(transform: Sequence[float], scales: tuple[float, float]) -> list[float]:
    """Restate a transform between full pictures as one between pictures scaled by `scales`."""
    matrix = np.array(transform, dtype=np.float64).reshape(3, 3)
    moved = np.diag([scales[1], scales[1], 1.0]) @ matrix @ np.diag([1 / scales[0], 1 / scales[0], 1.0])
    return [float(number) for number in moved.ravel()]
