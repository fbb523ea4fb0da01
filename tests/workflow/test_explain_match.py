"""What the page of an explanation shows lies where the pictures agree, also when only a region was searched for."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from catalog.matching.point_pairs import MOST_SHOWN, point_pairs
from catalog.matching.verification import verify
from tests.conftest import SAMPLES, run_catalog
from tests.matching.conftest import comparable, scenes

BOAT = SAMPLES / "photos" / "boat.jpg"
__all__ = ["comparable", "scenes"]


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_points_that_agree_lie_where_the_transform_puts_them(request: pytest.FixtureRequest, is_mirrored: bool) -> None:
    made, pictures = request.getfixturevalue("comparable"), request.getfixturevalue("scenes")
    asked = pictures[1].crop((100, 80, 400, 300))
    query = made(asked.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if is_mirrored else asked)
    reference = made(pictures[1])
    (found,) = verify(query, reference)
    assert found.transform is not None
    pairs = np.array(point_pairs(query, reference, found.transform))
    assert 10 <= len(pairs) <= MOST_SHOWN
    placed = np.column_stack([pairs[:, 0] * query.width, pairs[:, 1] * query.height, np.ones(len(pairs))])
    moved = placed @ np.array(found.transform).reshape(3, 3).T
    off = moved[:, :2] / moved[:, 2:] - pairs[:, 2:] * (reference.width, reference.height)
    assert np.hypot(*off.T).max() < 8


def test_a_region_of_a_photo_is_found_as_a_crop_of_it_with_its_place(samples_instance: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    with Image.open(BOAT) as picture:
        box = (picture.width // 8, picture.height // 8, picture.width // 2, picture.height // 2)
    asked = ("--box", ",".join(map(str, box)), "--json")
    done = run_catalog(samples_instance, "match", BOAT, *asked, "--explain", page)
    best = done.lines[0]["matches"][0]
    paths = {one["path"]: one for one in done.lines[0]["matches"]}
    whole = next(one for path, one in paths.items() if path.endswith("boat.jpg"))
    assert best["state"] == "accepted"
    assert (whole["relation"], whole["state"]) == ("copy", "accepted")
    assert "cropped" in whole["changes"]
    assert whole["box"] == pytest.approx(box, abs=6)
    corner = np.array(whole["transform"]).reshape(3, 3) @ (box[0], box[1], 1)
    assert corner[:2] / corner[2] == pytest.approx(box[:2], abs=6)
    text = page.read_text("utf-8")
    assert text.count("<line ") >= 10
    assert "Points that agree" in text
    assert "The photo shows" in text
    assert "<summary>how sure: " in text


def test_an_inquiry_that_is_kept_names_the_file_and_not_the_region(samples_copy: Path) -> None:
    run_catalog(samples_copy, "match", BOAT, "--box", "40,40,300,200", "--keep")
    digest = json.loads(run_catalog(samples_copy, "match", BOAT, "--json").out.splitlines()[0])["matches"][0]["photo"]
    with closing(sqlite3.connect(samples_copy / "catalog.sqlite")) as database:
        assert database.execute("SELECT query_sha256 FROM inquiry").fetchall() == [(digest,)]


def test_every_part_of_a_collage_is_explained_with_its_place_in_both_pictures(samples_instance: Path, tmp_path: Path) -> None:
    page, sheet = tmp_path / "page.html", tmp_path / "sheet.png"
    made = Image.new("RGB", (1000, 500), "white")
    for place, name in enumerate(("boat.jpg", "street.jpg")):
        with Image.open(SAMPLES / "photos" / name) as photo:
            made.paste(ImageOps.fit(photo.convert("RGB"), (500, 500)), (500 * place, 0))
    made.save(sheet)
    matches = run_catalog(samples_instance, "match", sheet, "--json", "--explain", page).lines[0]["matches"]
    boxes = {one["path"].rpartition("/")[2]: one["box"] for one in matches if one["relation"] == "part"}
    assert boxes["boat.jpg"] == pytest.approx((0, 0, 500, 500), abs=10)
    assert boxes["street.jpg"] == pytest.approx((500, 0, 500, 500), abs=10)
    text = page.read_text("utf-8")
    assert text.count("Its place in the query: ") == len([one for one in matches if one["box"]])
    assert text.count("<polygon ") == 2 * len([one for one in matches if one["transform"]])
