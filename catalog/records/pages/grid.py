"""What the grid shows: picture groups, and what the reader asks of them."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.pages.publications import CaptionLine
from catalog.records.pages.sources import SourceLine
from catalog.records.pages.thumb import Thumb
from catalog.records.pages.turning import Turn
from catalog.records.partial_date import PartialDate

SORTS = ("newest", "oldest", "reuse")


@dataclass(frozen=True, slots=True)
class NamedSource:
    """Hold that searched words, as typed, are a name of the source of this id, which the authority calls by another `name`."""

    words: str
    source: str
    name: str


@dataclass(frozen=True, slots=True)
class GridFilters:
    """Hold what the reader asks of the grid; an empty field asks nothing.

    `publisher` and `credited` are source ids, `role` is one of CREDIT_PARTY_ROLES: that of `credited`, or of anybody when that is
    empty; `language` BCP 47 as declared, `change` one of CHANGES, `finding` a rule, the dates
    ISO 8601 days or shorter, `sort` one of SORTS. `shown_date` and `shown_place` are what a caption
    claims of its picture: a day, month or year, and the id of a place or of one around it.
    """

    text: str = ""
    publisher: str = ""
    credited: str = ""
    role: str = ""
    language: str = ""
    change: str = ""
    finding: str = ""
    published_from: str = ""
    published_to: str = ""
    shown_date: str = ""
    shown_place: str = ""
    sort: str = "newest"


@dataclass(frozen=True, slots=True)
class Tile:
    """Hold one picture group of the grid; `photo` is its first stored photo."""

    photo: Thumb
    photos: int
    publications: int
    findings: tuple[str, ...]
    caption: CaptionLine | None
    publisher: str | None
    published_at: PartialDate | None


@dataclass(frozen=True, slots=True)
class GridPage:
    """Hold one page of the grid; `matching` of `total` picture groups pass the filters.

    `named` are the sources that searched words name: what one published or is credited for was found under its words too.
    """

    filters: GridFilters
    tiles: tuple[Tile, ...]
    matching: int
    total: int
    turn: Turn
    named: tuple[NamedSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """Hold what the filters of the grid can be set to."""

    publishers: tuple[SourceLine, ...]
    credited: tuple[SourceLine, ...]
    languages: tuple[str, ...]
    findings: tuple[str, ...]
