"""What each rung of the ladder costs and adds on changed samples, and how far PDQ of the reduced picture is from the whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from bench.figures import Figure, held_against
from bench.picture_changes import CHANGES, NamedChange, changed
from bench.quality_photos import unrelated_photos
from catalog.compute.interface import Work
from catalog.descriptors.pdq import pdq_codes
from catalog.descriptors.registry import ALGORITHMS
from catalog.descriptors.shrunk import Shrunk
from catalog.imaging import ReducedPicture, reduce_picture
from catalog.matching.codes import as_words, distances
from catalog.matching.index import RADII, ReferenceIndex
from catalog.matching.segment import segment_of
from catalog.records.comparable import Comparable
from catalog.records.descriptor import Descriptor
from catalog.workflow.describe_photo import believed, describe
from catalog.workflow.match_query import comparable

SUITE = "quality"
ORIGINALS = 12
CODES = {"phash": ("phash",), "dhash": ("dhash",), "pdq": ("pdq",), "pdq_turns": ("pdq_turns",), "pdq_trimmed": ("pdq_trimmed",)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold one query: a changed picture, the place of its original among the references, and which change it was."""

    picture: Comparable
    original: int
    change: NamedChange


def run(folder: Path, originals: int = ORIGINALS, most: int | None = None) -> Iterator[Figure]:
    """Climb the ladder with changed samples; `BENCH_PHOTOS` names a folder of more photos. Nothing is written."""
    paths = unrelated_photos(os.environ.get("BENCH_PHOTOS"))[:most]
    held = [comparable_of(path.read_bytes()) for path in paths]
    asked = [
        Asked(comparable_of(_made(change, paths, number)), number, change) for number in range(originals) for change in CHANGES
    ]
    yield from _costs(paths[: max(4, originals)])
    found = {one: _found_by_codes(one, held, asked) for one in CODES}
    found["local_points"] = _found_by_points(held, asked)
    so_far = np.zeros(len(asked), dtype=np.bool_)
    for rung, hits in found.items():
        before = 100 * so_far.mean()
        so_far |= hits
        yield held_against(
            f"{rung}: finds {100 * hits.mean():.1f} % of {len(asked)}, with those before",
            "%",
            100 * so_far.mean(),
            "before",
            before,
        )
    yield from _distances(paths)


def comparable_of(content: bytes) -> Comparable:
    """Describe a file as a worker does, and return what it is compared by."""
    return comparable(believed(describe(Work({}, (), BytesIO(content)))))


def _made(change: NamedChange, paths: Sequence[Path], number: int) -> bytes:
    with Image.open(paths[number]) as picture, Image.open(paths[-1 - number]) as other:
        return changed(change, picture.convert("RGB"), other.convert("RGB"))


def _costs(paths: Sequence[Path]) -> Iterator[Figure]:
    # A process of its own with one thread, as a worker is: threads that wait for one another would count too.
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "bench.matching_ladder", *map(str, paths)]
    done = subprocess.run(command, env=one_thread, capture_output=True, text=True, check=True)
    for kind, spent, size in json.loads(done.stdout):
        yield Figure(kind, f"{spent:.2f} ms CPU, {size:.0f} bytes a photo")


def measured_costs(paths: Sequence[Path]) -> list[tuple[str, float, float]]:
    """Return for every algorithm its name and version, the milliseconds of CPU and the bytes that it takes a photo."""
    pictures = [reduce_picture(path.read_bytes()) for path in paths]
    costs = []
    for algorithm in ALGORITHMS:
        algorithm.describe(_warm(pictures[0]))
        shrunk = [_warm(picture) for picture in pictures]
        begin = time.process_time()
        made = [algorithm.describe(picture) for picture in shrunk]
        spent = 1e3 * (time.process_time() - begin) / len(made)
        costs.append((f"{algorithm.name} {algorithm.version}", spent, float(np.mean([len(one.data) for one in made]))))
    return costs


def _warm(picture: ReducedPicture) -> Shrunk:
    """Return a picture whose smaller forms are made already: all algorithms share them."""
    shrunk = Shrunk(picture)
    for box in (512, 640):
        shrunk.fitted(box)
        shrunk.grey(box)
    return shrunk


def _found_by_codes(rung: str, held: Sequence[Comparable], asked: Sequence[Asked]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell of each query whether its original is within the radius of this rung alone."""
    return np.array([_is_near(rung, one.picture, held[one.original]) for one in asked])


def _is_near(rung: str, query: Comparable, reference: Comparable) -> bool:
    name = "pdq" if rung.startswith("pdq") else rung
    length = 8 if name != "pdq" else 32
    own, other = _code(query, rung), _code(reference, name)
    inside = _code(reference, "pdq_trimmed")[:length] if rung == "pdq_trimmed" else b""
    against = [code for code in (other[:length], inside) if code]
    codes = [own[start : start + length] for start in range(0, len(own), length)]
    if rung == "pdq_trimmed":
        turns = _code(query, "pdq_turns")
        codes += [turns[start : start + length] for start in range(0, len(turns), length)] if inside else []
    return any(
        int(distances(as_words(codes, length * 8), as_words([code], length * 8)[0]).min()) <= RADII[name]
        for code in against
        if codes
    )


def _code(picture: Comparable, name: str) -> bytes:
    found: Descriptor | None = picture.descriptor(name)
    data = b"" if found is None else found.data
    return data[8:] if name == "pdq_trimmed" else data


def _found_by_points(held: Sequence[Comparable], asked: Sequence[Asked]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell of each query whether the short list holds its original when local features are asked alone."""
    index = ReferenceIndex([segment_of(list(enumerate(_only_points(one) for one in held)))])
    lists = [{found.reference for found in index.candidates(_only_points(one.picture))} for one in asked]
    return np.array([held[one.original].sha256 in found for one, found in zip(asked, lists, strict=True)])


def _only_points(picture: Comparable) -> Comparable:
    kept = tuple(one for one in picture.descriptors if one.algorithm == "local_points")
    return Comparable(picture.sha256, None, picture.size_bytes, picture.width, picture.height, picture.is_plain, kept, b"")


def _distances(paths: Sequence[Path]) -> Iterator[Figure]:
    off = []
    for path in paths:
        with Image.open(BytesIO(path.read_bytes())) as opened:
            whole = pdq_codes(np.asarray(opened.convert("L")))[0]
        reduced = pdq_codes(reduce_picture(path.read_bytes()).grey(512))[0]
        off.append((int.from_bytes(whole, "big") ^ int.from_bytes(reduced, "big")).bit_count())
    low, middle, high = (int(np.percentile(off, share)) for share in (0, 50, 100))
    yield Figure(
        f"PDQ of the reduced picture against the whole, {len(off)} photos", f"{low} to {high} bits of 256, median {middle}"
    )


if __name__ == "__main__":
    print(json.dumps(measured_costs([Path(name) for name in sys.argv[1:]])))
