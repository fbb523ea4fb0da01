from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from catalog.records.inquiry import Inquiry
from catalog.records.match import Decision
from catalog.records.metadata import EmbeddedText, MetadataValue
from catalog.records.provenance import ChainDecision
from catalog.records.text import RecordedText
from catalog.store.tables.evidence import EVIDENCE
from tests.store.keeping import Keeping
from tests.store.tampering import added_source
from tests.store.test_intake_rows import stated


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    """Open an empty catalogue in a run of its own."""
    made = Keeping(tmp_path / "instance")
    made.begin()
    yield made
    made.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep something in every evidence table; whoever alters it takes a copy."""
    folder = tmp_path_factory.mktemp("whole") / "instance"
    keeping = Keeping(folder)
    first = keeping.begin()
    value = MetadataValue("xmp", "creator", 0, "en", b"Mara", "Mara", "utf-8", "creator")
    text = EmbeddedText("credit", "creator", "xmp", None, RecordedText.from_text("Mara"))
    one = keeping.keep(b"one", stated(location="Pskov", language="en"), metadata=[value], embedded=[text])
    other = keeping.keep(b"other", stated(url="https://courier.example/2"))
    keeping.begin()
    keeping.keep(b"third", stated(url="https://courier.example/3"))
    with keeping.store.write() as change:
        change.finish_run(keeping.run, {"read": 1})
        change.undo(first, "wrong folder")
        pair = (str(one.photo), str(other.photo))
        change.decide(Decision(pair, "accept", "the same wall", "editor", "2026-11-22T10:00:00Z"))
        change.decide_chain(ChainDecision("derivation", pair, "made_from", "they told us", "editor", "2026-11-22T10:00:01Z"))
        change.inquire(
            Inquiry("2026-11-22", "editor", "this catalogue", "all photos", "q.jpg", "c" * 64, ({"photo": one.photo},))
        )
        change.decide_source(added_source())
    for table in EVIDENCE:
        assert keeping.ask(f"SELECT count(*) FROM {table.name}")[0][0] > 0, table.name
    keeping.close()
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def instance(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "instance"))
