"""An appearance of a photo, and the words that were published with it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.partial_date import PartialDate
from catalog.records.text import RecordedText

CAPTION_ROLES = ("caption", "headline", "alt_text", "title", "note")
CREDIT_ROLES = ("credit_line", "creator", "iptc_source", "copyright_notice", "rights")
CREDIT_PARTY_ROLES = ("creator", "agency", "issuer", "distributor", "carrier", "rights_holder")
CREDIT_FLAGS = ("handout", "archive", "editorial_use_only", "courtesy", "mandatory_credit", "screenshot", "illustration")


@dataclass(frozen=True, slots=True)
class Caption:
    """Hold one text published with a photo. `language` is BCP 47 as declared, None when nobody said."""

    role: str
    text: RecordedText
    language: str | None


@dataclass(frozen=True, slots=True)
class Credit:
    """Hold one credit statement as published, whole."""

    role: str
    text: RecordedText


@dataclass(frozen=True, slots=True)
class CreditParty:
    """Hold one party read from a credit line.

    `role` is one of CREDIT_PARTY_ROLES, `name` as printed without label words, `span` the half-open range of characters
    of the shown line, `confidence` 0–1. A line that reads in two ways has parties of `reading` 1, the likelier, and 2, of which
    one or the other holds; those of 0 are in both.
    """

    role: str
    name: str
    span: tuple[int, int]
    confidence: float
    reading: int = 0


@dataclass(frozen=True, slots=True)
class CreditReading:
    """Hold what was read in one credit line; `unread` is what could not be, as printed."""

    line: str
    parties: tuple[CreditParty, ...]
    flags: tuple[str, ...]
    identifiers: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """Hold one appearance of a photo as a row of a manifest, a saved page or a file's own folder states it.

    `origin` is what its words come from: `manifest` or `web_page`.
    """

    publisher: RecordedText | None
    url: RecordedText | None
    published_at: PartialDate | None
    carrier: str | None
    first_seen_at: PartialDate | None
    date_created: PartialDate | None
    location: RecordedText | None
    captions: tuple[Caption, ...]
    credits: tuple[Credit, ...]
    extras: tuple[tuple[str, str], ...]
    origin: str = "manifest"
