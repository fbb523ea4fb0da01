"""The duplicate report as one HTML file to look at, print and send: no script, nothing fetched, every text as text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined

from catalog.records.duplicates import DuplicateReport, ReportedGroup, ReportedPhoto, ReportedPublication
from catalog.records.foreign_text import linkable
from catalog.records.match import Decision, Verification
from catalog.records.provenance import Derivation, by_rule
from catalog.reports.page_text import language_tag, segments, written_date, written_size
from catalog.reports.report_words import ReportWords
from catalog.reports.said import said_pieces
from catalog.reports.thumbnails import Thumbnail, thumbnail_of

TEMPLATE, STYLE = "duplicates.html", "duplicates.css"


def as_it_is(text: str) -> str:
    """Return a sentence untranslated."""
    return text


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """Hold one photo as the page shows it; `number` counts inside its group from 1."""

    number: int
    photo: ReportedPhoto
    thumbnail: Thumbnail | None


@dataclass(frozen=True, slots=True)
class ShownPair:
    """Hold one pair or derivation as the page tells it: words first, then how sure."""

    first: str
    second: str
    directed: bool
    verdict: str
    state: str
    sureness: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Hold one group as the page shows it."""

    group: ReportedGroup
    photos: tuple[ShownPhoto, ...]
    publications: tuple[tuple[str, ReportedPublication], ...]
    pairs: tuple[ShownPair, ...]
    derivations: tuple[ShownPair, ...]
    rejected: tuple[tuple[str, str, Decision], ...]
    is_contradicted: bool
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class DuplicatesHtml:
    """Write the report as self-contained HTML.

    `translate` turns an English sentence of the page into the reader's language; `language` and `direction` are that language's.
    Words that were published are never translated.
    """

    translate: Callable[[str], str] = as_it_is
    language: str = "en"
    direction: str = "ltr"
    media_type: str = "text/html; charset=utf-8"

    def write(self, report: DuplicateReport, stream: BinaryIO) -> None:
        """Write the report; reads and draws one group at a time."""
        words = ReportWords(self.translate)
        environment = page_environment()
        style = environment.get_template(STYLE).render()
        page = environment.get_template(TEMPLATE).generate(
            report=report,
            groups=(_shown(group, words) for group in report.groups),
            _=words.sentence,
            said_pieces=said_pieces,
            by_rule=by_rule,
            words=words,
            language=self.language,
            direction=self.direction,
            # The one style block is named by its digest, so that the policy needs no exception for styles in general.
            style_digest=b64encode(sha256(style.encode()).digest()).decode("ascii"),
        )
        for part in page:
            # Texts are shown without lone surrogates; what is left to encode is always valid.
            stream.write(part.encode("utf-8"))


@cache
def page_environment() -> Environment:
    """Return the templates of this room: escaped everywhere, unknown names an error."""
    environment = Environment(
        loader=PackageLoader("catalog.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        segments=segments, language_tag=language_tag, linkable=linkable, written_date=written_date, written_size=written_size
    )
    return environment


def _shown(group: ReportedGroup, words: ReportWords) -> ShownGroup:
    numbers = {photo.sha256: str(number) for number, photo in enumerate(group.photos, 1)}
    chain = group.chain
    return ShownGroup(
        group,
        tuple(ShownPhoto(number, photo, thumbnail_of(photo.preview)) for number, photo in enumerate(group.photos, 1)),
        tuple((_name(item.line.photo, numbers), item) for item in group.publications),
        tuple(_pair(match, numbers, words) for match in sorted(group.matches, key=_by_sureness)),
        tuple(_derivations(chain.derivations if chain else (), numbers, words)),
        tuple((_name(one.photo, numbers), _name(one.other, numbers), one.decision) for one in group.rejected),
        is_contradicted=chain is not None and chain.state == "contradicted",
        is_disputed=any(not found.is_dismissed for found in group.findings),
    )


def _by_sureness(match: Verification) -> tuple[bool, float]:
    return match.state != "accepted", -match.score


def _name(photo: str, numbers: dict[str, str]) -> str:
    """Return a photo's number in its group, or the beginning of its SHA-256 where it belongs to another."""
    return numbers.get(photo, photo[:12])


def _pair(match: Verification, numbers: dict[str, str], words: ReportWords) -> ShownPair:
    return ShownPair(
        _name(match.query, numbers),
        _name(match.reference, numbers),
        directed=False,
        verdict=words.verdict(match),
        state=words.state(match.state),
        sureness=words.score(match.score),
        evidence=(),
    )


def _derivations(derivations: tuple[Derivation, ...], numbers: dict[str, str], words: ReportWords) -> Iterator[ShownPair]:
    for derivation in derivations:
        yield ShownPair(
            _name(derivation.parent, numbers),
            _name(derivation.child, numbers),
            derivation.directed,
            words.changes(derivation.changes),
            words.direction(derivation.directed) if derivation.decision is None else words.decision(derivation.decision),
            words.sureness(derivation, lambda photo: _name(photo, numbers)),
            tuple(words.evidence(item) for item in derivation.evidence),
        )
