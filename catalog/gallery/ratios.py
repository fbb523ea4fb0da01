"""The shapes of tiles: ratios of width to height as classes, because a strict policy allows no style on an element.

A class is one step of two per cent, so the mat of a tile differs by at most one per cent from its picture, and a row of tiles has
one height. `static/ratios.css` is written from here; a test holds the two together.
"""

from __future__ import annotations

import math

STEP = 1.02
NARROWEST, WIDEST = 0.4, 8.8  # a picture beyond these is shown whole inside a mat of that shape
FIRST, LAST = (round(math.log(ratio, STEP)) for ratio in (NARROWEST, WIDEST))


def ratio_class(width: int, height: int) -> str:
    """Return the class of a picture of so many pixels; without a size it is square."""
    if width < 1 or height < 1:
        return _name(0)
    step = round(math.log(width / height, STEP))
    return _name(min(max(step, FIRST), LAST))


def stylesheet() -> str:
    """Return the rules of all classes."""
    return "".join(f".{_name(step)}{{--ratio:{STEP**step:.4f}}}\n" for step in range(FIRST, LAST + 1))


def _name(step: int) -> str:
    return f"r{step}" if step >= 0 else f"r-{-step}"
