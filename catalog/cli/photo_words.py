"""A photo in words, for those who read it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from catalog.cli.claim_words import claim_words
from catalog.cli.language import _

if TYPE_CHECKING:
    from catalog.records.pages.photos import PhotoPage
    from catalog.records.pages.publications import CaptionLine, CreditLine, PublicationLine

SHORT = 12


def photo_words(page: PhotoPage) -> Iterator[str]:
    """Yield one photo as lines: what it is, what was published with it and claimed, other versions, what is in dispute."""
    yield page.photo.sha256
    what = _("{type}, {width} × {height}, {size} bytes, first stored {moment}")
    yield what.format(
        type=page.media_type, width=page.width, height=page.height, size=page.size_bytes, moment=page.first_stored_at
    )
    for publication in page.publications:
        yield from _publication(publication)
    embedded: tuple[CaptionLine | CreditLine, ...] = (*page.embedded_captions, *page.embedded_credits)
    for text in embedded:
        yield "  " + _("in the file ({origin}) {role}: {text}").format(origin=text.origin, role=text.role, text=text.text)
    for version in page.versions:
        if version.photo.sha256 != page.photo.sha256:
            changes = ", ".join(version.pair.changes) if version.pair else ""
            words = _("also held as {photo}, {width} × {height}").format(
                photo=version.photo.sha256[:SHORT], width=version.width, height=version.height
            )
            yield f"  {words} {changes}".rstrip()
    if page.weakest_link is not None:
        yield "  " + _("weakest link of the group: score {score:.3f}").format(score=page.weakest_link)
    for found in page.findings:
        yield f"  ▲ {found.rule}: {found.reason}"


def _publication(publication: PublicationLine) -> Iterator[str]:
    from catalog.workflow.read_claims import claims_of

    date = publication.published_at.raw if publication.published_at else _("undated")
    yield f"  {date}  {publication.publisher or _('publisher not stated')}  {publication.url or ''}".rstrip()
    if publication.first_seen_at:
        yield "    " + _("seen there, as stated: {date}").format(date=publication.first_seen_at.raw)
    if publication.date_created:
        yield "    " + _("taken, as stated: {date}").format(date=publication.date_created.raw)
    for caption in publication.captions:
        language = f" ({caption.language})" if caption.language else ""
        yield f"    {caption.role}{language}: {caption.text}"
        if caption.role == "caption":
            yield from (f"      {claim_words(claim)}" for claim in claims_of(caption.text, publication.published_at))
    for credit in publication.credits:
        parties = ", ".join(f"{party.role} {party.name}" for party in credit.parties)
        yield f"    {credit.role}: {credit.text}" + (f"  → {parties}" if parties else "")
