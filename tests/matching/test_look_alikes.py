"""Pictures that only look alike are no copies, and known transforms are found exactly; small runs of the bench of that name."""

from __future__ import annotations

import numpy as np
import pytest

from bench.matching_look_alikes import (
    CORNERS,
    before_one_wall,
    burst,
    changed,
    corner_error,
    face_crop,
    is_accepted,
    made_comparable,
)
from catalog.matching.verification import verify


def test_frames_of_a_burst_in_which_people_moved_are_not_accepted_as_copies() -> None:
    random = np.random.default_rng(23)
    assert not any(is_accepted(*burst(random)) for _ in range(4))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crop_before_a_wall_is_its_own_photo_and_not_the_next_one_before_that_wall(seed: int) -> None:
    first, second = before_one_wall(np.random.default_rng(seed))
    assert is_accepted(face_crop(first), first)
    assert not is_accepted(face_crop(first), second)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_corners_of_a_known_transform_are_found(seed: int) -> None:
    query, reference, right = changed(np.random.default_rng(seed))
    best = verify(made_comparable(query), made_comparable(reference))[0]
    assert best.is_match
    assert best.transform is not None
    assert corner_error(best.transform, right) <= CORNERS
