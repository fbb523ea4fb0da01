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


@pytest.mark.parametrize("name", ["street", "lighthouse", "mountains"])
def test_a_frame_of_a_camera_that_only_turned_is_the_same_scene_and_no_copy(name: str) -> None:
    found = second_frame(name, "turned", 4)
    assert evidence(found, "displaced") > 0.002
    assert (found.relation, found.state) == ("same_scene", "suggested")


@pytest.mark.parametrize("fill", ["black", "white"])
def test_a_copy_pushed_aside_whose_rim_was_filled_is_a_copy(fill: str, comparable: Compare) -> None:
    photo = Image.open(PHOTOS / "street.jpg").convert("RGB")
    pushed = Image.new("RGB", photo.size, fill)
    pushed.paste(photo, (photo.width // 50, 0))
    found = verify(comparable(pushed), comparable(photo))[0]
    assert (found.relation, found.state) == ("copy", "accepted")
    assert evidence(found, "displaced") == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_a_frame_in_which_people_walked_is_not_accepted(seed: int) -> None:
    found = second_frame("lighthouse", "tripod", seed)
    assert evidence(found, "moved_elsewhere") > 0
    assert found.state != "accepted"


@pytest.mark.parametrize("width", [560, 448])
def test_two_frames_of_one_bedspread_are_the_same_scene_at_any_size(width: int, comparable: Compare) -> None:
    one, other = (Image.open(PHOTOS / f"shirts-frame-{number}.jpg").convert("RGB") for number in (1, 2))
    one = one.resize((width, one.height * width // one.width))
    for query, reference in ((one, other), (other, one)):
        found = verify(comparable(query), comparable(reference))[0]
        assert (found.relation, found.state) == ("same_scene", "suggested")


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


def test_two_copies_with_different_things_laid_over_each_are_copies(comparable: Compare) -> None:
    photo = Image.open(PHOTOS / "lighthouse.jpg").convert("RGB")
    width, height = photo.size
    covered, marked = photo.copy(), photo.copy()
    ImageDraw.Draw(covered).ellipse(
        (width // 8, height // 3, width // 4, height // 2), fill=(240, 200, 30), outline="black", width=6
    )
    mark = (width * 3 // 5, height // 8, width * 9 // 10, height // 4)
    ImageDraw.Draw(marked).rounded_rectangle(mark, height // 40, fill=(170, 30, 40))
    ImageDraw.Draw(marked).text((mark[0] + height // 30, mark[1] + height // 40), "NEWS", fill="white", font_size=height // 14)
    found = verify(comparable(covered), comparable(marked))[0]
    assert (found.relation, found.state) == ("copy", "accepted")
    assert evidence(found, "moved_elsewhere") == evidence(found, "moved_both_ways") == 0


@pytest.mark.parametrize("name", ["street", "lighthouse", "mountains"])
def test_what_was_only_recoloured_has_not_moved(name: str, comparable: Compare) -> None:
    photo = np.asarray(Image.open(PHOTOS / f"{name}.jpg").convert("RGB")).astype(np.float32)
    recoloured = np.stack([255 * (photo[..., 0] / 255) ** 0.5, 0.7 * photo[..., 1] + 40, 200 - 0.5 * photo[..., 2]], axis=-1)
    made = Image.fromarray(np.clip(recoloured, 0, 255).astype(np.uint8))
    found = verify(comparable(made), comparable(Image.fromarray(photo.astype(np.uint8))))[0]
    assert (found.relation, found.state) == ("copy", "accepted")
    assert evidence(found, "moved_elsewhere") == evidence(found, "moved_both_ways") == 0


def test_a_thing_that_turned_is_seen_to_have_moved(scenes: list[Image.Image], comparable: Compare) -> None:
    frames_made = []
    photo = Image.open(PHOTOS / "street.jpg").convert("RGB")
    hand = photo.resize((480, 360)).crop((200, 120, 228, 240))
    for turn in (30, -30):
        frame = scenes[0].copy()
        ImageDraw.Draw(frame).rectangle((130, 60, 370, 260), fill=(150, 150, 150))
        at = (145 if turn > 0 else 250, 100)
        frame.paste(hand.rotate(turn, expand=True), at, Image.new("L", hand.size, 255).rotate(turn, expand=True))
        frames_made.append(comparable(frame))
    found = verify(*frames_made)[0]
    assert evidence(found, "moved_both_ways") > 0
    assert found.state != "accepted"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_moved_is_the_same_whichever_frame_came_first(seed: int) -> None:
    photo, people = opened(PHOTOS / "lighthouse.jpg"), opened(PHOTOS / "boat.jpg")
    one, other = (made_comparable(frame) for frame in frames(photo, people, "tripod", np.random.default_rng(seed)))
    found, back = verify(one, other)[0], verify(other, one)[0]
    assert (found.relation, found.state) == (back.relation, back.state)
    for name in ("moved_elsewhere", "moved_both_ways", "walked"):
        assert (evidence(found, name) > 0) == (evidence(back, name) > 0)


def test_what_moves_only_as_one_is_laid_on_the_other_did_not_move(monkeypatch: pytest.MonkeyPatch, comparable: Compare) -> None:
    photo = Image.open(PHOTOS / "street.jpg").convert("RGB")
    covered = photo.copy()
    ImageDraw.Draw(covered).rectangle((40, 40, 160, 120), fill="white")
    found = iter([0.01, 0.0])
    monkeypatch.setattr("catalog.matching.verification.walked", lambda both: next(found))
    verdict = verify(comparable(covered), comparable(photo))[0]
    assert next(found, None) is None
    assert (evidence(verdict, "walked"), verdict.state) == (0, "accepted")
