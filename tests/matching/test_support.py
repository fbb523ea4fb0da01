"""An interval around a share is Wilson's, and what it takes to show a share follows the rule of three."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.matching.support import interval, needed_for_one_in, needed_for_share


# Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), 857-872, table I,
# method 3 (score, without continuity correction).
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_the_published_examples(right: int, of: int, low: float, high: float) -> None:
    found = interval(right, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_share_lies_in_its_interval_and_more_pairs_never_widen_it(right: int, wrong: int) -> None:
    of = right + wrong
    found = interval(right, of)
    assert 0 <= found.low <= found.high <= 1
    if of:
        assert found.low <= right / of <= found.high
        tenfold = interval(10 * right, 10 * of)
        assert tenfold.high - tenfold.low < found.high - found.low


def test_nothing_is_known_of_none() -> None:
    assert (interval(0, 0).low, interval(0, 0).high) == (0, 1)


@pytest.mark.parametrize(("precision", "needed"), [(0.0, 3), (0.5, 6), (0.9, 30), (0.99, 300), (0.999, 3000), (1.0, None)])
def test_a_precision_is_shown_by_three_over_what_may_be_wrong(precision: float, needed: int | None) -> None:
    assert needed_for_share(precision) == needed


@given(st.floats(0, 0.9999))
def test_so_many_right_ones_leave_less_than_one_chance_in_twenty_that_the_share_is_lower(precision: float) -> None:
    needed = needed_for_share(precision)
    assert needed is not None
    # The chance that all of them are right though no more than this share is.
    assert precision**needed <= 0.05


def test_one_in_a_number_is_shown_by_three_times_as_many() -> None:
    assert needed_for_one_in(1000) == 3000
    assert (1 - 1 / 1000) ** needed_for_one_in(1000) <= 0.05
