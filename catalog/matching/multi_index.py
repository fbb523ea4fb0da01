"""All codes within a radius, exactly: multi-index hashing in NumPy.

After M. Norouzi, A. Punjani, D. Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing", PAMI 36(6), 2014.
A code is cut into bands of 16 bits. Give every band i an allowance t_i so that the sum of t_i + 1 exceeds the radius: two
codes within the radius then differ by at most t_i bits in at least one band i, and only those need to be looked at.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.errors import DescriptorError
from catalog.matching.codes import Words, distances

BAND_BITS: Final = 16
BAND_VALUES: Final = 1 << BAND_BITS
# Up to this many codes a plain scan costs less than the lookups; both are exact.
SCAN_BELOW: Final = 20_000
# Pairs looked at in one go: bounds memory at about 64 MB.
BLOCK_PAIRS: Final = 1_000_000
Rows = NDArray[np.int64]


def allowances(bits: int, radius: int) -> tuple[int, ...]:
    """Return how many bits each band may differ by, so that nothing within the radius is missed."""
    bands = bits // BAND_BITS
    return tuple((radius + 1 + band) // bands - 1 for band in range(bands))


def _masks(allowance: int) -> NDArray[np.int64]:
    """Return every 16-bit value with at most `allowance` bits set; none when it is negative."""
    values = [
        sum(1 << place for place in places) for count in range(allowance + 1) for places in combinations(range(BAND_BITS), count)
    ]
    return np.array(values, dtype=np.int64)


class CodeIndex:
    """Hold codes of one length and answer which lie within a fixed radius of another; exact, and grows by adding."""

    def __init__(self, bits: int, radius: int) -> None:
        """Take the length, a multiple of 64, and the radius, 0 or more; raises DescriptorError `bad_index`."""
        if bits % 64 or radius < 0:
            raise DescriptorError(
                "an index needs whole 64-bit words and a radius of 0 or more", algorithm="codes", code="bad_index"
            )
        self.bits = bits
        self.radius = radius
        self._codes: Words = np.empty((0, bits // 64), dtype=np.uint64)
        self._pending: list[Words] = []
        self._bands: list[tuple[NDArray[np.int64], Rows]] = []

    def __len__(self) -> int:
        return len(self._codes) + sum(len(codes) for codes in self._pending)

    @property
    def nbytes(self) -> int:
        """Return the bytes that codes and tables take in memory."""
        self._settle()
        return self._codes.nbytes + sum(starts.nbytes + rows.nbytes for starts, rows in self._bands)

    def add(self, codes: Words) -> None:
        """Add (n, bits / 64) codes; their rows count on from those already there."""
        self._pending.append(codes)

    def near(self, code: Words) -> tuple[Rows, NDArray[np.int64]]:
        """Return the rows within the radius of one (w,) code, ascending, and their distances."""
        self._settle()
        is_small = len(self._codes) < SCAN_BELOW
        rows = np.arange(len(self._codes), dtype=np.int64) if is_small else self._looked_up(code)
        found = distances(self._codes[rows], code)
        inside = found <= self.radius
        return rows[inside], found[inside]

    def _settle(self) -> None:
        if self._pending:
            self._codes = np.concatenate([self._codes, *self._pending])
            self._pending.clear()
            self._bands = []
        if not self._bands and len(self._codes) >= SCAN_BELOW:
            self._bands = [_table(keys) for keys in _keys(self._codes)]

    def _looked_up(self, code: Words) -> Rows:
        own = _keys(code[None, :])
        found = []
        for (starts, rows), key, allowance in zip(self._bands, own, allowances(self.bits, self.radius), strict=True):
            values = _masks(allowance) ^ key[0]
            found.append(rows[_spans(starts[values], starts[values + 1])])
        return np.unique(np.concatenate(found))


def all_pairs(codes: Words, radius: int) -> tuple[Rows, Rows, NDArray[np.int64]]:
    """Return every pair of rows (first < second, sorted) within the radius, and their distances; exact.

    `codes` is (n, bits / 64). The answer itself is quadratic where many codes are equal: keep plain pictures out.
    """
    count = len(codes)
    joined: list[NDArray[np.int64]] = []
    for keys, allowance in zip(_keys(codes), allowances(64 * codes.shape[1], radius), strict=True):
        starts, rows = _table(keys)
        for mask in _masks(allowance):
            wanted = keys[rows] ^ mask
            low, high = starts[wanted], starts[wanted + 1]
            ends = np.cumsum(high - low)
            begin = 0
            while begin < count:
                done = ends[begin - 1] if begin else 0
                stop = max(begin + 1, int(np.searchsorted(ends, done + BLOCK_PAIRS, side="right")))
                second = rows[_spans(low[begin:stop], high[begin:stop])]
                first = np.repeat(rows[begin:stop], (high - low)[begin:stop])
                upper = first < second
                first, second = first[upper], second[upper]
                inside = distances(codes[first], codes[second]) <= radius
                joined.append(first[inside] * count + second[inside])
                begin = stop
    pairs = np.unique(np.concatenate(joined)) if joined else np.empty(0, dtype=np.int64)
    first, second = pairs // max(count, 1), pairs % max(count, 1)
    return first, second, distances(codes[first], codes[second])


def _keys(codes: Words) -> list[NDArray[np.int64]]:
    """Return for each band the 16 bits of every code."""
    halves = np.ascontiguousarray(codes).view(np.uint16)
    return [halves[:, band].astype(np.int64) for band in range(halves.shape[1])]


def _table(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], Rows]:
    """Return where each of the 65,536 values starts in the rows sorted by value, and those rows."""
    rows = np.argsort(keys.astype(np.uint16), kind="stable").astype(np.int64)
    starts = np.zeros(BAND_VALUES + 1, dtype=np.int64)
    np.cumsum(np.bincount(keys, minlength=BAND_VALUES), out=starts[1:])
    return starts, rows


def _spans(low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return all integers of the spans [low, high), one span after the other."""
    sizes = high - low
    total = int(sizes.sum())
    if not total:
        return np.empty(0, dtype=np.int64)
    offsets = np.repeat(low - np.r_[0, np.cumsum(sizes)[:-1]], sizes)
    return np.asarray(np.arange(total, dtype=np.int64) + offsets)
