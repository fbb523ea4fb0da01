"""A catalogue kept by the real store without any worker: items are stated, not described."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.compute.inline import InlineExecutor
from catalog.records.description import Description, Rendition
from catalog.records.keeping import ItemOutcome, KeptItem, ReadItem
from catalog.records.metadata import EmbeddedText, MetadataValue
from catalog.records.publication import Publication
from catalog.settings import Settings
from catalog.store.files import LocalFiles
from catalog.store.sql.catalogue import SqlStore
from catalog.workflow.catalogue import Catalogue


@dataclass
class Keeping:
    """Keep items in a folder, run after run; every run is `run-1`, `run-2` and so on."""

    folder: Path
    runs: int = 0
    position: int = 0
    catalogue: Catalogue = field(init=False)

    def __post_init__(self) -> None:
        settings = Settings(instance=self.folder)
        store = SqlStore(settings.resolved_database_url, self.folder / "arrays", "editor")
        store.open_schema()
        files = LocalFiles(settings.resolved_store_folder, self.folder / "previews")
        self.catalogue = Catalogue(settings, store, files, InlineExecutor(), "editor")

    @property
    def store(self) -> SqlStore:
        assert isinstance(self.catalogue.store, SqlStore)
        return self.catalogue.store

    @property
    def run(self) -> str:
        return f"run-{self.runs}"

    def begin(self) -> str:
        self.runs, self.position = self.runs + 1, 0
        with self.store.write() as change:
            change.begin_run(self.run, {"paths": ["press"]}, "0.1.0")
        return self.run

    def item(
        self,
        content: bytes,
        publication: Publication | None = None,
        *,
        path: str = "",
        metadata: Sequence[MetadataValue] = (),
        embedded: Sequence[EmbeddedText] = (),
    ) -> KeptItem:
        self.position += 1
        sha256 = hashlib.sha256(content).hexdigest()
        original = self.catalogue.settings.resolved_store_folder / sha256[:2] / sha256
        original.parent.mkdir(parents=True, exist_ok=True)
        original.write_bytes(content)
        read = ReadItem(
            self.position, path or f"{self.position}.jpg", path or f"{self.position}.jpg", "{}", (), len(content), sha256
        )
        described = Description(sha256, len(content), "image/jpeg", None, None, (), tuple(metadata), ())
        return KeptItem(read, "image/jpeg", described, publication, tuple(embedded))

    def keep(self, content: bytes, publication: Publication | None = None, **more: Any) -> ItemOutcome:
        """Keep one item in a transaction of its own, with the facts of a small rendition."""
        kept = self.item(content, publication, **more)
        with self.store.write() as change:
            outcome = change.keep(self.run, kept)
            change.store_rendition(str(kept.read.sha256), None, Rendition(1, 40, 30, 1, 1, 9.0, False, b"", 40, 30))
        return outcome

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        with closing(sqlite3.connect(self.folder / "catalog.sqlite")) as database:
            return [tuple(row) for row in database.execute(question, values)]

    def close(self) -> None:
        self.catalogue.close()
