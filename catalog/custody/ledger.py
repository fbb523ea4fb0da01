"""Recompute the hash chain of the ledger and name every place where it is not what it must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.records.custody import Alteration
from catalog.records.event import GENESIS_HASH, Event


def chain_alterations(events: Iterable[Event]) -> Iterator[Alteration]:
    """Yield what is wrong with the chain of a whole ledger, in its order.

    An event whose own hash no longer fits was altered; a number left out was deleted; an event that does not continue the one
    before it was moved or the one before it replaced. What was cut off the end cannot be seen without an anchor kept elsewhere.
    """
    previous, number = GENESIS_HASH, 0
    for event in events:
        if event.sequence > number + 1:
            yield _deleted(number + 1, event.sequence - 1)
        if event.expected_hash() != event.hash:
            yield Alteration(
                "event_altered", f"event {event.sequence}", f"{event.action} of {event.subject}: its hash does not fit"
            )
        elif event.previous_hash != previous and event.sequence == number + 1:
            yield Alteration("event_reordered", f"event {event.sequence}", "it does not continue the event before it")
        previous, number = event.hash, event.sequence


def _deleted(first: int, last: int) -> Alteration:
    # One entry a gap: a forged number may leave out more than anybody could list.
    subject = f"event {first}" if first == last else f"events {first} to {last}"
    return Alteration("event_deleted", subject, "missing from the ledger, which counts without gaps")


def digest_alterations(events: Iterable[Event], digests: dict[int, str]) -> Iterator[Alteration]:
    """Yield the events whose evidence rows, digested as they are now, are not those they were written with."""
    for event in events:
        if digests.get(event.sequence) != event.digest:
            what = f"{event.action} of {event.subject}"
            yield Alteration(
                "row_altered", f"event {event.sequence}", f"{what}: a row written with it was altered, deleted or added"
            )
