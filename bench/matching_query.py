"""One query against an archive of local features: time by size, and recall against looking at every point."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, held_against
from bench.matching_vocabulary import drawn_picture
from catalog.descriptors.local_points import LOCAL_POINTS
from catalog.descriptors.shrunk import Pixels
from catalog.matching.geometry import agreeing_model, alike, likeness
from catalog.matching.point_index import point_run, votes
from catalog.matching.points import LONG_SIDE, POINT_DTYPE, Points, unpacked_points

PICTURES = 60
SIZES = (1_000, 4_000)
SHORT_LIST = 10
SIDE = 480


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a drawn picture in the form that algorithms take."""

    pixels: Pixels

    def fitted(self, box: int) -> Pixels:
        """Return the picture, which is within any box that is asked for."""
        return np.repeat(self.pixels[:, :, None], 3, axis=2)

    def grey(self, box: int) -> Pixels:
        """Return the picture, which is within any box that is asked for."""
        return self.pixels


def packed(pixels: NDArray[np.uint8]) -> bytes:
    """Return the packed points of a grey picture."""
    return LOCAL_POINTS.describe(Drawn(pixels)).data


def filler(count: int, like: list[bytes]) -> list[bytes]:
    """Make points of `count` photos that resemble none: real ones with every bit flipped one time in four."""
    random = np.random.default_rng(5)
    made = []
    for number in range(count):
        points = np.frombuffer(like[number % len(like)], dtype=POINT_DTYPE).copy()
        noise = np.packbits(random.random((len(points), 256)) < 0.25, axis=1)
        points["code"] ^= noise
        made.append(points.tobytes())
    return made


def exhaustive(query: Points, references: list[Points]) -> int:
    """Return the reference with most points that agree on one transform: what an index may at best find."""
    models = [agreeing_model(query, reference, alike(likeness(query, reference))) for reference in references]
    return int(np.argmax([0 if model is None else model.places for model in models]))


def run(folder: Path) -> Iterator[Figure]:
    """Look crops up, shrunk to 200 pixels: how long by size, and how often the right photo is listed. Nothing is written."""
    random = np.random.default_rng(11)
    pictures = [drawn_picture(random) for _ in range(PICTURES)]
    held = [packed(picture) for picture in pictures]
    references = [unpacked_points(one, LONG_SIDE, LONG_SIDE) for one in held]
    crops = [np.asarray(cv2.resize(picture[60:360, 90:390], (200, 200), interpolation=cv2.INTER_AREA)) for picture in pictures]
    queries = [unpacked_points(packed(crop.astype(np.uint8)), LONG_SIDE, LONG_SIDE) for crop in crops]
    best = 100 * float(np.mean([exhaustive(query, references) == number for number, query in enumerate(queries)]))
    first = 0.0
    for size in SIZES:
        run = point_run(list(enumerate(held + filler(size - PICTURES, held))))
        begin = time.process_time()
        listed = [np.argsort(-votes([(0, run)], query, size), kind="stable")[:SHORT_LIST] for query in queries]
        spent = 1e3 * (time.process_time() - begin) / len(queries)
        hit = 100 * float(np.mean([number in found for number, found in enumerate(listed)]))
        first = first or spent
        yield held_against(f"look-up among {size} photos", "ms CPU", spent, f"among {SIZES[0]}", first)
        yield held_against(
            f"right photo in the first {SHORT_LIST} of {size}", "%", hit, f"every point of {PICTURES} looked at", best
        )
        yield Figure("index of local features", f"{run.nbytes / size:.0f} bytes a photo")
