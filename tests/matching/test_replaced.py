"""What is laid over a copy has an outline in one picture; another picture in the same frame has one in both."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.replaced import Replaced, replaced_part
from catalog.matching.thresholds import ONE_SIDED, REPLACED_SHARE

Grey = NDArray[np.float32]
SIZE = (176, 256)
EVERYWHERE = np.ones(SIZE, dtype=np.bool_)


def textured(seed: int, middle: float = 120.0) -> Grey:
    """Draw what a photo looks like to the eye of this test: grain of all sizes around a grey."""
    random = np.random.default_rng(seed)
    grain = [cv2.resize(random.normal(0, 1, (SIZE[0] // step, SIZE[1] // step)), SIZE[::-1]) for step in (2, 4, 8, 16)]
    return np.asarray(middle + 18 * sum(grain), dtype=np.float32).clip(0, 255)


def laid(first: Grey, second: Grey) -> Registered:
    return Registered(first, second, EVERYWHERE, EVERYWHERE, second)


def shape(name: str) -> NDArray[np.bool_]:
    """Return where a thing lies in the middle: about a third of the picture."""
    inside = np.zeros(SIZE, np.uint8)
    if name == "window":
        inside[30:146, 60:196] = 1
    elif name == "turned window":
        corners = cv2.boxPoints(((128, 88), (130, 110), 20))
        cv2.fillPoly(inside, [corners.astype(np.int32)], (1,))
    else:
        cv2.circle(inside, (128, 88), 70, (1,), -1)
    return inside > 0


SHAPES = pytest.mark.parametrize("name", ["window", "turned window", "disc"])


@SHAPES
def test_what_lies_over_a_copy_has_an_outline_in_one_picture(name: str) -> None:
    photo, inside = textured(1), shape(name)
    covered = np.where(inside, np.float32(240), photo)
    found = replaced_part(laid(covered, photo))
    assert found.share == pytest.approx(inside.mean(), abs=0.05)
    assert found.share >= REPLACED_SHARE
    assert found.one_sided > ONE_SIDED
    assert replaced_part(laid(photo, covered)).one_sided == pytest.approx(found.one_sided)


@SHAPES
def test_two_pictures_in_one_frame_have_an_outline_in_both(name: str) -> None:
    frame, inside = np.full(SIZE, 235, np.float32), shape(name)
    first, second = (np.where(inside, textured(seed, middle), frame) for seed, middle in ((2, 110.0), (3, 130.0)))
    found = replaced_part(laid(first, second))
    assert found.share >= REPLACED_SHARE
    assert found.one_sided < ONE_SIDED


@SHAPES
def test_a_photo_may_be_the_frame(name: str) -> None:
    frame, inside = textured(4), shape(name)
    first, second = (np.where(inside, textured(seed, middle), frame) for seed, middle in ((2, 60.0), (3, 190.0)))
    assert replaced_part(laid(first, second)).one_sided < ONE_SIDED


def test_nothing_stands_where_nothing_differs() -> None:
    photo = textured(5)
    assert replaced_part(laid(photo, photo + 3)) == Replaced()
