"""The tones of a copy rise and fall with its original's; of a mark that two photos share only the strokes agree."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from catalog.matching.appearance import Registered
from catalog.matching.registration import CELLS, Agreement
from catalog.matching.slow_tones import slow_tones_together
from catalog.matching.verification import verify
from tests.matching.conftest import Compare

Grey = NDArray[np.float32]
SIZE = (176, 256)
EVERYWHERE = np.ones((CELLS, CELLS), dtype=np.bool_)


def hills(seed: int) -> Grey:
    """Draw slow tones: a few wide hills around a grey."""
    few = np.random.default_rng(seed).normal(0, 30, (4, 6)).astype(np.float32)
    return np.asarray(cv2.resize(few, SIZE[::-1], interpolation=cv2.INTER_CUBIC) + 128, dtype=np.float32)


def strokes() -> Grey:
    lines = np.zeros(SIZE, np.float32)
    for left in range(0, SIZE[1], 16):
        cv2.line(lines, (left, 0), (left + 20, SIZE[0]), (60.0,), 2)
    return lines


def together(first: Grey, second: Grey, agreeing: NDArray[np.bool_] = EVERYWHERE) -> float:
    """Measure two pictures of which these (8, 8) cells agree."""
    whole = np.ones(SIZE, dtype=np.bool_)
    found = Agreement(1.0, 1.0, 1.0, 64, 64, np.eye(3), (0.0, 0.0, 640.0, 440.0), agreeing, EVERYWHERE, 0)
    return slow_tones_together(Registered(first, second, whole, whole, second), found)


@given(st.integers(0, 50), st.floats(0.3, 2.0), st.floats(-60, 60), st.booleans())
def test_brightened_darkened_and_inverted_tones_go_together(seed: int, factor: float, offset: float, inverted: bool) -> None:
    photo = hills(seed)
    changed = np.asarray((factor * (255 - photo if inverted else photo)) + offset, dtype=np.float32)
    assert together(photo, changed) > 0.99


def test_the_rim_of_what_was_laid_over_has_no_voice_in_cells_that_agree_otherwise() -> None:
    photo, agreeing = hills(3), EVERYWHERE.copy()
    # A disc fills the cell in the corner and reaches into those beside it, which agree.
    agreeing[0, 0] = False
    covered = np.ascontiguousarray(photo.copy())
    cv2.circle(covered, (8, 8), 34, (255.0,), -1)
    assert together(covered, photo) < 0.95
    assert together(covered, photo, agreeing) > 0.99


def test_strokes_over_two_photos_do_not_bring_their_tones_together() -> None:
    found = [together(hills(seed) + strokes(), hills(seed + 50) + strokes()) for seed in range(20)]
    assert np.median(found) < 0.4
    assert max(found) < 0.9


def test_what_was_laid_over_one_of_them_has_no_voice() -> None:
    photo = hills(3)
    covered, agreeing = photo.copy(), EVERYWHERE.copy()
    covered[44:132, 64:192] = 255
    agreeing[2:6, 2:6] = False
    assert together(covered, photo) < 0.7 < 0.9 < together(covered, photo, agreeing)


def test_nothing_is_said_where_neither_shows_slow_tones_or_too_little_is_left() -> None:
    flat, grain = np.full(SIZE, 90, np.float32), np.random.default_rng(1).normal(0, 4, SIZE).astype(np.float32)
    assert together(flat + grain, flat - grain) == 1.0
    assert together(flat, hills(2)) == 0.0
    corner = np.zeros_like(EVERYWHERE)
    corner[0, 0] = True
    assert together(hills(1), hills(2), corner) == 1.0


def plain_photo(seed: int) -> Image.Image:
    """Draw what has little detail, like a garment on a sheet or a sail before the sky: slow tones and a little grain."""
    tones = cv2.resize(hills(seed), (480, 360), interpolation=cv2.INTER_CUBIC)
    grained = tones + np.random.default_rng(seed).normal(0, 2, tones.shape)
    return Image.fromarray(np.clip(grained, 0, 255).astype(np.uint8)).convert("RGB")


def marked(picture: Image.Image) -> Image.Image:
    """Write an address all over a picture so that it shines through."""
    mask = Image.new("L", picture.size, 0)
    draw, font = ImageDraw.Draw(mask), ImageFont.load_default(size=22)
    for row, top in enumerate(range(0, 360, 45)):
        for left in range(-90 + row % 3 * 60, 480, 215):
            draw.text((left, top), "© photos.example", fill=110, font=font)
    result = picture.copy()
    result.paste((255, 255, 255), (0, 0), mask)
    return result


@pytest.fixture(scope="module")
def carriers() -> list[Image.Image]:
    return [marked(plain_photo(seed)) for seed in (2, 3, 4, 6, 7)]


def test_a_mark_all_over_two_plain_photos_links_neither(comparable: Compare, carriers: list[Image.Image]) -> None:
    pictures = [comparable(one) for one in carriers]
    found = [verify(one, other)[0] for one in pictures for other in pictures if one is not other]
    assert [one.state for one in found if one.state == "accepted"] == []
    assert [one.relation for one in found if one.relation == "same_scene"] == []


def test_a_copy_of_a_marked_photo_is_accepted(comparable: Compare, carriers: list[Image.Image]) -> None:
    copies = [one.crop((40, 20, 470, 340)).resize((300, 223)) for one in carriers]
    found = [verify(comparable(copy), comparable(one))[0] for copy, one in zip(copies, carriers, strict=True)]
    assert {(one.relation, one.state) for one in found} == {("copy", "accepted")}
