"""Binary codes as arrays: the one place where bits are counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
WORD_BYTES: Final = 8


def as_words(codes: Sequence[bytes], bits: int) -> Words:
    """Return (n, bits / 64) uint64 of n codes of equal length; `bits` is a multiple of 64."""
    joined = np.frombuffer(b"".join(codes), dtype=np.uint8)
    return joined.reshape(len(codes), bits // 8).view(np.uint64)


def distances(codes: Words, code: Words) -> NDArray[np.int64]:
    """Count differing bits between every row of (n, w) and one (w,) code, or row by row of two equal arrays."""
    counts = np.bitwise_count(codes ^ code)
    # Word by word: a sum along so short an axis takes more than twice as long.
    apart = counts[..., 0].astype(np.int64)
    for word in range(1, counts.shape[-1]):
        apart += counts[..., word]
    return np.asarray(apart)
