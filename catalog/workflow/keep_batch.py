"""Keep the items of one batch: originals first, then rows and events in one commit, then the acknowledgement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from catalog.credits.source_book import SourceBook
from catalog.errors import CatalogError, FixityError
from catalog.metadata.merge import captions_and_credits
from catalog.records.description import Description
from catalog.records.keeping import ItemOutcome, KeptItem
from catalog.records.publication import Publication
from catalog.store.interface.change import Change
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.describe_batch import Batch, Waiting
from catalog.workflow.read_claims import store_claims
from catalog.workflow.read_credits import store_caption_credits, store_reading
from catalog.workflow.read_dates import warnings_of_dates, with_read_dates


def keep_batch(catalogue: Catalogue, batch: Batch, run: str, *, dry_run: bool) -> list[ItemOutcome]:
    """Keep or reject every item of a batch and return what became of each, in order, once all of it is durable.

    Raises DiskError, StoreBusyError or another StoreError when the catalogue cannot be written; then nothing of the batch is kept
    in the database, and originals that were published already are found again by the next run.
    """
    for waiting in batch.waiting:
        found = batch.described.get(waiting.read.sha256 or "")
        if waiting.refusal is None and isinstance(found, CatalogError):
            waiting.refusal = found
    staged = [waiting.staged.sha256 for waiting in batch.waiting if waiting.refusal is None and waiting.staged is not None]
    arriving = [] if dry_run else staged
    catalogue.files.announce(arriving)
    for waiting in batch.waiting:
        if waiting.refusal is None and waiting.staged is not None and not dry_run:
            try:
                catalogue.files.keep(waiting.staged)
            except FixityError as error:
                # What lies under this name already is not what the name says: this item alone is refused.
                waiting.refusal = error
    described = {sha256: found for sha256, found in batch.described.items() if isinstance(found, Description)}
    for sha256, found in described.items():
        if found.rendition is not None and not dry_run:
            catalogue.files.put_preview(sha256, found.rendition.preview)
    with catalogue.store.write() as change:
        zone = catalogue.settings.timezone or None
        outcomes = [_keep(change, run, waiting, described, zone) for waiting in batch.waiting]
        _derive(change, outcomes, batch, described, SourceBook(catalogue.store.source_decisions()))
    catalogue.files.settle(arriving)
    return outcomes


def _keep(change: Change, run: str, waiting: Waiting, described: dict[str, Description], zone: str | None) -> ItemOutcome:
    if waiting.refusal is not None:
        return change.reject(run, waiting.read, waiting.refusal.code, str(waiting.refusal))
    stated = waiting.item.publication
    odd = warnings_of_dates(stated, zone, datetime.now(UTC))
    read = replace(waiting.read, warnings=tuple(dict.fromkeys((*waiting.read.warnings, *odd))))
    if waiting.item.named_address is not None:
        return change.keep_named(run, read, waiting.item.named_address, with_read_dates(stated, zone))
    found = described.get(waiting.read.sha256 or "")
    values = waiting.values
    if found is not None:
        values = (*found.metadata, *values)
        read = replace(read, warnings=tuple(dict.fromkeys((*read.warnings, *found.warnings))))
    publication = with_read_dates(stated, zone) if _says_anything(stated) else None
    media_type = found.media_type if found else waiting.media_type
    return change.keep(run, KeptItem(read, media_type, found, publication, captions_and_credits(values)))


def _derive(
    change: Change, outcomes: list[ItemOutcome], batch: Batch, described: dict[str, Description], book: SourceBook
) -> None:
    """Write what follows from the kept items: facts, descriptors, readings, sources, words, a group of its own."""
    kept = {outcome.photo for outcome in outcomes if outcome.photo is not None}
    fresh = [sha256 for sha256 in described if sha256 in kept]
    for sha256 in fresh:
        change.store_rendition(sha256, described[sha256].image_data_sha256, described[sha256].rendition)
    change.store_descriptors([(sha256, described[sha256].descriptors) for sha256 in fresh])
    for waiting, outcome in zip(batch.waiting, outcomes, strict=True):
        for credit_id, line in outcome.new_credits:
            store_reading(change, credit_id, line, book)
        for caption_id, text in outcome.new_captions:
            store_caption_credits(change, caption_id, text, book)
            store_claims(change, caption_id, text)
        publisher = waiting.item.publication.publisher
        if outcome.publication is not None and publisher is not None and publisher.text:
            change.store_publisher(outcome.publication, book.id_of(publisher.text), publisher.text)
    added = list(dict.fromkeys(outcome.photo for outcome in outcomes if outcome.outcome == "added" and outcome.photo))
    change.index_words(added)
    change.group_alone(added)
    change.mark_touched(added)


def _says_anything(publication: Publication) -> bool:
    stated = (
        publication.publisher, publication.url, publication.published_at, publication.carrier, publication.first_seen_at,
        publication.date_created, publication.location, publication.captions, publication.credits, publication.extras,
    )  # fmt: skip
    return any(stated)
