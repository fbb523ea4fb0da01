"""Hold the captions of photos against one another before provenance asks what disagrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from catalog.captions.comparing import compare_claims
from catalog.captions.when import dates_picture, is_today
from catalog.records.claims import Claim
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import TextSpan
from catalog.records.traces import CaptionDisagreement, TracedPhoto, TracedPublication
from catalog.workflow.read_claims import claims_of

# Each caption is compared with each; of more publications than this in one neighbourhood only so many are held against the rest.
MOST_PUBLICATIONS = 200
_HELD_TEXTS = 4096
_LEADING = "in "  # makes a place of every name behind it


def with_claims(photos: Sequence[TracedPhoto]) -> list[TracedPhoto]:
    """Return the photos with what their captions claim: the day shown, "today", in which words, and where two contradict.

    A caption gives a day, month or year only where nothing else states one and where it names one alone: a day told relative to
    the publication follows from it and proves nothing, and a year may be that of something in the picture. Contradictions are of
    place, actor and number; days are compared by provenance itself, with their zones. A place that a publication states beside
    its caption counts as its caption's places do, and is held against them.
    """
    claims = {
        publication.id: tuple(claim for text in publication.captions for claim in _read(text, publication.shown_at))
        for photo in photos
        for publication in photo.publications
        if publication.captions
    }
    located = {
        publication.id: _located(publication.location)
        for photo in photos
        for publication in photo.publications
        if publication.location
    }
    found = _disagreements(claims, located)
    return [
        replace(
            photo,
            publications=tuple(
                _told(publication, claims.get(publication.id, ()), tuple(found.get(publication.id, ())))
                for publication in photo.publications
            ),
        )
        for photo in photos
    ]


@lru_cache(maxsize=_HELD_TEXTS)
def _read(text: str, published: PartialDate | None) -> tuple[Claim, ...]:
    return claims_of(text, published)


@lru_cache(maxsize=_HELD_TEXTS)
def _located(location: str) -> tuple[Claim, ...]:
    """Return the places that a stated location names, each at its place in it."""
    return tuple(
        replace(claim, role="shown", span=(claim.span[0] - len(_LEADING), claim.span[1] - len(_LEADING)))
        for claim in claims_of(_LEADING + location)
        if claim.kind == "place"
    )


def _disagreements(
    captioned: dict[str, tuple[Claim, ...]], located: dict[str, tuple[Claim, ...]]
) -> dict[str, list[CaptionDisagreement]]:
    found: dict[str, list[CaptionDisagreement]] = {}
    every = sorted(captioned.keys() | located.keys())
    claims = {name: (*captioned.get(name, ()), *located.get(name, ())) for name in every}

    def span(name: str, claim: Claim) -> TextSpan:
        is_captioned = claim in captioned.get(name, ())
        return TextSpan(name, "caption" if is_captioned else "location", claim.text, claim.span)

    def tell(one: str, other: str, kind: str, mine: Claim, theirs: Claim, spans: tuple[TextSpan, TextSpan]) -> None:
        said = CaptionDisagreement(other, kind, _words(mine), _words(theirs), spans, mine.value, theirs.value)
        found.setdefault(one, []).append(said)

    for number, one in enumerate(every):
        for kind, mine, stated in _contradictions(captioned.get(one, ()), located.get(one, ())):
            spans = (TextSpan(one, "caption", mine.text, mine.span), TextSpan(one, "location", stated.text, stated.span))
            tell(one, one, kind, mine, stated, spans)
        for other in every[number + 1 :] if number < MOST_PUBLICATIONS else ():
            for kind, mine, theirs in _contradictions(claims[one], claims[other]):
                spans = (span(one, mine), span(other, theirs))
                tell(one, other, kind, mine, theirs, spans)
                tell(other, one, kind, theirs, mine, spans)
    return found


@lru_cache(maxsize=_HELD_TEXTS)
def _contradictions(a: tuple[Claim, ...], b: tuple[Claim, ...]) -> tuple[tuple[str, Claim, Claim], ...]:
    return tuple(_each(a, b))


def _each(a: tuple[Claim, ...], b: tuple[Claim, ...]) -> Iterator[tuple[str, Claim, Claim]]:
    for item in compare_claims(a, b):
        if item.comparison == "contradicting" and item.kind != "date" and item.a is not None and item.b is not None:
            yield item.kind, item.a, item.b


def _words(claim: Claim) -> str:
    """Say a claim in English and, where the caption is in other words, as it stands there."""
    if claim.kind == "number":
        return claim.text
    said = f"{claim.name} denies" if claim.role == "denied" else claim.name
    return said if claim.text.casefold() == claim.name.casefold() else f"{said} ({claim.text})"


def _told(
    publication: TracedPublication, claims: tuple[Claim, ...], disagreements: tuple[CaptionDisagreement, ...]
) -> TracedPublication:
    days = {claim.value: claim.date for claim in claims if claim.kind == "date" and claim.role == "shown" and claim.date}
    dated = [claim for claim in claims if claim.kind == "date" and claim.role == "shown" and claim.date]
    is_of_picture = any(dates_picture(text, claim) for text in publication.captions for claim in dated)
    only = tuple(days.values()) if len(days) == 1 and is_of_picture else ()
    today = next((claim for claim in claims if is_today(claim)), None) if not days else None
    spoken = [claim for claim in claims if claim is today or (claim.kind == "date" and claim.role == "shown" and claim.date)]
    return replace(
        publication,
        event_dates=publication.event_dates or only,
        says_today=None if today is None else today.text,
        disagreements=disagreements,
        said_days=tuple(
            ("" if claim is today else claim.value, TextSpan(publication.id, "caption", claim.text, claim.span))
            for claim in spoken
        ),
    )
