"""Read which way round a row of letters stands, from the directions of its edges."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from catalog.provenance.views import Plane

# A row is looked at in strips this high, with so much of its height above and below it.
TALL = 32
MARGIN = 0.2
# Edges are counted by direction in cells of 4 × 4 pixels; a window is as many cells wide as two or three letters are.
CELL = 4
DIRECTIONS = 8
WINDOW = 14
_DOWN = TALL // CELL
COLUMN = _DOWN * DIRECTIONS
FEATURES = WINDOW * COLUMN
# A window shares its edges with so many others; rows that are no letters are this much likelier at first, in natural-log odds.
_OVERLAP, _NO_LETTERS = 4.0, 5.0
SCRIPTS = ("latin", "cyrillic", "arabic")
# Learnt by bench/lettering_weights.py.
WEIGHTS_FILE = "lettering.npz"

Numbers = NDArray[np.float32]


def columns_of(strip: Plane, *, is_dark: bool) -> Numbers:
    """Return the columns of cells of a strip, TALL high and a multiple of CELL wide, as (columns, COLUMN), 0 or more.

    Each cell counts its gradient by direction, sign included (Dalal and Triggs 2005), square-rooted. Letters are taken as bright;
    `is_dark` says that they are not.
    """
    padded = np.pad(-strip if is_dark else strip, 1, mode="edge")
    across, down = padded[1:-1, 2:] - padded[1:-1, :-2], padded[2:, 1:-1] - padded[:-2, 1:-1]
    size = np.hypot(across, down)
    place = np.arctan2(down, across) * (DIRECTIONS / (2 * np.pi)) % DIRECTIONS
    lower = np.floor(place)
    share = place - lower
    first = lower.astype(np.intp) % DIRECTIONS
    width = strip.shape[1] // CELL
    cell = (np.arange(strip.shape[1])[None, :] // CELL * _DOWN + np.arange(TALL)[:, None] // CELL) * DIRECTIONS
    counted = np.bincount((cell + first).ravel(), (size * (1 - share)).ravel(), width * COLUMN)
    counted += np.bincount((cell + (first + 1) % DIRECTIONS).ravel(), (size * share).ravel(), width * COLUMN)
    return np.sqrt(counted).reshape(width, COLUMN).astype(np.float32)


def windows_of(columns: Numbers) -> Numbers:
    """Return every window of columns, of length 1, as (windows, FEATURES); none where there are too few."""
    if len(columns) < WINDOW:
        return np.empty((0, FEATURES), np.float32)
    found = np.lib.stride_tricks.sliding_window_view(columns, WINDOW, axis=0).transpose(0, 2, 1).reshape(-1, FEATURES)
    return np.asarray(found / np.maximum(np.sqrt(np.square(found).sum(1, keepdims=True)), 1e-6), np.float32)


def mirrored(windows: Numbers) -> Numbers:
    """Return the same windows as the mirror image of their strip has them, each in its place."""
    cells = windows.reshape(-1, WINDOW, _DOWN, DIRECTIONS)[:, ::-1]
    return cells[..., (DIRECTIONS // 2 - np.arange(DIRECTIONS)) % DIRECTIONS].reshape(len(windows), FEATURES)


def seen_in(windows: Numbers, weights: tuple[Numbers, ...] | None = None) -> tuple[Numbers, Numbers]:
    """Return how much each window looks like letters of each script, and how much more so the right way round than mirrored.

    Both are (windows, SCRIPTS) in natural-log odds against other marks; mirroring a window changes the sign of the second and
    nothing else.
    """
    first, offset, (of_right, of_text), least = weights or _weights()
    one, other = (np.maximum(seen @ first + offset, 0) for seen in (windows, mirrored(windows)))
    return (one + other) @ of_text + least, (one - other) @ of_right


def log_odds(windows: Numbers) -> float:
    """Return how much likelier a row reads the right way round than mirrored, in natural-log odds.

    A row is of one script from end to end, or of no letters, which is as likely either way round: mirrored letters of one script
    look like some of another, but seldom all of a word. Windows overlap, so that each counts for a part of itself.
    """
    text, right = (seen.sum(0, dtype=np.float64) / _OVERLAP for seen in seen_in(windows))
    rightly, wrongly = (np.logaddexp.reduce([_NO_LETTERS, *way]) for way in (text + right, text - right))
    return float(rightly - wrongly)


@cache
def _weights() -> tuple[Numbers, ...]:
    with files("catalog.provenance").joinpath(WEIGHTS_FILE).open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
        first = kept["first"].astype(np.float32) * kept["scale"]
        return first, kept["offset"], kept["second"], kept["least"]
