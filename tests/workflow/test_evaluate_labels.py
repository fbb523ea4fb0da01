"""Labelled pairs are examined by the real command, and the thresholds that follow are put in force by the setting."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from catalog.errors import SettingsError
from catalog.matching.thresholds import SHIPPED, VERSION
from catalog.settings import Settings
from catalog.workflow.choose_thresholds import FORMAT, thresholds_in_force
from tests.conftest import SAMPLES, Catalog, run_catalog

PHOTOS = SAMPLES / "photos"
PAIRS = [
    ("boat.jpg", "boat-bluekite.jpg", "copy"),
    ("boat.jpg", "boat-studio.jpg", "copy"),
    ("collage-ufuq.jpg", "mountains.jpg", "part"),
    ("boat.jpg", "boat.jpg", "same_bytes"),
    ("boat.jpg", "lake.jpg", "none"),
    ("mountains.jpg", "railway.jpg", "none"),
    ("shirts-frame-1.jpg", "shirts-frame-2.jpg", "same_scene"),
]


def labels(folder: Path, pairs: list[tuple[str, str, str]]) -> Path:
    path = folder / "labels.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("first", "second", "label"), *pairs])
    return path


def thresholds(folder: Path, **more: object) -> Path:
    path = folder / "thresholds.json"
    values = {"format": FORMAT, "verification_version": VERSION, "rungs": {"local_points": {"suggest": 0.99, "accept": 1.0}}}
    path.write_text(json.dumps({**values, **more}), "utf-8")
    return path


def test_labelled_pairs_are_examined_and_their_thresholds_hold(catalog: Catalog, tmp_path: Path) -> None:
    table = labels(tmp_path, [(str(PHOTOS / one), str(PHOTOS / other), label) for one, other, label in PAIRS])
    done = catalog("evaluate", table, "--output", tmp_path / "found.json", "--allow-few", "--json")
    assert done.code == 0, done.err
    assert done.summary == {"pairs": 7, "failed": 0, "linked": 4, "unlinked": 3}
    pairs = {line["row"]: line for line in done.lines if "row" in line}
    assert [pairs[row]["label"] for row in range(2, 9)] == [label for *_, label in PAIRS]
    rungs = {line["rung"]: line for line in done.lines if "points" in line}
    assert {"all", "local_points", "same_bytes"} <= set(rungs)
    accept = rungs["local_points"]["accept"]
    assert all(pairs[row]["score"] >= accept for row in (2, 3, 4))
    assert all(pairs[row]["score"] < accept for row in (6, 7, 8))
    in_force = thresholds_in_force(Settings(thresholds=str(tmp_path / "found.json")))
    assert in_force.of("local_points").accept == accept
    assert in_force.of("pdq") == in_force.of("nothing of the kind")


def test_too_few_labels_write_no_thresholds_and_say_how_many_it_takes(catalog: Catalog, tmp_path: Path) -> None:
    table = labels(tmp_path, [(str(PHOTOS / one), str(PHOTOS / other), label) for one, other, label in PAIRS])
    done = catalog("evaluate", table, "--one-false-in", "1000", "--output", tmp_path / "found.json", "--json")
    assert done.code == 1
    assert "Error (too_few_labels)" in done.err
    assert "local_points: pairs that pass: 3; an accept precision of 0.99 is shown by 300, none of them wrong." in done.err
    assert "local_points: unlinked pairs: 3; an accept precision of 0.99 is shown with 300, none of which passes." in done.err
    assert "local_points: unlinked pairs: 3; one false in 1000 is shown with 3000, none of which passes." in done.err
    assert not (tmp_path / "found.json").exists()
    points = next(line for line in done.lines if line.get("rung") == "local_points" and "points" in line)
    assert {"wish": "accept_precision", "pairs": "passing", "held": 3, "needed": 300} in points["lacks"]
    low, high = points["points"][0]["precision_95"]
    assert 0 < low < points["points"][0]["precision"] <= high <= 1


def test_labels_enough_for_what_is_asked_write_thresholds_without_a_word(catalog: Catalog, tmp_path: Path) -> None:
    table = labels(tmp_path, [(str(PHOTOS / one), str(PHOTOS / other), label) for one, other, label in PAIRS])
    mild = ("--suggest-precision", "0", "--accept-precision", "0")
    done = catalog("evaluate", table, *mild, "--output", tmp_path / "found.json")
    assert done.code == 0, done.err
    assert "is shown" not in done.err
    assert json.loads((tmp_path / "found.json").read_text())["rungs"]["local_points"].keys() == {"suggest", "accept"}
    assert "with thresholds of local_points" in done.err


def test_pairs_that_cannot_be_examined_are_named_by_row_and_the_others_count(catalog: Catalog, tmp_path: Path) -> None:
    digest = hashlib.sha256(b"nothing").hexdigest()
    boat = str(PHOTOS / "boat.jpg")
    (tmp_path / "text.jpg").write_text("no picture")
    rows = [(boat, "gone.jpg", "copy"), (boat, str(PHOTOS / "boat-bluekite.jpg"), "copy"), (digest, boat, "none")]
    table = labels(tmp_path, [*rows, ("text.jpg", boat, "none")])
    done = catalog("evaluate", table, "--json")
    assert done.code == 1
    failed = {line["row"]: line["error"] for line in done.lines if "error" in line}
    assert failed == {2: "missing_file", 4: "not_in_catalogue", 5: "unreadable_image"}
    assert "row 4 (not_in_catalogue)" in done.err
    assert done.summary == {"pairs": 1, "failed": 3, "linked": 1, "unlinked": 0}


def test_thresholds_of_a_file_hold_for_searches_and_stand_with_every_match(samples_instance: Path, tmp_path: Path) -> None:
    own = {"CATALOG_THRESHOLDS": str(thresholds(tmp_path))}
    query = PHOTOS / "boat-bluekite.jpg"
    shipped = run_catalog(samples_instance, "match", query, "--json").lines[0]["matches"]
    strict = run_catalog(samples_instance, "match", query, "--json", **own).lines[0]["matches"]
    assert {one["relation"] for one in shipped if one["state"] == "accepted"} >= {"same_bytes", "copy"}
    assert {one["relation"] for one in strict if one["state"] == "accepted"} == {"same_bytes"}


def test_without_a_file_the_shipped_thresholds_hold() -> None:
    assert thresholds_in_force(Settings()) == SHIPPED


@pytest.mark.parametrize(
    "more",
    [
        {"format": "another"},
        {"verification_version": VERSION + 1},
        {"rungs": {"pdq": {"suggest": 0.9, "accept": 0.1}}},
        {"rungs": {"pdq": {"suggest": 0.9}}},
        {"rungs": []},
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, more: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="catalog evaluate"):
        thresholds_in_force(Settings(thresholds=str(thresholds(tmp_path, **more))))


def test_a_file_that_is_not_there_is_named_as_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file; correct the path"):
        thresholds_in_force(Settings(thresholds=str(tmp_path / "tresholds.json")))
