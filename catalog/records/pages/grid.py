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
class FoundText:
    """Hold the text of a picture group that a search found: `kind` is caption, credit or publisher.

    `text` is cut to the words around what was found, as the two booleans say, on one line; `spans` are half-open and point into
    it. `publisher` published it, None for what a file itself states.
    """

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]
    language: str | None
    publisher: str | None
    is_cut_before: bool
    is_cut_behind: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """Hold one picture group of the grid; `photo` is its first stored photo.

    `found` is the text that holds what was searched for, None where nothing was, or where only an address holds it.
    """

    photo: Thumb
    photos: int
    publications: int
    findings: tuple[str, ...]
    caption: CaptionLine | None
    publisher: str | None
    published_at: PartialDate | None
    found: FoundText | None = None


@dataclass(frozen=True, slots=True)
class GridPage:
    """Hold one page of the grid; `matching` of `total` picture groups pass the filters, `searched` hold the searched words.

    Without words `searched` is the total: what is hidden by the other filters is the difference to `matching`.
    `named` are the sources that searched words name: what one published or is credited for was found under its words too.
    """

    filters: GridFilters
    tiles: tuple[Tile, ...]
    matching: int
    total: int
    turn: Turn
    searched: int
    named: tuple[NamedSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """Hold what the filters of the grid can be set to."""

    publishers: tuple[SourceLine, ...]
    credited: tuple[SourceLine, ...]
    languages: tuple[str, ...]
    findings: tuple[str, ...]
