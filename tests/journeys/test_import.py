"""Import, dry run, undo, decisions and rebuild, each by the command a person types."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Catalog, run_catalog

PHOTOS = SAMPLES / "photos"


def rows(instance: Path, question: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(instance / "catalog.sqlite")
    try:
        return [tuple(row) for row in database.execute(question)]
    finally:
        database.close()


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """Lay out three files: a picture, its mirrored crop, another picture; published by two outlets."""
    folder = tmp_path / "press"
    folder.mkdir()
    for name in ("lighthouse.jpg", "lighthouse-kromka.jpg", "boat.jpg"):
        shutil.copy(PHOTOS / name, folder / name)
    (folder / "manifest.csv").write_text(
        "file,publisher,url,published_at,caption,credit_line\n"
        "lighthouse.jpg,Courier,https://courier.example/1,2014-06-12,A lighthouse.,Mara Lindqvist/Courier\n"
        "lighthouse-kromka.jpg,Kromka,https://kromka.example/9,2021-10-03,This morning.,\n"
        "boat.jpg,Courier,https://courier.example/2,2015,A boat.,Courier\n",
        "utf-8",
    )
    return folder


def imported(catalog: Catalog, press: Path, *more: str) -> dict[str, dict[str, object]]:
    run = catalog("import", press, "--manifest", press / "manifest.csv", "--json", *more)
    assert run.code == 0, run.err
    return {line["item"]: line for line in run.lines if "item" in line}


def test_a_dry_run_says_what_an_import_then_does_and_keeps_nothing(press: Path, catalog: Catalog, tmp_path: Path) -> None:
    rehearsed = imported(catalog, press, "--dry-run")
    instance = tmp_path / "instance"
    assert rows(instance, "SELECT count(*) FROM photo") == rows(instance, "SELECT count(*) FROM event") == [(0,)]
    assert not (instance / "originals").exists() or not list((instance / "originals").rglob("*/*"))
    assert imported(catalog, press) == rehearsed


def test_a_changed_caption_of_one_publication_becomes_a_revision(press: Path, catalog: Catalog, tmp_path: Path) -> None:
    first = imported(catalog, press)
    text = (press / "manifest.csv").read_text("utf-8").replace("A lighthouse.", "A lighthouse at sunset.")
    (press / "manifest.csv").write_text(text, "utf-8")
    second = imported(catalog, press)
    assert [second[item]["outcome"] for item in second] == ["added", "known", "known"]
    assert second["manifest.csv:2"]["publication"] == first["manifest.csv:2"]["publication"]
    kept = rows(tmp_path / "instance", "SELECT revision, text FROM caption WHERE text LIKE 'A lighthouse%' ORDER BY id")
    assert kept == [(1, "A lighthouse."), (2, "A lighthouse at sunset.")]


def test_undo_takes_back_a_run_and_importing_again_adds_it_again(press: Path, catalog: Catalog) -> None:
    run = catalog("import", press, "--manifest", press / "manifest.csv", "--json").summary["run"]
    assert catalog("search", "lighthouse", "--json").summary["matching"] == 1
    assert catalog("undo", run, "--reason", "wrong folder").code == 0
    assert catalog("search", "lighthouse", "--json").summary["matching"] == 0
    assert catalog("chains", "--json").summary["chains"] == 0
    assert catalog("undo", run).code == 2
    again = imported(catalog, press)
    assert {line["outcome"] for line in again.values()} == {"added"}
    assert catalog("search", "lighthouse", "--json").summary["matching"] == 1
    assert catalog("verify").code == 0


def test_undo_leaves_what_another_run_says_too(press: Path, catalog: Catalog) -> None:
    first = catalog("import", press, "--manifest", press / "manifest.csv", "--json").summary["run"]
    imported(catalog, press)
    assert catalog("undo", first).code == 0
    assert catalog("search", "lighthouse", "--json").summary["matching"] == 1


def test_undo_keeps_the_copies_that_another_run_brought(press: Path, catalog: Catalog, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(PHOTOS / "lighthouse-vestnik.jpg", other / "copy.jpg")
    kept = imported(catalog, press)
    run = catalog("import", other, "--json").summary["run"]
    assert len(catalog("chains", str(kept["manifest.csv:2"]["photo"]), "--json").lines[0]["photos"]) == 3
    assert catalog("undo", run).code == 0
    assert len(catalog("chains", str(kept["manifest.csv:2"]["photo"]), "--json").lines[0]["photos"]) == 2
    assert catalog("search", "lighthouse", "--json").summary["matching"] == 1


def test_a_rejected_pair_stays_apart_and_an_undone_decision_does_not(press: Path, catalog: Catalog) -> None:
    photos = imported(catalog, press)
    pair = (str(photos["manifest.csv:2"]["photo"]), str(photos["manifest.csv:3"]["photo"]))
    assert len(catalog("chains", pair[0], "--json").lines[0]["photos"]) == 2
    assert catalog("decide", "reject", *pair, "--reason", "another lighthouse").code == 0
    assert len(catalog("chains", pair[0], "--json").lines[0]["photos"]) == 1
    assert catalog("rebuild").code == 0
    imported(catalog, press)
    assert len(catalog("chains", pair[0], "--json").lines[0]["photos"]) == 1
    assert catalog("decide", "undo", *pair, "--reason", "it is the same").code == 0
    assert len(catalog("chains", pair[0], "--json").lines[0]["photos"]) == 2
    assert catalog("verify").code == 0


def test_an_accepted_pair_is_one_group_whatever_was_measured(press: Path, catalog: Catalog) -> None:
    photos = imported(catalog, press)
    pair = (str(photos["manifest.csv:2"]["photo"]), str(photos["manifest.csv:4"]["photo"]))
    assert catalog("decide", "accept", *pair, "--reason", "for the test").code == 0
    shown = catalog("show", pair[0], "--json").lines[0]
    assert pair[1] in {version["photo"]["sha256"] for version in shown["versions"]}


def test_a_rebuild_makes_the_same_derived_rows(press: Path, catalog: Catalog, tmp_path: Path) -> None:
    imported(catalog, press)
    instance = tmp_path / "instance"
    before = derived(instance)
    assert catalog("rebuild").code == 0
    assert derived(instance) == before
    assert catalog("verify").code == 0


def derived(instance: Path) -> dict[str, list[tuple[object, ...]]]:
    return {
        "rendition": rows(instance, "SELECT * FROM rendition ORDER BY photo_id"),
        "descriptor": rows(
            instance, "SELECT photo_id, algorithm, version, bits, data, array_length FROM descriptor ORDER BY 1, 2"
        ),
        "verification": rows(
            instance,
            "SELECT query_photo_id, reference_photo_id, relation, state, score, changes FROM verification ORDER BY 1, 2",
        ),
        "group": rows(
            instance,
            "SELECT g.cover_photo_id, m.photo_id, g.publication_count, g.finding_count"
            " FROM picture_group g JOIN group_member m ON m.group_id = g.id ORDER BY 1, 2",
        ),
        "party": rows(instance, "SELECT credit_id, role, name, source_id FROM credit_party ORDER BY credit_id, id"),
        "source": rows(instance, "SELECT * FROM named_source ORDER BY id"),
        "chain": rows(instance, "SELECT first_photo_id, state, origin FROM chain ORDER BY 1"),
        "derivation": rows(
            instance,
            "SELECT parent_photo_id, child_photo_id, directed, changes, confidence FROM derivation ORDER BY 1, 2",
        ),
        "finding": rows(instance, "SELECT rule, reason FROM finding ORDER BY 1, 2"),
        "words": rows(instance, "SELECT rowid, words FROM photo_words ORDER BY rowid"),
        "standing": rows(instance, "SELECT * FROM standing ORDER BY 1, 2"),
    }  # fmt: skip


def test_the_lines_of_an_import_are_only_json(press: Path, catalog: Catalog) -> None:
    run = catalog("import", press, "--manifest", press / "manifest.csv", "--json")
    for line in run.out.splitlines():
        json.loads(line)
    assert set(run.lines[0]) == {"item", "outcome", "photo", "publication", "reason", "warnings"}
    assert set(run.summary) == {"run", "read", "added", "known", "rejected", "seconds"}


def test_a_query_finds_the_crop_and_an_unreadable_one_is_named(press: Path, catalog: Catalog, tmp_path: Path) -> None:
    imported(catalog, press)
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    run = catalog("match", PHOTOS / "lighthouse-vestnik.jpg", tmp_path / "broken.jpg", "--json")
    assert run.code == 1
    found = {match["path"]: match for match in run.lines[0]["matches"]}
    assert {"lighthouse.jpg", "lighthouse-kromka.jpg"} <= set(found)
    assert found["lighthouse.jpg"]["publications"][0]["publisher"] == "Courier"
    assert set(run.lines[1]) == {"query", "error"}
    assert run.summary["queries"] == 2


def test_the_same_bytes_are_said_to_be_so(press: Path, catalog: Catalog) -> None:
    imported(catalog, press)
    best = catalog("match", PHOTOS / "boat.jpg", "--json").lines[0]["matches"][0]
    assert (best["relation"], best["state"], best["score"]) == ("same_bytes", "accepted", 1.0)


def test_an_instance_can_be_asked_before_anything_is_in_it(tmp_path: Path) -> None:
    for arguments in (
        ("chains", "--json"),
        ("search", "x", "--json"),
        ("verify", "--json"),
        ("report", "duplicates", "--format", "jsonl"),
    ):
        assert run_catalog(tmp_path / "empty", *arguments).code == 0
