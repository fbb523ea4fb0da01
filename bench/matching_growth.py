"""One query among ever more photos: time and recall of the look-up up to 100,000; crops of real photos stand in for others."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, held_against
from bench.matching_bursts import opened
from bench.matching_query import SHORT_LIST, packed
from bench.quality_photos import unrelated_photos
from catalog.matching.point_index import PointRun, point_run, votes
from catalog.matching.points import FULL, LONG_SIDE, POINT_DTYPE, Points, unpacked_points

SUITE = "quality"
SIZES = (1_000, 4_000, 16_000, 100_000)
# So many photos of the samples are asked for; crops of the others fill the index.
ASKED = 20
# Photos of one run: an index of this size has some of them.
RUN = 25_000
# Sides of a crop, as shares; and of each bit how likely it is to be another, as after another exposure.
SIDES = (0.4, 0.9)
SEED = 17


def stand_ins(photos: Sequence[bytes], random: np.random.Generator) -> Iterator[bytes]:
    """Yield packed points of crops of photos without end, an eighth of the bits of every code flipped."""
    for number in count():
        points = np.frombuffer(photos[number % len(photos)], dtype=POINT_DTYPE)
        side = random.uniform(*SIDES, 2) * FULL
        low = random.uniform(0, FULL - side)
        is_inside = (
            (points["x"] >= low[0])
            & (points["x"] < low[0] + side[0])
            & (points["y"] >= low[1])
            & (points["y"] < low[1] + side[1])
        )
        taken = points[is_inside].copy()
        flipped = random.integers(0, 256, (3, len(taken), taken["code"].shape[1]), dtype=np.uint8)
        taken["code"] ^= flipped[0] & flipped[1] & flipped[2]
        yield taken.tobytes()


def changed(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the middle 60 % of each side of a photo, shrunk by half and saved badly."""
    height, width = photo.shape
    middle = photo[height // 5 : height * 4 // 5, width // 5 : width * 4 // 5]
    small = cv2.resize(middle, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    _, saved = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 40])
    return np.asarray(cv2.imdecode(saved, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def run(folder: Path, sizes: Sequence[int] = SIZES, asked: int = ASKED) -> Iterator[Figure]:
    """Look changed copies up, as they are and mirrored, as the index does. `BENCH_PHOTOS` names a folder of other photos."""
    random = np.random.default_rng(SEED)
    paths = unrelated_photos(os.environ.get("BENCH_PHOTOS"))
    pictures = [opened(path) for path in paths[:asked]]
    held = [packed(picture) for picture in pictures]
    queries = [_points(changed(picture)) for picture in pictures]
    others = stand_ins([packed(opened(path)) for path in paths[asked:]], random)
    runs: list[tuple[int, PointRun]] = [(0, point_run(list(enumerate(held))))]
    size, first = len(held), 0.0
    for wanted in sizes:
        while size < wanted:
            some = list(islice(others, min(RUN, wanted - size)))
            runs.append((size, point_run(list(enumerate(some)))))
            size += len(some)
        begin = time.process_time()
        listed = [_listed(runs, query, size) for query in queries]
        spent = 1e3 * (time.process_time() - begin) / len(queries)
        first = first or spent
        hit = 100 * float(np.mean([number in found for number, found in enumerate(listed)]))
        yield held_against(f"look-up among {size} photos", "ms CPU", spent, f"among {sizes[0]}", first)
        yield Figure(f"right photo in the first {SHORT_LIST}", f"{hit:.0f} % of {len(queries)}")
    yield Figure("index of local features", f"{sum(run.nbytes for _, run in runs) / size:.0f} bytes a photo")


def _points(picture: NDArray[np.uint8]) -> Points:
    height, width = picture.shape
    scale = LONG_SIDE / max(height, width)
    return unpacked_points(packed(picture), width * scale, height * scale)


def _listed(runs: Sequence[tuple[int, PointRun]], query: Points, size: int) -> list[int]:
    found = np.maximum(votes(runs, query, size), votes(runs, query.mirrored(), size))
    return [int(number) for number in np.argsort(-found, kind="stable")[:SHORT_LIST]]
