"""Unrelated photos accepted as copies because both carry one see-through mark, and marked copies that are found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, share_of
from bench.matching_bursts import opened
from bench.matching_look_alikes import made_comparable
from bench.quality_photos import unrelated_photos
from catalog.matching.verification import verify

SUITE = "quality"
Grey = NDArray[np.uint8]
PHOTOS: Final = 20
SIZE: Final = (450, 600)
FONT: Final = cv2.FONT_HERSHEY_SIMPLEX
# The copy of a marked photo: a piece of it, resized.
PIECE: Final = (slice(30, 420), slice(60, 600))
SMALLER: Final = (405, 292)


def _tiles(page: Grey) -> None:
    """Write an address all over a page, in rows that are shifted."""
    for row, top in enumerate(range(30, SIZE[0], 56)):
        for left in range(-200 + row % 3 * 70, SIZE[1], 215):
            cv2.putText(page, "(c) photos.example", (left, top), FONT, 0.7, (90,), 2, cv2.LINE_AA)


def _lattice(page: Grey) -> None:
    """Cross a page with lines both ways, a name in the middle."""
    for left in range(-SIZE[0], SIZE[1], 90):
        cv2.line(page, (left, 0), (left + SIZE[0], SIZE[0]), (70,), 3, cv2.LINE_AA)
        cv2.line(page, (left, SIZE[0]), (left + SIZE[0], 0), (70,), 3, cv2.LINE_AA)
    cv2.putText(page, "stock", (180, 250), FONT, 3.0, (150,), 6, cv2.LINE_AA)


def _words(page: Grey) -> None:
    """Write large words over a page."""
    for row, top in enumerate(range(60, SIZE[0], 90)):
        cv2.putText(page, "ARCHIVE ARCHIVE", (row % 2 * 60 - 40, top), FONT, 1.6, (60,), 4, cv2.LINE_AA)


MARKS: Final[dict[str, Callable[[Grey], None]]] = {"an address": _tiles, "a lattice": _lattice, "large words": _words}


def run(folder: Path, count: int = PHOTOS) -> Iterator[Figure]:
    """Mark so many photos of the samples, or of the folder `BENCH_PHOTOS`, those with the least detail, and verify every two."""
    photos = _quietest(unrelated_photos(os.environ.get("BENCH_PHOTOS")), count)
    for name, drawn in MARKS.items():
        mark = np.zeros(SIZE, np.uint8)
        drawn(mark)
        marked = [(photo + (255.0 - photo) * (mark / 255.0)).astype(np.uint8) for photo in photos]
        pictures = [made_comparable(one) for one in marked]
        wrong = [verify(one, other)[0].is_match for one, other in permutations(pictures, 2)]
        yield share_of(f"unrelated photos accepted, both with {name}", sum(wrong), len(wrong), "at most")
        copies = [made_comparable(np.asarray(cv2.resize(one[PIECE], SMALLER), dtype=np.uint8)) for one in marked]
        right = [verify(copy, picture)[0].is_match for copy, picture in zip(copies, pictures, strict=True)]
        yield share_of(f"copies accepted, both with {name}", sum(right), len(right))


def _quietest(paths: Sequence[Path], count: int) -> list[Grey]:
    """Return the photos with the least detail, filled into one size: there a mark is most of what can be compared."""
    step = max(1, len(paths) // (5 * count))
    photos = [cv2.resize(opened(path), SIZE[::-1], interpolation=cv2.INTER_AREA) for path in paths[::step]]
    detail = [float(np.abs(cv2.Laplacian(cv2.GaussianBlur(one, (0, 0), 2), cv2.CV_32F)).mean()) for one in photos]
    return [np.asarray(photos[place], dtype=np.uint8) for place in np.argsort(detail, kind="stable")[:count].tolist()]
