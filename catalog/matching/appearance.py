"""How two registered pictures differ where they show the same: tones, colours, sharpness, things laid over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.points import LONG_SIDE
from catalog.matching.prepared import colours_of, plane
from catalog.matching.registration import CELLS, Agreement, Floats, Matrix, per_cell, step_of
from catalog.records.comparable import Comparable

# Samples a side: enough to see blur, and a logo of a fiftieth of the picture.
GRID: Final = 256
Picture = NDArray[np.integer[Any] | np.floating[Any]]
LUMA: Final = np.array([0.299, 0.587, 0.114], dtype=np.float32)
# Radius of the blur that leaves slow tones and colours, and how many samples one of them stands for.
SLOW: Final = 3.0
EVERY: Final = 3
LEAST_SAMPLES: Final = 64
# What differs by more than this (grey levels, tones matched, 7 samples smoothed) was laid over.
LAID_OVER: Final = 30.0
# Sharpness is read where there is detail of a few samples, in grey levels.
LEAST_COARSE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Appearance:
    """Hold the differences. `query` and `reference` values are of the same place at the same size.

    `tone` is the mean absolute difference of slow luma, grey levels. `chroma` are both pictures' mean colourfulness, 0-255.
    `hue` is the mean absolute difference of slow colour, luma taken out. `sharpness` is the query's share of fine detail
    over the reference's: below 1 it is softer. `covered` (0-1) is the share of the overlap where something else lies.
    """

    tone: float
    chroma: tuple[float, float]
    hue: float
    sharpness: float
    covered: float


@dataclass(frozen=True, slots=True)
class Registered:
    """Hold the luma of both pictures at one size, (h, w) float32 grey levels, the second as the transform puts it on the first.

    `mask` is where both exist, `sound` where they also agree, or all of it where next to nothing does. `expected` is the second
    picture's luma in the tones of the first.
    """

    luma: Floats
    other_luma: Floats
    mask: NDArray[np.bool_]
    sound: NDArray[np.bool_]
    expected: Floats


def registered(query: Comparable, reference: Comparable, found: Agreement, grid: int = GRID) -> Registered | None:
    """Sample both pictures inside the overlap, at most `grid` samples a side; None where too little is left to tell anything."""
    left, top, right, bottom = found.box
    finest = min(plane(query).zoom, plane(reference).zoom * step_of(found.matrix, found.box))
    scale = min(grid / max(right - left, bottom - top), finest)
    size = (max(16, round((right - left) * scale)), max(16, round((bottom - top) * scale)))
    luma, shown_inside = _sampled(_grey(query), _grid(found.box, size), size)
    other_luma, inside = _sampled(_grey(reference), found.matrix @ _grid(found.box, size), size)
    mask = cv2.erode(shown_inside * inside, np.ones((3, 3), np.uint8)) > 0
    if mask.sum() < LEAST_SAMPLES:
        return None
    rows, columns = _cells(mask.shape)
    agrees = (found.agreeing | ~found.compared)[rows[:, None], columns[None, :]] & mask
    sound = agrees if agrees.sum() > 0.2 * mask.sum() else mask
    return Registered(luma, other_luma, mask, sound, _tone_matched(luma, other_luma, sound))


def appearance_of(query: Comparable, reference: Comparable, found: Agreement, both: Registered | None) -> Appearance:
    """Measure the differences inside the overlap; `both` is what `registered` returned."""
    if both is None:
        return Appearance(0.0, (0.0, 0.0), 0.0, 1.0, 0.0)
    # What is slow needs few samples.
    few = (max(4, both.mask.shape[1] // EVERY), max(4, both.mask.shape[0] // EVERY))
    to_few = _grid(found.box, few)
    slow = _softened(_sampled(colours_of(query), to_few, few)[0], SLOW / EVERY)
    other_slow = _softened(_sampled(colours_of(reference), found.matrix @ to_few, few)[0], SLOW / EVERY)
    slow_luma, other_slow_luma = _luma(slow), _luma(other_slow)
    colour, other_colour = slow - slow_luma[..., None], other_slow - other_slow_luma[..., None]
    some = cv2.resize(both.sound.astype(np.uint8), few, interpolation=cv2.INTER_NEAREST) > 0
    some = some if some.any() else np.ones(slow.shape[:2], dtype=np.bool_)
    return Appearance(
        tone=float(np.abs(slow_luma - other_slow_luma)[some].mean()),
        chroma=(_colourfulness(colour[some]), _colourfulness(other_colour[some])),
        hue=float(np.abs(colour - other_colour)[some].mean()),
        sharpness=_sharpness(both.luma, both.other_luma, both.sound),
        covered=covered_share(both),
    )


def _cells(shape: tuple[int, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return for every row and every column of samples the cell it belongs to."""
    rows, columns = (np.arange(length) * CELLS // length for length in shape)
    return rows, columns


def _grid(box: tuple[float, float, float, float], size: tuple[int, int]) -> Matrix:
    """Return the 3x3 matrix from (width, height) samples of a box to working pixels."""
    across, down = (box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1]
    return np.array([[across, 0, box[0] + across / 2], [0, down, box[1] + down / 2], [0, 0, 1]])


def _grey(picture: Comparable) -> Floats:
    return plane(picture).levels[0]


def _luma(colours: Floats) -> Floats:
    return np.asarray(cv2.transform(np.ascontiguousarray(colours), LUMA[None, :]), dtype=np.float32)


def _sampled(picture: Picture, matrix: Matrix, size: tuple[int, int]) -> tuple[Floats, NDArray[np.uint8]]:
    """Return samples of (h, w) or (h, w, 3) pixels under a 3x3 matrix from grid to working pixels, and where it is."""
    zoom = max(picture.shape[:2]) / LONG_SIDE
    full = np.diag([zoom, zoom, 1.0]) @ matrix
    step = step_of(full, (0.0, 0.0, float(size[0]), float(size[1])))
    if step > 1.0:
        smaller = (max(1, round(picture.shape[1] / step)), max(1, round(picture.shape[0] / step)))
        full = np.diag([smaller[0] / picture.shape[1], smaller[1] / picture.shape[0], 1.0]) @ full
        picture = np.asarray(cv2.resize(picture, smaller, interpolation=cv2.INTER_AREA))
    full = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1.0]]) @ full
    flags = cv2.WARP_INVERSE_MAP
    taken = cv2.warpPerspective(picture, full, size, flags=flags | cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpPerspective(np.ones(picture.shape[:2], np.uint8), full, size, flags=flags | cv2.INTER_NEAREST)
    return np.asarray(taken, dtype=np.float32), np.asarray(inside, dtype=np.uint8)


def _colourfulness(colour: Floats) -> float:
    return float(np.sqrt((colour**2).sum(axis=-1)).mean())


def _sharpness(luma: Floats, other: Floats, mask: NDArray[np.bool_]) -> float:
    """Return the median over cells of the first picture's share of fine detail over the second's; 1 where there is none."""
    weight = mask.astype(np.float32)
    count = per_cell(weight)
    shares, coarse_spread = [], []
    for picture in (luma, other):
        fine = picture - _softened(picture, 1.0)
        coarse = _softened(picture, 2.0) - _softened(picture, 6.0)
        fine_spread, spread = (np.sqrt(per_cell(weight * part * part) / np.maximum(count, 1)) for part in (fine, coarse))
        shares.append(fine_spread / (spread + 0.5))
        coarse_spread.append(spread)
    telling = (count > 0.5 * mask.size / (CELLS * CELLS)) & (np.minimum(*coarse_spread) > LEAST_COARSE)
    return float(np.median(shares[0][telling] / np.maximum(shares[1][telling], 1e-3))) if telling.any() else 1.0


def covered_share(both: Registered) -> float:
    """Return the share of the overlap where, tones matched, the pictures differ over more than a thin edge."""
    off = cv2.blur(np.where(both.mask, both.luma - both.expected, np.float32(0)), (7, 7))
    differs = (np.abs(off) > LAID_OVER).astype(np.uint8)
    solid = cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return float((solid > 0)[both.mask].mean())


def _tone_matched(luma: Floats, other: Floats, sound: NDArray[np.bool_]) -> Floats:
    """Return the reference's luma through the curve that takes its tones to the query's (medians of 32 levels)."""
    level, own = (other[sound] / 8).astype(np.intp).clip(0, 31), luma[sound].astype(np.intp).clip(0, 255)
    counts = np.cumsum(np.bincount(level * 256 + own, minlength=32 * 256).reshape(32, 256), axis=1)
    present = np.flatnonzero(counts[:, -1])
    medians = (counts[present] * 2 >= counts[present, -1:]).argmax(axis=1) + np.float32(0.5)
    # Straight lines between the middles of the levels: which line it is follows from the level, so that nothing is searched for.
    before = np.searchsorted(present, np.arange(-1, 32), side="right") - 1
    low, high = before.clip(0), np.minimum(before + 1, len(present) - 1)
    middles = present.astype(np.float32) * 8 + 4
    slope = ((medians[high] - medians[low]) / np.maximum(middles[high] - middles[low], 1)).astype(np.float32)
    slope[before < 0] = 0
    line = (other * np.float32(0.125) + np.float32(0.5)).astype(np.uint8)
    return np.asarray(slope[line] * (other - middles[low][line]) + medians[low][line], dtype=np.float32)


def _softened(picture: Floats, sigma: float) -> Floats:
    """Return a picture blurred by a Gaussian, cut off at three times its radius."""
    side = 2 * round(3 * sigma) + 1
    return np.asarray(cv2.GaussianBlur(picture, (side, side), sigma), dtype=np.float32)
