"""What the pages of the gallery show, as values: each record is the whole content of one page or of one part of it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.claims import TimelineRow
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import ChainDecision, Derivation, Finding
from catalog.records.sources import SourceFacts

SORTS = ("newest", "oldest", "reuse")
PAIR_STATES = ("suggested", "accepted", "decided")
ITEM_OUTCOMES = ("added", "known", "rejected")


@dataclass(frozen=True, slots=True)
class Thumb:
    """Name a photo that can be drawn: width and height are pixels of its preview, 0 when it has none."""

    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Hold one source: how many publications it made, how many credit lines name it."""

    id: str
    name: str
    published: int
    credited: int


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """Hold one text published with a photo or embedded in its file.

    `language` is as declared, None when nobody said. `origin` says where it was read (manifest, xmp …), `revision` counts from 1
    the texts of one role, language and origin; `is_exact` says that every byte could be read. `raw_base64` holds the bytes as
    received where they are not the UTF-8 of `text`, None where they are; so it does in the lines below.
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
class DecisionLine:
    """Hold the last word a person said about a pair; an undone decision is none.

    `seen` is relation and state of what had been measured when it was decided, None when nothing was or when it was not kept.
    """

    verdict: str
    reason: str
    agent: str
    at: str
    seen: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class PairLine:
    """Hold an examined pair as the pages show it.

    `transform` maps oriented pixels of the full `query` to those of the full `reference`, 3×3 row-major; the full sizes are
    beside it, because previews are smaller. `overlap` is the share of each that the other shows. `has_new_evidence` says that a
    person rejected the pair when less spoke for it than does now; it stays rejected.
    """

    query: Thumb
    reference: Thumb
    query_size: tuple[int, int]
    reference_size: tuple[int, int]
    relation: str
    state: str
    score: float
    changes: tuple[str, ...]
    overlap: tuple[float, float] | None
    transform: tuple[float, ...] | None
    thresholds: tuple[float, float]
    evidence: tuple[tuple[str, float], ...]
    decision: DecisionLine | None
    has_new_evidence: bool = False


@dataclass(frozen=True, slots=True)
class VersionLine:
    """Hold one photo of a picture group; `pair` is what was found between it and the photo of the page, if they were compared."""

    photo: Thumb
    width: int
    height: int
    size_bytes: int
    media_type: str
    publications: int
    pair: PairLine | None


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
class Place:
    """Hold a place in a list that is read page by page: the key of the last entry seen, going forward or backward."""

    key: str = ""
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold the keys that lead to the pages before and after this one, None where there is none."""

    before: str | None
    after: str | None


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
    """Hold one page of the grid; `matching` of `total` picture groups pass the filters."""

    filters: GridFilters
    tiles: tuple[Tile, ...]
    matching: int
    total: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class Facets:
    """Hold what the filters of the grid can be set to."""

    publishers: tuple[SourceLine, ...]
    credited: tuple[SourceLine, ...]
    languages: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """Hold everything the catalogue knows of one photo.

    `width` and `height` are oriented pixels of the full picture, 0 when it could not be decoded. `publications` are those of the
    whole picture group in order of time, at most PUBLICATIONS_SHOWN of `publication_count`. `weakest_link` is the
    lowest score that holds the picture group together, None for a photo alone and where only people joined it.
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
class InquiryLine:
    """Hold one recorded search for a picture of a chain: when, by whom, where, what was asked, and what it found.

    `found` are addresses outside this catalogue or SHA-256 of photos in it, none when the search found nothing.
    """

    made_at: PartialDate
    agent: str
    place: str
    scope: str
    query_name: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainPage:
    """Hold one chain: observed publications and derivations, claimed credits, and where they disagree.

    `id` is the SHA-256 of its first stored photo. `state` is one of CHAIN_STATES; `reason` explains it in a sentence.
    `inquiries` are recorded searches for a photo of the chain, newest first; `decisions` what people decided about derivations
    between them, drawn or not; `timeline` its captions in order of publication, told by the workflow.
    """

    id: str
    state: str
    reason: str
    origin: tuple[str, ...]
    photos: tuple[Thumb, ...]
    publications: tuple[PublicationLine, ...]
    derivations: tuple[Derivation, ...]
    findings: tuple[Finding, ...]
    sources: tuple[SourceLine, ...]
    inquiries: tuple[InquiryLine, ...] = ()
    decisions: tuple[ChainDecision, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Hold two photos side by side; `pair` is None when nobody examined them together."""

    first: VersionLine
    second: VersionLine
    pair: PairLine | None
    decision: DecisionLine | None
    publications: tuple[PublicationLine, ...]


@dataclass(frozen=True, slots=True)
class PairsPage:
    """Hold one page of examined pairs in one state of PAIR_STATES, and how many wait in each."""

    state: str
    pairs: tuple[PairLine, ...]
    waiting: int
    turn: Turn


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
    """Hold one thing read in a run and how it ended; `photo` is what it became, None when it was rejected."""

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


@dataclass(frozen=True, slots=True)
class RunPage:
    """Hold one import run and one page of its items, all or those of one outcome."""

    run: RunLine
    arguments: str
    outcome: str
    items: tuple[ItemLine, ...]
    turn: Turn


@dataclass(frozen=True, slots=True)
class OriginalFacts:
    """Hold what must be known to hand an original out."""

    sha256: str
    size_bytes: int
    media_type: str
