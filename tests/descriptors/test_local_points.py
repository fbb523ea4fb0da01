"""Local features: how many, where, and what mirroring does to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from catalog.descriptors.local_points import LOCAL_POINTS, MOST_POINTS, find_points
from catalog.descriptors.point_spread import spread_points
from catalog.descriptors.words import words_of
from catalog.imaging import reduce_picture
from catalog.records.local_points import POINT_BYTES, POINT_FIELDS
from catalog.records.vocabulary import BRANCHES, WORDS_PER_BRANCH

BRIDGE = Path(__file__).parents[1] / "fixtures" / "pdq" / "square-256x256.jpg"


@pytest.fixture(scope="module")
def grey() -> NDArray[np.uint8]:
    return np.asarray(Image.open(BRIDGE).convert("L"))


def test_a_photo_has_many_points_and_never_more_than_the_limit(grey: NDArray[np.uint8]) -> None:
    assert 100 < len(find_points(grey)) <= MOST_POINTS


def test_a_plain_picture_has_no_points_and_says_so_with_no_bytes() -> None:
    assert len(find_points(np.full((200, 300), 128, dtype=np.uint8))) == 0


def test_packed_points_are_as_long_as_the_layout_says() -> None:
    assert np.dtype(list(POINT_FIELDS)).itemsize == POINT_BYTES
    packed = LOCAL_POINTS.describe(reduce_picture(BRIDGE.read_bytes())).data
    assert len(packed) % POINT_BYTES == 0
    assert len(packed) > 0


def test_points_of_a_turned_picture_are_the_turned_points(grey: NDArray[np.uint8]) -> None:
    upright, turned = find_points(grey), find_points(np.ascontiguousarray(np.rot90(grey)))
    # A quarter turn takes (x, y) to (y, 1 - x).
    expected = np.stack([upright["y"].astype(float), 65535 - upright["x"].astype(float)], axis=1)
    found = np.stack([turned["x"], turned["y"]], axis=1).astype(float)
    nearest = np.hypot(*(expected[:, None] - found[None]).transpose(2, 0, 1)).min(axis=1)
    assert (nearest < 0.008 * 65535).mean() > 0.6


def test_a_small_picture_is_enlarged_until_it_has_points(grey: NDArray[np.uint8]) -> None:
    small = np.asarray(Image.fromarray(grey).resize((64, 64)))
    assert len(find_points(small)) > 40


def test_points_are_spread_over_the_picture_and_over_scales() -> None:
    random = np.random.default_rng(3)
    x, y = random.uniform(0, 640, 4000), random.uniform(0, 480, 4000)
    sigma = 1.6 * 2 ** random.uniform(0, 4, 4000)
    contrast = np.where(x < 64, 100, 1) + random.uniform(0, 0.1, 4000)
    floats = [values.astype(np.float32) for values in (x, y, sigma, contrast)]
    kept = spread_points(floats[0], floats[1], floats[2], floats[3], (640, 480), 300)
    assert len(set(kept.tolist())) == len(kept) == 300
    assert (x[kept] < 64).mean() < 0.4
    assert (sigma[kept] > 12.8).mean() == pytest.approx(0.12, abs=0.02)


def test_a_word_of_the_vocabulary_is_its_own_word() -> None:
    codes = np.random.default_rng(1).integers(0, 256, (50, 32), dtype=np.uint8)
    words = words_of(codes)
    assert words.shape == (50,)
    assert words.max() < BRANCHES * WORDS_PER_BRANCH
    assert (words_of(codes[::-1]) == words[::-1]).all()
