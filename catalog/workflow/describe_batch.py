"""Stage and describe the next items of an import, as many as one commit may hold."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from catalog.compute.interface import Reply, Request
from catalog.errors import CatalogError, ComputeError, FileRefusedError, FixityError, NotInCatalogueError
from catalog.records.description import Description
from catalog.records.intake import IntakeItem
from catalog.records.keeping import ReadItem
from catalog.records.metadata import MetadataValue
from catalog.store.interface.files import SourceFile, Staged, Staging
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.describe_photo import believed, believed_sidecar, describing, is_described, reading_sidecar

# One commit holds so many items or so much work, and none of them is acknowledged before it (reliability: file store).
BATCH_ITEMS = 64
BATCH_SECONDS = 1.0
# A file that another program is still writing gets a second look.
READING_TRIES = 2


@dataclass
class Waiting:
    """Hold one item between reading and keeping.

    `staged` is its copy, None when the original is stored already. `refusal` is set when it will be rejected. `values` are
    those of its sidecar.
    """

    read: ReadItem
    item: IntakeItem
    media_type: str = ""
    staged: Staged | None = None
    refusal: CatalogError | None = None
    values: tuple[MetadataValue, ...] = ()


@dataclass
class Batch:
    """Collect items until they are committed together; `described` is what the workers found, by SHA-256."""

    waiting: list[Waiting] = field(default_factory=list)
    described: dict[str, Description | ComputeError] = field(default_factory=dict)


def describe_batch(catalogue: Catalogue, items: Iterator[tuple[int, IntakeItem]], staging: Staging) -> Batch:
    """Stage the next items and describe those whose photo is new or described by older versions; empty at the end.

    While workers describe one item, the next ones are being staged.
    """
    batch = Batch()
    for key, outcome in catalogue.executor.map(_requests(catalogue, items, staging, batch)):
        if isinstance(key, str):
            batch.described[key] = _description(key, outcome)
        else:
            _take_sidecar(key, outcome)
    return batch


def _requests(
    catalogue: Catalogue, items: Iterator[tuple[int, IntakeItem]], staging: Staging, batch: Batch
) -> Iterator[tuple[str | Waiting, Request]]:
    until = time.monotonic() + BATCH_SECONDS
    asked: set[str] = set()
    for position, item in islice(items, BATCH_ITEMS):
        waiting = Waiting(ReadItem(position, item.item, item.source_path, item.raw_row, item.warnings), item)
        batch.waiting.append(waiting)
        request = _stage(catalogue, waiting, staging, asked)
        if request is not None and waiting.read.sha256 is not None:
            asked.add(waiting.read.sha256)
            yield waiting.read.sha256, request
        if item.sidecar is not None and waiting.refusal is None:
            yield waiting, reading_sidecar(item.sidecar)
        if time.monotonic() > until:
            return


def _stage(catalogue: Catalogue, waiting: Waiting, staging: Staging, asked: set[str]) -> Request | None:
    """Copy the item's file and say what has to be described; None when nothing has to be."""
    item = waiting.item
    if item.problem is not None:
        waiting.refusal = FileRefusedError(item.problem.message, code=item.problem.code, path=item.item)
        return None
    if item.named_address is not None:
        return None
    if item.content is not None:
        digest = hashlib.sha256(item.content).hexdigest()
        source = SourceFile(io.BytesIO(item.content), item.source_path, len(item.content), digest)
        return _stage_open(catalogue, waiting, staging, asked, source)
    for attempt in range(READING_TRIES):
        try:
            with catalogue.files.open_beneath(item.root, item.source_path, catalogue.settings.max_file_bytes) as source:
                return _stage_open(catalogue, waiting, staging, asked, source)
        except (FileRefusedError, FixityError) as error:
            waiting.refusal = error
            if isinstance(error, FileRefusedError) and error.sha256 is not None:
                waiting.read = replace(waiting.read, size_bytes=error.size_bytes, sha256=error.sha256)
            if error.code != "changed_while_reading" or attempt + 1 == READING_TRIES:
                return None
            waiting.refusal = None
    return None


def _stage_open(catalogue: Catalogue, waiting: Waiting, staging: Staging, asked: set[str], source: SourceFile) -> Request | None:
    waiting.read = replace(waiting.read, size_bytes=source.size_bytes, sha256=source.sha256)
    state = catalogue.store.photo_state(source.sha256)
    if state is not None:
        waiting.media_type = state.media_type
        try:
            catalogue.files.check(source.sha256)
        except NotInCatalogueError:
            # The bytes are here again: they go back to their place, and the record says so.
            waiting.staged = staging.copy(source)
            waiting.read = replace(waiting.read, warnings=(*waiting.read.warnings, "original_restored"))
        if is_described(state, catalogue.model) or source.sha256 in asked:
            return None
        return describing(catalogue.files.path_of_original(source.sha256), waiting.item.source_path, None, catalogue.model)
    if source.sha256 in asked:
        return None
    waiting.staged = staging.copy(source)
    return describing(waiting.staged.path, waiting.item.source_path, None, catalogue.model)


def _description(sha256: str, outcome: Reply | ComputeError) -> Description | ComputeError:
    if isinstance(outcome, ComputeError):
        return outcome
    try:
        description = believed(outcome)
    except ComputeError as error:
        return error
    if description.sha256 != sha256:
        # The worker read the staged copy again: this is the re-hash that proves the copy.
        return ComputeError(
            f"the copy has SHA-256 {description.sha256}, the source {sha256}; import it again", code="copy_differs"
        )
    return description


def _take_sidecar(waiting: Waiting, outcome: Reply | ComputeError) -> None:
    try:
        if isinstance(outcome, ComputeError):
            raise outcome
        waiting.values, warnings = believed_sidecar(outcome)
    except ComputeError:
        warnings = ("sidecar_unreadable",)
    waiting.read = replace(waiting.read, warnings=(*waiting.read.warnings, *warnings))
