"""The benches of quality run at their smallest, and what they say is what was found."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFont

from bench import (
    lettering,
    lettering_weights,
    matching_bursts,
    matching_corners,
    matching_frames,
    matching_growth,
    matching_ladder,
    matching_marks,
    matching_parts,
    matching_quality,
    matching_search,
)
from bench.figures import Figure, share_of
from bench.lettering_made import Maker, fonts_by_script
from bench.picture_changes import CHANGES, changed
from bench.quality_photos import unrelated_photos


def test_every_change_gives_a_picture_of_its_own() -> None:
    with Image.open(unrelated_photos()[0]) as picture, Image.open(unrelated_photos()[1]) as other:
        made = [changed(change, picture.convert("RGB"), other.convert("RGB")) for change in CHANGES]
    assert len(set(made)) == len(CHANGES) == len({change.name for change in CHANGES})


def test_each_rung_says_what_it_costs_and_adds(tmp_path: Path) -> None:
    figures = list(matching_ladder.run(tmp_path, originals=1, most=6))
    rungs = [figure.what.split(":")[0] for figure in figures if ": finds" in figure.what]
    assert rungs == ["phash", "dhash", "pdq", "pdq_turns", "pdq_trimmed", "local_points"]
    assert all("ms CPU" in figure.measured for figure in figures[:6])


def test_copies_are_counted_by_change(tmp_path: Path) -> None:
    easy = [change for change in CHANGES if change.name in ("half", "mirrored")]
    figures = {figure.what: figure.measured for figure in matching_quality.run(tmp_path, 1, 1, easy, most=4)}
    assert figures["all"] == "first 100.0 %, found 100.0 %, accepted 100.0 %, above every wrong pair 100.0 %"
    assert {"resize", "half", "flip and turn", "mirrored"} <= set(figures)
    assert figures["wrong pairs accepted"] == "0"
    assert figures["from a score of 0.3"] == figures["from a score of 0.8"] == "100.0 % found, 0 wrong pairs"


def test_a_look_up_finds_changed_copies_among_crops_of_other_photos(tmp_path: Path) -> None:
    figures = list(matching_growth.run(tmp_path, sizes=(20, 60), asked=2))
    assert [figure.what for figure in figures[:4:2]] == ["look-up among 20 photos", "look-up among 60 photos"]
    assert [figure.measured for figure in figures[1:4:2]] == ["100 % of 2", "100 % of 2"]


def test_a_search_is_measured_whole_and_finds_its_copies(tmp_path: Path) -> None:
    easy = [change for change in CHANGES if change.name in ("half", "mirrored")]
    figures = list(matching_search.run(tmp_path, sizes=(64,), asked=1, changes=easy))
    assert [figure.what for figure in figures] == [
        "search of a query among 64", "of that, look-up and verification", "right photo first",
    ]  # fmt: skip
    assert figures[0].measured.endswith("ms CPU")
    assert figures[2].measured == "100.0 % of 2"


def test_frames_are_counted_by_what_moved(tmp_path: Path) -> None:
    figures = list(matching_bursts.run(tmp_path, count=1))
    by_kind = [f"frames called copies, moved: {kind}" for kind in matching_bursts.KINDS]
    assert [figure.what for figure in figures] == [
        *by_kind, "frames called copies, from a tripod", "frames called copies, from the hand",
    ]  # fmt: skip
    assert figures[0].measured == "0.0 % of 1 (100 % the same scene)"
    assert figures[-1].against == "at most 1 %"


def test_photos_in_frames_and_covered_copies_are_counted(tmp_path: Path) -> None:
    figures = list(matching_frames.run(tmp_path, count=1))
    kinds = [figure.what.split(": ")[1] for figure in figures]
    assert kinds == [*matching_frames.FRAMES, *matching_frames.LAID_OVER]
    by_kind = dict(zip(kinds, [figure.measured for figure in figures], strict=True))
    assert (by_kind["turned print"], by_kind["squares"]) == ("0.0 % of 1", "100.0 % of 1")


@pytest.mark.parametrize(
    ("bound", "share", "holds"), [("at most", 0.01, False), ("at most", 0.02, True), ("at least", 0.9, False)]
)
def test_a_share_that_breaks_its_bound_is_said_to(bound: str, share: float, holds: bool) -> None:
    assert share_of("copies", 1, 60, bound, share) == Figure("copies", "1.7 % of 60", f"{bound} {100 * share:g} %", holds=holds)


def test_photos_that_carry_one_mark_are_counted(tmp_path: Path) -> None:
    figures = {figure.what: figure.measured for figure in matching_marks.run(tmp_path, count=2)}
    assert len(figures) == 2 * len(matching_marks.MARKS)
    assert figures["unrelated photos accepted, both with an address"] == "0.0 % of 2"
    assert figures["copies accepted, both with an address"] == "100.0 % of 2"


def test_corners_of_known_transforms_are_found(tmp_path: Path) -> None:
    figures = list(matching_corners.run(tmp_path, count=4))
    assert [figure.measured for figure in figures[:2]] == ["100.0 % of 4", "100 %"]
    assert figures[1].holds
    random = np.random.default_rng(1)
    copy, matrix = matching_corners.changed(np.full((60, 80), 90, np.uint8), random)
    assert matching_corners.corner_error(tuple(matrix.reshape(-1)), matrix, copy, np.zeros((60, 80), np.uint8)) == 0
    aside = np.array([[1, 0, 3], [0, 1, 4], [0, 0, 1]]) @ matrix
    error = matching_corners.corner_error(tuple(aside.reshape(-1)), matrix, copy, np.zeros((60, 80), np.uint8))
    assert abs(error - 5 / 100) < 1e-9


def test_parts_are_counted_by_sheet_and_their_boxes_held_against_the_true_place(tmp_path: Path) -> None:
    figures = {figure.what: figure.measured for figure in matching_parts.run(tmp_path, count=1, sizes=(2,))}
    assert len(figures) == 6 + 1 + len(matching_parts.INSETS) + 2 + len(matching_parts.COPIES)
    assert figures["tiles of a sheet of 2, no gap, whole"].startswith("100.0 % of 2; part 100.0 %, overlaid 0.0 %; box 0.99")
    assert figures["a photo beside its mirror image"] == "100.0 % of 6 parts boxed, 0 verdicts beside"
    assert figures["copies called parts: banner"] == "0.0 % of 6"


def test_the_tiles_of_a_sheet_lie_where_it_says(tmp_path: Path) -> None:
    photos = [Image.new("RGB", (400, 300), tone) for tone in ("red", "green", "blue", "yellow")]
    for fit in matching_parts.FITS:
        page, tiles = matching_parts.sheet(photos, "black", fit, np.random.default_rng(1))
        for photo, tile in zip(photos, tiles, strict=True):
            left, top, right, bottom = (round(edge) for edge in tile.place)
            assert page.crop((left, top, right, bottom)).getcolors() == [
                ((right - left) * (bottom - top), photo.getpixel((0, 0)))
            ]
            assert page.getpixel((left - 1, top)) == page.getpixel((left, bottom)) == (0, 0, 0)
            # A tile of whole pixels has not quite the shape of its photo.
            assert np.abs(np.subtract(tile.shown, (0, 0, 400, 300) if fit == "whole" else (50, 0, 350, 300))).max() < 1


def test_lettering_is_counted_by_what_was_told(tmp_path: Path) -> None:
    figures = list(lettering.run(tmp_path, most=2))
    assert [figure.what.split(";")[0] for figure in figures if figure.what.startswith("photos ")] == [
        "photos as they are", "photos with a caption",
    ] * 2  # fmt: skip
    for figure in figures:
        if figure.what.startswith("photos "):
            right, wrong, silent = (int(part.split()[0]) for part in figure.measured.split(", "))
            assert (right + wrong + silent, wrong) == (2, 0)
    assert figures[-1].measured.endswith("ms CPU")


def test_rows_are_the_same_for_the_same_seed_and_can_be_learnt_from(tmp_path: Path) -> None:
    """With the font that Pillow carries, which has Latin letters only."""
    carried = ImageFont.load_default(20)
    assert isinstance(carried, ImageFont.FreeTypeFont)
    assert isinstance(carried.path, BytesIO)
    path = tmp_path / "carried.ttf"
    path.write_bytes(carried.path.getvalue())
    fonts = fonts_by_script([path])
    assert fonts["latin"] == [str(path)]
    assert not fonts["cyrillic"]
    rows, again = ([*Maker(5, fonts).lines(12), *Maker(6, fonts).others(1)] for _ in range(2))
    assert all((one.columns == other.columns).all() for one, other in zip(rows, again, strict=True))
    assert {row.script for row in rows} == {"latin", None}
    windows, kinds = lettering_weights.windows_drawn(rows, np.random.default_rng(1))
    assert len(windows) == len(kinds) > 40
    assert set(kinds) == {0, lettering_weights.NEITHER}
