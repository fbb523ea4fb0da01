"""What one item of an import brings to be kept, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.description import Description
from catalog.records.metadata import EmbeddedText
from catalog.records.publication import Publication

OUTCOMES = ("added", "known", "rejected")


@dataclass(frozen=True, slots=True)
class ReadItem:
    """Hold what is known of an item whatever becomes of it: its place in the run, its name, its row.

    `position` counts items of the run from 1. `size_bytes` and `sha256` are None when the file could not be read so far.
    """

    position: int
    item: str
    source_path: str
    raw_row: str | None
    warnings: tuple[str, ...]
    size_bytes: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class KeptItem:
    """Hold an item that is kept: its bytes lie in the store already.

    `description` is None when the photo is described already by the versions in force. `publication` is None when nothing was
    said of an appearance. `embedded` are captions and credits that the file or its sidecar states.
    """

    read: ReadItem
    media_type: str
    description: Description | None
    publication: Publication | None
    embedded: tuple[EmbeddedText, ...]


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """Hold what became of one item; `reason` and `message` are set when it was rejected.

    `new_credits` pairs the row number of every credit that is new with its shown text, for those who read credit lines;
    `new_captions` does so with captions, headlines and other texts left out. `raw_row` is the row as it was read, JSON text, None
    where there is none.
    """

    item: str
    outcome: str
    photo: str | None
    publication: str | None
    reason: str | None
    message: str | None
    warnings: tuple[str, ...]
    new_credits: tuple[tuple[int, str], ...] = ()
    new_captions: tuple[tuple[int, str], ...] = ()
    raw_row: str | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Hold the numbers of a run; they reconcile: read = added + known + rejected."""

    run: str
    read: int
    added: int
    known: int
    rejected: int
    seconds: float
