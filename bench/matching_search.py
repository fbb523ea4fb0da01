"""A whole search of one query, describing kept apart: look-up among 4,000 pictures and verification of what it lists."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import cycle
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from bench.figures import Figure, held_against
from bench.matching_ladder import comparable_of
from bench.picture_changes import CHANGES, NamedChange, changed
from bench.quality_photos import unrelated_photos
from catalog.matching import prepared
from catalog.matching.index import ReferenceIndex
from catalog.matching.segment import segment_of
from catalog.matching.verification import verify
from catalog.records.comparable import Comparable

SUITE = "quality"
SIZES = (1_000, 4_000)
ASKED = 20
# Every so many of the changes is asked for, one or two of each family; none that shows another photo, as crops of that are held.
EVERY = 4
ASKED_FOR = [change for change in CHANGES if change.family != "part of another"][::EVERY]
# Sides of a crop that stands in for another photo, as shares of the photo's.
SIDES = (0.45, 0.8)
SEED = 23


def stand_ins(paths: Sequence[Path], count: int) -> Iterator[bytes]:
    """Yield so many crops of photos as JPEG, each with other proportions and at another place."""
    random = np.random.default_rng(SEED)
    for path, _ in zip(cycle(paths), range(count), strict=False):
        with Image.open(path) as picture:
            width, height = (max(8, round(side * random.uniform(*SIDES))) for side in picture.size)
            left, top = random.integers(0, picture.width - width + 1), random.integers(0, picture.height - height + 1)
            made = BytesIO()
            picture.convert("RGB").crop((int(left), int(top), int(left) + width, int(top) + height)).save(
                made, "JPEG", quality=85
            )
        yield made.getvalue()


def run(
    folder: Path, sizes: Sequence[int] = SIZES, asked: int = ASKED, changes: Sequence[NamedChange] = ASKED_FOR
) -> Iterator[Figure]:
    """Search for changed copies of some photos among them, the others and crops of the others. Nothing is written.

    `BENCH_PHOTOS` names a folder of other photos: the more there are, the more different the pictures.
    """
    # As in a worker: what several threads of one query wait for each other counts as time of a processor.
    cv2.setNumThreads(1)
    paths = unrelated_photos(os.environ.get("BENCH_PHOTOS"))
    held = [comparable_of(path.read_bytes()) for path in paths]
    held += [comparable_of(crop) for crop in stand_ins(paths[asked:], max(sizes) - len(paths))]
    made = [(number, _made(change, paths, number)) for number in range(asked) for change in changes]
    begin = time.process_time()
    queries = [(number, comparable_of(content)) for number, content in made]
    described = 1e3 * (time.process_time() - begin) / len(queries)
    for size in sizes:
        yield from _searched(held[:size], queries, described)


def _made(change: NamedChange, paths: Sequence[Path], number: int) -> bytes:
    with Image.open(paths[number]) as picture, Image.open(paths[-1 - number]) as other:
        return changed(change, picture.convert("RGB"), other.convert("RGB"))


def _searched(held: Sequence[Comparable], queries: Sequence[tuple[int, Comparable]], described: float) -> Iterator[Figure]:
    index, by_name = ReferenceIndex([segment_of(list(enumerate(held)))]), {one.sha256: one for one in held}
    looking = verifying = 0.0
    listed = right = 0
    for number, query in queries:
        # As a worker meets a query that has nothing to do with the last one.
        for kept in (prepared.points_of, prepared.mirrored_points_of, prepared.colours_of, prepared.plane):
            kept.cache_clear()
        begin = time.process_time()
        candidates = index.candidates(query)
        found = time.process_time()
        verdicts = [one for candidate in candidates for one in verify(query, by_name[candidate.reference])]
        looking, verifying = looking + found - begin, verifying + time.process_time() - found
        listed += len(candidates)
        best = max((one for one in verdicts if one.state != "refused"), key=lambda one: one.score, default=None)
        right += best is not None and best.reference == held[number].sha256
    count = len(queries)
    looking, verifying = 1e3 * looking / count, 1e3 * verifying / count
    yield held_against(
        f"search of a query among {len(held)}", "ms CPU", looking + verifying, "reading and describing it", described
    )
    yield Figure(
        "of that, look-up and verification", f"{looking:.1f} and {verifying:.1f} ms CPU, {listed / count:.2f} candidates"
    )
    yield Figure("right photo first", f"{100 * right / count:.1f} % of {count}")
