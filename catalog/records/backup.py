"""What a backup holds, and what came of making or restoring one."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.custody import Anchor, Verdict


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """Hold what a backup says of itself: when (UTC) and by which version it was made, its schema, its head, what it holds."""

    made_at: str
    program_version: str
    schema: str
    head: Anchor
    originals: int
    original_bytes: int


@dataclass(frozen=True, slots=True)
class Copied:
    """Hold what came of a backup or a restoration; it is whole when its check found nothing altered."""

    facts: BackupFacts
    verdict: Verdict
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Tell whether the copy was read again and is what it must be."""
        return self.verdict.is_whole
