"""Saved pages through the real import: what is kept, what is only named, what running again and undoing do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Catalog
from tests.journeys.test_import import rows

PAGES = ROOT / "tests" / "intake" / "pages"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PAGES, tmp_path / "pages"))


def expected() -> dict[str, list[dict[str, object]]]:
    return {
        path.name.removesuffix(".expected.json"): json.loads(path.read_text("utf-8"))["pictures"] for path in PAGES.glob("*.json")
    }


def test_every_page_is_taken_in_whole_once(catalog: Catalog, pages: Path, tmp_path: Path) -> None:
    names = sorted(expected())
    done = catalog("import", *(pages / f"{name}.html" for name in names), "--no-match", "--json")
    assert done.code == 0, done.err
    items = [line for line in done.lines if "item" in line]
    assert [line["item"].rsplit("/", 1)[1] for line in items] == [
        f"{name}.html#{number}" for name in names for number in range(1, len(expected()[name]) + 1)
    ]
    wanted = [picture for name in names for picture in expected()[name]]
    assert [line["photo"] is None for line in items] == [picture["saved"] is None for picture in wanted]
    assert all(line["outcome"] == "added" and line["publication"] for line in items)
    assert [line for line in items if "picture_not_saved" in line["warnings"]] == [
        line for line in items if line["photo"] is None
    ]

    instance = tmp_path / "instance"
    captions = [caption for picture in wanted for caption in picture["captions"]]  # type: ignore[attr-defined]
    credits = [credit for picture in wanted for credit in picture["credits"]]  # type: ignore[attr-defined]
    assert sorted(rows(instance, "SELECT text FROM caption WHERE role = 'caption'")) == sorted((text,) for text in captions)
    assert sorted(rows(instance, "SELECT text FROM credit WHERE role = 'credit_line'")) == sorted((text,) for text in credits)
    assert rows(instance, "SELECT DISTINCT origin FROM caption UNION SELECT DISTINCT origin FROM credit") == [("web_page",)]
    assert rows(instance, "SELECT count(*) FROM publication WHERE photo_id IS NULL") == [(6,)]
    assert rows(
        instance, "SELECT count(*) FROM publication_statement WHERE published_edtf IS NULL AND published_raw IS NOT NULL"
    ) == [(0,)]

    again = catalog("import", *(pages / f"{name}.html" for name in names), "--no-match", "--json")
    assert again.summary["known"] == len(wanted)
    assert catalog("verify").code == 0
    for run in (done, again):
        assert catalog("undo", run.summary["run"], "--reason", "journey").code == 0
    assert rows(instance, "SELECT count(*) FROM standing") == [(0,)]
    assert catalog("verify").code == 0


def test_the_page_of_the_starting_story_is_read(catalog: Catalog, pages: Path) -> None:
    done = catalog("import", pages / "01-aleppo-ruins.html", "--json")
    photos = [line["photo"] for line in done.lines if "item" in line]
    assert len(photos) == 3
    (shown,) = catalog("show", photos[0], "--json").lines
    (stated,) = shown["publications"]
    assert stated["publisher"] == "The Moscow Times"
    assert stated["published_at"]["edtf"] == "2017-01-02"
    assert stated["url"] == "https://themoscowtimes.com/photogalleries/russian-army-publishes-pictures-of-aleppo-ruins-56676"
    assert [one["text"] for one in stated["captions"] if one["role"] == "headline"] == [
        "Russian Army Publishes Pictures of Aleppo Ruins"
    ]
    assert [one["text"] for one in stated["credits"]] == ["Russian Ministry of Defense"]
