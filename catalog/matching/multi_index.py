"""All codes within a radius, exactly: multi-index hashing in NumPy.

After M. Norouzi, A. Punjani, D. Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing", PAMI 36(6), 2014.
A code is cut into bands of 16 bits. Give every band i an allowance t_i so that the sum of t_i + 1 exceeds the radius: two
codes within the radius then differ by at most t_i bits in at least one band i, and only those need to be looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.errors import DescriptorError
from catalog.matching.codes import Words, distances
from catalog.matching.making import Make, in_memory

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


@dataclass(frozen=True, slots=True)
class CodeRun:
    """Hold codes of one length and answer which lie within a radius of another; exact.

    `codes` is (n, bits / 64). `starts` (bands, 65,537) and `rows` (bands, n) are the tables of many codes; few have none.
    """

    codes: Words
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]

    @property
    def nbytes(self) -> int:
        """Return the bytes of codes and tables."""
        return self.codes.nbytes + self.starts.nbytes + self.rows.nbytes

    def near(self, code: Words, radius: int) -> tuple[Rows, NDArray[np.int64]]:
        """Return the rows within the radius of one (bits / 64,) code, ascending, and their distances."""
        if not len(self.starts):
            found = distances(self.codes, code)
            rows = np.flatnonzero(found <= radius).astype(np.int64)
            return rows, found[rows]
        rows = self._looked_up(code, radius)
        found = distances(self.codes[rows], code)
        inside = found <= radius
        return rows[inside], found[inside]

    def _looked_up(self, code: Words, radius: int) -> Rows:
        found = []
        for band, (key, allowance) in enumerate(zip(_keys(code[None, :]), allowances(64 * len(code), radius), strict=True)):
            values = _masks(allowance) ^ key[0]
            found.append(self.rows[band][_spans(self.starts[band][values], self.starts[band][values + 1])])
        return np.unique(np.concatenate(found)).astype(np.int64)


def code_run(parts: Sequence[Words], make: Make = in_memory, name: str = "codes") -> CodeRun:
    """Join (n, w) codes, at least one array of them, into one run; raises DescriptorError `bad_index` when they differ in w."""
    words = {part.shape[1] for part in parts}
    if len(words) != 1:
        raise DescriptorError("an index needs codes of one length", algorithm=name, code="bad_index")
    count = sum(len(part) for part in parts)
    codes = make(name, (count, *words), np.uint64)
    begin = 0
    for part in parts:
        codes[begin : begin + len(part)] = part
        begin += len(part)
    bands = 4 * codes.shape[1] if count >= SCAN_BELOW else 0
    starts = make(f"{name}-starts", (bands, BAND_VALUES + 1), np.int64)
    rows = make(f"{name}-rows", (bands, count), np.int32)
    for band in range(bands):
        starts[band], rows[band] = _table(_key(codes, band))
    return CodeRun(codes, starts, rows)


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
    return [_key(codes, band) for band in range(4 * codes.shape[1])]


def _key(codes: Words, band: int) -> NDArray[np.int64]:
    """Return one band's 16 bits of every code."""
    return np.ascontiguousarray(codes).view(np.uint16)[:, band].astype(np.int64)


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
