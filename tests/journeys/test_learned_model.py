"""With a learned model in force, isolated workers make its vectors; a model that cannot be used stops before anything is done."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import SAMPLES, Catalog
from tests.fixtures.onnx_models import LENGTH, colour_grid, write_model

PHOTOS = ("boat.jpg", "boat-bluekite.jpg", "lake.jpg", "rose.jpg")
SIZE = "coalesce(array_length, length(data))"
VECTORS = f"SELECT count(*), min({SIZE}), max({SIZE}) FROM descriptor WHERE algorithm = 'learned'"


def vectors(instance: Path) -> tuple[int, int | None, int | None]:
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        found: tuple[int, int | None, int | None] = database.execute(VECTORS).fetchone()
    return found


def press(folder: Path) -> Path:
    made = folder / "press"
    made.mkdir()
    for name in PHOTOS:
        shutil.copy(SAMPLES / "photos" / name, made)
    return made


def test_photos_get_vectors_when_a_model_is_set_and_answers_stay_as_they_were(catalog: Catalog, tmp_path: Path) -> None:
    photos, model = press(tmp_path), str(write_model(tmp_path / "colours.onnx"))
    assert catalog("import", photos, "--json").code == 0
    assert vectors(tmp_path / "instance") == (0, None, None)
    before = catalog("match", photos / "boat.jpg", "--json").lines[0]
    made = catalog("rebuild", "--pending", CATALOG_MODEL=model)
    assert made.code == 0, made.err
    assert vectors(tmp_path / "instance") == (len(PHOTOS), 2 * LENGTH, 2 * LENGTH)
    with_model = catalog("match", photos / "boat.jpg", "--json", CATALOG_MODEL=model)
    assert with_model.lines[0] == before
    assert catalog("match", photos / "boat.jpg", "--json").lines[0] == before


def test_an_import_with_a_model_describes_by_it_in_isolated_workers(catalog: Catalog, tmp_path: Path) -> None:
    model = str(write_model(tmp_path / "colours.onnx"))
    done = catalog("import", press(tmp_path), "--json", CATALOG_MODEL=model)
    assert done.code == 0, done.err
    assert done.summary["added"] == len(PHOTOS)
    assert [line["warnings"] for line in done.lines if "item" in line] == [[]] * len(PHOTOS)
    assert vectors(tmp_path / "instance") == (len(PHOTOS), 2 * LENGTH, 2 * LENGTH)


def test_a_model_that_cannot_be_used_stops_an_import_before_anything_is_taken_in(catalog: Catalog, tmp_path: Path) -> None:
    photos = press(tmp_path)
    model = str(write_model(tmp_path / "colours.onnx", colour_grid(channels=1)))
    done = catalog("import", photos, "--json", CATALOG_MODEL=model)
    assert done.code == 2
    assert "CATALOG_MODEL: " in done.err
    assert "its inputs are" in done.err
    assert done.lines == []
    again = catalog("import", photos, "--json")
    assert again.summary["added"] == len(PHOTOS)
