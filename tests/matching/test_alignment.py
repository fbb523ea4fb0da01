"""A transform that is off is moved to where the parts of the picture are found, whatever lies over some of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.matching.alignment import aligned
from catalog.matching.registration import Plane, plane_of, refined
from tests.matching.conftest import scene

SIDE = 160
RIGHT = np.array([[0.97, 0.02, 3.0], [-0.03, 1.02, -2.5], [0, 0, 1.0]])


def textured() -> NDArray[np.float32]:
    grey = np.asarray(scene(11, SIDE, SIDE).convert("L"), dtype=np.float32)
    return grey - cv2.blur(grey, (19, 19))


def moved(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.warpPerspective(picture, RIGHT, (SIDE, SIDE)), dtype=np.float32)


def farthest(found: NDArray[np.float64] | None, expected: NDArray[np.float64], side: float) -> float:
    assert found is not None
    corners = np.array([[0, 0, 1], [side, 0, 1], [side, side, 1], [0, side, 1]])
    one, other = corners @ found.T, corners @ expected.T
    return float(np.hypot(*(one[:, :2] / one[:, 2:] - other[:, :2] / other[:, 2:]).T).max())


@pytest.mark.parametrize("covered", [0, 60, 90])
def test_parts_find_their_place_although_something_lies_over_others(covered: int) -> None:
    first = textured()
    second = moved(first)
    second[:covered, :covered] = np.random.default_rng(2).normal(0, 20, (covered, covered))
    found = aligned(first, second, np.ones((SIDE, SIDE), dtype=np.bool_), 8)
    assert farthest(found, RIGHT, SIDE) < 2.0


def test_two_pictures_without_a_part_in_common_are_not_moved() -> None:
    other = np.asarray(scene(12, SIDE, SIDE).convert("L"), dtype=np.float32)
    assert aligned(textured(), other - cv2.blur(other, (19, 19)), np.ones((SIDE, SIDE), dtype=np.bool_), 8) is None


def plane() -> Plane:
    return plane_of(np.asarray(scene(13, 640, 480).convert("L")), 640, 480)


@pytest.mark.parametrize("shift", [(0, 0), (25, -18), (-32, 30)])
def test_a_transform_that_is_off_by_a_twentieth_of_the_picture_is_put_right(shift: tuple[int, int]) -> None:
    picture = plane()
    start = np.array([[1.03, 0, shift[0]], [0, 0.98, shift[1]], [0, 0, 1.0]])
    assert farthest(refined(start, picture, picture), np.eye(3), 480) < 2.0
