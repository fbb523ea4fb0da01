"""What a page shows of one publication: its texts as published, and what was read in its credit lines."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """Hold one text published with a photo or embedded in its file.

    `language` is as declared, None when nobody said. `origin` says where it was read (manifest, xmp …), `revision` counts from 1
    the texts of one role, language and origin; `is_exact` says that every byte could be read. `raw_base64` holds the bytes as
    received where they are not the UTF-8 of `text`, None where they are; so it does in every line that has it.
    """

    role: str
    text: str
    language: str | None
    origin: str
    revision: int
    is_exact: bool
    raw_base64: str | None = None


@dataclass(frozen=True, slots=True)
class PartyLine:
    """Hold one party read from a credit line; `span` is the half-open range of characters of the line."""

    role: str
    name: str
    source: str
    span: tuple[int, int]
    confidence: float


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Hold one credit statement as published, and what was read in it; `unread` is what could not be."""

    role: str
    text: str
    origin: str
    revision: int
    is_exact: bool
    parties: tuple[PartyLine, ...]
    flags: tuple[str, ...]
    unread: tuple[str, ...]
    raw_base64: str | None = None


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """Hold one appearance; `source` is the id of the publisher's authority record, None when no publisher is stated."""

    id: str
    photo: str
    publisher: str | None
    source: str | None
    url: str | None
    published_at: PartialDate | None
    first_seen_at: PartialDate | None
    date_created: PartialDate | None
    location: str | None
    carrier: str | None
    source_path: str
    revision: int
    captions: tuple[CaptionLine, ...]
    credits: tuple[CreditLine, ...]
