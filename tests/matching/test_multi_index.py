"""Multi-index hashing finds exactly what looking at every pair finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from catalog.errors import DescriptorError
from catalog.matching import multi_index
from catalog.matching.codes import distances
from catalog.matching.multi_index import all_pairs, allowances, code_run


def crowded_codes(seed: int, count: int, words: int) -> NDArray[np.uint64]:
    """Make codes of which many are near one another."""
    random = np.random.default_rng(seed)
    codes = random.integers(0, 2**64, (count, words), dtype=np.uint64)
    near = codes[random.integers(0, count, count)]
    for _ in range(6):
        bit = np.uint64(1) << random.integers(0, 64, count, dtype=np.uint64)
        near[np.arange(count), random.integers(0, words, count)] ^= bit
    return np.concatenate([codes, near, codes[: count // 4]])


def brute_force(codes: NDArray[np.uint64], radius: int) -> set[tuple[int, int]]:
    return {
        (row, row + 1 + int(other))
        for row in range(len(codes))
        for other in np.flatnonzero(distances(codes[row + 1 :], codes[row]) <= radius)
    }


@given(st.integers(0, 2**32), st.integers(1, 60), st.sampled_from([(1, 10), (1, 3), (1, 0), (4, 31), (4, 17)]))
@settings(max_examples=40)
def test_all_pairs_are_those_of_brute_force(seed: int, count: int, shape: tuple[int, int]) -> None:
    words, radius = shape
    codes = crowded_codes(seed, count, words)
    first, second, found = all_pairs(codes, radius)
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == brute_force(codes, radius)
    assert (found == distances(codes[first], codes[second])).all()


@pytest.mark.parametrize("scan_below", [0, 10**6], ids=["by tables", "by scan"])
@given(seed=st.integers(0, 2**32), shape=st.sampled_from([(1, 10), (4, 31), (4, 63)]))
@settings(max_examples=12)
def test_a_query_finds_what_a_scan_finds(scan_below: int, seed: int, shape: tuple[int, int]) -> None:
    words, radius = shape
    codes = crowded_codes(seed, 80, words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(multi_index, "SCAN_BELOW", scan_below)
        run = code_run([codes[:50], codes[50:]])
        for code in codes[::17]:
            rows, found = run.near(code, radius)
            assert rows.tolist() == np.flatnonzero(distances(codes, code) <= radius).tolist()
            assert (found == distances(codes[rows], code)).all()


@given(st.sampled_from([64, 128, 256]), st.integers(0, 64))
def test_allowances_leave_no_gap(bits: int, radius: int) -> None:
    assert sum(allowance + 1 for allowance in allowances(bits, radius)) == radius + 1


def test_no_codes_have_no_pairs() -> None:
    first, second, found = all_pairs(np.empty((0, 1), dtype=np.uint64), 10)
    assert len(first) == len(second) == len(found) == 0


def test_codes_of_different_lengths_are_refused() -> None:
    with pytest.raises(DescriptorError, match="one length"):
        code_run([np.zeros((1, 1), dtype=np.uint64), np.zeros((1, 4), dtype=np.uint64)])
