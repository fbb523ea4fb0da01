"""What the pages and the report of custody show: every event that concerns a photo, and the whole ledger page by page."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.custody import Anchor
from catalog.records.pages.turning import Turn

EVENTS_SHOWN = 1000
# What became of the original when a report read it: the codes of `catalog verify` for what is wrong.
READINGS = ("as_stored", "original_altered", "original_missing", "original_unreadable")


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """Hold one event that concerns a photo, with what was kept under it.

    `run`, `item`, `source_path` and `raw_row` tell from where it came, as an import read it; `reason` is what a person wrote
    beside a decision or an undoing. `is_sealed`: its hash fits, it continues the event before it, and the rows under it are those
    it was written with.
    """

    sequence: int
    at: str
    agent: str
    action: str
    outcome: str
    subject: str
    detail: str
    run: str | None
    item: str | None
    source_path: str | None
    raw_row: str | None
    warnings: tuple[str, ...]
    reason: str | None
    digest: str
    previous_hash: str
    hash: str
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class CustodyPage:
    """Hold the chain of custody of one photo, standing or not.

    `event_count` counts all its events, of which the first EVENTS_SHOWN are here; `head` is where the ledger ends.
    """

    photo: str
    size_bytes: int
    media_type: str
    first_stored_at: str
    stands: bool
    events: tuple[CustodyEvent, ...]
    event_count: int
    head: Anchor


@dataclass(frozen=True, slots=True)
class CustodyReport:
    """Hold a chain of custody for those outside: when (UTC) and by what it was made, and how the original read at that moment.

    `reading` is one of READINGS, `reading_detail` a sentence for those that are wrong.
    """

    made_at: str
    program_version: str
    page: CustodyPage
    reading: str
    reading_detail: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Hold one event of the ledger; `photo` is the stored photo it is about, `run` the import, None where it is about neither."""

    sequence: int
    at: str
    agent: str
    action: str
    outcome: str
    subject: str
    detail: str
    hash: str
    photo: str | None
    run: str | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Hold one page of the ledger, newest first, all of it or one kind of action; `actions` are those there are."""

    events: tuple[AuditLine, ...]
    action: str
    actions: tuple[str, ...]
    total: int
    turn: Turn
