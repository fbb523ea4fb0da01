"""Read what captions claim, with the sources that the authority knows."""

from __future__ import annotations

from functools import cache

from catalog.captions.claims import CLAIMS_VERSION, read_claims
from catalog.captions.gazetteer import around
from catalog.captions.language import language_of
from catalog.credits.authority import known_sources
from catalog.errors import UsageError
from catalog.records.claims import Claim, NamedActor
from catalog.records.partial_date import PartialDate
from catalog.store.interface.change import Change


@cache
def known_actors() -> tuple[NamedActor, ...]:
    """Return the shipped sources as captions may name them."""
    return tuple(NamedActor(source.id, source.kind, tuple(name for _, name in source.names)) for source in known_sources())


def claims_of(text: str, published: PartialDate | None = None) -> tuple[Claim, ...]:
    """Read the claims of one caption; relative dates count back from `published`."""
    return read_claims(text, published, known_actors())


def claims_on(text: str, published: str | None) -> tuple[Claim, ...]:
    """Read the claims of one caption; `published` is the date of its publication as somebody types it, None for none.

    Raises UsageError for a date that cannot be read.
    """
    date = None if published is None else PartialDate.parse(published)
    if date is not None and not date.is_read:
        raise UsageError.because("'%(date)s' is no date that can be read; write it as 2026-11-22", date=published)
    return claims_of(text, date)


def store_claims(change: Change, caption_id: int, text: str) -> None:
    """Read one kept caption and store what it claims; days told relative to its publication are kept without a value."""
    claims = claims_of(text)
    shown = [claim.value for claim in claims if claim.kind == "place" and claim.role in ("shown", "near")]
    change.store_caption_claims(caption_id, claims, [place for name in shown for place in around(name)], CLAIMS_VERSION)


def primary_language(text: str, declared: str | None) -> str | None:
    """Return the language of a caption, as declared or as its letters tell, None when nobody can say."""
    return language_of(text, declared).language
