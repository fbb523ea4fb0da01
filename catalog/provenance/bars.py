"""Bars that somebody put along an edge of a picture, with or without words on them, as a game does with its disclaimer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
# What is put there has one colour: so much of its plain lines lies within so many levels of it, which no sky does.
_FLAT = 3.0
_MOSTLY = 0.9
_NEAR = 12.0
# A line without words has nearly all of the colour, and one of the picture hardly any.
_PLAIN = 0.97
_PICTURE = 0.3
# A row of words between plain lines is at most so high, as a share of the side, and there are at most so many lines in all.
_WORDS = 0.05
_MOST = 0.35
_BLURRED = 2  # lines that resampling mixes where the bar begins


def bars(luma: Plane) -> tuple[float, float, float, float]:
    """Return how thick the bars at the top, bottom, left and right of a luma plane are, as shares of its height and width.

    A bar begins at the edge, has one colour but for words, and ends in a plain line where the picture begins with a step all
    along it; 0 where there is none. The numbers are measured in tests/provenance/test_bars.py.
    """
    height, width = luma.shape
    top, bottom = _thickness(luma), _thickness(luma[::-1])
    left, right = _thickness(luma.T), _thickness(luma.T[::-1])
    return top / height, bottom / height, left / width, right / width


def _thickness(lines: Plane) -> int:
    colour = float(np.median(lines[0]))
    near = (np.abs(lines - colour) <= _NEAR).mean(1)
    plain = np.flatnonzero(near[: int(_MOST * len(lines))] >= _PLAIN)
    if not plain.size or plain[0]:
        return 0
    gaps = np.flatnonzero(np.diff(plain) > _WORDS * len(lines) + 1)
    plain = plain[: int(gaps[0]) + 1] if gaps.size else plain
    end = int(plain[-1]) + 1
    is_one_colour = float((np.abs(lines[plain] - colour) <= _FLAT).mean()) >= _MOSTLY
    return end if is_one_colour and float(near[end : end + _BLURRED + 1].min()) <= _PICTURE else 0
