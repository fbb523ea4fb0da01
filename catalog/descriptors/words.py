"""The word of the vocabulary that a code belongs to."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.records.vocabulary import CODE_BYTES, WORDS_PER_BRANCH, vocabulary

Codes = NDArray[np.uint8]


@lru_cache(maxsize=1)
def _tree() -> tuple[Codes, Codes]:
    branches, words = vocabulary()
    return (
        np.frombuffer(branches, dtype=np.uint8).reshape(-1, CODE_BYTES),
        np.frombuffer(words, dtype=np.uint8).reshape(-1, WORDS_PER_BRANCH, CODE_BYTES),
    )


def words_of(codes: Codes) -> NDArray[np.uint16]:
    """Return (n,) words of (n, 32) codes: branch * 64 + word within the branch; the first of equally near ones."""
    branches, words = _tree()
    found = np.empty(len(codes), dtype=np.uint16)
    branch = _nearest(codes, branches)
    for value in np.unique(branch):
        rows = np.flatnonzero(branch == value)
        found[rows] = value * WORDS_PER_BRANCH + _nearest(codes[rows], words[value])
    return found


def _nearest(codes: Codes, centres: Codes) -> NDArray[np.intp]:
    _, index = cv2.batchDistance(codes, np.ascontiguousarray(centres), cv2.CV_32S, normType=cv2.NORM_HAMMING, K=1)
    return np.asarray(index[:, 0], dtype=np.intp)
