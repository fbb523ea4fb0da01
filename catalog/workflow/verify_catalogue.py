"""Verify a catalogue: re-read originals, recompute the ledger and the digests of the rows under it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from catalog.custody.anchors import statement_alterations
from catalog.custody.ledger import chain_alterations, digest_alterations
from catalog.errors import FixityError, NotInCatalogueError
from catalog.records.custody import Alteration, Anchor, AnchorStatement, Verdict
from catalog.records.event import GENESIS_HASH, Event
from catalog.store.interface.catalogue import LedgerReading
from catalog.workflow.catalogue import Catalogue

BATCH_EVENTS = 500


def verify_catalogue(
    catalogue: Catalogue, *, sample: int | None = None, since: str | None = None, anchor: AnchorStatement | None = None,
    public_key: str | None = None, told: Callable[[int, int], None],
) -> Verdict:  # fmt: skip
    """Check everything, or the originals of a random `sample`, or those first stored `since` a UTC moment.

    The ledger is always checked whole. An anchor is checked by its signature and, when that fits, the ledger by the anchor;
    `public_key` is whose signature is expected. `told` hears how many originals were read, of how many. Nothing is changed or
    mended. Raises CustodyError `extra_missing` when a signature cannot be checked here.
    """
    started = time.monotonic()
    wrong = [] if anchor is None else statement_alterations(anchor, public_key)
    with catalogue.store.ledger() as ledger:
        # What an altered anchor says is nobody's word: only that it was altered can be told.
        alterations, read, head = _check_ledger(ledger, None if anchor is None or wrong else anchor.head)
        alterations = wrong + alterations
        recent = None if since is None else {event.subject for event in ledger.events(since)}
        stored = dict(ledger.stored_photos())
    chosen = [sha256 for sha256 in stored if recent is None or sha256 in recent]
    if sample is not None and sample < len(chosen):
        chosen = sorted(random.SystemRandom().sample(chosen, sample))
    for position, sha256 in enumerate(chosen, 1):
        alterations += _check_original(catalogue, sha256, stored[sha256])
        told(position, len(chosen))
    if sample is None and since is None:
        unexpected = (name for name in catalogue.files.list_originals() if name not in stored)
        alterations += [Alteration("original_unexpected", name, "no photo of the catalogue has this name") for name in unexpected]
    return Verdict(
        originals_expected=len(stored), originals_read=len(chosen), originals_skipped=len(stored) - len(chosen),
        events_expected=head.sequence, events_read=read, alterations=tuple(alterations), head=head,
        seconds=time.monotonic() - started,
    )  # fmt: skip


def _check_ledger(ledger: LedgerReading, anchor: Anchor | None) -> tuple[list[Alteration], int, Anchor]:
    alterations: list[Alteration] = []
    head, read, is_anchored = Anchor(0, GENESIS_HASH), 0, anchor is None or anchor.sequence == 0

    def passing() -> Iterator[Event]:
        nonlocal head, read, is_anchored
        for batch in _batches(ledger.events()):
            digests = ledger.evidence_digests([event.sequence for event in batch])
            alterations.extend(digest_alterations(batch, digests))
            for event in batch:
                head, read = Anchor(event.sequence, event.hash), read + 1
                is_anchored |= anchor is not None and head == anchor
                yield event

    alterations += list(chain_alterations(passing()))
    for table, sequence in ledger.orphans():
        detail = f"rows of {table} name event {sequence}, which is not in the ledger"
        alterations.append(Alteration("row_unaccounted", f"event {sequence}", detail))
    if not is_anchored and anchor is not None:
        detail = f"the anchor names event {anchor.sequence} with hash {anchor.hash}, and the ledger has no such event"
        alterations.append(Alteration("ledger_rolled_back", f"event {anchor.sequence}", detail))
    return alterations, read, head


def _batches(events: Iterator[Event]) -> Iterator[Sequence[Event]]:
    while batch := list(islice(events, BATCH_EVENTS)):
        yield batch


def _check_original(catalogue: Catalogue, sha256: str, size_bytes: int) -> list[Alteration]:
    try:
        size = catalogue.files.check(sha256)
    except NotInCatalogueError as error:
        return [Alteration("original_missing", sha256, str(error))]
    except FixityError as error:
        return [Alteration("original_altered", sha256, str(error))]
    if size != size_bytes:
        return [Alteration("row_altered", sha256, f"the row says {size_bytes} bytes, the original has {size}")]
    return []
