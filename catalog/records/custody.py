"""What a check of the catalogue expected, read and found altered."""

from __future__ import annotations

from dataclasses import dataclass

ALTERATIONS = (
    "original_altered", "original_missing", "original_unreadable", "original_unexpected", "row_altered", "row_unaccounted",
    "event_altered", "event_deleted", "event_reordered", "ledger_rolled_back", "anchor_altered", "anchor_of_another_key",
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
    """Hold what a check covered and found.

    Of originals, expected = read + read before + not readable + skipped. *Read* are those whose bytes this check read to their
    end; *read before* those that the note of an interrupted check names, begun at `begun_at` (UTC, empty when nothing was gone on
    with); *not readable* those that are missing or that the disk refused; *skipped* those that were not asked for.
    """

    originals_expected: int
    originals_read: int
    originals_read_before: int
    originals_not_readable: int
    originals_skipped: int
    events_expected: int
    events_read: int
    alterations: tuple[Alteration, ...]
    anchor: AnchorStatement | None
    head: Anchor
    begun_at: str
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Tell whether this check itself read every original and every event to its end, and found nothing altered."""
        is_read = self.originals_read == self.originals_expected and self.events_read == self.events_expected
        return is_read and not self.alterations
