"""Publications with the words and credits that belong to them, in a constant number of queries for any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from catalog.records.pages.publications import CaptionLine, CreditLine, PartyLine, PublicationLine
from catalog.records.partial_date import place_in_time
from catalog.store.pages.rows import FullRow, raw_base64, read_caption, texts
from catalog.store.recorded_dates import read_date
from catalog.store.slices import slices
from catalog.store.standing import stands
from catalog.store.tables.derived import (
    caption_credit_party,
    caption_credit_reading,
    credit_party,
    credit_reading,
    publisher_party,
)
from catalog.store.tables.evidence import caption, credit, photo, publication, publication_statement

PUBLICATIONS_SHOWN = 200  # a page lists so many; a reader who needs more filters by source or date


def current_statements(connection: Connection, publications: Sequence[int]) -> dict[int, FullRow]:
    """Return the latest statement that stands for each publication, by publication number."""
    rows = connection.execute(
        select(publication_statement)
        .where(
            publication_statement.c.publication_id.in_(publications),
            stands("publication_statement", publication_statement.c.id),
        )
        .order_by(publication_statement.c.revision)
    )
    return {row.publication_id: row for row in rows}


def publication_lines(connection: Connection, publications: Sequence[int]) -> tuple[PublicationLine, ...]:
    """Return publications that stand, earliest stated date first and undated last, in seven queries."""
    rows = connection.execute(
        select(publication, photo.c.sha256, publisher_party.c.source_id)
        .join(photo, photo.c.id == publication.c.photo_id)
        .outerjoin(publisher_party, publisher_party.c.publication_id == publication.c.id)
        .where(publication.c.id.in_(publications), stands("publication", publication.c.id))
    ).all()
    ids = [row.id for row in rows]
    statements = current_statements(connection, ids)
    captions = _captions(connection, ids)
    credit_lines = credits_of(connection, credit.c.publication_id, ids)
    for owner, inside in credits_in_captions(connection, caption.c.publication_id, ids).items():
        credit_lines[owner] = (*credit_lines.get(owner, ()), *inside)
    lines = [
        _publication(row, statements[row.id], captions.get(row.id, ()), credit_lines.get(row.id, ()))
        for row in rows
        if row.id in statements
    ]
    return tuple(sorted(lines, key=_moment))


def publications_of(connection: Connection, sha256s: Sequence[str]) -> dict[str, list[PublicationLine]]:
    """Return the publications of photos, earliest first; a photo that has none is left out."""
    found: dict[str, list[PublicationLine]] = {}
    owned = select(publication.c.id).join(photo, photo.c.id == publication.c.photo_id)
    for part in slices(sha256s):
        for line in publication_lines(connection, list(connection.execute(owned.where(photo.c.sha256.in_(part))).scalars())):
            found.setdefault(line.photo, []).append(line)
    return found


def _publication(
    row: FullRow, stated: FullRow, captions: tuple[CaptionLine, ...], credit_lines: tuple[CreditLine, ...]
) -> PublicationLine:
    return PublicationLine(
        id=row.identity,
        photo=row.sha256,
        publisher=row.publisher,
        source=row.source_id,
        url=row.url,
        published_at=read_date(stated._mapping, "published"),
        first_seen_at=read_date(stated._mapping, "first_seen"),
        date_created=read_date(stated._mapping, "created"),
        location=stated.location,
        carrier=stated.carrier,
        source_path=row.source_path,
        revision=stated.revision,
        captions=captions,
        credits=credit_lines,
    )


def _moment(line: PublicationLine) -> tuple[tuple[datetime, datetime], str]:
    return place_in_time(line.published_at), line.id


def _captions(connection: Connection, publications: Sequence[int]) -> dict[int, tuple[CaptionLine, ...]]:
    rows = connection.execute(
        select(caption).where(caption.c.publication_id.in_(publications), stands("caption", caption.c.id)).order_by(caption.c.id)
    )
    found: dict[int, tuple[CaptionLine, ...]] = {}
    for row in rows:
        found[row.publication_id] = (*found.get(row.publication_id, ()), read_caption(row))
    return found


def credits_of(
    connection: Connection, owner: ColumnElement[int | None], owners: Sequence[int]
) -> dict[int, tuple[CreditLine, ...]]:
    """Return the credit lines that belong to publications or to files, with what was read in them, in two queries."""
    rows = connection.execute(
        select(credit, owner.label("owner"), credit_reading.c.flags, credit_reading.c.unread)
        .outerjoin(credit_reading, credit_reading.c.credit_id == credit.c.id)
        .where(owner.in_(owners), stands("credit", credit.c.id))
        .order_by(credit.c.id)
    ).all()
    parties: dict[int, tuple[PartyLine, ...]] = {}
    party_rows = connection.execute(
        select(credit_party)
        .join(credit, credit.c.id == credit_party.c.credit_id)
        .where(owner.in_(owners))
        .order_by(credit_party.c.span_from, credit_party.c.id)
    )
    for row in party_rows:
        line = PartyLine(row.role, row.name, row.source_id, (row.span_from, row.span_to), row.confidence)
        parties[row.credit_id] = (*parties.get(row.credit_id, ()), line)
    found: dict[int, tuple[CreditLine, ...]] = {}
    for row in rows:
        line_read = CreditLine(
            role=row.role,
            text=row.text,
            origin=row.origin,
            revision=row.revision,
            is_exact=not row.text_codec.endswith("+replaced"),
            parties=parties.get(row.id, ()),
            flags=texts(row.flags),
            unread=texts(row.unread),
            raw_base64=raw_base64(row.text_raw, row.text),
        )
        found[row.owner] = (*found.get(row.owner, ()), line_read)
    return found


def credits_in_captions(
    connection: Connection, owner: ColumnElement[int | None], owners: Sequence[int]
) -> dict[int, tuple[CreditLine, ...]]:
    """Return captions of publications or of files that credit somebody, as credit lines of the role `caption`, in two queries."""
    rows = connection.execute(
        select(caption, owner.label("owner"), caption_credit_reading.c.flags)
        .join(caption_credit_reading, caption_credit_reading.c.caption_id == caption.c.id)
        .where(owner.in_(owners), stands("caption", caption.c.id))
        .order_by(caption.c.id)
    ).all()
    parties: dict[int, tuple[PartyLine, ...]] = {}
    party_rows = connection.execute(
        select(caption_credit_party)
        .join(caption, caption.c.id == caption_credit_party.c.caption_id)
        .where(owner.in_(owners))
        .order_by(caption_credit_party.c.span_from, caption_credit_party.c.id)
    )
    for row in party_rows:
        line = PartyLine(row.role, row.name, row.source_id, (row.span_from, row.span_to), row.confidence)
        parties[row.caption_id] = (*parties.get(row.caption_id, ()), line)
    found: dict[int, tuple[CreditLine, ...]] = {}
    for row in rows:
        line_read = CreditLine(
            role="caption", text=row.text, origin=row.origin, revision=row.revision,
            is_exact=not row.text_codec.endswith("+replaced"), parties=parties.get(row.id, ()), flags=texts(row.flags), unread=(),
        )  # fmt: skip
        found[row.owner] = (*found.get(row.owner, ()), line_read)
    return found


def publication_numbers(connection: Connection, photos: Sequence[int], own: int | None = None) -> tuple[list[int], int]:
    """Return the row numbers of the first PUBLICATIONS_SHOWN publications of photos, earliest first, and how many there are.

    Those of the photo `own` are named before all others, so that many copies do not crowd them out.
    """
    of_photos = publication.c.photo_id.in_(photos) & stands("publication", publication.c.id)
    past = (
        select(func.min(publication_statement.c.published_to))
        .where(
            publication_statement.c.publication_id == publication.c.id,
            stands("publication_statement", publication_statement.c.id),
        )
        .scalar_subquery()
    )
    rows = connection.execute(
        select(publication.c.id, func.count().over().label("all"))
        .where(of_photos)
        .order_by(*([publication.c.photo_id != own] if own else ()), past.is_(None), past, publication.c.id)
        .limit(PUBLICATIONS_SHOWN)
    ).all()
    return [row.id for row in rows], rows[0].all if rows else 0
