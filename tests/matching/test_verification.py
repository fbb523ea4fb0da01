"""What verification says of known changes, and of pictures that only look alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageOps

from catalog.matching.verification import verify
from catalog.records.comparable import Comparable
from tests.matching.conftest import Compare


def corner_error(found: tuple[float, ...], expected: np.ndarray, size: tuple[int, int]) -> float:
    corners = np.array([[0, 0, 1], [size[0], 0, 1], [size[0], size[1], 1], [0, size[1], 1]], dtype=float)
    moved, right = corners @ np.array(found).reshape(3, 3).T, corners @ expected.T
    off = np.hypot(*(moved[:, :2] / moved[:, 2:] - right[:, :2] / right[:, 2:]).T)
    return float(off.max() / np.hypot(*size))


def test_the_same_bytes_are_the_same_photo(comparable: Compare, scenes: list[Image.Image]) -> None:
    photo = comparable(scenes[0])
    (found,) = verify(photo, photo)
    assert (found.relation, found.state, found.score) == ("same_bytes", "accepted", 1.0)


def test_equal_image_data_is_the_same_pixels(comparable: Compare, scenes: list[Image.Image]) -> None:
    first = replace(comparable(scenes[0]), image_data_sha256="a" * 64)
    second = replace(first, sha256="b" * 64)
    (found,) = verify(first, second)
    assert (found.relation, found.state, found.rung) == ("same_pixels", "accepted", "same_image_data")


def test_a_crop_is_a_copy_with_its_transform(comparable: Compare, scenes: list[Image.Image]) -> None:
    crop = scenes[1].crop((100, 80, 400, 300))
    (found,) = verify(comparable(crop), comparable(scenes[1]))
    assert (found.relation, found.state) == ("copy", "accepted")
    assert "cropped" in found.changes
    assert found.transform is not None
    shift = np.array([[1, 0, 100], [0, 1, 80], [0, 0, 1.0]])
    assert corner_error(found.transform, shift, crop.size) < 0.01
    assert found.overlap is not None
    assert found.overlap.query > 0.97
    assert found.overlap.reference == pytest.approx(300 * 220 / (480 * 360), abs=0.05)


def test_a_mirrored_picture_is_a_mirrored_copy(comparable: Compare, scenes: list[Image.Image]) -> None:
    (found,) = verify(comparable(ImageOps.mirror(scenes[2])), comparable(scenes[2]))
    assert found.state == "accepted"
    assert "mirrored" in found.changes
    assert found.transform is not None
    assert corner_error(found.transform, np.array([[-1, 0, 480], [0, 1, 0], [0, 0, 1.0]]), scenes[2].size) < 0.01


def test_one_photo_beside_another_is_a_part_with_its_box(comparable: Compare, scenes: list[Image.Image]) -> None:
    pair = Image.new("RGB", (960, 360))
    pair.paste(scenes[3], (0, 0))
    pair.paste(scenes[4], (480, 0))
    (found,) = verify(comparable(pair), comparable(scenes[4]))
    assert (found.relation, found.state) == ("part", "accepted")
    assert found.box == pytest.approx((480, 0, 480, 360), abs=6)
    assert found.overlap is not None
    assert found.overlap.query == pytest.approx(0.5, abs=0.03)


def test_different_pictures_are_refused_and_the_look_is_kept(comparable: Compare, scenes: list[Image.Image]) -> None:
    photos = [comparable(picture) for picture in scenes]
    for first in range(6):
        for second in range(first):
            (found,) = verify(photos[first], photos[second])
            assert (found.relation, found.state) == ("none", "refused")


def test_a_plain_picture_matches_no_other_by_looks(comparable: Compare) -> None:
    first, second = (comparable(Image.new("RGB", (300, 200), (tone, tone, tone))) for tone in (120, 121))
    assert first.is_plain
    (found,) = verify(first, second)
    assert found.relation == "none"
    (same,) = verify(first, second, same_pixels=True)
    assert same.relation == "same_pixels"


def test_the_same_pair_gets_the_same_verdict_twice(comparable: Compare, scenes: list[Image.Image]) -> None:
    pair: tuple[Comparable, Comparable] = (comparable(scenes[5].rotate(20)), comparable(scenes[5]))
    assert verify(*pair) == verify(*pair)


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_a_bar_along_an_edge_is_laid_over_although_the_edge_is_trimmed(
    scenes: list[Image.Image], comparable: Compare, side: str
) -> None:
    covered = scenes[0].copy()
    height = covered.height // 6
    top = 0 if side == "top" else covered.height - height
    covered.paste((200, 20, 30), (0, top, covered.width, top + height))
    found = verify(comparable(covered), comparable(scenes[0]))[0]
    assert found.state == "accepted"
    assert dict(found.evidence)["kept"] < 1
    assert "overlaid" in found.changes
