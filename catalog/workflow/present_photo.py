"""Everything known of one photo, as JSON and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catalog.records.pages import PhotoPage, PublicationLine
from catalog.workflow.plain import plain


def photo_line(page: PhotoPage) -> dict[str, Any]:
    """Return the JSON line of one photo."""
    values: dict[str, Any] = plain(page)
    return values


def photo_words(page: PhotoPage) -> Iterator[str]:
    """Yield one photo as lines to read: what was published with it first, then what it is."""
    yield f"{page.photo.sha256}"
    yield f"{page.media_type}, {page.width} × {page.height}, {page.size_bytes} bytes, stored {page.first_stored_at}"
    for publication in page.publications:
        yield from _publication(publication)
    for caption in page.embedded_captions:
        yield f"  in the file ({caption.origin}) {caption.role}: {caption.text}"
    for credit in page.embedded_credits:
        yield f"  in the file ({credit.origin}) {credit.role}: {credit.text}"
    for version in page.versions:
        if version.photo.sha256 != page.photo.sha256:
            changes = ", ".join(version.pair.changes) if version.pair else ""
            yield f"  also as {version.photo.sha256[:12]}, {version.width} × {version.height} {changes}".rstrip()
    for found in page.findings:
        yield f"  {found.rule}: {found.reason}"


def _publication(publication: PublicationLine) -> Iterator[str]:
    date = publication.published_at.raw if publication.published_at else "undated"
    yield f"  {date}  {publication.publisher or 'publisher not stated'}  {publication.url or ''}".rstrip()
    for caption in publication.captions:
        yield f"    {caption.role}{f' ({caption.language})' if caption.language else ''}: {caption.text}"
    for credit in publication.credits:
        parties = ", ".join(f"{party.role} {party.name}" for party in credit.parties)
        yield f"    {credit.role}: {credit.text}" + (f"  → {parties}" if parties else "")
