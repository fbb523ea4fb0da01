"""A rebuild that stops after any photo has lost nothing, and goes on to the same end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from catalog.compute.inline import InlineExecutor
from catalog.compute.interface import Key, Reply, Request
from catalog.errors import ComputeError
from catalog.settings import Settings
from catalog.store.files import LocalFiles
from catalog.store.sql.catalogue import SqlStore
from catalog.workflow import match_photos, rebuild_derived, trace_chains
from catalog.workflow.catalogue import Catalogue
from tests.journeys.kept import FILES, kept, small_instance


class StoppingExecutor(InlineExecutor):
    """Work in line until so many replies were given, and then break off as an interruption does."""

    def __init__(self, replies: int) -> None:
        super().__init__()
        self.left = replies

    def map(self, requests: Iterable[tuple[Key, Request]]) -> Iterator[tuple[Key, Reply | ComputeError]]:
        for found in super().map(requests):
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            yield found


def opened(instance: Path, replies: int) -> Catalogue:
    settings = Settings(instance=instance)
    store = SqlStore(settings.resolved_database_url, instance / "arrays", "editor")
    files = LocalFiles(settings.resolved_store_folder, instance / "previews")
    return Catalogue(settings, store, files, StoppingExecutor(replies), "editor")


def nothing(phase: str, done: int, total: int) -> None:
    assert phase in {"describing", "matching", "tracing"}
    assert 0 <= done <= total


def test_a_rebuild_that_stops_after_any_photo_has_lost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for journey in (rebuild_derived, match_photos, trace_chains):
        monkeypatch.setattr(journey, "COMMIT_PHOTOS", 1)
    instance = small_instance(tmp_path)
    whole, waiting, stopped = kept(instance), [], 0
    with closing(opened(instance, 3)) as catalogue:
        with pytest.raises(KeyboardInterrupt):
            rebuild_derived.rebuild_derived(catalogue, nothing)
        waiting.append(catalogue.store.outdated_count())
        assert kept(instance) == whole
    while stopped < 100:
        with closing(opened(instance, 3)) as catalogue:
            try:
                assert rebuild_derived.resume_derived(catalogue, nothing) == []
                break
            except KeyboardInterrupt:
                stopped += 1
                assert kept(instance) == whole
                waiting.append(catalogue.store.outdated_count())
    # Three photos a run were described, and from then on the runs stopped while matching.
    assert waiting[:4] == [len(FILES) - 3, len(FILES) - 6, len(FILES) - 9, 0]
    assert stopped > 4
    assert kept(instance) == whole
    assert [path.name for path in (instance / "arrays").iterdir()] == [path.name for path in (instance / "arrays").glob("*.bin")]
