"""Say in which of two mirror images the lettering that both show reads rightly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catalog.provenance.row_reading import CELL, MARGIN, TALL, columns_of, log_odds, windows_of
from catalog.provenance.text_rows import TextRow, find_rows, strip_map
from catalog.provenance.views import Matrix, Plane, View, inverted, sample

# What is read is bounded: pictures of nothing but rows are not read to the end.
MOST_COLUMNS = 8000
# A row counts where the other picture shows the same: what was laid over a mirrored copy reads rightly in the copy.
_AGREEING = 0.7
# Where a map also turns the picture by more than this (a sine), letters lie on their side or their head in one of the two.
_TURNED = 0.35
# docs/provenance.md says what these choices cost (bench/lettering.py): below the least nothing is said, nor where rows that say
# the opposite are more than a share of what is said.
SPOKEN_FROM = 2.5
OPPOSED_UP_TO = 0.2


@dataclass(frozen=True, slots=True)
class Lettering:
    """Hold what rows of letters say of two mirror images, in natural-log odds.

    `reads_in_first` is the sum over rows that read rightly in the first, `reads_in_second` over those that do in the second; each
    0 or more.
    """

    reads_in_first: float = 0.0
    reads_in_second: float = 0.0

    @property
    def side(self) -> int:
        """Return 1 where the lettering reads rightly in the first, -1 where in the second, 0 where it cannot be told."""
        most, least = max(self.reads_in_first, self.reads_in_second), min(self.reads_in_first, self.reads_in_second)
        if most - least < SPOKEN_FROM or least > OPPOSED_UP_TO * most:
            return 0
        return 1 if self.reads_in_first > self.reads_in_second else -1

    def reversed(self) -> Lettering:
        """Return the same with first and second exchanged."""
        return Lettering(self.reads_in_second, self.reads_in_first)


NOT_READ = Lettering()


@dataclass(frozen=True, slots=True)
class Rows:
    """Hold a picture and the rows found in it, so that they are found once for all its pairs."""

    view: View
    rows: tuple[TextRow, ...]


def rows_of(view: View) -> Rows:
    """Find the rows of a picture."""
    return Rows(view, tuple(find_rows(view)))


def keeps_upright(transform: Matrix, first: View, second: View) -> bool:
    """Tell whether in the middle of both pictures left and right are exchanged and what is up stays up."""
    return _is_mirror(transform, first) and _is_mirror(inverted(transform), second)


def read_lettering(first: Rows, second: Rows, transform: Matrix) -> Lettering:
    """Read the lettering of two pictures that mirror each other; `transform` maps the first's pixels to the second's.

    Rows are found and read in each picture as it stands; a row counts half for each of the two it is found in.
    """
    if not keeps_upright(transform, first.view, second.view):
        return NOT_READ
    ahead, behind = _said(first, second.view, transform), _said(second, first.view, inverted(transform))
    said = np.array([*ahead, *(-row for row in behind)]) / 2
    return Lettering(float(said[said > 0].sum()), float(abs(said[said < 0].sum())))


def _is_mirror(transform: Matrix, view: View) -> bool:
    x, y = (view.width - 1) / 2, (view.height - 1) / 2
    point = transform @ np.array([x, y, 1.0])
    if abs(point[2]) < 1e-9:
        return False
    slope = (transform[:2, :2] - np.outer(point[:2] / point[2], transform[2, :2])) / point[2]
    across, down = (side / max(float(np.hypot(*side)), 1e-9) for side in slope.T)
    return bool(across[0] < 0 and down[1] > 0 and abs(across[1]) < _TURNED and abs(down[0]) < _TURNED)


def _said(own: Rows, other: View, to_other: Matrix) -> list[float]:
    """Return what each row of a picture says that the other shows too: above 0 where it reads rightly here."""
    found = []
    left = MOST_COLUMNS
    for row in own.rows:
        to_own, wide = strip_map(row, TALL, MARGIN)
        if wide // CELL > left:
            continue
        strip, inside = sample(own.view, to_own, TALL, wide)
        theirs, inside_other = sample(other, to_other @ to_own, TALL, wide)
        both = inside & inside_other
        if both.mean() < 0.9 or _correlation(strip[0][both], theirs[0][both]) < _AGREEING:
            continue
        left -= wide // CELL
        found.append(log_odds(windows_of(columns_of(strip[0], is_dark=row.is_dark))))
    return found


def _correlation(left: Plane, right: Plane) -> float:
    one, other = left - left.mean(), right - right.mean()
    return float((one * other).sum() / max(float(np.sqrt(np.square(one).sum() * np.square(other).sum())), 1e-6))
