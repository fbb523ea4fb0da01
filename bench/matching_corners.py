"""Corners of verified copies: real photos under known transforms, and how far from their place the verdict puts the corners."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, held_against
from bench.matching_bursts import opened
from bench.matching_look_alikes import made_comparable
from bench.quality_photos import unrelated_photos
from catalog.matching.verification import verify

SUITE = "quality"
Saved = NDArray[np.uint8]
Matrix = NDArray[np.float64]
COPIES: Final = 300
SEED: Final = 31
# Share of the photo's width and height that a copy shows, its turn in radians, how far its corners are pulled as a share of its
# sides, and its longer side in pixels.
SHOWN: Final = (0.4, 0.95)
TURN: Final = (-0.4, 0.4)
PULLED: Final = 0.04
SIDE: Final = (300, 1000)
# JPEG quality, and how much lighter or darker it is.
QUALITY: Final = (30, 90)
LIGHT: Final = (0.7, 1.25)
NEAR_ENOUGH: Final = 0.02
LEAST_PERCENT: Final = 95.0


def changed(photo: Saved, random: np.random.Generator) -> tuple[Saved, Matrix]:
    """Cut a turned, mirrored, pulled and resized region out of an (h, w) grey photo and save it badly.

    Returns it with the 3x3 matrix from its pixels to the photo's.
    """
    size = np.array(photo.shape[::-1], dtype=np.float64)
    half = size * random.uniform(*SHOWN) / 2
    turn = random.uniform(*TURN) + random.integers(0, 4) * np.pi / 2
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=np.float64)
    if random.random() < 0.3:
        square[:, 0] *= -1
    pulled = square * half * (1 + random.uniform(-PULLED, PULLED, (4, 2)) * (random.random() < 0.5))
    turned = pulled @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    # A region that reaches beyond the photo is made smaller.
    turned /= max(1.0, float((np.abs(turned) / (size / 2)).max()))
    place = size / 2 + random.uniform(-1, 1, 2) * (size / 2 - np.abs(turned).max(axis=0))
    grown = random.uniform(*SIDE) / (2 * half.max())
    width, height = (max(32, round(2 * side * grown)) for side in half)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(corners, (place + turned).astype(np.float32)), dtype=np.float64)
    step = float(np.sqrt(cv2.contourArea((place + turned).astype(np.float32)) / (width * height)))
    soft = cv2.GaussianBlur(photo, (0, 0), step / 2) if step > 1 else photo
    # Corners are corners of pixels, whose centres lie half a pixel inside.
    inwards, outwards = (np.array([[1, 0, by], [0, 1, by], [0, 0, 1.0]]) for by in (-0.5, 0.5))
    taken = cv2.warpPerspective(soft, inwards @ matrix @ outwards, (width, height), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP)
    lit = np.clip(taken.astype(np.float32) * random.uniform(*LIGHT), 0, 255).astype(np.uint8)
    _, coded = cv2.imencode(".jpg", lit, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(*QUALITY))])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), dtype=np.uint8), matrix


def corner_error(found: tuple[float, ...], right: Matrix, copy: Saved, photo: Saved) -> float:
    """Return how far the farthest corner of a copy lands from where it should, as a share of the photo's diagonal."""
    height, width = copy.shape
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], dtype=np.float64)
    one, other = corners @ np.array(found).reshape(3, 3).T, corners @ right.T
    return float(np.hypot(*(one[:, :2] / one[:, 2:] - other[:, :2] / other[:, 2:]).T).max() / np.hypot(*photo.shape))


def run(folder: Path, count: int = COPIES, seed: int = SEED) -> Iterator[Figure]:
    """Verify so many copies against their photos, which are the samples or those of `BENCH_PHOTOS`."""
    paths = unrelated_photos(os.environ.get("BENCH_PHOTOS"))
    random = np.random.default_rng(seed)
    errors = []
    for _ in range(count):
        photo = opened(paths[int(random.integers(len(paths)))])
        copy, matrix = changed(photo, random)
        best = verify(made_comparable(copy), made_comparable(photo))[0]
        if best.is_match and best.transform is not None:
            errors.append(corner_error(best.transform, matrix, copy, photo))
    yield Figure("copies of known transform accepted", f"{100 * len(errors) / count:.1f} % of {count}")
    if errors:
        near = 100 * float(np.mean([error <= NEAR_ENOUGH for error in errors]))
        yield held_against("of these, corners within 2 % of the diagonal", "%", near, "at least", LEAST_PERCENT)
        middle, most = 100 * np.quantile(errors, [0.5, 0.95])
        yield Figure("corner error, median and 95 of 100", f"{middle:.2f} and {most:.2f} % of the diagonal")
