"""Two catalogues for the read side: the stories, and a long list of pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from catalog.store.sql.catalogue import SqlStore
from tests.gallery.seed import Seed, drawn, published
from tests.gallery.stories import Stories, tell

LONG = 45


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stories]:
    told = tell(tmp_path_factory.mktemp("stories") / "instance")
    yield told
    told.catalogue.close()


@pytest.fixture(scope="session")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """Make a catalogue of many pictures: every fifth undated, some dates shared."""
    seed = Seed(tmp_path_factory.mktemp("long") / "instance")
    for number in range(LONG):
        at = None if number % 5 == 0 else f"20{10 + number % 7:02d}-01-0{1 + number % 3}"
        seed.photo(drawn(60 + number, 40, number), published(f"Paper {number % 4}", at, f"Caption number {number}", "en"))
    seed.finish()
    yield seed.store
    seed.store.close()


@contextmanager
def counted(store: SqlStore) -> Iterator[list[str]]:
    """Collect the statements that a store sends to its database."""
    sent: list[str] = []

    def _note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(store.engine.engine, "before_cursor_execute", _note)
    try:
        yield sent
    finally:
        event.remove(store.engine.engine, "before_cursor_execute", _note)
