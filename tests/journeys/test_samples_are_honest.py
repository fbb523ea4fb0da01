"""The sample collection is complete, licensed, labelled, and what its papers say it is."""

from __future__ import annotations

import calendar
import csv
import hashlib
import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image

from catalog.records.match import CHANGES
from catalog.records.publication import CREDIT_PARTY_ROLES
from tools.make_samples import RECIPES, embed_all, make_pictures

SAMPLES = Path(__file__).parents[2] / "samples"
PHOTOS = SAMPLES / "photos"
MOSCOW_TIMES = "https://www.themoscowtimes.com/2017/01/02/russian-army-publishes-pictures-of-aleppo-ruins-a5671"
FREE_LICENCES = {
    "CC0-1.0",
    "CC BY 4.0",
    "BSD-3-Clause",
    "Kodak: unrestricted usage",
    "free to use however you wish",
    "public domain",
}
STORIES = {
    "starting-story",
    "crop-and-redate",
    "mirror-and-crop",
    "overlay",
    "lost-issuer",
    "collage",
    "same-scene",
}


def rows_of(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


MANIFEST = rows_of("manifest.csv")
LICENCES = rows_of("LICENCES.csv")
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
EXPECTED_STORIES: list[dict[str, Any]] = EXPECTED["stories"]


def story(name: str) -> dict[str, Any]:
    return next(found for found in EXPECTED_STORIES if found["id"] == name)


def captions(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for column, text in row.items():
        if text and (column == "caption" or column.startswith("caption.")):
            yield column.partition(".")[2] or "en", text


def test_every_file_has_a_row_of_licences_and_every_row_its_file() -> None:
    kept = sorted(path.relative_to(SAMPLES).as_posix() for path in PHOTOS.iterdir())
    assert kept == sorted(row["file"] for row in LICENCES)


def test_every_licence_is_free_and_every_origin_is_named() -> None:
    for row in LICENCES:
        assert set(row["licence"].split(" | ")) <= FREE_LICENCES, row["file"]
        assert row["repo"], row["file"]
        assert row["path"], row["file"]
        assert row["credit"], row["file"]
        assert row["done"], row["file"]


def test_every_checksum_is_that_of_the_file() -> None:
    for row in LICENCES:
        assert hashlib.sha256((SAMPLES / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]


def test_a_derived_picture_carries_the_licence_of_all_it_is_made_from() -> None:
    licences = {row["file"]: set(row["licence"].split(" | ")) for row in LICENCES}
    for name, recipe in RECIPES.items():
        for source in recipe.sources:
            assert licences[f"photos/{source}"] <= licences[f"photos/{name}"], name


def test_the_collection_is_large_enough_and_small_enough() -> None:
    pictures = [path for path in PHOTOS.iterdir() if path.suffix == ".jpg"]
    assert len(pictures) >= 60
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) <= 20_000_000
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.format == "JPEG"
            assert max(picture.size) <= 1200, path.name


def test_no_two_files_are_the_same_bytes() -> None:
    assert len({row["sha256"] for row in LICENCES}) == len(LICENCES)


def test_the_manifest_names_every_picture_and_nothing_else() -> None:
    pictures = {row["file"] for row in LICENCES if row["kind"] != "sidecar"}
    assert {row["file"] for row in MANIFEST} == pictures


def test_no_two_rows_are_one_publication() -> None:
    keys = [(row["file"], row["publisher"], row["url"] or row["published_at"]) for row in MANIFEST]
    assert len(set(keys)) == len(keys)


def test_a_row_is_one_physical_line() -> None:
    assert len((SAMPLES / "manifest.csv").read_text("utf-8").splitlines()) == len(MANIFEST) + 1


def test_every_publisher_is_in_the_list_of_invented_outlets_or_is_the_moscow_times() -> None:
    table = (SAMPLES / "README.md").read_text("utf-8").partition("| outlet | kind | language |")[2].partition("\n\n")[0]
    listed = {line.split("|")[1].strip() for line in table.splitlines()[2:]}
    assert {row["publisher"] for row in MANIFEST} == listed | {"The Moscow Times"}
    assert 12 <= len(listed) <= 20


def test_every_address_but_that_of_the_starting_story_leads_nowhere() -> None:
    for row in MANIFEST:
        if row["publisher"] == "The Moscow Times":
            assert row["url"] == MOSCOW_TIMES
        else:
            assert (urlsplit(row["url"]).hostname or "").endswith(".example"), row["url"]


def test_the_starting_story_is_told_with_labelled_stand_ins() -> None:
    told = [row for row in MANIFEST if row["publisher"] == "The Moscow Times"]
    assert 2 <= len(told) <= 3
    for row in told:
        assert row["headline"] == "Russian Army Publishes Pictures of Aleppo Ruins"
        assert row["published_at"] == "2017-01-02"
        assert row["credit_line"] == "Russian Ministry of Defense"
        assert "stand-in" in row["alt_text"].lower()
        assert row["caption"].startswith("Stand-in for")
        assert "stand-in" in row["note"].lower()
    assert {row["file"] for row in told} == set(story("starting-story")["files"])


def test_a_stand_in_carries_its_label_in_the_picture() -> None:
    for name in story("starting-story")["files"]:
        with Image.open(SAMPLES / name) as opened:
            levels = np.asarray(opened.convert("L"))
        bar = levels[-round(len(levels) * 0.06) :]
        assert np.median(bar) < 40, name
        assert 0.01 < (bar > 180).mean() < 0.2, name


def test_captions_stand_in_four_languages_and_in_their_scripts() -> None:
    by_language: dict[str, list[str]] = {}
    for row in MANIFEST:
        for language, text in captions(row):
            by_language.setdefault(language, []).append(text)
    assert set(by_language) == {"en", "ru", "uk", "ar"}
    for language, script in (("en", "LATIN"), ("ru", "CYRILLIC"), ("uk", "CYRILLIC"), ("ar", "ARABIC")):
        assert len(by_language[language]) >= 15
        for text in by_language[language]:
            letters = [letter for letter in text if letter.isalpha()]
            of_script = sum(unicodedata.name(letter).startswith(script) for letter in letters)
            assert of_script > 0.5 * len(letters), text
    assert not any(letter in text for text in by_language["ru"] for letter in "іїєґІЇЄҐ")
    assert not any(letter in text for text in by_language["uk"] for letter in "ыэёъЫЭЁЪ")


def test_a_weekday_named_beside_a_date_is_the_right_one() -> None:
    months, days = list(calendar.month_name)[1:], list(calendar.day_name)
    found = 0
    for row in MANIFEST:
        words = row["caption"].replace(",", " ").replace(".", " ").split()
        for at, word in enumerate(words[:-3]):
            if word in days and any(month.startswith(words[at + 1]) for month in months):
                number = next(place for place, month in enumerate(months, 1) if month.startswith(words[at + 1]))
                assert days[date(int(words[at + 3]), number, int(words[at + 2])).weekday()] == word, row["caption"]
                found += 1
    assert found >= 5


def test_dates_stand_in_several_precisions_and_forms() -> None:
    stated = [row["published_at"] for row in MANIFEST]
    assert "" in stated
    assert any(len(text) == 7 for text in stated)
    assert any(text.endswith("Z") for text in stated)
    assert any(text.endswith("+03:00") for text in stated)
    assert any(letter.isalpha() and letter not in "TZ" for text in stated for letter in text)


def test_two_photos_have_sidecars_of_each_way_of_naming() -> None:
    sidecars = {row["file"] for row in LICENCES if row["kind"] == "sidecar"}
    assert sidecars == {"photos/fir-forest.xmp", "photos/towers.jpg.xmp"}


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("remade")
    make_pictures(folder)
    return folder


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_a_derived_picture_is_what_its_recipe_makes(name: str, remade: Path) -> None:
    with Image.open(PHOTOS / name) as kept, Image.open(remade / name) as made:
        assert kept.size == made.size
        assert kept.mode == made.mode
        apart = np.abs(np.asarray(kept, np.int16) - np.asarray(made, np.int16))
    # Another release of the JPEG encoder or of the font may move single levels, never the picture.
    assert float(apart.mean()) < 2.0


def test_putting_the_metadata_in_again_changes_nothing(tmp_path: Path) -> None:
    for name in json.loads((SAMPLES / "embedded.json").read_text("utf-8")):
        (tmp_path / Path(name).name).write_bytes((SAMPLES / name).read_bytes())
    embed_all(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (PHOTOS / path.name).read_bytes(), path.name


def test_the_metadata_edit_left_the_coded_picture_alone() -> None:
    first, second = ((PHOTOS / name).read_bytes() for name in ("lake.jpg", "lake-bluekite.jpg"))
    assert first != second
    assert first[first.index(b"\xff\xdb") :] == second[second.index(b"\xff\xdb") :]


def test_no_file_states_a_position_or_a_serial_number() -> None:
    for row in LICENCES:
        if row["kind"] != "sidecar":
            with Image.open(SAMPLES / row["file"]) as picture:
                exif = picture.getexif()
                assert not exif.get_ifd(0x8825), row["file"]
                assert 0xA431 not in exif.get_ifd(0x8769), row["file"]


def test_all_stories_are_told_and_answered() -> None:
    assert {found["id"] for found in EXPECTED_STORIES} >= STORIES
    for found in EXPECTED_STORIES:
        assert found["title"]
        assert found["summary"]
        assert found["files"]
    assert story("collage")["parts"]
    assert story("same-scene")["same_scene"]
    assert [edge["directed"] for edge in story("undetermined")["derivations"]] == [False]
    assert not story("legitimate-variety")["findings"]


def test_the_answers_name_only_files_changes_and_roles_that_exist() -> None:
    files = {row["file"] for row in MANIFEST}
    for found in EXPECTED_STORIES:
        inside = set(found["files"])
        assert inside <= files
        for pairs in ("groups", "parts", "linked", "same_scene"):
            assert all(set(names) <= inside for names in found[pairs]), found["id"]
        for edge in found["derivations"]:
            assert {edge["from"], edge["to"]} <= inside
            assert {*edge["changes"], *edge.get("changes_any", [])} <= set(CHANGES)
        assert set(found["origin"]) <= inside
        for finding in found["findings"]:
            assert set(finding["files"]) <= inside
            assert finding["rule"] in EXPECTED["rules"]
        for credited in found["credited"]:
            row = MANIFEST[credited["publication_line"] - 2]
            assert row["file"] in inside
            assert set(credited.get("role_may_be", [])) <= set(CREDIT_PARTY_ROLES)
            for party in credited["parties"]:
                assert party["role"] in CREDIT_PARTY_ROLES
                assert party["name"] in row["credit_line"]
    assert set(EXPECTED["changes_may_add"]) <= set(CHANGES)


def test_every_file_is_in_one_story_or_stands_alone() -> None:
    told = [name for found in EXPECTED_STORIES for name in found["files"]]
    assert len(set(told)) == len(told)
    assert sorted([*told, *EXPECTED["singles"]]) == sorted({row["file"] for row in MANIFEST})


def test_a_pair_that_never_matches_shares_no_answer() -> None:
    linked = {
        frozenset((first, second))
        for found in EXPECTED_STORIES
        for names in [*found["groups"], *found["parts"], *found["linked"], *found["same_scene"]]
        for first in names
        for second in names
    }
    assert not {frozenset(pair) for pair in EXPECTED["never_matched"]} & linked


def test_every_derived_file_has_its_edge() -> None:
    edges = {(Path(edge["from"]).name, Path(edge["to"]).name) for found in EXPECTED_STORIES for edge in found["derivations"]}
    for name, recipe in RECIPES.items():
        assert {(source, name) for source in recipe.sources} <= edges, name


def test_the_counts_are_those_of_the_manifest() -> None:
    assert EXPECTED["counts"] == {
        "photos": len({row["file"] for row in MANIFEST}),
        "publications": len(MANIFEST),
        "stories": len(EXPECTED_STORIES),
        "groups_of_two_or_more": sum(len(found["groups"]) for found in EXPECTED_STORIES),
        "singles": len(EXPECTED["singles"]),
        "publishers": len({row["publisher"] for row in MANIFEST}),
    }


def test_the_readme_counts_what_is_there() -> None:
    words = (SAMPLES / "README.md").read_text("utf-8")
    kinds = [row["kind"] for row in LICENCES]
    made = kinds.count("derived") + kinds.count("drawn")
    assert f"{EXPECTED['counts']['photos']} photos and {EXPECTED['counts']['publications']} publications" in words
    assert f"{kinds.count('base')} base pictures scaled to at most 1200 pixels, {made} files made from them or drawn" in words
    assert f"{len(EXPECTED['singles'])} more pictures stand alone" in words
    for found in EXPECTED_STORIES:
        assert f"| `{found['id']}` |" in words
