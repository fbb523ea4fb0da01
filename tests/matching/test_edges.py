"""The edges of what two registered pictures both show are found to a few samples, wherever they lie within the cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.matching.appearance import Registered
from catalog.matching.edges import Edges, found_edges
from catalog.matching.registration import CELLS, Floats
from tests.matching.conftest import scene

WIDTH, HEIGHT = 256, 192
WHOLE = (10.0, 20.0, 10.0 + 2 * WIDTH, 20.0 + 2 * HEIGHT)


def grey(seed: int) -> Floats:
    return np.asarray(scene(seed, WIDTH, HEIGHT).convert("L"), dtype=np.float32)


ONE, OTHER = grey(31), grey(32)


def laid_on_each_other(left: int, top: int, right: int, bottom: int, beside: Floats) -> Registered:
    """Return a picture laid on one that shows it within these samples, and something else around them."""
    shown = beside.copy()
    noise = np.random.default_rng(1).normal(0, 3, shown.shape)
    shown[top:bottom, left:right] = (ONE + noise.astype(np.float32))[top:bottom, left:right]
    mask = np.ones(shown.shape, dtype=np.bool_)
    return Registered(shown, ONE, mask, mask, ONE)


def by_cells(box: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    """Return the box of the whole cells that lie at least half inside, in working pixels."""
    across, down = WIDTH / CELLS, HEIGHT / CELLS
    left, top, right, bottom = (round(edge / cell) * cell for edge, cell in zip(box, (across, down) * 2, strict=True))
    return WHOLE[0] + 2 * left, WHOLE[1] + 2 * top, WHOLE[0] + 2 * right, WHOLE[1] + 2 * bottom


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100), st.integers(0, 60), st.integers(150, WIDTH), st.integers(110, HEIGHT))
def test_edges_are_found_where_another_picture_begins(left: int, top: int, right: int, bottom: int) -> None:
    box = (left, top, right, bottom)
    found = found_edges(laid_on_each_other(*box, OTHER), WHOLE, by_cells(box)).box
    true = (WHOLE[0] + 2 * left, WHOLE[1] + 2 * top, WHOLE[0] + 2 * right, WHOLE[1] + 2 * bottom)
    assert np.abs(np.subtract(found, true)).max() <= 2 * 6


@pytest.mark.parametrize("tone", [0.0, 255.0])
def test_edges_are_found_where_a_gap_begins(tone: float) -> None:
    box = (40, 30, 200, 170)
    found = found_edges(laid_on_each_other(*box, np.full_like(ONE, tone)), WHOLE, by_cells(box)).box
    assert np.abs(np.subtract(found, (90.0, 80.0, 410.0, 360.0))).max() <= 2 * 3


def test_an_edge_of_the_overlap_is_exactly_that_and_no_cut() -> None:
    both = laid_on_each_other(60, 0, WIDTH, HEIGHT, OTHER)
    edges = found_edges(both, WHOLE, by_cells((60, 0, WIDTH, HEIGHT)))
    assert edges.box[1:] == WHOLE[1:]
    assert edges.cut == (True, False, False, False)


def test_something_laid_across_the_middle_cuts_nothing_off() -> None:
    both = laid_on_each_other(0, 0, WIDTH, HEIGHT, OTHER)
    both.luma[80:110] = 255
    assert found_edges(both, WHOLE, WHOLE) == Edges(WHOLE, WHOLE)
