"""An event's hash is the leaf hash of RFC 6962, so that a Merkle tree can be laid over the ledger as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from catalog.records.event import Event, canonical_json, event_hash

texts = st.text(max_size=20)


def event(sequence: int, subject: str, previous: str) -> Event:
    draft = Event(sequence, "2026-11-22T10:00:00Z", "editor", "item added", "success", subject, "{}", "d" * 64, previous, "")
    return replace(draft, hash=event_hash(draft))


def ledger(subjects: Sequence[str]) -> list[Event]:
    made: list[Event] = []
    for number, subject in enumerate(subjects, 1):
        made.append(event(number, subject, made[-1].hash if made else "0" * 64))
    return made


def entry(one: Event) -> bytes:
    """Return the bytes that a log of RFC 6962 would hold for an event."""
    return canonical_json({name: getattr(one, name) for name in Event.__slots__ if name != "hash"}).encode("ascii")


def tree_head(entries: Sequence[bytes]) -> bytes:
    """Compute the Merkle tree head as RFC 6962 §2.1 defines it, over entries."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    split = 1 << ((len(entries) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + tree_head(entries[:split]) + tree_head(entries[split:])).digest()


def tree_head_of_hashes(hashes: Sequence[str]) -> bytes:
    """Compute the same from the hashes that the ledger holds, without hashing any event again."""
    level = [bytes.fromhex(one) for one in hashes]
    while len(level) > 1:
        joined = [hashlib.sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = joined + level[len(level) - len(level) % 2 :]
    return level[0]


def test_the_rule_is_that_of_the_rfc() -> None:
    # The first test vectors of Certificate Transparency: no entry, one empty entry, an empty one and 0x00.
    assert tree_head([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree_head([b""]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert tree_head([b"", b"\x00"]).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


@given(st.lists(texts, min_size=1, max_size=40))
def test_the_hashes_of_the_ledger_are_the_leaves_of_a_tree_over_its_events(subjects: list[str]) -> None:
    events = ledger(subjects)
    assert [one.hash for one in events] == [hashlib.sha256(b"\x00" + entry(one)).hexdigest() for one in events]
    assert tree_head_of_hashes([one.hash for one in events]) == tree_head([entry(one) for one in events])


@given(texts, texts)
def test_two_events_that_differ_have_different_entries(one: str, other: str) -> None:
    first, second = event(1, one, "0" * 64), event(1, other, "0" * 64)
    assert (entry(first) == entry(second)) == (one == other)
