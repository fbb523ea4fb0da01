"""A drawing lays the query where the transform says, and shows where each picture lies in the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.gallery.alignment import align

numbers = st.floats(min_value=-50, max_value=50)


def _points(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


@given(numbers, numbers, st.floats(min_value=0.2, max_value=4), st.sampled_from([1, -1]))
def test_an_affine_transform_is_drawn_as_it_is(across: float, down: float, scale: float, turn: int) -> None:
    made = align((scale * turn, 0, across, 0, scale, down, 0, 0, 1), (100, 80), (300, 200))
    a, b, c, d, e, f = (float(number) for number in made.matrix.split())
    assert (a, b, c, d) == pytest.approx((scale * turn, 0, 0, scale), rel=1e-4, abs=1e-6)
    assert (e, f) == pytest.approx((across, down), rel=1e-4, abs=1e-3)
    assert made.is_measured


def test_each_picture_is_outlined_in_the_other() -> None:
    made = align((1, 0, 90, 0, 1, 120, 0, 0, 1), (720, 480), (900, 600))
    assert _points(made.in_reference) == [(90, 120), (810, 120), (810, 600), (90, 600)]
    assert _points(made.in_query) == [(-90, -120), (810, -120), (810, 480), (-90, 480)]


def test_a_perspective_is_drawn_by_its_best_affine_map_at_the_middle() -> None:
    transform = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.001, 0.0, 1.0)
    made = align(transform, (200, 100), (200, 100))
    a, _, c, _, e, _ = (float(number) for number in made.matrix.split())
    middle = (100.0, 50.0)
    assert a * middle[0] + c * middle[1] + e == pytest.approx(100 / 1.1, rel=1e-3)


@pytest.mark.parametrize("transform", [None, (0.0,) * 9])
def test_without_geometry_the_query_is_stretched_and_said_to_be(transform: tuple[float, ...] | None) -> None:
    made = align(transform, (100, 50), (200, 200))
    assert made.matrix == "2 0 0 4 0 0"
    assert not made.is_measured
    assert made.in_query == made.in_reference == ""
