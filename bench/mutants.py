"""What becomes of pictures with flipped bits, cut ends and exchanged pieces: a named outcome each, within time and memory."""

from __future__ import annotations

import io
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from bench.figures import Figure, held_against
from bench.hostile_files import MAX_MIB, MAX_SECONDS, peak_mib
from bench.photo_sets import sample_photos
from catalog.compute.interface import Request
from catalog.compute.local import LocalExecutor
from catalog.errors import ComputeError
from catalog.workflow.describe_photo import believed, describing

MUTANTS, SEEDS, SEED = 5_000, 100, 20261122
SUITE = "reliability"
FORMATS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("JPEG", {"quality": 85}),
    ("PNG", {}),
    ("WEBP", {"quality": 80}),
    ("GIF", {}),
    ("TIFF", {}),
    ("BMP", {}),
)
_SIDE = 240
_UNNAMED = {"worker_error", "worker_died"}


def run(folder: Path, mutants: int = MUTANTS) -> Iterator[Figure]:
    """Give so many mutants to two workers and count what they reply; then a sound picture must still be described."""
    paths = list(write_mutants(folder / "mutants", mutants))
    sound = folder / "sound.jpg"
    sound.write_bytes(seeds()[0])
    outcomes: Counter[str] = Counter()
    peak = slowest = 0.0
    with LocalExecutor(2, MAX_SECONDS) as executor:
        started = time.monotonic()
        for path, reply in executor.map(_requests(paths)):
            # With two workers the time between two outcomes is no more than the slower one took.
            slowest, started = max(slowest, time.monotonic() - started), time.monotonic()
            peak = max(peak, *map(peak_mib, executor.process_ids()), 0.0)
            try:
                outcomes["described" if not isinstance(reply, ComputeError) and believed(reply) else _code(reply)] += 1
            except ComputeError as error:
                outcomes[error.code] += 1
            path.unlink()
        is_alive = bool(believed(executor.run(describing(sound, sound.name))).descriptors)
    yield Figure("mutants", str(len(paths)), ", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    yield held_against("outcomes without a name of their own", "", sum(outcomes[one] for one in _UNNAMED), "must be", 0)
    yield held_against("replies that had to be refused", "", outcomes["worker_reply_refused"], "must be", 0)
    yield held_against("longest wait for an outcome", "s", slowest, "at most", MAX_SECONDS)
    yield held_against("largest peak of a worker's memory", "MiB", peak, "at most", MAX_MIB)
    yield held_against("sound pictures not described afterwards", "", int(not is_alive), "must be", 0)


def seeds(count: int = SEEDS) -> list[bytes]:
    """Return small valid pictures in every format that is read, with what metadata the samples carry."""
    sources, made = sample_photos(), []
    for number in range(count):
        name, options = FORMATS[number % len(FORMATS)]
        with Image.open(sources[number % len(sources)]) as opened:
            picture = opened.convert("RGB")
            picture.thumbnail((_SIDE, _SIDE))
            kept = {"exif": opened.getexif()} if name in {"JPEG", "WEBP", "TIFF", "PNG"} else {}
            buffer = io.BytesIO()
            picture.save(buffer, name, **options, **kept)
        made.append(buffer.getvalue())
    return made


def write_mutants(folder: Path, count: int) -> Iterator[Path]:
    """Write so many mutants of the seeds and yield their paths."""
    folder.mkdir(parents=True)
    chance, originals = random.Random(SEED), seeds()
    for number in range(count):
        seed = originals[number % len(originals)]
        path = folder / f"{number:05d}.jpg"
        path.write_bytes(mutated(seed, originals, chance))
        yield path


def mutated(seed: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Flip some bits, cut the end off, exchange two pieces, or put a piece of another picture into one."""
    content = bytearray(seed)
    kind = chance.choice(("flip", "flip", "head", "cut", "swap", "graft"))
    if kind in {"flip", "head"}:
        end = min(len(content), 300) if kind == "head" else len(content)
        for _ in range(chance.choice((1, 2, 8, 64))):
            content[chance.randrange(end)] ^= 1 << chance.randrange(8)
        return bytes(content)
    if kind == "cut":
        return bytes(content[: chance.randrange(len(content))])
    length = chance.randint(1, len(content) // 4)
    first, second = sorted(chance.sample(range(len(content) - length), 2))
    if kind == "graft":
        other = chance.choice(others)
        content[first : first + length] = other[second : second + length]
    elif second - first >= length:
        content[first : first + length], content[second : second + length] = (
            content[second : second + length],
            content[first : first + length],
        )
    return bytes(content)


def _requests(paths: list[Path]) -> Iterator[tuple[Path, Request]]:
    for path in paths:
        yield path, describing(path, path.name)


def _code(reply: object) -> str:
    return reply.code if isinstance(reply, ComputeError) else "described"
