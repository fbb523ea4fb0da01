"""All pairs within a radius: multi-index hashing against looking at every pair, as a ratio of processor time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, held_against
from catalog.matching.codes import distances
from catalog.matching.multi_index import all_pairs

PLANTED_SHARE = 0.05
CASES = ((64, 10, 3_000), (64, 10, 10_000), (256, 31, 3_000), (256, 31, 10_000))


def planted_codes(bits: int, count: int) -> NDArray[np.uint64]:
    """Make random codes of which one in twenty is another one with up to six bits flipped."""
    random = np.random.default_rng(7)
    codes = random.integers(0, 2**64, (count, bits // 64), dtype=np.uint64)
    copies = int(count * PLANTED_SHARE)
    codes[:copies] = codes[copies : 2 * copies]
    for _ in range(6):
        flipped = np.uint64(1) << random.integers(0, 64, copies, dtype=np.uint64)
        codes[np.arange(copies), random.integers(0, bits // 64, copies)] ^= flipped
    return codes


def every_pair(codes: NDArray[np.uint64], radius: int) -> int:
    """Count the pairs within the radius by looking at each: the floor that an index has to beat."""
    return sum(int(np.count_nonzero(distances(codes[row + 1 :], codes[row]) <= radius)) for row in range(len(codes) - 1))


def run(folder: Path) -> Iterator[Figure]:
    """Compare both for every case; a figure says so if they do not find the same number of pairs. Nothing is written."""
    for bits, radius, count in CASES:
        codes = planted_codes(bits, count)
        begin = time.process_time()
        found = len(all_pairs(codes, radius)[0])
        index = 1e3 * (time.process_time() - begin)
        begin = time.process_time()
        expected = every_pair(codes, radius)
        brute = 1e3 * (time.process_time() - begin)
        what = f"{count} codes of {bits} bits, radius {radius}, {found} pairs"
        yield held_against(
            what if found == expected else f"WRONG, {expected} pairs there: {what}", "ms CPU", index, "every pair", brute
        )
