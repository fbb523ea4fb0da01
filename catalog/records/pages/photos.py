"""What the page of one photo shows, and what must be known to hand its original out."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.pages.pairs import VersionLine
from catalog.records.pages.publications import CaptionLine, CreditLine, PublicationLine
from catalog.records.pages.thumb import Thumb
from catalog.records.provenance import Finding


@dataclass(frozen=True, slots=True)
class MetadataLine:
    """Hold one value that the file states; `differs` says that another value of the same meaning says something else."""

    vocabulary: str
    property: str
    position: int
    language: str | None
    text: str
    codec: str
    meaning: str | None
    differs: bool
    raw_base64: str | None = None


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """Hold one event of the ledger that concerns a photo."""

    sequence: int
    at: str
    agent: str
    action: str
    outcome: str
    item: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """Hold everything the catalogue knows of one photo.

    `width` and `height` are oriented pixels of the full picture, 0 when it could not be decoded. `publications` are those of the
    whole picture group in order of time, at most PUBLICATIONS_SHOWN of `publication_count`, its own before those of other
    versions. `weakest_link` is the lowest score that holds the picture group together, None for a photo alone and where only
    people joined it.
    """

    photo: Thumb
    size_bytes: int
    media_type: str
    first_stored_at: str
    width: int
    height: int
    is_plain: bool
    image_data_sha256: str | None
    chain: str | None
    publications: tuple[PublicationLine, ...]
    publication_count: int
    embedded_captions: tuple[CaptionLine, ...]
    embedded_credits: tuple[CreditLine, ...]
    metadata: tuple[MetadataLine, ...]
    versions: tuple[VersionLine, ...]
    weakest_link: float | None
    findings: tuple[Finding, ...]
    custody: tuple[CustodyLine, ...]


@dataclass(frozen=True, slots=True)
class OriginalFacts:
    """Hold what must be known to hand an original out."""

    sha256: str
    size_bytes: int
    media_type: str
