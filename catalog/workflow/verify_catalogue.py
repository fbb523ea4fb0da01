"""Verify a catalogue: re-read originals, recompute the ledger and the digests of the rows under it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from catalog.custody.anchors import statement_alterations
from catalog.custody.ledger import chain_alterations, digest_alterations
from catalog.custody.reading_note import ReadingNote
from catalog.errors import FixityError, NotInCatalogueError
from catalog.records.custody import Alteration, Anchor, AnchorStatement, Verdict
from catalog.records.event import GENESIS_HASH, Event
from catalog.store.interface.catalogue import LedgerReading
from catalog.workflow.catalogue import Catalogue

BATCH_EVENTS = 500
NOTE_FILE = "verify-note"
ALTERATIONS_RECORDED = 100
NOT_READABLE = frozenset({"original_missing", "original_unreadable"})


@dataclass(frozen=True, slots=True)
class VerifyOrder:
    """Hold what a check is asked for.

    `sample` originals chosen at random, or those first stored `since` a UTC moment, or all. An `anchor` is checked by its
    signature, and the ledger by the anchor when that fits; `public_key` is whose signature is expected. `is_resumable` goes on
    with an interrupted check and keeps a note of what was read, in the instance.
    """

    sample: int | None = None
    since: str | None = None
    anchor: AnchorStatement | None = None
    public_key: str | None = None
    is_resumable: bool = False


def verify_catalogue(catalogue: Catalogue, order: VerifyOrder, told: Callable[[int, int], None]) -> Verdict:
    """Check the whole ledger with every row under it, and the originals that are asked for; nothing is changed or mended.

    `told` hears how many originals were done, of how many. Raises CustodyError `extra_missing` when a signature cannot be checked
    here.
    """
    started = time.monotonic()
    anchor = order.anchor
    alterations = [] if anchor is None else statement_alterations(anchor, order.public_key)
    with catalogue.store.ledger() as ledger:
        # What an altered anchor says is nobody's word: only that it was altered can be told.
        found, events_read, head = _check_ledger(ledger, None if anchor is None or alterations else anchor.head)
        alterations += found
        recent = None if order.since is None else {event.subject for event in ledger.events(order.since)}
        stored = dict(ledger.stored_photos())
    chosen = [sha256 for sha256 in stored if recent is None or sha256 in recent]
    if order.sample is not None and order.sample < len(chosen):
        chosen = sorted(random.SystemRandom().sample(chosen, order.sample))
    note = ReadingNote(catalogue.settings.instance / NOTE_FILE) if order.is_resumable else None
    read, before, not_readable = _check_originals(catalogue, [(one, stored[one]) for one in chosen], alterations, note, told)
    if order.sample is None and order.since is None:
        alterations += _unexpected(catalogue, stored.keys())
    if note is not None:
        note.close(is_done=True)
    return Verdict(
        originals_expected=len(stored), originals_read=read, originals_read_before=before, originals_not_readable=not_readable,
        originals_skipped=len(stored) - len(chosen), events_expected=head.sequence, events_read=events_read,
        alterations=tuple(alterations), anchor=anchor, head=head, begun_at=note.begun_at if note is not None and before else "",
        seconds=time.monotonic() - started,
    )  # fmt: skip


def record_check(catalogue: Catalogue, verdict: Verdict) -> None:
    """Write one event that says what a check covered and found, so that the custody of every photo tells of it.

    It stands under the head that was checked. Nothing else is recorded: what was altered is told, not believed.
    """
    numbers = {
        "originals_expected": verdict.originals_expected, "originals_read": verdict.originals_read,
        "originals_read_before": verdict.originals_read_before, "originals_not_readable": verdict.originals_not_readable,
        "originals_skipped": verdict.originals_skipped, "events_read": verdict.events_read,
        "alterations": [f"{found.code} {found.subject}" for found in verdict.alterations[:ALTERATIONS_RECORDED]],
        "alterations_found": len(verdict.alterations), "through_event": verdict.head.sequence,
    }  # fmt: skip
    with catalogue.store.write() as change:
        change.record_check(verdict.head.hash, "failure" if verdict.alterations else "success", numbers)


def _check_originals(
    catalogue: Catalogue,
    chosen: Sequence[tuple[str, int]],
    alterations: list[Alteration],
    note: ReadingNote | None,
    told: Callable[[int, int], None],
) -> tuple[int, int, int]:
    """Read originals to their end; return how many were read, were read before by the note, and could not be read."""
    noted = frozenset[str]() if note is None else note.open()
    counts: Counter[str] = Counter()
    try:
        for position, (sha256, size_bytes) in enumerate(chosen, 1):
            if sha256 in noted:
                counts["before"] += 1
            else:
                found = _check_original(catalogue, sha256, size_bytes)
                counts["not readable" if found and found.code in NOT_READABLE else "read"] += 1
                if found is not None:
                    alterations.append(found)
                elif note is not None:
                    note.add(sha256)
            told(position, len(chosen))
    except BaseException:
        if note is not None:
            note.close(is_done=False)
        raise
    return counts["read"], counts["before"], counts["not readable"]


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


def _check_original(catalogue: Catalogue, sha256: str, size_bytes: int) -> Alteration | None:
    """Read one original to its end; return what is wrong with it, None when nothing is."""
    try:
        size = catalogue.files.check(sha256)
    except NotInCatalogueError as error:
        return Alteration("original_missing", sha256, str(error))
    except FixityError as error:
        return Alteration("original_altered", sha256, str(error))
    except OSError as error:
        return Alteration("original_unreadable", sha256, f"the disk refused it: {error.strerror}; look at the disk")
    if size != size_bytes:
        return Alteration("row_altered", sha256, f"the row says {size_bytes} bytes, the original has {size}")
    return None


def _unexpected(catalogue: Catalogue, stored: Set[str]) -> Iterator[Alteration]:
    seen: set[str] = set()
    for name in catalogue.files.list_originals():
        if name not in stored and not _is_arriving(catalogue, name):
            yield Alteration("original_unexpected", name, "no photo of the catalogue has this name")
        elif name in seen:
            yield Alteration("original_unexpected", name, "it lies in two places; one of them is not ours")
        seen.add(name)


def _is_arriving(catalogue: Catalogue, name: str) -> bool:
    """Tell whether an original is of an import under way or cut off, or of one that ended while the others were checked."""
    return name in catalogue.files.arriving() or catalogue.store.photo_state(name) is not None
