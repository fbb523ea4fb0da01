"""What the pages of import runs show: how each item that was read ended."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.pages.turning import Turn

ITEM_OUTCOMES = ("added", "known", "rejected")


@dataclass(frozen=True, slots=True)
class RunLine:
    """Hold one import run; read = added + known + rejected. `retracted_at` and `retracted_because` tell of its undoing."""

    id: str
    started_at: str
    agent: str
    program_version: str
    added: int
    known: int
    rejected: int
    retracted_at: str | None
    retracted_because: str | None


@dataclass(frozen=True, slots=True)
class RunsPage:
    """Hold one page of the import runs, newest first."""

    runs: tuple[RunLine, ...]
    turn: Turn


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Hold one thing read in a run and how it ended; `photo` is what it became, None when it was rejected.

    `raw_row` is the row as it was read, JSON text, None where there is none.
    """

    position: int
    item: str
    source_path: str
    outcome: str
    reason: str | None
    message: str | None
    warnings: tuple[str, ...]
    size_bytes: int | None
    sha256: str | None
    photo: str | None
    raw_row: str | None


@dataclass(frozen=True, slots=True)
class RunPage:
    """Hold one import run and one page of its items, all or those of one outcome."""

    run: RunLine
    arguments: str
    outcome: str
    items: tuple[ItemLine, ...]
    turn: Turn
