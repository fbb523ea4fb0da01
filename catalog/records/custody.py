"""What a check of the catalogue expected, read and found altered."""

from __future__ import annotations

from dataclasses import dataclass

ALTERATIONS = (
    "original_altered", "original_missing", "original_unexpected", "row_altered", "row_unaccounted", "event_altered",
    "event_deleted", "event_reordered", "ledger_rolled_back", "anchor_altered", "anchor_of_another_key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alteration:
    """Hold one thing that is not as it was kept: one of ALTERATIONS, what it concerns, and a sentence."""

    code: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Hold a head of the ledger that was written down elsewhere: how many events there were, and the last one's hash."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold an Ed25519 signature and the public key that it fits, both in lower-case hex of 64 and 32 bytes."""

    public_key: str
    value: str


@dataclass(frozen=True, slots=True)
class AnchorStatement:
    """Hold what an anchor file says: a head, when it was written down (UTC, by that machine's clock), and who signed it."""

    head: Anchor
    made_at: str
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what a check covered and found; of originals, expected = read + skipped, or the check is not whole."""

    originals_expected: int
    originals_read: int
    originals_skipped: int
    events_expected: int
    events_read: int
    alterations: tuple[Alteration, ...]
    head: Anchor
    seconds: float
