"""Claims of captions are read when a caption is kept, found by the grid, told on pages, and made again by a rebuild."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from catalog.errors import UsageError
from catalog.records.pages.grid import GridFilters
from catalog.records.pages.turning import Place as PagePlace
from catalog.store.sql.catalogue import SqlStore
from catalog.workflow.tell_captions import place_called
from tests.conftest import Catalog, run_catalog

CAPTIONS = {
    "a.jpg": ("Ruins of eastern Aleppo, 2 January 2017. Twelve people were killed.", "Orbit Wire", "2017-01-02"),
    "b.jpg": ("أنقاض في الموصل، 2 كانون الثاني 2017", "Sahel Post", "2017-02-01"),
    "c.jpg": ("Дым в Киеве сегодня", "Kromka", "2022-03-01"),
}


def kept(instance: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    with closing(sqlite3.connect(instance / "catalog.sqlite")) as database:
        claims = database.execute(
            "SELECT c.text, k.kind, k.role, k.value, k.span_from, k.span_to, k.least FROM caption_claim k "
            "JOIN caption c ON c.id = k.caption_id ORDER BY c.id, k.span_from, k.kind"
        ).fetchall()
        return claims, database.execute("SELECT caption_id, place FROM caption_place ORDER BY 1, 2").fetchall()


@pytest.fixture
def instance(tmp_path: Path, catalog: Catalog) -> Path:
    press = tmp_path / "press"
    press.mkdir()
    rows = []
    for number, (name, (caption, publisher, day)) in enumerate(CAPTIONS.items()):
        # The first two are one picture, saved twice.
        Image.effect_mandelbrot((300, 200), (-2 + (number == 2), -1.5, 1, 1.5), 60).convert("RGB").save(
            press / name, quality=90 - number
        )
        row = {"file": name, "caption": caption, "publisher": publisher, "published_at": day}
        rows.append(json.dumps(row, ensure_ascii=False))
    (press / "manifest.jsonl").write_text("\n".join(rows), "utf-8")
    assert catalog("import", press, "--manifest", press / "manifest.jsonl").code == 0
    return tmp_path / "instance"


def test_claims_are_kept_with_spans_and_a_rebuild_makes_the_same(instance: Path) -> None:
    claims, shown = kept(instance)
    assert {(kind, role, value) for _, kind, role, value, *_ in claims} == {
        ("place", "shown", "aleppo-east"), ("date", "shown", "2017-01-02"), ("number", "shown", "killed people"),
        ("place", "shown", "mosul"), ("place", "shown", "kyiv"), ("date", "relative", ""),
    }  # fmt: skip
    assert {place for _, place in shown} >= {"aleppo-east", "aleppo", "sy-aleppo", "SY", "mosul", "IQ", "kyiv", "UA"}
    assert run_catalog(instance, "rebuild").code == 0
    assert kept(instance) == (claims, shown)


@pytest.mark.parametrize(
    ("asked", "pictures"),
    [
        ({"shown_place": "aleppo"}, 1),
        ({"shown_place": "SY"}, 1),
        ({"shown_place": "UA"}, 1),
        ({"shown_place": "LB"}, 0),
        ({"shown_date": "2017-01-02"}, 1),
        ({"shown_date": "2017"}, 1),
        ({"shown_date": "2017-01-03"}, 0),
        ({"shown_date": "2022-03-01"}, 0),  # "today" is no claim of its own
    ],
)
def test_the_grid_is_asked_for_a_place_or_a_day_that_captions_name(instance: Path, asked: dict[str, str], pictures: int) -> None:
    with closing(SqlStore(f"sqlite:///{instance / 'catalog.sqlite'}", instance / "arrays", "reader")) as store:
        assert store.pages.grid_page(GridFilters(**asked), PagePlace(), 48).matching == pictures


def test_captions_of_one_picture_that_name_two_places_are_found_with_their_words(instance: Path) -> None:
    chains = run_catalog(instance, "chains", "--json").lines[:-1]
    found = [one for chain in chains for one in chain["findings"] if one["rule"] == "place_conflict"]
    assert len(found) == 1
    assert "Mosul (الموصل)" in found[0]["reason"]
    assert {span["words"] for span in found[0]["spans"]} == {"eastern Aleppo", "الموصل"}
    for span in found[0]["spans"]:
        assert span["words"] in {caption[slice(*span["span"])] for caption, _, _ in CAPTIONS.values()}


@pytest.mark.parametrize("name", ["aleppo", "Aleppo", "Алеппо", "حلب"])
def test_a_place_is_asked_for_by_any_of_its_names(name: str) -> None:
    assert place_called(name) == "aleppo"


def test_a_place_that_nobody_knows_is_said_to_be_unknown() -> None:
    for name in ("Nowhere", "Aleppo and more", "…"):
        with pytest.raises(UsageError, match="no place of this name"):
            place_called(name)
