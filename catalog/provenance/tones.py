"""Curves of tones: which level of one picture stands where which level of another does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.provenance.views import Plane

_KNOTS = 32
# Levels are read to a quarter on the way in and to a sixteenth on the way out: far below what JPEG rounding moves.
_FINE = 1024
_OUT = 4096


def _shares() -> NDArray[np.float64]:
    """Return how much each fine level (columns) counts for the knots beside it (rows)."""
    place = (np.arange(_FINE) + 0.5) / _FINE * 256 * (_KNOTS - 1) / 255
    shares: NDArray[np.float64] = np.maximum(0.0, 1 - np.abs(np.arange(_KNOTS)[:, None] - place.clip(0, _KNOTS - 1)[None, :]))
    return shares


_SHARES = _shares()


def tone_curve(given: Plane, wanted: Plane, *, least: float) -> Plane | None:
    """Return, for sixteenths of levels 0-255, the mean level of `wanted` where `given` has that level.

    Knots that fewer than `least` pixels speak for are bridged; None where fewer than two are left.
    """
    level = (given.ravel() * np.float32(_FINE / 256)).clip(0, _FINE - 1).astype(np.int16)
    weight = _SHARES @ np.bincount(level, minlength=_FINE)
    total = _SHARES @ np.bincount(level, wanted.ravel(), _FINE)
    known = weight > least
    if known.sum() < 2:
        return None
    places = (np.arange(_OUT) + 0.5) / _OUT * 256 * (_KNOTS - 1) / 255
    return np.interp(places, np.flatnonzero(known), total[known] / weight[known]).astype(np.float32)


def toned(given: Plane, curve: Plane) -> Plane:
    """Return `given` with every level replaced by what the curve says."""
    found: Plane = curve[(given * np.float32(_OUT / 256)).clip(0, _OUT - 1).astype(np.int16)]
    return found
