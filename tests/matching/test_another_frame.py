"""Another frame of a scene is no copy: parallax and things that moved are told from things laid over."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bench.matching_bursts import frames, opened
from bench.matching_look_alikes import made_comparable
from catalog.matching.verification import verify
from catalog.records.match import Verification
from tests.conftest import SAMPLES
from tests.matching.conftest import Compare

PHOTOS = SAMPLES / "photos"


def evidence(found: Verification, name: str) -> float:
    return dict(found.evidence)[name]


def second_frame(name: str, kind: str, seed: int) -> Verification:
    photo, people = opened(PHOTOS / f"{name}.jpg"), opened(PHOTOS / "boat.jpg")
    one, other = frames(photo, people, kind, np.random.default_rng(seed))
    return verify(made_comparable(other), made_comparable(one))[0]


@pytest.mark.parametrize("name", ["street", "lighthouse", "mountains"])
def test_a_frame_taken_from_a_step_aside_is_the_same_scene_and_no_copy(name: str) -> None:
    found = second_frame(name, "camera", 4)
    assert evidence(found, "parallax") > 0.45
    assert (found.relation, found.state) == ("same_scene", "suggested")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_frame_in_which_people_walked_is_not_accepted(seed: int) -> None:
    found = second_frame("lighthouse", "people", seed)
    assert evidence(found, "moved_elsewhere") > 0
    assert found.state != "accepted"


@pytest.mark.parametrize("name", ["street", "lighthouse", "mountains"])
def test_a_copy_has_no_parallax_however_it_was_coded_turned_and_cut(name: str, comparable: Compare) -> None:
    photo = Image.open(PHOTOS / f"{name}.jpg").convert("RGB")
    width, height = photo.size
    cut = photo.rotate(3, Image.Resampling.BICUBIC).crop((width // 8, height // 8, width * 7 // 8, height * 7 // 8))
    for copy in (photo.resize((width // 3, height // 3)), cut):
        found = verify(comparable(copy), comparable(photo))[0]
        assert (found.relation, found.state) == ("copy", "accepted")
        assert evidence(found, "parallax") == 0
        assert evidence(found, "moved_both_ways") == 0


@pytest.mark.parametrize("name", ["street", "lighthouse", "mountains"])
def test_a_thing_laid_over_has_not_moved(name: str, comparable: Compare) -> None:
    photo = Image.open(PHOTOS / f"{name}.jpg").convert("RGB")
    width, height = photo.size
    covered = photo.copy()
    draw = ImageDraw.Draw(covered)
    draw.ellipse((width // 2, height // 3, width * 4 // 5, height * 3 // 4), fill=(240, 200, 30), outline="black", width=6)
    draw.text((width * 3 // 5, height // 2), "SOLD", fill="black", font_size=height // 12)
    found = verify(comparable(covered), comparable(photo))[0]
    assert (found.relation, found.state) == ("copy", "accepted")
    assert evidence(found, "moved_both_ways") == 0
