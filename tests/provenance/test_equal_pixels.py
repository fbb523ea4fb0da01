from __future__ import annotations

import numpy as np
import pytest

from catalog.provenance.equal_pixels import TELLING, shared_scores, with_same_pixels
from catalog.provenance.quantities import QUANTITIES, OrderedPair
from catalog.records.traces import StatedFacts, TracedPhoto
from tests.provenance.stories import bare, shown

CAMERA = StatedFacts(camera="Canon Model 10")


def candidates(photos: list[TracedPhoto], *pairs: tuple[int, int]) -> dict[tuple[int, int], OrderedPair]:
    return {(one, other): OrderedPair(photos[one], photos[other], None) for one, other in pairs}


def test_photos_that_pairs_join_have_the_same_pixels_all_of_them() -> None:
    assert with_same_pixels(5, [(0, 3), (3, 4)]) == ((3, 4), (), (), (0, 4), (0, 3))


def test_what_is_quantified_of_parents_is_told_from_pixels_by_name() -> None:
    assert set(TELLING) < set(QUANTITIES)


def test_photos_with_the_same_pixels_are_together_as_likely_as_before_and_each_as_likely_as_the_other() -> None:
    photos = [bare("a", 1), bare("b", 2), bare("c", 3)]
    edges = np.full((3, 3), -np.inf)
    edges[0, 2], edges[1, 2], edges[2, 0] = 1.0, 3.0, -4.0
    shared = shared_scores(edges, candidates(photos, (0, 2), (1, 2), (2, 0)), with_same_pixels(3, [(0, 1)]))
    assert shared[0, 2] == pytest.approx(shared[1, 2])
    assert np.exp(shared[:2, 2]).sum() == pytest.approx(np.exp(1.0) + np.exp(3.0))
    assert shared[2, 0] == -4.0


def test_what_a_file_states_and_when_it_was_shown_still_tells_them_apart() -> None:
    photos = [
        bare("a", 1, facts=CAMERA),
        bare("b", 2, shown("p", "Courier", "2020")),
        bare("c", 3, shown("q", "Post", "2019"), facts=CAMERA),
    ]
    edges = np.full((3, 3), -np.inf)
    edges[0, 2] = edges[1, 2] = 2.0
    shared = shared_scores(edges, candidates(photos, (0, 2), (1, 2)), with_same_pixels(3, [(0, 1)]))
    assert shared[0, 2] > shared[1, 2] + 3


def test_one_candidate_alone_shares_with_nobody() -> None:
    photos = [bare("a", 1), bare("b", 2), bare("c", 3)]
    edges = np.full((3, 3), -np.inf)
    edges[0, 2] = 2.0
    assert shared_scores(edges, candidates(photos, (0, 2)), with_same_pixels(3, [(0, 1)]))[0, 2] == 2.0
