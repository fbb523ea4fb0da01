"""Something small that took a step before a tripod is seen; marks, and patches that are no pair, are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.thresholds import WALKED_SHARE
from catalog.matching.walked import walked

Grey = NDArray[np.float32]
SIZE = (384, 512)
EVERYWHERE = np.ones(SIZE, dtype=np.bool_)
# Across, down: where a figure stands first, and after its step.
HERE, THERE = (150, 200), (215, 204)


def textured(seed: int, middle: float, spread: float = 10.0) -> Grey:
    """Draw what a photo looks like to the eye of this test: grain of all sizes around a grey."""
    random = np.random.default_rng(seed)
    grain = [cv2.resize(random.normal(0, 1, (SIZE[0] // step, SIZE[1] // step)), SIZE[::-1]) for step in (2, 4, 8, 16)]
    return np.asarray(middle + spread * sum(grain), dtype=np.float32).clip(0, 255)


GROUND = textured(1, 150)


def with_figure(ground: Grey, place: tuple[int, int], figure: Grey, half: tuple[int, int] = (11, 24)) -> Grey:
    """Return the ground with an ellipse of the figure standing at a place."""
    shape = np.zeros(SIZE, np.uint8)
    cv2.ellipse(shape, place, half, 0, 0, 360, (1,), -1)
    return np.where(shape > 0, figure, ground)


def both(first: Grey, second: Grey) -> Registered:
    return Registered(first, second, EVERYWHERE, EVERYWHERE, second)


def clothed(seed: int) -> Grey:
    """Return a figure that looks otherwise in every frame, as one that turned, so that no block of it is found again."""
    return textured(seed, 60)


def test_a_figure_that_took_a_step_and_turned_is_seen() -> None:
    found = walked(both(with_figure(GROUND, HERE, clothed(2)), with_figure(GROUND, THERE, clothed(3))))
    assert found == pytest.approx(np.pi * 11 * 24 / GROUND.size, rel=0.3)
    assert found > WALKED_SHARE[1]


def test_a_figure_that_kept_its_looks_is_found_elsewhere() -> None:
    step = (THERE[1] - HERE[1], THERE[0] - HERE[0])
    figure = clothed(2)
    # The second, of another size, stands too far from the first for a pair of patches, but its blocks are found.
    one = with_figure(GROUND, HERE, figure)
    other = with_figure(GROUND, THERE, np.roll(figure, step, (0, 1)), (9, 14))
    assert walked(both(one, other)) > WALKED_SHARE[1]


def test_what_stands_in_one_picture_only_was_laid_over() -> None:
    assert walked(both(with_figure(GROUND, HERE, clothed(2)), GROUND)) == 0
    with_two = with_figure(with_figure(GROUND, HERE, clothed(2)), THERE, clothed(3))
    assert walked(both(with_two, GROUND)) == walked(both(GROUND, with_two)) == 0


@pytest.mark.parametrize("tones", [(20.0, 250.0), (250.0, 20.0)])
def test_plain_marks_on_two_copies_did_not_walk(tones: tuple[float, float]) -> None:
    one, other = (np.full(SIZE, tone, np.float32) for tone in tones)
    assert walked(both(with_figure(GROUND, HERE, one), with_figure(GROUND, THERE, other))) == 0


@pytest.mark.parametrize(
    ("place", "half"),
    [((150, 330), (11, 24)), ((420, 200), (11, 24)), ((215, 204), (11, 45)), ((215, 204), (35, 24))],
    ids=["far below", "far aside", "taller", "broader"],
)
def test_patches_that_are_no_pair_did_not_walk(place: tuple[int, int], half: tuple[int, int]) -> None:
    one, other = with_figure(GROUND, HERE, clothed(2)), with_figure(GROUND, place, clothed(3), half)
    assert walked(both(one, other)) == 0


def test_many_patches_are_another_difference() -> None:
    one, other = GROUND, GROUND
    for number in range(5):
        one = with_figure(one, (60 + 90 * number, 100), clothed(2))
        other = with_figure(other, (60 + 90 * number, 200), clothed(3))
    assert walked(both(one, other)) == 0


def test_grain_and_light_did_not_walk() -> None:
    random = np.random.default_rng(5)
    noisy = np.asarray(GROUND + random.normal(0, 8, SIZE), dtype=np.float32)
    assert walked(both(noisy, GROUND)) == walked(both(GROUND, GROUND)) == 0
