"""A search by image says which photos it could not find, or found by what was made of them before a rebuild."""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.compute.inline import InlineExecutor
from catalog.gallery import create_app
from catalog.settings import Settings
from catalog.store.files import LocalFiles
from catalog.store.sql.catalogue import SqlStore
from catalog.workflow.catalogue import Catalogue
from tests.conftest import SAMPLES
from tests.journeys.kept import FILES, small_instance

PICTURE = SAMPLES / "photos" / "boat-studio.jpg"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    settings = Settings(instance=small_instance(tmp_path))
    store = SqlStore(settings.resolved_database_url, settings.instance / "arrays", "editor")
    files = LocalFiles(settings.resolved_store_folder, settings.instance / "previews")
    opened = Catalogue(settings, store, files, InlineExecutor(), "editor")
    yield opened
    opened.close()


def asked(client: FlaskClient, language: str) -> str:
    form = client.get("/search-by-image", headers={"Accept-Language": language}).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token is not None
    data = {"csrf_token": token[1], "image": (io.BytesIO(PICTURE.read_bytes()), "a.jpg")}
    answer = client.post("/search-by-image", data=data, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.text


def test_a_search_says_that_a_rebuild_is_not_finished_in_every_language(catalogue: Catalogue) -> None:
    client = create_app(catalogue).test_client()
    assert "rebuild" not in asked(client, "en")
    with catalogue.store.write() as change:
        change.begin_rebuild()
    found = asked(client, "en")
    assert f"Photos that are looked up by the descriptors they had before: {len(FILES)}." in found
    assert "3 photos found" in found
    for language, said in (("ru", "прежним описаниям"), ("uk", "попередніми описами"), ("ar", "بأوصافها السابقة")):
        assert said in asked(client, language)


def test_a_search_says_how_many_photos_it_cannot_find(catalogue: Catalogue) -> None:
    client = create_app(catalogue).test_client()
    with closing(sqlite3.connect(catalogue.settings.instance / "catalog.sqlite")) as database, database:
        # As a photo is that was kept and could not be described.
        database.execute("DELETE FROM rendition WHERE photo_id = 1")
    assert "Photos that are not described yet and cannot be found: 1." in asked(client, "en")
