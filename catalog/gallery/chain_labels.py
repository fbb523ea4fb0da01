"""Where the words of a derivation stand in the drawing of a chain: by its line, and over no picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from textwrap import wrap

from catalog.gallery.curves import Box, Curve, at_share

# In Chromium a letter of a change's name takes 6.2 units on the mean in English, 6.9 in Russian, 6.6 in Ukrainian, 5.5 in Arabic.
LETTER, LINE = 7.0, 14.0
# A line of words is broken at so many letters where there is no room for it as a whole.
NARROW = 13
# Along the line, from its middle outwards, and beside it.
_SHARES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
_BESIDE = (0.0, -14.0, 14.0, -28.0, 28.0, -42.0, 42.0, -64.0, 64.0)


@dataclass(frozen=True, slots=True)
class Label:
    """Hold words by lines and the place in the middle below the last one; how sure it is stands under that."""

    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def box(self) -> Box:
        """Return left, top, right and bottom of the words and of what stands under them."""
        half = max((len(line) for line in self.lines), default=4) * LETTER / 2
        return (self.x - half, self.y - 5 - LINE * len(self.lines), self.x + half, self.y + LINE)


def place_label(curve: Curve, lines: Sequence[str], obstacles: Sequence[Box]) -> Label:
    """Return the words at the place that covers least of the obstacles, of such places the nearest to the middle of the line."""
    broken = tuple(part for line in lines for part in wrap(line, NARROW, break_long_words=False) or [line])
    near = [one for one in obstacles if _covered(_around(curve), one)]
    best, least = Label(tuple(lines), *at_share(curve, 0.5)), math.inf
    for beside, words, share in product(_BESIDE, dict.fromkeys((tuple(lines), broken)), _SHARES):
        x, y = at_share(curve, share)
        label = Label(words, x, y + beside)
        covered = sum(_covered(label.box, one) for one in near)
        if covered < least:
            best, least = label, covered
        if not covered:
            break
    return best


def _around(curve: Curve) -> Box:
    """Return a box that holds every place tried, of words up to 40 letters long."""
    room = 20 * LETTER + max(_BESIDE)
    xs, ys = [x for x, _ in curve], [y for _, y in curve]
    return min(xs) - room, min(ys) - room, max(xs) + room, max(ys) + room


def _covered(box: Box, other: Box) -> float:
    across, down = min(box[2], other[2]) - max(box[0], other[0]), min(box[3], other[3]) - max(box[1], other[1])
    return max(0.0, across) * max(0.0, down)
