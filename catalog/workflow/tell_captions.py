"""Tell the captions of a chain in time, claim beside claim, and a caption with its claims marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from catalog.captions.comparing import compare_claims
from catalog.captions.gazetteer import place_names, places
from catalog.captions.when import without_years_of_things
from catalog.captions.who import actor_name
from catalog.captions.words import words_in
from catalog.errors import UsageError
from catalog.records.claims import Claim, TimelineCell, TimelineRow
from catalog.records.pages.chains import ChainPage
from catalog.records.pages.publications import PublicationLine
from catalog.records.partial_date import place_in_time
from catalog.workflow.read_claims import claims_of

TIMELINE_KINDS = ("date", "place", "actor", "number")
# A page tells so many captions; a chain with more is told from its beginning.
MOST_CAPTIONS = 100
_STRENGTH = ("contradicting", "finer", "coarser", "compatible", "same")


def with_timeline(shown: ChainPage) -> ChainPage:
    """Return the page with its captions told in order of publication, those without a date last."""
    return replace(shown, timeline=caption_timeline(shown.publications))


def caption_timeline(publications: Sequence[PublicationLine]) -> tuple[TimelineRow, ...]:
    """Tell captions in order of publication: what each claims, what changed since the last that spoke of it, what contradicts."""
    rows: list[TimelineRow] = []
    said: list[tuple[Claim, ...]] = []
    for line in sorted(publications, key=_start):
        for caption in line.captions:
            if caption.role != "caption" or len(rows) == MOST_CAPTIONS:
                continue
            claims = claims_of(caption.text, line.published_at)
            compared = without_years_of_things(caption.text, claims)
            cells = tuple(
                _cell(kind, _of(kind, claims), _of(kind, compared), [_of(kind, earlier) for earlier in said])
                for kind in TIMELINE_KINDS
            )
            rows.append(TimelineRow(line.id, line.photo, caption.text, caption.language, cells))
            said.append(compared)
    return tuple(rows)


def marked_pieces(text: str, line: PublicationLine | None) -> list[tuple[str, Claim | None]]:
    """Cut a caption at its claims, in order: the pieces joined are the text, and each claim stands with its piece."""
    pieces: list[tuple[str, Claim | None]] = []
    end = 0
    for claim in claims_of(text, None if line is None else line.published_at):
        start, stop = claim.span
        if start < end:
            continue  # a weapon inside a longer name
        if start > end:
            pieces.append((text[end:start], None))
        pieces.append((text[start:stop], claim))
        end = stop
    if end < len(text):
        pieces.append((text[end:], None))
    return pieces


def claimed_name(claim: Claim, language: str) -> str:
    """Say what a claim means: a place by its name in a language (en, ru, uk, ar), a date as EDTF, an actor by name, a number."""
    if claim.kind == "place":
        return places()[claim.value].name(language)
    if claim.kind == "number":
        least, most = claim.least, claim.most
        return f"{least}" if least == most else f"≥ {least}" if most is None else f"{least}–{most}"
    if claim.kind == "actor":
        return actor_name(claim.value, language) or claim.name
    return claim.name


def place_called(name: str) -> str:
    """Return the id of the place of a name in any of the four languages, or of that id.

    Raises UsageError where no place has that name.
    """
    if name in places():
        return name
    words = words_in(name)
    length, meanings = place_names().at(words, 0) if words else (0, [])
    if not meanings or length < len(words):
        raise UsageError.because(
            "place=%(name)s: no place of this name is known; write it as captions do, in one of the four languages", name=name
        )
    return meanings[0]


def place_name(place: str, language: str) -> str:
    """Return the name of a place in a language, or its id where nobody knows it."""
    known = places().get(place)
    return place if known is None else known.name(language)


def _start(line: PublicationLine) -> tuple[tuple[datetime, datetime], str]:
    dates = [date for date in (line.published_at, line.first_seen_at) if date is not None and date.is_read]
    return place_in_time(dates[0] if dates else None), line.id


def _of(kind: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if claim.kind == kind and claim.role not in ("context", "origin"))


def _cell(
    kind: str, claims: tuple[Claim, ...], compared: tuple[Claim, ...], earlier: Sequence[tuple[Claim, ...]]
) -> TimelineCell:
    """Tell all the claims of a kind, and how those among them that are of the picture stand to what was said before."""
    if not claims:
        return TimelineCell(kind, (), "silent")
    against = tuple(number for number, other in enumerate(earlier, 1) if other and _stands(other, compared) == "contradicting")
    before = next((other for other in reversed(earlier) if other), None)
    return TimelineCell(kind, claims, "told" if before is None else _stands(before, compared), against)


def _stands(before: tuple[Claim, ...], after: tuple[Claim, ...]) -> str:
    found = {item.comparison for item in compare_claims(before, after)} - {"silent"}
    return next((name for name in _STRENGTH if name in found), "compatible")
