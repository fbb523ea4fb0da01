"""The word of the vocabulary that a code belongs to."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.records.vocabulary import CODE_BYTES, WORDS_PER_BRANCH, vocabulary

Codes = NDArray[np.uint8]
Lanes = NDArray[np.uint64]


@lru_cache(maxsize=1)
def _tree() -> tuple[Lanes, Lanes]:
    lanes = CODE_BYTES // 8
    branches, words = (np.frombuffer(part, dtype=np.uint64).reshape(-1, lanes) for part in vocabulary())
    return branches, words.reshape(-1, WORDS_PER_BRANCH, lanes)


def words_of(codes: Codes) -> NDArray[np.uint16]:
    """Return (n,) words of (n, 32) codes: branch * 64 + word within the branch; the first of equally near ones."""
    branches, words = _tree()
    lanes = np.ascontiguousarray(codes).view(np.uint64)[:, None, :]
    branch = _nearest(lanes, branches[None])
    return (branch * WORDS_PER_BRANCH + _nearest(lanes, words[branch])).astype(np.uint16)


def _nearest(lanes: Lanes, centres: Lanes) -> NDArray[np.intp]:
    # Lane by lane: adding up along a short last axis costs more than counting the bits.
    apart = np.zeros((len(lanes), centres.shape[1]), dtype=np.uint16)
    for lane in range(lanes.shape[2]):
        apart += np.bitwise_count(lanes[..., lane] ^ centres[..., lane])
    return np.asarray(apart.argmin(axis=1), dtype=np.intp)
