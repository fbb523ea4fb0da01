"""Two photos in one frame called copies, and copies under something large that are not: real photos, framed and covered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from bench.figures import Figure, share_of
from bench.matching_bursts import opened
from bench.matching_look_alikes import made_comparable
from bench.quality_photos import unrelated_photos
from catalog.matching.verification import verify

SUITE = "quality"
Grey = NDArray[np.uint8]
Box = tuple[slice, slice]
PAIRS: Final = 40
SEED: Final = 7
SIZE: Final = (800, 1200)
# What is laid over a copy takes so much of it; the copy is so much smaller than the photo.
COVERED: Final = (0.15, 0.3)
SMALLER: Final = (0.6, 1.0)


def _filling(photo: Grey, height: int, width: int) -> Grey:
    """Return a photo cut and resized to a size."""
    factor = max(height / photo.shape[0], width / photo.shape[1])
    whole = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    top, left = (whole.shape[0] - height) // 2, (whole.shape[1] - width) // 2
    return np.asarray(cv2.resize(whole[max(0, top) :][:height, max(0, left) :][:, :width], (width, height)), dtype=np.uint8)


def _written(page: Grey, random: Generator, lines: int, left: int, right: int) -> None:
    """Write lines of letters between two columns of a page."""
    tone = 30 if page.mean() > 127 else 220
    for top in np.linspace(30, page.shape[0] - 12, lines).astype(int).tolist():
        letters = "".join(chr(number) for number in random.integers(97, 123, (right - left) // 12))
        cv2.putText(page, letters, (left, top), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (tone,), 1, cv2.LINE_AA)


def _window(photo: Grey, ground: Grey, random: Generator) -> Grey:
    """Show a photo in the window of a program, beside its lists."""
    page = np.full(SIZE, random.choice([40, 235]), np.uint8)
    _written(page, random, 28, 20, 330)
    _written(page[:90], random, 3, 20, 1180)
    factor = min(760 / photo.shape[1], 560 / photo.shape[0])
    shown = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    page[140 : 140 + shown.shape[0], 380 : 380 + shown.shape[1]] = shown
    return page


def _studio(photo: Grey, ground: Grey, random: Generator) -> Grey:
    """Show a photo on the wall of a photographed room."""
    page = _filling(ground, *SIZE)
    width = int(random.integers(520, 780))
    top, left = int(random.integers(20, SIZE[0] - width * 2 // 3 - 20)), int(random.integers(20, SIZE[1] - width - 20))
    page[top : top + width * 2 // 3, left : left + width] = _filling(photo, width * 2 // 3, width)
    return page


def _print(photo: Grey, ground: Grey, random: Generator) -> Grey:
    """Lay a turned print with a white rim on a photographed table."""
    page, paper = _filling(ground, *SIZE), np.full((500, 700), 240, np.uint8)
    paper[30:470, 30:670] = _filling(photo, 440, 640)
    turned = np.asarray(cv2.getRotationMatrix2D((350.0, 250.0), float(random.uniform(-15, 15)), 1.0), dtype=np.float64)
    turned[:, 2] += np.array([250.0, 150.0]) + random.uniform(-30, 30, 2)
    where = cv2.warpAffine(np.full(paper.shape, 255, np.uint8), turned, SIZE[::-1])
    return np.where(where > 127, cv2.warpAffine(paper, turned, SIZE[::-1], flags=cv2.INTER_AREA), page).astype(np.uint8)


def _sheet(photo: Grey, ground: Grey, random: Generator) -> Grey:
    """Put a photo on a sheet of four, three of which are pieces of another."""
    tiles = [_filling(photo, 396, 596), *(_filling(np.rot90(ground, turn), 396, 596) for turn in (0, 1, 2))]
    page = np.full(SIZE, 255, np.uint8)
    for place, tile in zip(random.permutation(4).tolist(), tiles, strict=True):
        page[place // 2 * 404 :][:396, place % 2 * 604 :][:, :596] = tile
    return page


def _disc(photo: Grey, other: Grey, random: Generator) -> Grey:
    """Lay a disc of one tone with two eyes over a photo."""
    covered = photo.copy()
    area = random.uniform(*COVERED) * photo.size
    radius = int(min(np.sqrt(area / np.pi), 0.48 * min(photo.shape)))
    y, x = (int(random.integers(radius, length - radius)) for length in photo.shape)
    tone = int(random.integers(0, 256))
    cv2.circle(covered, (x, y), radius, (tone,), -1, cv2.LINE_AA)
    for side in (-1, 1):
        cv2.circle(covered, (x + side * radius // 3, y - radius // 4), radius // 8, (255 - tone,), -1, cv2.LINE_AA)
    return covered


def _box(photo: Grey, random: Generator) -> Box:
    share, shape = random.uniform(*COVERED), random.uniform(0.7, 1.5)
    down, across = min(0.9, np.sqrt(share / shape)), min(0.9, np.sqrt(share * shape))
    height, width = int(down * photo.shape[0]), int(across * photo.shape[1])
    top, left = int(random.integers(0, photo.shape[0] - height)), int(random.integers(0, photo.shape[1] - width))
    return slice(top, top + height), slice(left, left + width)


def _bar(photo: Grey, other: Grey, random: Generator) -> Grey:
    """Lay a bar of one tone over a photo."""
    covered = photo.copy()
    covered[_box(photo, random)] = random.choice([0, 76, 150, 255])
    return covered


def _letters(photo: Grey, other: Grey, random: Generator) -> Grey:
    """Lay a block of text over a photo."""
    covered, box = photo.copy(), _box(photo, random)
    block = np.full_like(covered[box], random.choice([25, 240]))
    _written(block, random, max(2, block.shape[0] // 26), 8, max(30, block.shape[1] - 12))
    covered[box] = block
    return covered


def _squares(photo: Grey, other: Grey, random: Generator) -> Grey:
    """Make a part of a photo unreadable by large squares."""
    covered, box = photo.copy(), _box(photo, random)
    small = cv2.resize(covered[box], (10, 8), interpolation=cv2.INTER_AREA)
    covered[box] = cv2.resize(small, covered[box].shape[::-1], interpolation=cv2.INTER_NEAREST)
    return covered


def _pasted(photo: Grey, other: Grey, random: Generator) -> Grey:
    """Paste another photo into a photo."""
    covered, box = photo.copy(), _box(photo, random)
    covered[box] = _filling(other, *covered[box].shape)
    return covered


Making = Callable[[Grey, Grey, Generator], Grey]
FRAMES: Final[dict[str, Making]] = {"window": _window, "room": _studio, "turned print": _print, "sheet of four": _sheet}
LAID_OVER: Final[dict[str, Making]] = {
    "disc": _disc, "bar": _bar, "text": _letters, "squares": _squares, "another photo": _pasted,
}  # fmt: skip


def run(folder: Path, count: int = PAIRS, seed: int = SEED) -> Iterator[Figure]:
    """Verify so many pairs of every kind, made from the samples or from the photos of `BENCH_PHOTOS`."""
    paths = unrelated_photos(os.environ.get("BENCH_PHOTOS"))
    random = default_rng(seed)

    def chosen(number: int) -> list[Grey]:
        return [opened(paths[int(place)]) for place in random.choice(len(paths), number, replace=False)]

    for name, framed in FRAMES.items():
        pairs = []
        for drawn in range(count):
            one, other, ground = chosen(3)
            same = [seed, drawn]
            pairs.append((framed(one, ground, default_rng(same)), framed(other, ground, default_rng(same))))
        yield share_of(f"two photos called copies, in one frame: {name}", _accepted(pairs, random), count, "at most")
    for name, covered in LAID_OVER.items():
        copies = [(covered(photo, other, random), photo) for photo, other in (chosen(2) for _ in range(count))]
        yield share_of(f"copies called copies, laid over: {name}", _accepted(copies, random), count)


def _accepted(pairs: Sequence[tuple[Grey, Grey]], random: Generator) -> int:
    """Count the pairs that are accepted as copies, the second of each a little smaller; that they share a part may be true."""
    accepted = 0
    for one, other in pairs:
        factor = float(random.uniform(*SMALLER))
        smaller = np.asarray(cv2.resize(other, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        best = verify(made_comparable(one), made_comparable(smaller))[0]
        accepted += best.is_match and best.relation == "copy"
    return accepted
