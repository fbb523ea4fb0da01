"""A field of view that moved is told from a crop, a border and a filled rim, and measured to a fraction of a pixel."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.matching.displaced import displaced
from catalog.matching.geometry import Matrix
from catalog.matching.registration import Plane, plane_of
from tests.matching.conftest import scene

SIDE, HEIGHT = 640, 480
SCENE = np.asarray(scene(31, 720, 560).convert("L"))


def field(left: int, top: int, width: int = SIDE, height: int = HEIGHT) -> Plane:
    return plane_of(cut(left, top, width, height), width, height)


def cut(left: int, top: int, width: int = SIDE, height: int = HEIGHT) -> NDArray[np.uint8]:
    return np.ascontiguousarray(SCENE[top : top + height, left : left + width])


def shifted(across: float, down: float) -> Matrix:
    return np.array([[1.0, 0, across], [0, 1, down], [0, 0, 1]])


@pytest.mark.parametrize(("across", "down"), [(10, 0), (-10, 0), (0, 10), (0, -10), (10, -6)])
def test_a_field_that_moved_by_ten_pixels_is_displaced_by_as_much(across: int, down: int) -> None:
    found = displaced(shifted(across, down), field(40 + across, 40 + down), field(40, 40))
    assert found == pytest.approx(10 / SIDE, abs=0.5 / SIDE)


def test_it_is_seen_when_one_of_the_frames_is_mirrored() -> None:
    mirrored = plane_of(np.ascontiguousarray(cut(50, 40)[:, ::-1]), SIDE, HEIGHT)
    matrix = np.array([[-1.0, 0, SIDE + 10], [0, 1, 0], [0, 0, 1]])
    assert displaced(matrix, mirrored, field(40, 40)) == pytest.approx(10 / SIDE, abs=0.5 / SIDE)


def test_a_transform_that_is_off_by_three_pixels_is_no_camera_that_turned() -> None:
    assert displaced(shifted(3, 0), field(40, 40), field(40, 40)) < 0.5 / SIDE


def test_a_crop_is_not_displaced_wherever_it_was_cut() -> None:
    for left, top in ((40, 40), (60, 50), (65, 65)):
        assert displaced(shifted(left - 40, top - 40), field(left, top, 615, 455), field(40, 40)) == 0


def test_two_crops_of_different_size_are_not_displaced() -> None:
    assert displaced(shifted(10, 10), field(50, 50, 560, 420), field(40, 40)) == 0


@pytest.mark.parametrize("filled", [0, 128, 255])
def test_what_was_pushed_aside_and_filled_is_not_displaced_in_either_order(filled: int) -> None:
    pushed = cut(40, 40)
    pushed[:, 12:] = pushed[:, :-12].copy()
    pushed[:, :12] = filled
    plane = plane_of(pushed, SIDE, HEIGHT)
    assert displaced(shifted(-12, 0), plane, field(40, 40)) == 0
    assert displaced(shifted(12, 0), field(40, 40), plane) == 0


def test_a_picture_turned_by_much_is_not_asked() -> None:
    cosine, sine = np.cos(0.5), np.sin(0.5)
    assert displaced(np.array([[cosine, -sine, 10], [sine, cosine, 10], [0, 0, 1.0]]), field(50, 40), field(40, 40)) == 0
