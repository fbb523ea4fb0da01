"""What drawing one chain costs as it grows to 200 photos, in CPU seconds; nothing is imported."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from bench.figures import Figure, held_against
from bench.photo_sets import sample_photos
from bench.provenance_graphs import Preview
from catalog.imaging import encode_preview, reduce_picture
from catalog.provenance.chains import trace_chain
from catalog.provenance.traces import read_traces
from catalog.records.match import Overlap, Verification
from catalog.records.traces import StatedFacts, TracedPhoto

SIZES = (12, 25, 50, 100, 200)
QUALITIES = (55, 95)
Map = NDArray[np.float64]


def copies(original: Image.Image, count: int, random: np.random.Generator) -> list[tuple[bytes, Map]]:
    """Make a photo and copies of copies of it: each file with the map from the first photo's pixels to its own."""
    made = [(_saved(original, 93), np.eye(3))]
    while len(made) < count:
        data, mapping = made[int(random.integers(max(0, len(made) - 40), len(made)))]
        with Image.open(BytesIO(data)) as opened:
            parent = opened.convert("RGB")
        child, step = _changed(parent, random)
        saved = _saved(child, int(random.integers(*QUALITIES)))
        if all(saved != known for known, _ in made):
            made.append((saved, step @ mapping))
    return made


def _changed(parent: Image.Image, random: np.random.Generator) -> tuple[Image.Image, Map]:
    kind = int(random.integers(0, 4))
    width, height = parent.size
    if kind == 0 and min(parent.size) > 200:
        left, top = int(random.integers(1, width // 8)), int(random.integers(1, height // 8))
        return parent.crop((left, top, width - left // 2, height - top // 2)), np.array(
            [[1, 0, -left], [0, 1, -top], [0, 0, 1.0]]
        )
    if kind == 1 and min(parent.size) > 260:
        size = (width * 3 // 4, height * 3 // 4)
        across, down = size[0] / width, size[1] / height
        step = np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1.0]])
        return parent.resize(size, Image.Resampling.LANCZOS), step
    if kind == 2:
        return ImageOps.autocontrast(parent, cutoff=float(random.uniform(0.2, 2))), np.eye(3)
    return parent, np.eye(3)


def _saved(picture: Image.Image, quality: int) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


def chain_of(made: list[tuple[bytes, Map]]) -> tuple[list[TracedPhoto], list[Verification]]:
    """Describe files as an import does, and accept every pair with the map that is known."""
    photos = []
    for order, (data, _) in enumerate(made):
        picture = reduce_picture(data)
        preview = encode_preview(picture)
        photos.append(
            TracedPhoto(
                hashlib.sha256(data).hexdigest(), order, picture.width, picture.height, len(data), picture.media_type,
                read_traces(data, picture), StatedFacts(), (), Preview(preview),
            )
        )  # fmt: skip
    pairs = []
    for one, other in combinations(range(len(made)), 2):
        mapping = made[other][1] @ np.linalg.inv(made[one][1])
        shared = min(1.0, abs(float(np.linalg.det(mapping[:2, :2]))))
        pairs.append(
            Verification(
                photos[one].sha256, photos[other].sha256, "copy", "accepted", 0.9, (), tuple(float(n) for n in mapping.ravel()),
                Overlap(shared, shared), None, "local", 1, 0.3, 0.6,
            )
        )  # fmt: skip
    return photos, pairs


def run(folder: Path, sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    """Draw chains of growing size; the exponent is that of the greatest size against the first above twelve."""
    del folder
    random = np.random.default_rng(20261122)
    with Image.open(sample_photos()[0]) as opened:
        made = copies(opened.convert("RGB"), max(sizes), random)
    seconds: dict[int, float] = {}
    for size in sizes:
        photos, pairs = chain_of(made[:size])
        started = time.process_time()
        (chain,) = trace_chain(photos, pairs)
        seconds[size] = time.process_time() - started
        if len(chain.photos) != size:
            raise ValueError(f"a chain of {size} photos came out with {len(chain.photos)}")
        yield held_against(f"{size} photos", "s a photo", seconds[size] / size, "at the first size", seconds[sizes[0]] / sizes[0])
    last, first = sizes[-1], sizes[1]
    grown = math.log(seconds[last] / seconds[first]) / math.log(last / first)
    yield Figure(f"exponent of growth, {first} to {last} photos", f"{grown:.2f}", "promised 1.20", grown / 1.2)
