"""Hold the captions of photos against one another before provenance asks what disagrees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from catalog.captions.comparing import compare_claims
from catalog.captions.when import is_today
from catalog.records.claims import Claim
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import TextSpan
from catalog.records.traces import CaptionDisagreement, TracedPhoto, TracedPublication
from catalog.workflow.read_claims import claims_of

# Each caption is compared with each; of more publications than this in one neighbourhood only so many are held against the rest.
MOST_PUBLICATIONS = 200
_HELD_TEXTS = 4096
# A year alone tells of what stands in the picture ("built in 1871") as often as of the picture.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def with_claims(photos: Sequence[TracedPhoto]) -> list[TracedPhoto]:
    """Return the photos with what their captions claim: the day shown, "today", in which words, and where two contradict.

    A caption gives a day only where nothing else states one and where it names one day alone: a day told relative to the
    publication follows from it and proves nothing. Contradictions are of place, actor and number; days are compared by
    provenance itself, with their zones.
    """
    claims = {
        publication.id: tuple(claim for text in publication.captions for claim in _read(text, publication.shown_at))
        for photo in photos
        for publication in photo.publications
        if publication.captions
    }
    found = _disagreements(claims)
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


def _disagreements(claims: dict[str, tuple[Claim, ...]]) -> dict[str, list[CaptionDisagreement]]:
    found: dict[str, list[CaptionDisagreement]] = {}
    every = sorted(claims)
    for number, one in enumerate(every):
        for other in every[number + 1 :] if number < MOST_PUBLICATIONS else ():
            for kind, mine, theirs in _contradictions(claims[one], claims[other]):
                spans = (TextSpan(one, "caption", mine.text, mine.span), TextSpan(other, "caption", theirs.text, theirs.span))
                said, other_said = _words(mine), _words(theirs)
                found.setdefault(one, []).append(CaptionDisagreement(other, kind, said, other_said, spans))
                found.setdefault(other, []).append(CaptionDisagreement(one, kind, other_said, said, spans))
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
    only = tuple(date for date in days.values() if _DAY.match(date.edtf or "")) if len(days) == 1 else ()
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
