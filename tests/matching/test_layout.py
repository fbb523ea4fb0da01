"""Two pictures that each frame a third one are not copies of each other as wholes."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps

from catalog.matching.verification import verify
from tests.matching.conftest import Compare


def framed(picture: Image.Image, tone: tuple[int, int, int], rims: tuple[int, int, int, int]) -> Image.Image:
    return ImageOps.expand(picture, rims, tone)


@pytest.mark.parametrize("order", [1, -1])
def test_a_framed_picture_and_a_screenshot_of_it_are_parts(comparable: Compare, scenes: list[Image.Image], order: int) -> None:
    dark = framed(scenes[4], (12, 12, 12), (30, 30, 30, 30))
    screen = framed(scenes[4].resize((360, 270)), (250, 250, 250), (12, 150, 12, 90))
    pictures = [comparable(dark), comparable(screen)][::order]
    for found in verify(*pictures):
        assert (found.relation, found.state) == ("part", "accepted")


@pytest.mark.parametrize("tone", [(12, 12, 12), (250, 250, 250)])
def test_a_picture_with_one_frame_is_a_copy(comparable: Compare, scenes: list[Image.Image], tone: tuple[int, int, int]) -> None:
    (found,) = verify(comparable(framed(scenes[4], tone, (30, 30, 30, 30))), comparable(scenes[4]))
    assert (found.relation, found.state) == ("copy", "accepted")
