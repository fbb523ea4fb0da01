"""Take in a collection: read, describe, keep, acknowledge, batch by batch, under the record of one run."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime

from catalog import __version__
from catalog.errors import ManifestError
from catalog.intake.interface import IntakeRequest, Reader
from catalog.intake.manifest_rows import unreadable_manifest
from catalog.records.intake import IntakeItem, Unlisted
from catalog.records.keeping import ItemOutcome, RunSummary
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.describe_batch import describe_batch
from catalog.workflow.keep_batch import keep_batch
from catalog.workflow.keep_sources import describe_sources, source_book
from catalog.workflow.use_model import require_model


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """Hold what one import is asked to do: what to read with which reader, whether to keep it, how it was asked for."""

    inputs: Sequence[tuple[Reader, IntakeRequest]]
    dry_run: bool = False
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportWatcher:
    """Hold whom to tell: how many items there are, each acknowledged one, and files beside a manifest that it does not list."""

    counted: Callable[[int], None]
    outcome: Callable[[ItemOutcome], None]
    unlisted: Callable[[Sequence[str]], None]


def import_collection(catalogue: Catalogue, order: ImportOrder, watcher: ImportWatcher) -> RunSummary:
    """Run one import to its end and return its numbers, which reconcile.

    Nothing is acknowledged before it is durable; running the same import again adds nothing and goes on where a killed one
    stopped. A dry run does the same and takes it back. A manifest that cannot be read is one rejected item, and the other inputs
    are taken in. Raises DiskError or StoreBusyError when the catalogue cannot be written, SettingsError for a learned model that
    cannot be used.
    """
    require_model(catalogue.model, catalogue.executor)
    started = time.monotonic()
    run = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    counts = {"added": 0, "known": 0, "rejected": 0}
    inputs = _counted(order, watcher)
    staging = catalogue.files.staging()
    try:
        # An import that was cut off between its commit and its last word left these behind.
        catalogue.files.settle([sha256 for sha256 in catalogue.files.arriving() if catalogue.store.photo_state(sha256)])
        with catalogue.store.rehearse() if order.dry_run else nullcontext():
            with catalogue.store.write() as change:
                change.begin_run(run, order.arguments, __version__)
            items = _numbered(inputs, watcher)
            while (batch := describe_batch(catalogue, items, staging)).waiting:
                for outcome in keep_batch(catalogue, batch, run, dry_run=order.dry_run):
                    counts[outcome.outcome] += 1
                    watcher.outcome(outcome)
                for waiting in batch.waiting:
                    if waiting.staged is not None:
                        staging.discard(waiting.staged)
            with catalogue.store.write() as change:
                describe_sources(change, source_book(catalogue))
                change.count_sources()
                change.finish_run(run, {"read": sum(counts.values()), **counts})
    finally:
        staging.close()
    return RunSummary(run, sum(counts.values()), **counts, seconds=time.monotonic() - started)


def _counted(order: ImportOrder, watcher: ImportWatcher) -> list[Iterator[IntakeItem | Unlisted]]:
    """Tell how many items the inputs have and return what reads each; nothing of a manifest is read that is broken anywhere."""
    total = 0
    inputs: list[Iterator[IntakeItem | Unlisted]] = []
    for reader, request in order.inputs:
        try:
            total += reader.count(request)
            inputs.append(_read(reader, request))
        except ManifestError as error:
            total += 1
            inputs.append(iter((unreadable_manifest(error, request),)))
    watcher.counted(total)
    return inputs


def _read(reader: Reader, request: IntakeRequest) -> Iterator[IntakeItem | Unlisted]:
    try:
        yield from reader.read(request)
    except ManifestError as error:
        # It could be read when its rows were counted: somebody has written to it since.
        yield unreadable_manifest(error, request)


def _numbered(inputs: Sequence[Iterator[IntakeItem | Unlisted]], watcher: ImportWatcher) -> Iterator[tuple[int, IntakeItem]]:
    position = 0
    for items in inputs:
        for item in items:
            if isinstance(item, Unlisted):
                watcher.unlisted(item.paths)
                continue
            position += 1
            yield position, item
