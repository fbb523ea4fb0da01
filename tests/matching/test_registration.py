"""Two pictures that are registered exactly are sampled at the same places, at every size and turned or mirrored."""

from __future__ import annotations

import numpy as np
import pytest

from catalog.matching.geometry import Matrix
from catalog.matching.registration import agreement, plane_of
from tests.matching.conftest import scene

WIDTH, HEIGHT = 640, 480
MIRRORED = np.array([[-1.0, 0, WIDTH], [0, 1, 0], [0, 0, 1]])
UPSIDE_DOWN = np.array([[1.0, 0, 0], [0, -1, HEIGHT], [0, 0, 1]])


@pytest.mark.parametrize("turned", [MIRRORED, UPSIDE_DOWN, MIRRORED @ UPSIDE_DOWN])
def test_fine_detail_agrees_in_a_picture_that_was_only_mirrored_or_turned(turned: Matrix) -> None:
    grey = np.asarray(scene(21, WIDTH, HEIGHT).convert("L"))
    moved = grey[:: int(turned[1, 1]), :: int(turned[0, 0])]
    found = agreement(turned, plane_of(np.ascontiguousarray(moved), WIDTH, HEIGHT), plane_of(grey, WIDTH, HEIGHT))
    assert found is not None
    assert found.fine > 0.97


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_a_ramp_is_sampled_with_the_values_that_stand_there(level: int) -> None:
    ramp = np.broadcast_to(np.arange(256, dtype=np.uint8), (256, 256)).copy()
    step = float(2**level)
    to_picture = np.array([[step, 0, 64.0], [0, step, 64.0], [0, 0, 1.0]])
    samples, inside = plane_of(ramp, 256, 256).sampled(to_picture, (12, 12))
    assert inside.all()
    # The middle of the pixel of value v lies half a pixel to the right of v.
    assert np.abs(samples - (64.0 + step * np.arange(12) - 0.5)).max() < 0.1
