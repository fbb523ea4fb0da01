"""Why a pair is only suggested is read from its evidence by the rules that held the score down."""

from __future__ import annotations

import pytest

from catalog.matching.doubts import doubts
from catalog.records.match import DOUBTS

CLEAR = {"points": 80.0, "points_expected": 100.0, "slow_tones": 0.99}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ()),
        ({"replaced": 0.3, "replaced_one_sided": 0.2}, ("replaced",)),
        ({"replaced": 0.11, "cells_exchanged": 3.0}, ("replaced",)),
        ({"replaced": 0.3, "replaced_one_sided": 2.0}, ()),
        ({"slow_tones": 0.2}, ("mark",)),
        ({"parallax": 0.5}, ("moved",)),
        ({"walked": 0.001}, ("moved",)),
        ({"points": 5.0, "points_expected": 5.0}, ("few_points",)),
        ({"points": 0.0, "slow_tones": 0.9}, ("few_points",)),
        ({"points": 5.0, "replaced": 0.3, "slow_tones": 0.1, "displaced": 0.01}, DOUBTS),
    ],
)
def test_each_doubt_is_told_where_the_evidence_shows_it_and_nowhere_else(more: dict[str, float], told: tuple[str, ...]) -> None:
    assert doubts({**CLEAR, **more}) == told


def test_evidence_that_counts_no_points_tells_nothing() -> None:
    assert doubts({"distance": 12.0}) == ()
