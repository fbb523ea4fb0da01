"""What the pages of sources show."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.pages.publications import CaptionLine, PublicationLine
from catalog.records.pages.thumb import Thumb
from catalog.records.pages.turning import Turn
from catalog.records.partial_date import PartialDate
from catalog.records.sources import SourceFacts


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Hold one source: how many publications it made, how many credit lines name it."""

    id: str
    name: str
    published: int
    credited: int


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Hold one page of the sources."""

    sources: tuple[SourceLine, ...]
    total: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """Hold a picture that a page named and that was not saved: its publication, and the address at which it lay."""

    id: str
    address: str
    publisher: str | None
    url: str | None
    published_at: PartialDate | None
    caption: CaptionLine | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Hold one source, whom it credits, and one page of what it published or is credited for.

    `named` are pictures that its pages name and that were not saved, the first of them. `facts` are what is on record of it.
    """

    source: SourceLine
    credits: tuple[SourceLine, ...]
    publications: tuple[PublicationLine, ...]
    thumbs: tuple[Thumb, ...]
    turn: Turn
    named: tuple[NamedPicture, ...] = ()
    facts: SourceFacts | None = None
