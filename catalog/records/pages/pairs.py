"""What the pages show of photos that were compared: the pair, what a person said of it, and the list of those that wait."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.pages.publications import PublicationLine
from catalog.records.pages.thumb import Thumb
from catalog.records.pages.turning import Turn

PAIR_STATES = ("suggested", "accepted", "decided")


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
    person said the two are no copies when less spoke for it than does now; that still stands.
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
class ComparePage:
    """Hold two photos side by side; `pair` is None when nobody examined them together.

    `points` are some of those that agree, found by the workflow: x, y in the query and x, y in the reference of the pair, shares
    of width and height.
    """

    first: VersionLine
    second: VersionLine
    pair: PairLine | None
    decision: DecisionLine | None
    publications: tuple[PublicationLine, ...]
    points: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PairsPage:
    """Hold one page of examined pairs in one state of PAIR_STATES, and how many wait in each."""

    state: str
    pairs: tuple[PairLine, ...]
    waiting: int
    turn: Turn
