"""One photo: what its file says, where it appeared, which versions of it are here, and what happened to it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from catalog.errors import NotInCatalogueError
from catalog.records.pages.image_search import AppearedPhoto
from catalog.records.pages.pairs import VersionLine
from catalog.records.pages.photos import CustodyLine, MetadataLine, OriginalFacts, PhotoPage
from catalog.store.pages.examined import pairs_among
from catalog.store.pages.findings import findings_of
from catalog.store.pages.publications import credits_in_captions, credits_of, publication_lines, publication_numbers
from catalog.store.pages.rows import THUMB, FullRow, raw_base64, read_caption, read_thumb
from catalog.store.standing import stands
from catalog.store.tables.derived import chain, chain_member, group_member, picture_group, rendition
from catalog.store.tables.evidence import caption, credit, event, file_metadata, import_item, photo, publication

VERSIONS_SHOWN = 200
CUSTODY_SHOWN = 200


def photo_page(connection: Connection, sha256: str) -> PhotoPage:
    """Return everything known of one photo, in a constant number of queries."""
    row = require_photo(connection, sha256)
    members = _members(connection, row.id)
    numbers, publication_count = publication_numbers(connection, members, own=row.id)
    captions = connection.execute(
        select(caption).where(caption.c.photo_id == row.id, stands("caption", caption.c.id)).order_by(caption.c.id)
    ).all()
    return PhotoPage(
        photo=read_thumb(row),
        size_bytes=row.size_bytes,
        media_type=row.media_type,
        first_stored_at=row.first_stored_at,
        width=row.width or 0,
        height=row.height or 0,
        is_plain=bool(row.is_plain),
        image_data_sha256=row.image_data_sha256,
        chain=_chain_id(connection, row.id),
        publications=publication_lines(connection, numbers),
        publication_count=publication_count,
        embedded_captions=tuple(read_caption(one) for one in captions),
        embedded_credits=(
            *credits_of(connection, credit.c.photo_id, [row.id]).get(row.id, ()),
            *credits_in_captions(connection, caption.c.photo_id, [row.id]).get(row.id, ()),
        ),
        metadata=_metadata(connection, row.id),
        versions=versions_of(connection, members, row.id),
        weakest_link=_weakest_link(connection, row.id),
        findings=findings_of(connection, members),
        custody=_custody(connection, row.id, sha256),
    )


def require_photo(connection: Connection, sha256: str) -> FullRow:
    """Return the facts of a photo; raises NotInCatalogueError when it does not stand in this catalogue."""
    row = connection.execute(
        select(
            photo,
            *THUMB,
            rendition.c.width,
            rendition.c.height,
            rendition.c.is_plain,
            rendition.c.image_data_sha256,
        )
        .outerjoin(rendition, rendition.c.photo_id == photo.c.id)
        .where(photo.c.sha256 == sha256, stands("photo", photo.c.id))
    ).first()
    if row is None:
        raise NotInCatalogueError(f"no photo {sha256} stands in this catalogue")
    return row


def appeared(connection: Connection, photos: Sequence[str]) -> dict[str, AppearedPhoto]:
    """Return photos that stand with their publications, in seven queries for any number of them."""
    rows = connection.execute(
        select(photo.c.id, photo.c.sha256, *THUMB, rendition.c.width, rendition.c.height)
        .outerjoin(rendition, rendition.c.photo_id == photo.c.id)
        .where(photo.c.sha256.in_(photos), stands("photo", photo.c.id))
    ).all()
    numbers, _ = publication_numbers(connection, [row.id for row in rows])
    lines = publication_lines(connection, numbers)
    return {
        row.sha256: AppearedPhoto(
            read_thumb(row), row.width or 0, row.height or 0, tuple(line for line in lines if line.photo == row.sha256)
        )
        for row in rows
    }


def has_photo(connection: Connection, sha256: str) -> bool:
    """Tell whether a photo stands in the catalogue."""
    known = select(photo.c.id).where(photo.c.sha256 == sha256, stands("photo", photo.c.id))
    return connection.execute(known).first() is not None


def original_facts(connection: Connection, sha256: str) -> OriginalFacts:
    """Return what must be known to hand an original out."""
    row = require_photo(connection, sha256)
    return OriginalFacts(row.sha256, row.size_bytes, row.media_type)


def versions_of(connection: Connection, members: Sequence[int], photo_id: int) -> tuple[VersionLine, ...]:
    """Return photos with what was found between each and one of them, that one first, then the largest first."""
    counts = (
        select(publication.c.photo_id, func.count().label("publications"))
        .where(publication.c.photo_id.in_(members), stands("publication", publication.c.id))
        .group_by(publication.c.photo_id)
        .subquery()
    )
    rows = connection.execute(
        select(photo, *THUMB, rendition.c.width, rendition.c.height, counts.c.publications)
        .outerjoin(rendition, rendition.c.photo_id == photo.c.id)
        .outerjoin(counts, counts.c.photo_id == photo.c.id)
        .where(photo.c.id.in_(members))
        .order_by(photo.c.id != photo_id, (rendition.c.width * rendition.c.height).desc(), photo.c.id)
    ).all()
    pairs = pairs_among(connection, photo_id, members)
    return tuple(
        VersionLine(
            photo=read_thumb(row),
            width=row.width or 0,
            height=row.height or 0,
            size_bytes=row.size_bytes,
            media_type=row.media_type,
            publications=row.publications or 0,
            pair=pairs.get(row.sha256),
        )
        for row in rows
    )


def _members(connection: Connection, photo_id: int) -> list[int]:
    """Return the photos of the picture group, the asked one first; a photo that was not grouped yet stands alone."""
    mine = select(group_member.c.group_id).where(group_member.c.photo_id == photo_id).scalar_subquery()
    found = connection.execute(
        select(group_member.c.photo_id)
        .where(group_member.c.group_id == mine)
        .order_by(group_member.c.photo_id)
        .limit(VERSIONS_SHOWN)
    ).scalars()
    return [photo_id, *(other for other in found if other != photo_id)]


def _weakest_link(connection: Connection, photo_id: int) -> float | None:
    held = picture_group.join(group_member, group_member.c.group_id == picture_group.c.id)
    asked = select(picture_group.c.weakest_score).select_from(held).where(group_member.c.photo_id == photo_id)
    found: float | None = connection.execute(asked).scalar()
    return found


def _chain_id(connection: Connection, photo_id: int) -> str | None:
    return connection.execute(
        select(photo.c.sha256)
        .select_from(
            chain_member.join(chain, chain.c.id == chain_member.c.chain_id).join(photo, photo.c.id == chain.c.first_photo_id)
        )
        .where(chain_member.c.photo_id == photo_id)
    ).scalar()


def _metadata(connection: Connection, photo_id: int) -> tuple[MetadataLine, ...]:
    """Return what the file states: meanings on which vocabularies differ first, then by vocabulary and place in the file."""
    rows = connection.execute(
        select(file_metadata).where(file_metadata.c.photo_id == photo_id).order_by(file_metadata.c.id)
    ).all()
    said: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        if row.meaning:
            said.setdefault(row.meaning, {}).setdefault(row.vocabulary, set()).add(row.text.strip())
    differing = {
        meaning for meaning, by_vocabulary in said.items() if len({frozenset(one) for one in by_vocabulary.values()}) > 1
    }
    lines = [
        MetadataLine(
            vocabulary=row.vocabulary,
            property=row.property,
            position=row.position,
            language=row.language,
            text=row.text,
            codec=row.codec,
            meaning=row.meaning,
            differs=row.meaning in differing,
            raw_base64=raw_base64(row.raw, row.text),
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (not line.differs, line.meaning or "" if line.differs else "", line.vocabulary)))


def _custody(connection: Connection, photo_id: int, sha256: str) -> tuple[CustodyLine, ...]:
    """Return the events that name the photo and those under which an item of an import brought it."""
    brought = select(import_item.c.event_sequence).where(import_item.c.photo_id == photo_id)
    item = (
        select(import_item.c.item)
        .where(import_item.c.event_sequence == event.c.sequence, import_item.c.photo_id == photo_id)
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(event, item.label("item"))
        .where(or_(event.c.subject == sha256, event.c.sequence.in_(brought)))
        .order_by(event.c.sequence)
        .limit(CUSTODY_SHOWN)
    )
    return tuple(CustodyLine(row.sequence, row.at, row.agent, row.action, row.outcome, row.item, row.hash) for row in rows)
