"""A query that cannot be read is named and the others are answered; a box is looked up as it is given."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, run_catalog

PICTURE = SAMPLES / "photos" / "lighthouse.jpg"
WIDTH, HEIGHT = 768, 512


def test_a_query_that_cannot_be_read_is_named_and_the_others_are_answered(samples_instance: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.jpg"
    link.symlink_to(PICTURE)
    run = run_catalog(samples_instance, "match", tmp_path / "gone.jpg", link, tmp_path / "gone" / "x.jpg", PICTURE, "--json")
    assert run.code == 1
    assert [line.get("error") for line in run.lines if "query" in line] == [
        "missing_file", "symlink_refused", "missing_file", None,
    ]  # fmt: skip
    assert run.lines[3]["matches"][0]["relation"] == "same_bytes"
    assert run.summary["queries"] == 4
    assert f"{tmp_path / 'gone.jpg'}: there is no such file" in run.err
    assert f"{link}: is a symbolic link; name the file itself" in run.err


def test_of_a_folder_what_an_import_would_take_is_searched_for(samples_instance: Path, tmp_path: Path) -> None:
    for name in ("one.jpg", ".hidden.jpg", "one.xmp", "manifest.csv", ".trash/two.jpg", "inner/three.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(PICTURE, tmp_path / name)
    run = run_catalog(samples_instance, "match", tmp_path, "--json")
    assert run.code == 0
    assert [line["query"] for line in run.lines if "query" in line] == [
        str(tmp_path / "inner" / "three.jpg"), str(tmp_path / "one.jpg"),
    ]  # fmt: skip


@pytest.mark.parametrize("box", [f"{WIDTH},0,50,50", f"0,{HEIGHT},50,50", "-100,0,50,50", "0,-100,50,50", "-50,-50,50,50"])
def test_a_box_outside_the_picture_is_an_error_and_not_another_region(samples_instance: Path, box: str) -> None:
    run = run_catalog(samples_instance, "match", PICTURE, "--box", box, "--json")
    assert run.code == 1
    assert run.lines[0] == {"query": str(PICTURE), "error": "box_outside"}


def test_of_a_box_that_juts_out_the_part_inside_is_looked_up(samples_instance: Path) -> None:
    whole = run_catalog(samples_instance, "match", PICTURE, "--box", f"0,0,{WIDTH},{HEIGHT}", "--json")
    larger = run_catalog(samples_instance, "match", PICTURE, "--box", f"-10,-10,{WIDTH + 20},{HEIGHT + 20}", "--json")
    found = [[(one["photo"], one["relation"], one["score"]) for one in run.lines[0]["matches"]] for run in (whole, larger)]
    assert found[0] == found[1]
    assert found[0][0][1] == "copy"


def test_a_search_says_how_many_photos_it_cannot_find_yet(samples_instance: Path, tmp_path: Path) -> None:
    instance = Path(shutil.copytree(samples_instance, tmp_path / "instance"))
    assert "not described" not in run_catalog(instance, "match", PICTURE).err
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database, database:
        # As a rebuild leaves it that was killed after a part of the photos.
        left = database.execute("SELECT id FROM photo ORDER BY id LIMIT 2").fetchall()
        for table in ("descriptor", "rendition"):
            database.executemany(f"DELETE FROM {table} WHERE photo_id = ?", left)
    assert "Note: 2 photos are not described yet and cannot be found" in run_catalog(instance, "match", PICTURE).err
    assert run_catalog(instance, "rebuild", "--pending").code == 0
    assert "not described" not in run_catalog(instance, "match", PICTURE).err
