"""Any of Pillow's modes as 8-bit RGB, strip by strip, so that no second full-size copy is made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

_STRIP_PIXELS = 4_000_000
_ALPHA_MODES = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})
_WIDE_INTEGERS = frozenset({"I;16", "I;16L", "I;16B", "I;16N"})
_WHITE = (255, 255, 255, 255)


@dataclass(frozen=True, slots=True)
class Levels:
    """Hold which stored value is black and which is white, for modes of more than eight bits."""

    black: float
    white: float


def is_transparent(picture: Image.Image) -> bool:
    """Say whether the picture carries transparency of any kind."""
    return picture.mode in _ALPHA_MODES or "transparency" in picture.info


def levels_of(picture: Image.Image) -> Levels:
    """Find the levels of a loaded picture.

    16-bit integers use their full range. 32-bit integers use the smallest of 8, 16 and 32 bits that holds them, floats
    0–1 when they stay inside it; otherwise the range found, as neither TIFF nor Pillow states one.
    """
    if picture.mode in _WIDE_INTEGERS:
        return Levels(0, 65535)
    if picture.mode not in {"I", "F"}:
        return Levels(0, 255)
    lowest, highest = np.inf, -np.inf
    for top, bottom in strip_bounds(picture.size, 1):
        values = np.asarray(picture.crop((0, top, picture.width, bottom)), dtype=np.float64)
        values = values[np.isfinite(values)]
        if values.size:
            lowest, highest = min(lowest, values.min()), max(highest, values.max())
    if lowest >= 0:
        for white in (1.0,) if picture.mode == "F" else (255.0, 65535.0):
            if highest <= white:
                return Levels(0, white)
    return Levels(float(lowest), float(highest)) if lowest < highest else Levels(0, 255)


def strip_bounds(size: tuple[int, int], multiple: int) -> list[tuple[int, int]]:
    """Return (top, bottom) rows of strips of a few megapixels whose height is a multiple of the one given, but for the last."""
    width, height = size
    rows = max(_STRIP_PIXELS // max(width, 1) // multiple, 1) * multiple
    return [(top, min(top + rows, height)) for top in range(0, height, rows)]


def to_rgb(part: Image.Image, levels: Levels) -> Image.Image:
    """Return a part of a picture as 8-bit RGB; transparency is laid on white, CMYK converted without its profile.

    Colour profiles are not applied: descriptors must not depend on a colour engine, and those have a history of holes.
    """
    if part.mode == "RGB" and "transparency" not in part.info:
        return part
    if part.mode in _WIDE_INTEGERS or part.mode in {"I", "F"}:
        return to_grey(part, levels).convert("RGB")
    if is_transparent(part):
        straight = (part.convert("LA") if part.mode == "La" else part).convert("RGBA")
        if straight.getchannel("A").getextrema() == (255, 255):
            return straight.convert("RGB")  # the usual case, at a third of the cost of laying it on white
        ground = Image.new("RGBA", part.size, _WHITE)
        return Image.alpha_composite(ground, straight).convert("RGB")
    return part.convert("RGB")


def to_rgba(part: Image.Image, levels: Levels) -> Image.Image:
    """Return a part of a picture as 8-bit RGBA, straight alpha."""
    if part.mode in _WIDE_INTEGERS or part.mode in {"I", "F"}:
        part = to_grey(part, levels)
    return part.convert("RGBA")


def to_grey(part: Image.Image, levels: Levels) -> Image.Image:
    """Return a part in a mode of more than eight bits as 8-bit grey; what is not a number becomes black."""
    values = np.nan_to_num(np.asarray(part, dtype=np.float32), nan=levels.black, posinf=levels.white, neginf=levels.black)
    scaled = (values - levels.black) * (255.0 / (levels.white - levels.black))
    return Image.fromarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8))
