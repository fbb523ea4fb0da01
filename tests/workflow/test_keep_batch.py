"""A batch is kept whole or not at all, and nothing of it is acknowledged before it is durable."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.errors import DiskError
from catalog.intake.interface import IntakeRequest
from catalog.intake.readers import choose_reader
from catalog.records.keeping import ItemOutcome
from catalog.store.sql.change import SqlChange
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.import_collection import ImportOrder, ImportWatcher, import_collection
from tests.conftest import SAMPLES
from tests.store.keeping import Keeping

NAMES = ("boat.jpg", "lighthouse.jpg")


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    made = Keeping(tmp_path / "instance")
    yield made
    made.close()


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(SAMPLES / "photos" / name, folder / name)
    return folder


def imported(catalogue: Catalogue, press: Path, *, dry_run: bool = False) -> list[ItemOutcome]:
    heard: list[ItemOutcome] = []
    order = ImportOrder([(choose_reader(press, None, None), IntakeRequest(press, None, None, None, 1 << 20))], dry_run)
    import_collection(catalogue, order, ImportWatcher(lambda _total: None, heard.append, lambda _paths: None))
    return heard


def fail(*_: object) -> None:
    raise DiskError("the disk is full")


@pytest.mark.parametrize("place", ["store_descriptors", "index_words", "group_alone", "mark_touched"])
def test_a_batch_that_fails_on_its_way_is_neither_kept_nor_acknowledged(
    keeping: Keeping, press: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    heard: list[ItemOutcome] = []
    order = ImportOrder([(choose_reader(press, None, None), IntakeRequest(press, None, None, None, 1 << 20))])
    with monkeypatch.context() as patched:
        patched.setattr(SqlChange, place, fail)
        with pytest.raises(DiskError):
            import_collection(keeping.catalogue, order, ImportWatcher(lambda _total: None, heard.append, lambda _paths: None))
    assert heard == []
    for table in ("photo", "publication", "import_item", "standing", "rendition", "descriptor", "picture_group"):
        assert keeping.ask(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert keeping.ask("SELECT action FROM event") == [("import started",)]
    assert [one.outcome for one in imported(keeping.catalogue, press)] == ["added", "added"]
    originals = sorted(path.name for path in keeping.catalogue.settings.resolved_store_folder.glob("*/*"))
    assert originals == sorted(keeping.store.standing_photos())
    assert {path.name for path in (keeping.folder / "staging").glob("*/*")} <= {"lock"}
    assert keeping.catalogue.files.arriving() == []


def test_what_is_acknowledged_can_be_read_by_another_process_at_once(keeping: Keeping, press: Path) -> None:
    seen: list[tuple[object, ...]] = []

    def look(outcome: ItemOutcome) -> None:
        seen.extend(keeping.ask("SELECT sha256 FROM photo WHERE sha256 = ?", outcome.photo))

    order = ImportOrder([(choose_reader(press, None, None), IntakeRequest(press, None, None, None, 1 << 20))])
    import_collection(keeping.catalogue, order, ImportWatcher(lambda _total: None, look, lambda _paths: None))
    assert [(photo,) for photo in keeping.store.standing_photos()] == seen


def test_a_rehearsal_keeps_no_row_and_no_file(keeping: Keeping, press: Path) -> None:
    assert [one.outcome for one in imported(keeping.catalogue, press, dry_run=True)] == ["added", "added"]
    assert keeping.ask("SELECT count(*) FROM event") == [(0,)]
    assert not list((keeping.folder / "originals").glob("*/*"))
    assert not list((keeping.folder / "arrays").glob("*"))
