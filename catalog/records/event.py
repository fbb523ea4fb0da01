"""Something that happened to a record, and the hash chain that makes later alteration visible."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS_HASH = "0" * 64
# RFC 6962 §2.1 prefixes leaves with 0x00, so that Merkle proofs can be added without hashing events again.
LEAF_PREFIX = b"\x00"


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one event of the ledger, in the words of PREMIS 3.

    `sequence` counts from 1 without gaps. `at` is UTC, ISO 8601. `action` is what was done,
    `outcome` how it ended, `subject` to what.
    `detail` is canonical JSON. `digest` is over the evidence rows written with the event. `hash` seals all of it with
    `previous_hash`.
    """

    sequence: int
    at: str
    agent: str
    action: str
    outcome: str
    subject: str
    detail: str
    digest: str
    previous_hash: str
    hash: str

    def expected_hash(self) -> str:
        """Compute the hash this event must have."""
        return event_hash(self)


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and no spare space; non-ASCII text is escaped, so that lone surrogates survive."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def event_hash(event: Event) -> str:
    """Compute SHA-256(0x00 ‖ canonical event) as lower-case hex; the event's own `hash` is not part of it."""
    sealed = {name: _plain(getattr(event, name)) for name in Event.__slots__ if name != "hash"}
    return hashlib.sha256(LEAF_PREFIX + canonical_json(sealed).encode("ascii")).hexdigest()


def row_digest(table: str, row: Mapping[str, object]) -> str:
    """Compute the SHA-256 of one evidence row as lower-case hex; bytes count as hex, every column counts."""
    values = {name: _plain(value) for name, value in row.items()}
    return hashlib.sha256(canonical_json([table, values]).encode("ascii")).hexdigest()


def rows_digest(digests: Iterable[str]) -> str:
    """Compute the digest of all evidence rows of one event from theirs, whatever their order."""
    return hashlib.sha256("\n".join(sorted(digests)).encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    # Nothing of ours puts bytes into a text column or an infinite number anywhere; whoever alters a row may.
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": repr(value)}
    return value
