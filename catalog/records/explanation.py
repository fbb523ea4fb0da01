"""Why photos match, for people to look at."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.match import Verification
from catalog.records.pages.publications import PublicationLine


@dataclass(frozen=True, slots=True)
class ExplainedMatch:
    """Hold one match with its pictures.

    `reference` is the photo's preview, `aligned` the query with the reference laid over it, empty without geometry; both JPEG.
    `region` are the corners of the match's box in the query, `outline` where they lie in the reference, as shares of width and
    height; empty without geometry. `points` are points that agree: x, y in
    the query and x, y in the reference, shares of width and height.
    """

    found: Verification
    path: str
    reference: bytes
    aligned: bytes
    region: tuple[tuple[float, float], ...]
    outline: tuple[tuple[float, float], ...]
    points: tuple[tuple[float, float, float, float], ...]
    publications: tuple[PublicationLine, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold the answer to one query with its pictures; `error` is set instead when it could not be read."""

    query: str
    preview: bytes
    is_comparable: bool
    error: str | None
    matches: tuple[ExplainedMatch, ...]
