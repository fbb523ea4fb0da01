"""Read credit lines and store what they say, beside the raw line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.captions.where import names_place
from catalog.credits import CREDITS_VERSION
from catalog.credits.authority import known_sources
from catalog.credits.reading import find_credits_in_caption, read_credit
from catalog.credits.source_book import SourceBook
from catalog.records.publication import CreditReading
from catalog.records.traces import CreditedSource, TracedPhoto
from catalog.store.interface.change import Change

_OFFICIAL_KINDS = frozenset({"ministry", "military", "office", "service"})


def read_line(text: str) -> CreditReading:
    """Read one credit line."""
    return read_credit(text, names_place)


def credit_line(reading: CreditReading) -> dict[str, object]:
    """Return the JSON of one reading as the interfaces page gives it; a source is named only when an authority knows it.

    `suggested` is the source that a name nobody knows resembles most, misspelt or in another script; the name is not resolved.
    """
    book = SourceBook()
    parties = [
        {
            "role": party.role, "name": party.name, "source": _authority(book, party.name), "span": list(party.span),
            "confidence": party.confidence, "reading": party.reading, "suggested": _suggested(book, party.name),
        }
        for party in reading.parties
    ]  # fmt: skip
    return {
        "line": reading.line, "parties": parties, "flags": list(reading.flags), "identifiers": list(reading.identifiers),
        "unread": list(reading.unread),
    }  # fmt: skip


def suggested_source(name: str) -> str | None:
    """Return the shipped source that a name nobody knows resembles most, None where it is known or resembles none."""
    return _suggested(SourceBook(), name)


def store_reading(change: Change, credit_id: int, line: str, book: SourceBook) -> None:
    """Read one kept credit line and store its parties, each with the id of the source that its name means."""
    reading = read_credit(line, names_place)
    sources = {party.name: book.id_of(party.name) for party in reading.parties}
    change.store_credit_reading(credit_id, reading, sources, CREDITS_VERSION)


def store_caption_credits(change: Change, caption_id: int, text: str, book: SourceBook) -> None:
    """Look for credits inside one kept caption and store those that are there, each with the source that its name means."""
    reading = find_credits_in_caption(text, names_place)
    sources = {party.name: book.id_of(party.name) for party in reading.parties}
    change.store_caption_credits(caption_id, reading, sources, CREDITS_VERSION)


def with_official_publishers(photos: Sequence[TracedPhoto]) -> list[TracedPhoto]:
    """Say of publishers that the authority knows as governments or armed forces that they are official."""
    official = {source.id for source in known_sources() if source.kind in _OFFICIAL_KINDS}
    return [
        replace(
            photo,
            publications=tuple(
                replace(one, publisher_kind="official") if one.publisher in official else one for one in photo.publications
            ),
        )
        for photo in photos
    ]


def with_resemblances(photos: Sequence[TracedPhoto], book: SourceBook) -> list[TracedPhoto]:
    """Say of credits under a name that nobody knows which sources they may mean, were it not for one slip of the pen."""
    return [
        replace(
            photo,
            credits=tuple(_resembling(credit, book) for credit in photo.credits),
            publications=tuple(
                replace(one, credits=tuple(_resembling(credit, book) for credit in one.credits)) for one in photo.publications
            ),
        )
        for photo in photos
    ]


def _resembling(credit: CreditedSource, book: SourceBook) -> CreditedSource:
    if book.is_known(credit.name):
        return credit
    return replace(credit, resembles=tuple(one.source for one in book.suggest(credit.name) if one.how == "misspelt"))


def _authority(book: SourceBook, name: str) -> str | None:
    return book.id_of(name) if book.is_known(name) else None


def _suggested(book: SourceBook, name: str) -> str | None:
    return next((one.source for one in book.suggest(name)), None)
